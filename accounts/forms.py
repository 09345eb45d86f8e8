"""What members type about themselves, and the forms of sign-up and sign-in in our words."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.internal.flows.login import derive_login_method
from allauth.account.utils import filter_users_by_email
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.adapter import AccountAdapter
from accounts.backends import hash_in_vain
from accounts.fields import LENGTHS, TextField
from accounts.models import ProfileFor, Scope, User
from accounts.names import plain_line
from accounts.pictures import MAX_BYTES, BadPicture, square_picture
from accounts.zones import zone_choices, zones

PASSWORD_RULE = _("At least 10 characters. Several words are easier to remember than one strange one.")


def in_our_words(form: forms.BaseForm) -> None:
    """The labels say it; a placeholder that repeats them looks like something already filled in."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
        field.error_messages |= LENGTHS


def ask_for_new_password(form: forms.BaseForm) -> None:
    form.fields["password1"].label = _("New password")
    form.fields["password1"].help_text = PASSWORD_RULE
    form.fields["password2"].label = _("New password again")


class SignInForm(allauth_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self)
        self.fields["login"].label = _("User name or e-mail")
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}
        self.fields["password"].help_text = ""

    def user_credentials(self) -> dict[str, str]:
        """A name or an address, not the same word as both: each costs a hash where there is an account, and no user
        name of ours looks like an address."""
        login = self.cleaned_data["login"]
        return {derive_login_method(login).value: login, "password": self.cleaned_data["password"]}


class SignUpForm(allauth_forms.SignupForm):
    name = TextField(label=_("Name"), max_length=60, required=False)
    time_zone = forms.Field(required=False, widget=forms.HiddenInput(attrs={"data-zone": True}))

    field_order = ["username", "name", "email", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self)
        self.fields["username"].label = _("User name")
        self.fields["username"].help_text = _("How others find and mention you. It stays; your name you can change.")
        self.fields["username"].widget.attrs["autocapitalize"] = "none"
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["email"].label = _("E-mail")
        self.fields["email"].help_text = _("We send a code there to see that it is yours. Nobody else sees it.")
        self.fields["password1"].help_text = PASSWORD_RULE

    def clean_name(self) -> str:
        return plain_line(self.cleaned_data["name"])

    def clean_time_zone(self) -> str:
        """What a script found out; nobody typed it, so what we don't know is no mistake of theirs."""
        zone: str = self.cleaned_data["time_zone"]
        return zone if zone in zones() else "UTC"

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        if self.account_already_exists:
            hash_in_vain(self.cleaned_data["password1"])
        saved: tuple[User | None, HttpResponse | None] = super().try_save(request)
        return saved

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        user.name, user.time_zone = self.cleaned_data["name"], self.cleaned_data["time_zone"]
        user.language = get_language() or ""
        user.save(update_fields=["name", "time_zone", "language"])


class ConfirmCodeForm(allauth_forms.ConfirmEmailVerificationCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self)
        self.fields["code"].widget.attrs |= {"autocapitalize": "characters", "spellcheck": "false"}


class AskForCodeForm(allauth_forms.RequestLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self)
        self.fields["email"].label = _("E-mail")


class SignInCodeForm(allauth_forms.ConfirmLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self)
        self.fields["code"].widget.attrs |= {"autocapitalize": "characters", "spellcheck": "false"}


class ChangeUnverifiedEmailForm(allauth_forms.ChangeEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self)
        self.fields["email"].label = _("Another e-mail address")


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self)
        self.fields["email"].label = _("E-mail")


class NewPasswordForm(allauth_forms.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self)
        ask_for_new_password(self)


class SetPasswordForm(allauth_forms.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self)
        ask_for_new_password(self)


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self)
        self.fields["oldpassword"].label = _("Present password")
        self.fields["oldpassword"].help_text = ""
        ask_for_new_password(self)


class ReauthenticateForm(allauth_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self)
        self.fields["password"].help_text = ""


class ClaimForm(forms.Form):
    """Address and password for an imported member. An address that somebody has already is not told apart."""

    email = forms.EmailField(label=_("E-mail"), help_text=_("We send a code there to see that it is yours."))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=PASSWORD_RULE,
    )

    def __init__(self, *args: Any, stub: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self)
        self.stub = stub
        self.is_address_taken = False

    def clean_email(self) -> str:
        email = AccountAdapter().clean_email(self.cleaned_data["email"].lower())
        self.is_address_taken = any(user.pk != self.stub.pk for user in filter_users_by_email(email))
        return email

    def clean_password(self) -> str:
        password: str = AccountAdapter().clean_password(self.cleaned_data["password"], user=self.stub)
        return password


class TokenForm(forms.Form):
    name = TextField(label=_("Name"), max_length=60, help_text=_("What it is for, so that you know it again."))
    scope = forms.ChoiceField(label=_("What it may do"), choices=Scope.choices, initial=Scope.READ)
    days = forms.TypedChoiceField(
        label=_("How long"),
        coerce=int,
        choices=[(7, _("A week")), (30, _("30 days")), (90, _("90 days")), (365, _("A year"))],
        initial=90,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self)

    def clean_name(self) -> str:
        return plain_line(self.cleaned_data["name"])


class SettingsForm(forms.Form):
    name = TextField(label=_("Name"), max_length=60, required=False)
    bio = TextField(label=_("About you"), max_length=280, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("JPEG, PNG, WebP or GIF, up to 5 MB. We keep a square of it and nothing else that is in the file."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )
    back_to_stones = forms.BooleanField(label=_("Show a pile of stones instead of a picture"), required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices)

    def __init__(self, *args: Any, has_picture: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_picture:
            del self.fields["back_to_stones"]

    def clean_name(self) -> str:
        return plain_line(self.cleaned_data["name"])

    def clean_bio(self) -> str:
        return plain_line(self.cleaned_data["bio"])

    def clean_picture(self) -> bytes | None:
        upload: UploadedFile | None = self.cleaned_data["picture"]
        if upload is None:
            return None
        try:
            return square_picture(upload.read(MAX_BYTES + 1))
        except BadPicture as error:
            raise ValidationError(str(error)) from error


class PrivacyForm(forms.Form):
    profile_for = forms.ChoiceField(
        label=_("Who sees my profile"),
        choices=ProfileFor.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "For others there is nothing at its address. Your name and picture stand beside what you write, for "
            "whoever may read that, and beside your role in a community that you own."
        ),
    )
    shows_places = forms.BooleanField(
        label=_("Show where I take part, and what I contributed there"),
        required=False,
        help_text=_(
            "How many posts and answers, and how many were accepted or endorsed, in communities that a reader may read."
        ),
    )
    is_listed = forms.BooleanField(
        label=_("Search engines may list my profile"),
        required=False,
        help_text=_("What you write in public communities they may list in any case."),
    )


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)


class AppearanceForm(forms.Form):
    theme = forms.ChoiceField(
        label=_("Theme"),
        required=False,
        choices=[("", _("As my device is set")), ("light", _("Light")), ("dark", _("Dark"))],
        widget=forms.RadioSelect,
    )
