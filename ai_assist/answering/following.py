"""Lets a question that leans on the one before it stand on its own feet, without a chat model."""

from dataclasses import dataclass

from ai_assist.chunking.passage import WORD
from ai_assist.models import Document, Message
from ai_assist.retrieval.stopwords import STOPWORDS

LEANING = frozenset(
    """
    and it its he him his she her they them their theirs this that these those there so then else same such one ones
    und er ihn sein sie ihr ihre es dies diese dieser dieses das dort dann davon dazu damit dessen deren
    """.split()  # noqa: SIM905  a list of 50 strings, one a line, would say no more
)
FEW = 2
"""Words that say something; a question with no more of them is hardly one of its own."""


@dataclass(frozen=True)
class Carried:
    """`said_in`: the documents whose words may be in it, because they were in the answer before."""

    question: str
    said_in: set[int]


def with_carried_words(message: Message) -> Carried | None:
    """The question with the words of the one before it, where it seems to need them: as it was looked for, if the
    person may read today where that came from."""
    earlier = Message.objects.filter(conversation=message.conversation_id, pk__lt=message.pk).exclude(standalone="")
    last = earlier.order_by("-pk").only("question", "standalone", "retrieval").first()
    if last is None or not _leans(message.question):
        return None
    said_in = set(last.retrieval.get("said_in", []))
    if said_in and Document.objects.visible_to(message.asker).filter(pk__in=said_in).count() < len(said_in):
        before, said_in = last.question, set()
    else:
        before = last.standalone
    own = {word.casefold() for word in _words(message.question)}
    carried = [word for word in _words(before) if word.casefold() not in own]
    return Carried(" ".join([message.question, *dict.fromkeys(carried)]), said_in)


def _leans(question: str) -> bool:
    words = {word.group().casefold() for word in WORD.finditer(question)}
    return bool(words & LEANING) or len(words - STOPWORDS) <= FEW


def _words(question: str) -> list[str]:
    """Those that say something."""
    found = (word.group() for word in WORD.finditer(question))
    return [word for word in found if word.casefold() not in STOPWORDS]
