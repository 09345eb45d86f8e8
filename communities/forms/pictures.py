"""Pictures for texts."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from communities import permissions, rules
from communities.fields import MarkdownField, TitleField
from communities.models import Membership, Picture
from communities.pictures import MB, BadPicture, Encoded, encode
from communities.writing import picture_keys


class PictureForm(forms.Form):
    """`file` becomes the picture as it will be kept."""

    file = forms.FileField(
        label=_("Picture"),
        help_text=format_lazy(
            _("JPEG, PNG, WebP or GIF, up to {most} MB. We keep its pixels and nothing else that is in the file."),
            most=rules.PICTURE_UPLOAD_MAX // MB,
        ),
        widget=forms.FileInput(
            attrs={"accept": "image/jpeg,image/png,image/webp,image/gif", "data-size-max": rules.PICTURE_UPLOAD_MAX}
        ),
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


def check_pictures(form: forms.Form, me: Membership | None) -> None:
    """Somebody new shows one picture in a text; the error stands at the last field that shows one."""
    texts = [name for name, field in form.fields.items() if isinstance(field, MarkdownField)]
    shown = {name: len(keys) for name in texts if (keys := picture_keys(form.cleaned_data.get(name, "")))}
    if shown and not permissions.can_show_pictures(me, sum(shown.values())):
        form.add_error([*shown][-1], _("As long as you are new here, a text of yours can show one picture."))
