"""Where a webhook leads, and what it is told."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.buttons import ButtonForm
from net.outward import URL_MAX, NoAnswer, Refused, looked_up, target_of
from webhooks.models import Event


class WebhookForm(forms.Form):
    url = forms.CharField(
        label=_("Address"),
        max_length=URL_MAX,
        help_text=_("Where your program listens; it begins with https:// and is reached from everywhere."),
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    events = forms.MultipleChoiceField(
        label=_("What it is told"),
        choices=Event.choices,
        initial=[Event.POST_PUBLISHED, Event.ANSWER_PUBLISHED],
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_url(self) -> str:
        """Looked up now, so that a mistake is seen at once, and again whenever something is sent."""
        url = str(self.cleaned_data["url"])
        try:
            looked_up(target_of(url))
        except (Refused, NoAnswer) as error:
            raise ValidationError(str(error)) from None
        return url


class SwitchForm(ButtonForm):
    """1 = on, 0 = off."""

    value = forms.TypedChoiceField(choices=[(v, v) for v in (1, 0)], coerce=int)
