"""Forms by which moderators tend tags."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField
from communities import rules
from communities.fields import MarkdownField, TitleField, has_slug
from communities.models import Community, Tag, tag_slug
from communities.topics import named, parents_for


class TopicForm(forms.Form):
    """A new topic; what is set right later is in `TagForm`."""

    name = TitleField(label=_("Name"), max_length=rules.TAG_MAX, validators=[has_slug])
    parent = forms.ModelChoiceField(label=_("Part of"), queryset=Tag.objects.none(), required=False)
    wiki = MarkdownField(
        label=_("What it is about"),
        rows=6,
        max_length=rules.WIKI_MAX,
        required=False,
        help_text=_("A few sentences: what belongs here, and where to begin."),
    )

    def __init__(self, *args: Any, community: Community, tag: Tag | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = parents_for(community, tag)
        parent = cast("forms.ModelChoiceField[Tag]", self.fields["parent"])
        parent.queryset = Tag.objects.filter(pk__in=[topic.pk for topic, _depth in steps])
        names = [(topic.pk, name) for topic, name in named(steps)]
        parent.choices = [("", _("nothing, it stands by itself")), *names]


class TagForm(TopicForm):
    is_topic = forms.BooleanField(label=_("A topic: it stands in the tree"), required=False)

    field_order = ("name", "is_topic", "parent", "wiki")


class MergeForm(forms.Form):
    into = TextField(
        label=_("Merge it into"),
        max_length=rules.TAG_MAX,
        help_text=_("Another tag of this community, as it is written."),
    )

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.community = community

    def clean_into(self) -> Tag:
        slug = tag_slug(self.cleaned_data["into"])
        found = Tag.objects.approved().filter(community=self.community, slug=slug).first()
        if found is None:
            raise forms.ValidationError(_("This community has no tag of that name."))
        return found
