"""What a new member ticks."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import Community, Tag


class TopicsForm(forms.Form):
    def __init__(
        self, offered: Iterable[Tag], data: Mapping[str, Any] | None = None, *, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["topics"] = forms.TypedMultipleChoiceField(
            label=_("Topics"),
            choices=[(tag.pk, tag.name) for tag in offered],
            coerce=int,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )


class CommunitiesForm(forms.Form):
    def __init__(self, offered: Iterable[Community], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["communities"] = forms.TypedMultipleChoiceField(
            label=_("Communities"),
            choices=[(place.pk, place.name) for place in offered],
            coerce=int,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
