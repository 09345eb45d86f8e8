"""Is the input sane? Forms validate and never save."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from communities import permissions, rules
from communities.fields import MarkdownField, TagsField, TitleField
from communities.guided import HEADINGS, as_one_text
from communities.models import (
    CommentKind,
    Community,
    Downvotes,
    Language,
    Licence,
    Membership,
    Outcome,
    Picture,
    Post,
    PostKind,
    Reason,
    Role,
    Tag,
    Visibility,
)
from communities.models.reaction import REPORTS
from communities.pictures import BadPicture, Encoded, encode
from communities.ranking import SORT_NAMES, Sort
from communities.tagging import choose, wants_topic
from communities.writing import picture_keys


class TaggedForm(forms.Form):
    """A form with tags, checked against those of the community. New ones want a tick, asked for when it is needed."""

    tags = TagsField(
        label=_("Tags"),
        required=False,
        help_text=_("What is it about? Up to five, with commas between them."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    new_tags = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, community: Community, me: Membership | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.community, self.me, self.makes_tags = community, me, permissions.can_make_tag(me)

    def clean_tags(self) -> list[str]:
        slugs: list[str] = self.cleaned_data["tags"]
        chosen = choose(self.community, slugs)
        if chosen.new:
            self._ask_about_new_ones()
        if chosen.new and not self.data.get("new_tags"):
            names = ", ".join(chosen.new)
            said = _("This community has no tag %(names)s. Choose another one, or tick the box below to add it.")
            raise forms.ValidationError(said % {"names": names})
        if not chosen.has_topic and wants_topic(self.community):
            topics = ", ".join(topic.slug for topic in Tag.objects.topics().filter(community=self.community)[:3])
            raise forms.ValidationError(_("Choose at least one topic, such as %(topics)s.") % {"topics": topics})
        return slugs

    def clean(self) -> dict[str, Any]:
        return {field: value for field, value in self.cleaned_data.items() if field != "new_tags"}

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
        texts = [name for name, field in self.fields.items() if isinstance(field, MarkdownField)]
        shown = {name: len(keys) for name in texts if (keys := picture_keys(cleaned.get(name, "")))}
        if shown and not permissions.can_show_pictures(self.me, sum(shown.values())):
            self.add_error([*shown][-1], _("As long as you are new here, a post of yours can show one picture."))
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


class EditForm(forms.Form):
    """What every edit says beside the new text: why, and which text it began with."""

    note = TitleField(
        label=_("What did you change?"),
        max_length=rules.NOTE_MAX,
        required=False,
        help_text=_("A few words for the history."),
    )
    began_with = forms.CharField(widget=forms.HiddenInput, max_length=16, required=False)

    def __init__(self, *args: Any, is_own: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_own:
            self.fields["note"].required = True
            self.fields["note"].help_text = _("A few words for its author and the history.")


class ReasonForm(forms.Form):
    reason = TitleField(label=_("Why?"), max_length=rules.NOTE_MAX)


class PostEditForm(TextPostForm, EditForm):
    template_name = "django/forms/div.html"
    field_order = (*TextPostForm.field_order, "note")


class KindForm(forms.Form):
    kind = forms.ChoiceField(label=_("What is it?"), choices=PostKind, widget=forms.RadioSelect)


class AnswerForm(forms.Form):
    body = MarkdownField(label=_("Your answer"), rows=10, min_length=rules.ANSWER_MIN, max_length=rules.ANSWER_MAX)


class AnswerEditForm(AnswerForm, EditForm):
    field_order = ("body", "note")


class SecondAnswerForm(AnswerForm):
    """For who has answered this question before."""

    is_different = forms.BooleanField(label=_("This is a different approach from my first answer"), required=False)


class PostSuggestionForm(EditForm):
    title = TitleField(label=_("Title"), min_length=rules.TITLE_MIN, max_length=rules.TITLE_MAX)
    body = MarkdownField(label=_("Text"), rows=14, min_length=rules.POST_MIN, max_length=rules.POST_MAX)
    field_order = ("title", "body", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, is_own=False, **kwargs)


class AnswerSuggestionForm(EditForm):
    body = MarkdownField(label=_("Text"), rows=14, min_length=rules.ANSWER_MIN, max_length=rules.ANSWER_MAX)
    field_order = ("body", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, is_own=False, **kwargs)


class CommentForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What is it for?"),
        choices=CommentKind,
        initial=CommentKind.TALK,
        required=False,
        widget=forms.RadioSelect,
    )
    body = MarkdownField(
        label=_("Your comment"),
        rows=3,
        has_focus=True,
        min_length=rules.COMMENT_MIN,
        max_length=rules.COMMENT_MAX,
    )

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or CommentKind.TALK


class CommentEditForm(CommentForm, EditForm):
    kind = None  # type: ignore[assignment]  # Django's way to leave an inherited field out
    field_order = ("body", "note")


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


class HouseRulesForm(forms.Form):
    """What an owner decides about writing and voting."""

    language = forms.ChoiceField(
        label=_("Language"), choices=Language, help_text=_("By its rules words are searched: “solving” finds “solve”.")
    )
    licence = forms.ChoiceField(
        label=_("Licence"), choices=Licence, help_text=_("Of what is written from now on; older texts keep theirs.")
    )
    downvotes = forms.ChoiceField(label=_("What can be voted down"), choices=Downvotes, widget=forms.RadioSelect)
    has_second_answers = forms.BooleanField(
        label=_("One member may give two answers"),
        required=False,
        help_text=_("When the second one is a different approach."),
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=Role)


class PictureForm(forms.Form):
    """`file` becomes the picture as it will be kept."""

    file = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG, WebP or GIF, up to 10 MB. We keep its pixels and nothing else that is in the file."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )
    alt = TitleField(
        label=_("What does it show?"),
        max_length=rules.PICTURE_ALT_MAX,
        required=False,
        help_text=_("For everybody who cannot see it. Write out what can be read in it."),
    )

    def clean_file(self) -> Encoded:
        upload: UploadedFile = self.cleaned_data["file"]
        try:
            return encode(upload.read(rules.PICTURE_UPLOAD_MAX + 1), upload.name or "")
        except BadPicture as error:
            raise ValidationError(str(error)) from error

    def line(self, picture: Picture) -> str:
        """What to put into a text, in Markdown."""
        alt = re.sub(r"([\\\[\]])", r"\\\1", self.cleaned_data["alt"])
        return f"![{alt}]({picture.get_absolute_url()})"


class AskingForm(forms.Form):
    """How people ask in a community."""

    question_template = MarkdownField(
        label=_("What a question should say"),
        rows=8,
        max_length=rules.TEMPLATE_MAX,
        required=False,
        help_text=_("Every new question begins with this text under “What I tried”, for instance “Version:”."),
    )
    asking_hints = MarkdownField(
        label=_("Hints"),
        rows=6,
        max_length=rules.HINTS_MAX,
        required=False,
        help_text=_("Shown beside the form: what belongs here, how to ask well."),
    )


class VoteForm(forms.Form):
    value = forms.TypedChoiceField(choices=[(v, v) for v in (1, 0, -1)], coerce=int)
    reason = forms.ChoiceField(choices=Reason, required=False)


class AcceptForm(forms.Form):
    value = forms.TypedChoiceField(choices=[(v, v) for v in (1, 0)], coerce=int)


class ReportForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("What is the matter?"),
        choices=[(outcome.value, outcome.label) for outcome in REPORTS],
        widget=forms.RadioSelect,
    )
    reason = TitleField(
        label=_("Why?"),
        min_length=rules.REPORT_REASON_MIN,
        max_length=rules.REPORT_REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 3, "autofocus": True}),
        help_text=_("Readers see the reason; moderators also see who gave it."),
    )


class TakeBackForm(forms.Form):
    withdraw = forms.ChoiceField(choices=Outcome)


class OrderForm(forms.Form):
    sort = forms.TypedChoiceField(choices=SORT_NAMES.items(), coerce=Sort)


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Search"),
        max_length=rules.SEARCH_MAX,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
        error_messages={"max_length": _("Search for fewer words: %(limit_value)d characters at most.")},
    )
