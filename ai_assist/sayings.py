"""What is said when a file cannot be taken or read, and about answers: one place for every code."""

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


WITHHELD = _("This answer quotes a document that is gone or that you may no longer read, so it is not shown.")
STOPPED = _("You stopped this answer before there was one.")
STILL_ANSWERING = _("Your last question is being answered. Wait for it, or stop it.")
NOT_FOUND = _("Not found in your documents")
NOT_ANSWERED = _("This could not be answered, and it is our fault. Ask it again in a moment.")
NOTES: dict[str, str | Promise] = {
    "nothing_to_ask": _("There is no document here that is ready and that you may read."),
    "other_language": _(
        "None of your documents has these words. They seem to be in another language; "
        "ask in the language of the documents."
    ),
    "model_away": _("The chat model did not answer, so these are the passages alone."),
    "tokens": _("The chat model has written all that it may for you today, so these are the passages alone."),
    "unsupported": _("What the chat model wrote is not in your documents, so these are the passages alone."),
    "left_out": _("Some sentences of the chat model are left out: they are not from your documents."),
}


def about_answer(state: str, note: str) -> str:
    """The sentence for an answer that is none, or is not what was hoped for; "" for the others."""
    usual = {"refused": NOT_FOUND, "failed": NOT_ANSWERED}.get(state, "")
    return str(NOTES.get(note, usual))


def trouble(code: str) -> str:
    """The sentence for what ended badly; "" for what did not."""
    return str(TROUBLES.get(code, OURS)) if code else ""
