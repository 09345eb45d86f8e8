"""Making a community and keeping its house."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.buttons import ButtonForm
from communities import rules
from communities.fields import MarkdownField, TitleField
from communities.models import Downvotes, Language, Licence, Role, Visibility


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
    has_ai_use = forms.BooleanField(
        label=_("AI may use validated answers"),
        required=False,
        help_text=_("As sources that it names, old answers too. This is apart from the licence."),
    )
    downvotes = forms.ChoiceField(label=_("What can be voted down"), choices=Downvotes, widget=forms.RadioSelect)
    has_second_answers = forms.BooleanField(
        label=_("One member may give two answers"),
        required=False,
        help_text=_("When the second one is a different approach."),
    )


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


class RoleForm(ButtonForm):
    role = forms.ChoiceField(choices=Role)
