"""Files that come in, and what is said about a document."""

from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.names import plain_line
from ai_assist import rules
from ai_assist.library import Library
from ai_assist.models import Folder
from ai_assist.parsing import TYPES
from ai_assist.sayings import FORMATS

MB = rules.MB


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Some files; whether each of them can be taken is `refusal_of`."""

    widget = FilesInput(attrs={"accept": ",".join(sorted(TYPES))})

    def clean(self, data: list[UploadedFile] | None, initial: Any = None) -> list[UploadedFile]:
        if not data:
            raise ValidationError(_("Choose a file first."))
        if len(data) > rules.FILES_AT_ONCE:
            said = _("%(most)s files at once are the most; these are %(many)s. None of them was taken.")
            raise ValidationError(said % {"most": rules.FILES_AT_ONCE, "many": len(data)})
        return data


class LineField(forms.CharField):
    """One line of characters that can be seen."""

    def to_python(self, value: str | None) -> str:
        return plain_line(super().to_python(value) or "")


class FolderField(forms.ModelChoiceField):
    """A folder of the library, or none."""

    def __init__(self, **kwargs: Any) -> None:
        empty = gettext_lazy("No folder")
        super().__init__(
            Folder.objects.none(), required=False, empty_label=empty, label=gettext_lazy("Folder"), **kwargs
        )
        self.error_messages["invalid_choice"] = gettext_lazy("This folder is not here any more. Choose another one.")


class PlaceForm(forms.Form):
    """For whom it is, and in which folder."""

    audience = forms.ChoiceField(label=gettext_lazy("Who can read it"))
    folder = FolderField()

    def __init__(self, *args: Any, library: Library, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = library.audiences  # type: ignore[attr-defined]
        self.fields["folder"].queryset = library.folders  # type: ignore[attr-defined]


class UploadForm(PlaceForm):
    documents = FilesField(
        label=gettext_lazy("Files"),
        help_text=format_lazy(
            gettext_lazy("{formats}; up to {most} MB each."), formats=FORMATS, most=rules.FILE_MAX // MB
        ),
    )

    field_order = ["documents", "audience", "folder"]


class PartForm(PlaceForm):
    """A part of a file, or without one the question how much of it has come."""

    name = LineField(max_length=255)
    size = forms.IntegerField(min_value=0)
    modified = forms.IntegerField(min_value=0, max_value=2**53)
    offset = forms.IntegerField(min_value=0, required=False)
    part = forms.FileField(required=False)

    def clean_name(self) -> str:
        """Without the folders that it was in."""
        return PurePosixPath(self.cleaned_data["name"].replace("\\", "/")).name


class DocumentForm(PlaceForm):
    title = LineField(label=gettext_lazy("Title"), max_length=rules.TITLE_MAX)

    field_order = ["title", "audience", "folder"]


class ReplaceForm(forms.Form):
    document = forms.FileField(
        label=gettext_lazy("New file"),
        help_text=format_lazy(gettext_lazy("{formats}; up to {most} MB."), formats=FORMATS, most=rules.FILE_MAX // MB),
        widget=forms.FileInput(attrs={"accept": ",".join(sorted(TYPES))}),
        allow_empty_file=True,
    )

    def clean_document(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["document"]
        if sentence := refusal_of(upload):
            raise ValidationError(sentence)
        return upload


class PasswordForm(forms.Form):
    password = forms.CharField(
        label=gettext_lazy("Password of the document"),
        help_text=gettext_lazy("It opens the file once, and is not kept. What is kept opens without it."),
        max_length=rules.PASSWORD_MAX,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


class FolderForm(forms.Form):
    name = LineField(label=gettext_lazy("Name"), max_length=rules.FOLDER_NAME_MAX)


def refusal_of(upload: File) -> str:
    """Why a file is not taken, in a sentence; "" when it is."""
    return refusal(upload.name or "", upload.size or 0)


def refusal(name: str, size: int) -> str:
    """The same, before the file has come."""
    suffix = PurePosixPath(name.lower()).suffix
    if suffix not in TYPES:
        said = _("Files of this kind (%(kind)s) are not read. These are: %(formats)s.")
        return said % {"kind": suffix or _("without an ending"), "formats": FORMATS}
    if not size:
        return _("This file is empty: it has 0 bytes.")
    if size > rules.FILE_MAX:
        return _("This file is larger than %(most)s MB. Split it, or save it smaller.") % {"most": rules.FILE_MAX // MB}
    return ""
