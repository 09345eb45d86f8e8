"""Is the input sane? Forms validate and never save."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communities import rules
from communities.fields import MarkdownField, TitleField
from communities.models import PostKind, Visibility


class PostForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=PostKind, initial=PostKind.QUESTION, widget=forms.RadioSelect
    )
    title = TitleField(
        label=_("Title"),
        min_length=rules.TITLE_MIN,
        max_length=rules.TITLE_MAX,
        help_text=_("Say in one sentence what you want to know."),
    )
    body = MarkdownField(
        label=_("Text"),
        rows=14,
        min_length=rules.POST_MIN,
        max_length=rules.POST_MAX,
        help_text=_("What is the goal, what did you try, where are you stuck? Markdown, $math$ and ```code``` work."),
    )


class PostEditForm(PostForm):
    kind = None  # type: ignore[assignment]  # Django's way to leave an inherited field out


class AnswerForm(forms.Form):
    body = MarkdownField(label=_("Your answer"), rows=10, min_length=rules.ANSWER_MIN, max_length=rules.ANSWER_MAX)


class CommentForm(forms.Form):
    body = MarkdownField(
        label=_("Your comment"),
        rows=3,
        has_focus=True,
        min_length=rules.COMMENT_MIN,
        max_length=rules.COMMENT_MAX,
    )


class CommunityForm(forms.Form):
    name = TitleField(label=_("Name"), min_length=rules.COMMUNITY_NAME_MIN, max_length=rules.COMMUNITY_NAME_MAX)
    tagline = TitleField(
        label=_("In one line"),
        max_length=rules.TAGLINE_MAX,
        help_text=_("What people learn here; the directory shows it."),
    )
    about = MarkdownField(
        label=_("About"),
        rows=8,
        max_length=rules.ABOUT_MAX,
        required=False,
        help_text=_("What belongs here, how to ask well, what you expect of each other."),
    )
    visibility = forms.ChoiceField(
        label=_("Who can read"), choices=Visibility, initial=Visibility.PUBLIC, widget=forms.RadioSelect
    )


class VoteForm(forms.Form):
    value = forms.TypedChoiceField(choices=[(v, v) for v in (1, 0, -1)], coerce=int)


class AcceptForm(forms.Form):
    value = forms.TypedChoiceField(choices=[(v, v) for v in (1, 0)], coerce=int)
