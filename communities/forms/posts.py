"""Asking, changing what was asked, and what is done with a post."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities import rules
from communities.fields import MarkdownField, TitleField
from communities.forms.editing import EditForm
from communities.forms.pictures import check_pictures
from communities.forms.tagged import TaggedForm
from communities.guided import HEADINGS, as_one_text
from communities.models import Post, PostKind


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

    field_order = ("title", *HEADINGS, "topic", "tags", "new_tags")

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

    field_order: tuple[str, ...] = ("title", "body", "topic", "tags", "new_tags")


class PostEditForm(TextPostForm, EditForm):
    template_name = "django/forms/div.html"
    field_order = (*TextPostForm.field_order, "note")


class KindForm(forms.Form):
    kind = forms.ChoiceField(label=_("What is it?"), choices=PostKind, widget=forms.RadioSelect)
