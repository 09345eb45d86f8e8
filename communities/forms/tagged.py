"""What a form says that a post is about."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from communities import permissions, rules
from communities.fields import TagsField
from communities.models import Community, Membership, Tag
from communities.tagging import choose

TOPICS_NAMED = 3


class TaggedForm(forms.Form):
    """A form with tags, checked against those of the community. New ones want a tick, asked for when it is needed."""

    tags = TagsField(
        label=_("Tags"),
        required=False,
        help_text=format_lazy(_("What is it about? Up to {most}, with commas between them."), most=rules.TAGS_MAX),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    new_tags = forms.BooleanField(required=False, widget=forms.HiddenInput)
    takes_new_tags = True

    def __init__(self, *args: Any, community: Community, me: Membership | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.community, self.me, self.makes_tags = community, me, permissions.can_make_tag(me)
        topics = Tag.objects.topics().filter(community=community).order_by("-post_count", "slug")
        self.topics = ", ".join(topics.values_list("slug", flat=True)[:TOPICS_NAMED])
        if self.topics:
            self._want_topic()

    def clean_tags(self) -> list[str]:
        slugs: list[str] = self.cleaned_data["tags"]
        chosen = choose(self.community, slugs)
        if chosen.new and not self.takes_new_tags:
            said = _("This community has no tag %(names)s. Choose another one.")
            raise forms.ValidationError(said % {"names": ", ".join(chosen.new)})
        if chosen.new:
            self._ask_about_new_ones()
        if chosen.new and not self.data.get("new_tags"):
            names = ", ".join(chosen.new)
            said = _("This community has no tag %(names)s. Choose another one, or tick the box below to add it.")
            raise forms.ValidationError(said % {"names": names})
        if self.topics and not chosen.has_topic:
            raise forms.ValidationError(self.fields["tags"].error_messages["required"])
        return slugs

    def clean(self) -> dict[str, Any]:
        return {field: value for field, value in self.cleaned_data.items() if field != "new_tags"}

    def _want_topic(self) -> None:
        tags, said = self.fields["tags"], {"topics": self.topics, "most": rules.TAGS_MAX}
        tags.required = True
        tags.help_text = _("Up to %(most)s, with commas between them; at least one topic, such as %(topics)s.") % said
        tags.error_messages["required"] = _("Choose at least one topic, such as %(topics)s.") % said

    def _ask_about_new_ones(self) -> None:
        box = self.fields["new_tags"]
        box.widget = forms.CheckboxInput()
        box.label = _("Add what is new") if self.makes_tags else _("Propose what is new to the moderators")
