"""What the rows of a dump mean: questions, answers, comments and who wrote them, checked."""

from dataclasses import dataclass
from datetime import datetime

from accounts.names import plain_line
from communities import rules
from communities.imports.dump import Row
from communities.imports.sites import Site, licence_of

QUESTION, ANSWER = 1, 2  # PostTypeId


@dataclass(frozen=True)
class Author:
    """Somebody on the site, known by an address there. `name` is what the row itself can say."""

    origin_url: str
    name: str
    username: str


@dataclass(frozen=True)
class Person(Author):
    """A user of the site, whether they wrote something or not."""

    number: int
    joined_at: datetime


@dataclass(frozen=True)
class Text:
    """What questions, answers and comments have in common. `source` is HTML; of comments it is Markdown."""

    row: Row
    origin_url: str
    author: Author
    source: str
    licence: str
    created_at: datetime


@dataclass(frozen=True)
class Written(Text):
    """A question or an answer; the title is a question's, the number of the question an answer's."""

    score: int
    edited_at: datetime | None
    title: str = ""
    question: int = 0


@dataclass(frozen=True)
class Remark(Text):
    """A comment on the question or answer of that number."""

    about: int


def person_of(row: Row, site: Site) -> Person:
    number = row.number("Id")
    name = plain_line(row.get("DisplayName"))
    return Person(
        origin_url=site.user(number),
        name=name or placeholder(number),
        username=f"{name or 'user'}-{abs(number)}",
        number=number,
        joined_at=row.moment("CreationDate"),
    )


def kind_of(row: Row) -> int:
    return row.number("PostTypeId")


def question_of(row: Row, site: Site) -> Written:
    title = plain_line(row.text("Title"))
    if len(title) > rules.TITLE_MAX:
        title = title[: rules.TITLE_MAX - 1].rstrip() + "…"
    return _written(row, site, site.question(row.number("Id")), title=title)


def answer_of(row: Row, site: Site) -> Written:
    return _written(row, site, site.answer(row.number("Id")), question=row.number("ParentId"))


def remark_of(row: Row, site: Site) -> Remark:
    created_at = row.moment("CreationDate")
    return Remark(
        row=row,
        origin_url=site.comment(row.number("Id")),
        author=_author(row, site, "UserId", "UserDisplayName"),
        source=row.text("Text"),
        licence=licence_of(row.get("ContentLicense"), created_at),
        created_at=created_at,
        about=row.number("PostId"),
    )


def _written(row: Row, site: Site, origin_url: str, *, title: str = "", question: int = 0) -> Written:
    created_at = row.moment("CreationDate")
    return Written(
        row=row,
        origin_url=origin_url,
        author=_author(row, site, "OwnerUserId", "OwnerDisplayName"),
        source=row.text("Body"),
        licence=licence_of(row.get("ContentLicense"), created_at),
        created_at=created_at,
        score=row.number("Score"),
        edited_at=row.moment("LastEditDate") if row.get("LastEditDate") else None,
        title=title,
        question=question,
    )


def _author(row: Row, site: Site, id_name: str, display_name: str) -> Author:
    if row.get(id_name):
        number = row.number(id_name)
        return Author(site.user(number), placeholder(number), f"user-{abs(number)}")
    name = plain_line(row.get(display_name))
    if not name:
        return Author(site.deleted_user(""), "deleted user", "deleted-user")
    return Author(site.deleted_user(name), name, f"{name}-gone")


def placeholder(number: int) -> str:
    """What somebody is called as long as only the number is known."""
    return f"user {number}"
