"""Asking, changing what was asked, and what is done with a post."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from communities import permissions, rules
from communities.fields import MarkdownField, TagsField, TitleField
from communities.forms.editing import EditForm
from communities.forms.pictures import check_pictures
from communities.guided import HEADINGS, as_one_text
from communities.models import Community, Membership, Post, PostKind, Tag
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


class PostForm(TaggedForm):
    """What every post has. `similar`: posts that look like it, for those who have no scripts to ask while they type."""

    template_name = "communities/_ask_fields.html"
    similar: Sequence[Post] = ()

    title = TitleField(label=_("Title"), min_length=rules.TITLE_MIN, max_length=rules.TITLE_MAX)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        check_pictures(self, self.me)
        return cleaned


class QuestionForm(PostForm):
    """In three parts; `cleaned_data` holds them as one `body`."""

    goal = MarkdownField(
        label=HEADINGS["goal"],
        rows=3,
        max_length=rules.POST_MAX,
        help_text=_("What do you want to reach or understand?"),
    )
    tried = MarkdownField(
        label=HEADINGS["tried"],
        rows=8,
        min_length=rules.TRIED_MIN,
        max_length=rules.POST_MAX,
        help_text=_("Your own steps, with the code or the formula. Markdown, $math$ and ```code``` work."),
    )
    stuck = MarkdownField(
        label=HEADINGS["stuck"],
        rows=4,
        max_length=rules.POST_MAX,
        help_text=_("Where does it go wrong: the line, the step, the words of the error."),
    )

    field_order = ("title", *HEADINGS, "tags", "new_tags")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].help_text = _("Say in one sentence what you want to know.")
        self.fields["tried"].initial = self.community.question_template

    def clean_tried(self) -> str:
        tried: str = self.cleaned_data["tried"]
        if tried == self.community.question_template.strip():
            raise forms.ValidationError(_("So far these are only the community's words: fill in what you tried."))
        return tried

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        body = as_one_text({name: cleaned.pop(name, "") for name in HEADINGS})
        if len(body) > rules.POST_MAX and not self.errors:
            self.add_error("tried", _("Together the parts may have %(most)s characters.") % {"most": rules.POST_MAX})
        return cleaned | {"body": body}


class TextPostForm(PostForm):
    body = MarkdownField(
        label=_("Text"),
        rows=14,
        min_length=rules.POST_MIN,
        max_length=rules.POST_MAX,
        help_text=_("Markdown, $math$ and ```code``` work."),
    )

    field_order: tuple[str, ...] = ("title", "body", "tags", "new_tags")


class PostEditForm(TextPostForm, EditForm):
    template_name = "django/forms/div.html"
    field_order = (*TextPostForm.field_order, "note")


class KindForm(forms.Form):
    kind = forms.ChoiceField(label=_("What is it?"), choices=PostKind, widget=forms.RadioSelect)
