"""Documents of the demo: those who have one to try things with and a conversation about it, and two communities with
handouts."""

from pathlib import Path

from django.core.files.base import ContentFile

import markup
from accounts.models import User
from ai_assist.actions.asking import begin_conversation
from ai_assist.actions.folders import make_folder
from ai_assist.actions.uploading import add_document
from ai_assist.answering.turn import take
from ai_assist.answering.written import Written
from ai_assist.models import Audience, Document, Message
from ai_assist.reach import Chosen
from ai_assist.sample import SAMPLE_NAME, sample
from communities.models import Community

QUESTION = "How should the gap between repetitions change?"
HEADING, SECTION = "Wait before you ask again", 4
QUOTE = "The gap should grow each time, and shrink after a failure:"
PASSAGE = (
    "Five repetitions on one evening fade together. The same five spread over a month stay. "
    "The gap should grow each time, and shrink after a failure:"
)
FOLDER = Path(__file__).resolve().parent


def add_documents(people: dict[str, User]) -> None:
    """A worker reads them as soon as there is one; what was asked is answered already."""
    learning = make_folder(by=people["ada"], name="Learning")
    document, _is_new = add_document(sample(), by=people["ada"], name=SAMPLE_NAME, folder=learning)
    _ask(document, people["ada"])
    algebra, physics = (Community.objects.get(slug=slug) for slug in ("algebra", "physics"))
    handouts = make_folder(by=people["mina"], name="Handouts", community=algebra)
    add_document(
        _file("algebra-handout.md"),
        by=people["mina"],
        name="Completing the square.md",
        community=algebra,
        folder=handouts,
        audience=Audience.COMMUNITY,
    )
    add_document(
        _file("physics-lab.md"),
        by=people["otto"],
        name="Uncertainties in the lab.md",
        community=physics,
        audience=Audience.PUBLIC,
    )


def _file(name: str) -> ContentFile:
    return ContentFile((FOLDER / name).read_bytes())


def _ask(document: Document, asker: User) -> None:
    """As the document would answer: it is not read yet, so there is no passage to search."""
    message = begin_conversation(Chosen(documents=[document]), by=asker, question=QUESTION)
    turn = take(message.pk)
    if turn is None:  # asked and answered before
        return
    turn.end(Written(Message.State.DONE, [], f"> {QUOTE} [1]"))
    message.refresh_from_db()
    message.html = markup.render_quoted(message.text, markers={1: f"#{message.source_anchor(1)}"})
    message.save(update_fields=["html"])
    place = {"title": document.title, "heading_path": HEADING, "page": SECTION}
    message.citations.create(marker=1, document=document, quote=QUOTE, passage=PASSAGE, **place)
