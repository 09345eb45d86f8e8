"""In which language somebody is spoken to: as they chose, else as this browser did, else as it says."""

from contextlib import AbstractContextManager
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from accounts.models import User


class Said:
    """A sentence with its words, told to many: each reads it in their language. `sentence` is lazy."""

    def __init__(self, sentence: object, words: dict[str, Any]) -> None:
        self.sentence = sentence
        self.words = words

    def __str__(self) -> str:
        return str(self.sentence) % self.words


def codes() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def language_of(request: HttpRequest, member: User | None) -> str:
    """What a page is written in. A language that this place speaks no more counts as none."""
    if member is not None and member.language in codes():
        return member.language
    return translation.get_language_from_request(request)


def in_language_of(user: User) -> AbstractContextManager[None]:
    """What is written meanwhile is for this person, whoever caused it."""
    return translation.override(user.language if user.language in codes() else settings.LANGUAGE_CODE)


def in_every_language(said: object) -> set[str]:
    """What somebody may have been told, whichever language they read in then."""
    told = set()
    for code in codes():
        with translation.override(code):
            told.add(str(said))
    return told
