"""Writes the load into the database, all or nothing."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import batched, islice
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.db.models import Max, Model
from tqdm import tqdm

from accounts.models import User
from communities.models import (
    Answer,
    Comment,
    Community,
    Membership,
    Post,
    PostTag,
    Role,
    SearchDocument,
    Tag,
    Trust,
    Vote,
    VoteChange,
    tag_slug,
)
from communities.scale import rows, words
from communities.scale.bare import bare
from communities.scale.documents import write_documents
from communities.scale.plan import COMMUNITIES, DAY, DAYS, TAGS, Plan
from communities.scale.rows import First, Rows
from communities.scale.texts import Pool
from communities.warmth import heat_posts
from communities.writing import write_about

LINES_AT_ONCE = 500
COPIED = (Post, PostTag, Answer, Comment, Vote, VoteChange)
FILLED = (User, Community, Membership, Tag, *COPIED)
LOCKED = (*FILLED, SearchDocument)
SET_SEQUENCE = "SELECT setval(pg_get_serial_sequence('{0}', 'id'), max(id)) FROM {0}"


class AlreadyThere(Exception):
    """The database holds a load already."""


def write_load(plan: Plan, pool: Pool) -> First:
    """Members, communities and everything in them. Locks the tables; their structure stays as it was."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(map(_table, LOCKED))} IN ACCESS EXCLUSIVE MODE")
        if Community.objects.filter(slug=_slug(0)).exists():
            raise AlreadyThere
        first = First(*(_next_id(model) for model in (User, Community, Tag, Post, Answer, Comment, Vote)))
        _write_members(plan, first)
        _write_communities(plan, first)
        _write_tags(plan, first)
        lines = Rows(plan, pool, first)
        with bare(cursor, [_table(model) for model in COPIED]):
            _copy(cursor, Post, rows.POST, rows.POST_DEFAULTS, lines.posts(), len(plan.posts.at))
            _copy(cursor, PostTag, rows.TAGGED, {}, lines.tagged(), len(plan.posts.tags))
            _copy(cursor, Answer, rows.ANSWER, rows.ANSWER_DEFAULTS, lines.answers(), len(plan.answers.at))
            _copy(cursor, Comment, rows.COMMENT, rows.COMMENT_DEFAULTS, lines.comments(), None)
            _copy(cursor, Vote, rows.VOTE, {}, lines.votes(), plan.vote_count)
            _copy(cursor, VoteChange, rows.CHANGE, {}, lines.changes(), plan.vote_count)
        with bare(cursor, [_table(SearchDocument)]):
            write_documents(cursor, post=first.post, answer=first.answer)
        heat_posts()
        for model in FILLED:
            cursor.execute(SET_SEQUENCE.format(_table(model)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return first


def _write_members(plan: Plan, first: First) -> None:
    password = make_password(None)
    joined = datetime.fromtimestamp(plan.now - DAYS * DAY, UTC)
    User.objects.bulk_create(
        (
            User(
                pk=first.user + number,
                username=f"circle-member-{number + 1}",
                name=f"{words.FIRST_NAMES[number % 31]} {words.LAST_NAMES[number // 31 % 29]}",
                password=password,
                date_joined=joined,
            )
            for number in range(plan.member_count)
        ),
        batch_size=5_000,
    )


def _write_communities(plan: Plan, first: First) -> None:
    """The owner is the first of its members."""
    founded = datetime.fromtimestamp(plan.now - DAYS * DAY, UTC)
    sizes = [plan.posts.community.count(number) for number in range(COMMUNITIES)]
    memberships = []
    for number, members in enumerate(plan.members):
        community = Community(
            pk=first.community + number,
            created_by_id=first.user + members[0],
            name=f"Study circle {number + 1}",
            slug=_slug(number),
            tagline="Made for measuring: what is said here is put together by a program.",
            member_count=len(members),
            post_count=sizes[number],
            created_at=founded,
        )
        write_about(community, "Everything in here was put together by a program, so that Cairn can be measured.")
        community.save(force_insert=True)
        memberships += [
            Membership(
                community=community,
                user_id=first.user + member,
                role=Role.OWNER if member == members[0] else Role.MEMBER,
                trust_level=Trust.TRUSTED,
                joined_at=founded,
            )
            for member in members
        ]
    Membership.objects.bulk_create(memberships, batch_size=5_000)


def _write_tags(plan: Plan, first: First) -> None:
    """The subjects are topics, each of them a root."""
    on_posts = [[0] * TAGS for _ in range(COMMUNITIES)]
    tags = iter(plan.posts.tags)
    for community, count in zip(plan.posts.community, plan.posts.tag_count, strict=True):
        for tag in islice(tags, count):
            on_posts[community][tag] += 1
    founded = datetime.fromtimestamp(plan.now - DAYS * DAY, UTC)
    Tag.objects.bulk_create(
        Tag(
            pk=first.tag + community * TAGS + number,
            community_id=first.community + community,
            name=name,
            slug=tag_slug(name),
            is_topic=number < len(words.SUBJECTS),
            post_count=on_posts[community][number],
            approved_at=founded,
            created_at=founded,
        )
        for community in range(COMMUNITIES)
        for number, name in enumerate(words.TAGS)
    )


def _copy(
    cursor: Any,
    model: type[Model],
    columns: str,
    defaults: Mapping[str, object],
    lines: Iterable[bytes],
    count: int | None,
) -> None:
    """`defaults` are columns that are the same on every line."""
    names = ", ".join([*columns.split(), *defaults])
    end = "".join(f"\t{value}" for value in defaults.values()).encode() + b"\n"
    with (
        cursor.copy(f"COPY {_table(model)} ({names}) FROM STDIN") as copy,
        tqdm(desc=f"{model._meta.verbose_name_plural}"[:9], total=count, unit_scale=True, disable=None) as bar,
    ):
        for some in batched(lines, LINES_AT_ONCE):
            copy.write(end.join(some) + end)
            bar.update(len(some))


def _next_id(model: type[Model]) -> int:
    last: int | None = model._default_manager.aggregate(last=Max("pk"))["last"]
    return (last or 0) + 1


def _slug(number: int) -> str:
    return f"study-circle-{number + 1}"


def _table(model: type[Model]) -> str:
    return model._meta.db_table
