"""Reads the files of the demo: members.toml, and for each community its community.toml, tags.toml and threads.

A thread is a text file of blocks. Each block has a TOML header between two lines `+++` and its text after
them: first the post, then answers, and comments, earlier texts and suggested edits of the post or answer above them.
"""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from communities.models import LinkKind

FOLDER = Path(__file__).resolve().parent
FENCE = re.compile(r"^\+\+\+$", re.MULTILINE)


class Malformed(Exception):
    """A file of the demo can't be read; the message names it and says why."""


@dataclass
class Note:
    """A comment; without `kind` a question asks to clarify, and anything else is said."""

    author: str
    body: str
    kind: str = ""


@dataclass
class Change:
    """What the text above said before its author edited it, or, with `by`, what somebody suggests. `note` says why."""

    note: str
    body: str
    by: str = ""


@dataclass
class Reply:
    """An answer."""

    author: str
    body: str
    hours_later: float
    up: int = 0
    down: int = 0
    accepted: bool = False
    notes: list[Note] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


@dataclass
class Thread:
    """A post with everything below it. `key` names it in all decisions.

    `asked_before` and `related` name other threads of its community as their files are called.
    """

    key: str
    author: str
    title: str
    kind: str
    days_ago: int
    body: str
    up: int = 0
    tags: list[str] = field(default_factory=list)
    asked_before: str = ""
    related: list[str] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    @property
    def leads_to(self) -> list[tuple[str, LinkKind]]:
        """Keys of threads."""
        place = self.key.partition("/")[0]
        links = [(name, LinkKind.RELATED) for name in self.related]
        if self.asked_before:
            links.append((self.asked_before, LinkKind.DUPLICATE))
        return [(f"{place}/{name}", kind) for name, kind in links]

    @property
    def writers(self) -> set[str]:
        notes = [*self.notes, *(note for reply in self.replies for note in reply.notes)]
        return {self.author, *(reply.author for reply in self.replies), *(note.author for note in notes)}


@dataclass
class Word:
    """A tag. A topic may stand below another; `also` are other words for it. With `by` somebody proposes it."""

    name: str
    wiki: str = ""
    is_topic: bool = False
    below: str = ""
    also: list[str] = field(default_factory=list)
    by: str = ""


@dataclass
class Place:
    """A community. A private one says who belongs to it."""

    slug: str
    name: str
    tagline: str
    owner: str
    about: str
    question_template: str = ""
    asking_hints: str = ""
    members: list[str] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)

    @property
    def is_private(self) -> bool:
        return bool(self.members)

    @property
    def writers(self) -> set[str]:
        return {self.owner}.union(*(thread.writers for thread in self.threads))


def read_members() -> list[dict[str, str]]:
    members: list[dict[str, str]] = _read_toml(FOLDER / "members.toml")["member"]
    return members


def read_places() -> list[Place]:
    """All communities of the demo, by slug."""
    return [_read_place(path.parent) for path in sorted(FOLDER.glob("*/community.toml"))]


def read_thread(path: Path) -> Thread:
    pieces = FENCE.split(path.read_text(encoding="utf-8"))
    if len(pieces) % 2 == 0 or pieces[0].strip():
        raise Malformed(f"{path}: the lines +++ do not come in pairs.")
    blocks = list(zip(pieces[1::2], pieces[2::2], strict=True))
    try:
        return _thread(path, [(tomllib.loads(header), body.strip()) for header, body in blocks])
    except (tomllib.TOMLDecodeError, TypeError, IndexError) as error:
        raise Malformed(f"{path}: {error}") from error


def _thread(path: Path, blocks: list[tuple[dict[str, Any], str]]) -> Thread:
    header, body = blocks[0]
    thread = Thread(key=f"{path.parent.name}/{path.stem}", body=body, **header)
    above: Thread | Reply = thread
    for header, body in blocks[1:]:
        if "comment" in header:
            above.notes.append(Note(header["comment"], body, header.get("kind", "")))
        elif "earlier" in header:
            above.changes.append(Change(header["earlier"], body))
        elif "suggests" in header:
            above.changes.append(Change(header["note"], body, by=header["suggests"]))
        else:
            author = header.pop("answer", None) or ""
            above = Reply(author, body, **header)
            thread.replies.append(above)
    return thread


def _read_place(folder: Path) -> Place:
    try:
        place = Place(slug=folder.name, **_read_toml(folder / "community.toml"))
        place.words = _read_words(folder / "tags.toml")
    except TypeError as error:
        raise Malformed(f"{folder}: {error}") from error
    place.threads = [read_thread(path) for path in sorted(folder.glob("*.md"))]
    return place


def _read_words(path: Path) -> list[Word]:
    """A private community has none; its tags come with its posts."""
    read = _read_toml(path) if path.exists() else {}
    topics = [Word(**facts, is_topic=True) for facts in read.get("topic", [])]
    return topics + [Word(**facts) for facts in read.get("tag", [])]


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise Malformed(f"{path}: {error}") from error
