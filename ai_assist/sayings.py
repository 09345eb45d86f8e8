"""What is said when a file cannot be taken or read, and what to do next: one place for every code."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FORMATS = _(
    "PDF, Word, PowerPoint, Excel, EPUB, Markdown, HTML, plain text, CSV, notebooks, source code and pictures of text"
)
TROUBLES: dict[str, str | Promise] = {
    "corrupt_file": _("This file is damaged, so it could not be read. Save it anew and replace it."),
    "needs_password": _("This file opens only with its password. Give it once; it is not kept."),
    "too_large_unpacked": _("This file holds far more than its size says, so it was not opened. Save it in parts."),
    "too_many_pages": _("This document has more than 2,000 pages. Split it, and add the parts."),
    "too_many_passages": _("This document says more than can be indexed at once. Split it, and add the parts."),
    "unsupported": _("Files of this kind are not read. Save it as PDF or in another format, and replace it."),
    "wrong_type": _("What is in this file is not what its name says. Save it in the right format and replace it."),
    "timeout": _("Reading this file took too long. Save it in a simpler form or in parts, then replace it."),
    "memory": _("Reading this file took more memory than there is for one. Save it in parts, then replace it."),
    "empty": _("No text was found in this file. If it shows text, export it anew, or add it as a picture."),
    "gave_up": _("Something went wrong three times while this was read, and it is our fault. Try again later."),
}
OURS = _("Something went wrong while this was read, and it is our fault. Try again.")


def trouble(code: str) -> str:
    """The sentence for what ended badly; "" for what did not."""
    return str(TROUBLES.get(code, OURS)) if code else ""
