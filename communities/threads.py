"""A post with its answers and comments, as one reader sees it: few queries, most of it from the cache."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from communities import permissions, rules
from communities.fragments import Wanted, fragments
from communities.models import Answer, Endorsement, Membership, Post, Reason, Vote
from communities.public import wanted_head
from communities.ranking import Sort, in_order
from communities.reading import answers_to_order, deeds
from communities.remarks import first_remarks, remarks_on


class Standing(NamedTuple):
    """What one reader may do with one post or answer, and did. Equal standings share a fragment.

    Who reads only stands like somebody who has not joined. `my_words`: what else they did, such as "follows", "worked",
    "endorsed".
    """

    is_signed_in: bool = False
    unfolds: bool = False
    is_member: bool = False
    is_author: bool = False
    is_moderator: bool = False
    is_asker: bool = False
    can_accept: bool = False
    can_suggest: bool = False
    takes_down_votes: bool = False
    can_endorse: bool = False
    can_react: bool = False
    my_vote: int = 0
    my_comments: tuple[int, ...] = ()
    my_words: tuple[str, ...] = ()

    def __str__(self) -> str:
        may = f"{'m' * self.is_member}{'o' * self.is_moderator}{'w' * self.is_author}"
        may += f"{'a' * self.can_accept}{'d' * self.takes_down_votes}{'e' * self.can_endorse}{'r' * self.can_react}"
        may += f"{'s' * self.is_signed_in}{'q' * self.is_asker}{'u' * self.unfolds}{'i' * self.can_suggest}"
        return f"{may}{self.my_vote}:{','.join(map(str, self.my_comments))}:{','.join(self.my_words)}"


@dataclass(frozen=True)
class Unread:
    """Answers by others since the reader was here last: how many, and where the first of them stands."""

    count: int
    first: int
    page: int


@dataclass(frozen=True)
class Thread:
    """`post_html` and `answers_html` are ready to print; `answers_html` is one page of them, in order.

    `my_answer` is the first that the reader wrote. `head_html` is for machines, who are never signed in.
    """

    post: Post
    head_html: SafeString | str
    post_html: SafeString
    answers_html: SafeString
    my_answer: Answer | None
    answer_count: int
    sort: Sort
    page: int
    page_count: int
    has_draft: bool
    """The reader began an answer here."""
    unread: Unread | None = None

    @property
    def pages(self) -> range:
        return range(1, self.page_count + 1)


class Reader:
    """What one person did on one post, asked for once. `me` is their membership, if they have one.

    One who `unfolds` reads all comments of a text.
    """

    def __init__(
        self, post: Post, me: Membership | None, person: User | AnonymousUser, *, unfolds: bool = False
    ) -> None:
        self.me, self.unfolds, self.is_signed_in = me, unfolds, person.pk is not None
        self.votes: dict[int | None, int] = {}
        self.comments: dict[int | None, list[int]] = defaultdict(list)
        self.words: dict[int | None, list[str]] = defaultdict(list)
        self.has_draft = False
        for answer_id, deed, number in deeds(post, person.pk) if person.pk else ():
            if deed == "vote":
                self.votes[answer_id] = number
            elif deed == "comment":
                self.comments[answer_id].append(number)
            elif deed == "draft":
                self.has_draft = True
            else:
                self.words[answer_id].append(deed)

    def standing(self, content: Post | Answer) -> Standing:
        answer = content if isinstance(content, Answer) else None
        key = answer.pk if answer is not None else None
        words = tuple(sorted(self.words.get(key, ())))
        can_suggest = self.is_signed_in and permissions.can_suggest(self.me, content)
        if self.me is None or not self.me.is_writer:
            return Standing(
                is_signed_in=self.is_signed_in,
                can_suggest=can_suggest,
                unfolds=self.unfolds,
                my_words=words,
            )
        return Standing(
            is_signed_in=True,
            unfolds=self.unfolds,
            is_member=True,
            is_author=content.author_id == self.me.user_id,
            is_moderator=self.me.is_moderator,
            can_suggest=can_suggest,
            is_asker=answer is not None and answer.post.author_id == self.me.user_id,
            can_accept=answer is not None and permissions.can_accept(self.me, answer),
            can_endorse=answer is not None and permissions.can_endorse(self.me, answer),
            can_react=answer is not None and permissions.can_react(self.me, answer),
            takes_down_votes=permissions.takes_down_votes(content),
            my_vote=self.votes.get(key, 0),
            my_comments=tuple(sorted(self.comments.get(key, ()))),
            my_words=words,
        )


def thread(
    post: Post,
    me: Membership | None,
    person: User | AnonymousUser,
    *,
    sort: Sort = Sort.BEST,
    page: int = 1,
    read_at: datetime | None = None,
) -> Thread:
    """`post` must be one that the reader may see. A page beyond the last is the last.

    `read_at` is when the reader was here before.
    """
    reader = Reader(post, me, person)
    ordered = in_order(answers_to_order(post), sort) if post.answer_count else []
    page_count = max(1, -(-len(ordered) // rules.ANSWERS_PER_PAGE))
    page = min(max(page, 1), page_count)
    shown = ordered[(page - 1) * rules.ANSWERS_PER_PAGE : page * rules.ANSWERS_PER_PAGE]
    heads = [] if reader.is_signed_in else [wanted_head(post, in_order(ordered, Sort.BEST))]
    posts_html, answers_html, *heads_html = fragments(
        _wanted_post(post, reader), _wanted_answers(shown, reader), *heads
    )
    return Thread(
        post=post,
        head_html=heads_html[0][post.pk] if heads_html else "",
        post_html=posts_html[post.pk],
        answers_html=mark_safe("".join(answers_html[answer.pk] for answer in shown if answer.pk in answers_html)),  # noqa: S308 - fragments
        my_answer=_first_answer_of(me, ordered),
        answer_count=len(ordered),
        sort=sort,
        page=page,
        page_count=page_count,
        has_draft=reader.has_draft,
        unread=_unread(ordered, me, read_at) if me and read_at else None,
    )


def _first_answer_of(me: Membership | None, answers: list[Answer]) -> Answer | None:
    mine = [answer for answer in answers if me is not None and answer.author_id == me.user_id]
    return min(mine, key=lambda answer: (answer.created_at, answer.pk), default=None)


def _unread(ordered: list[Answer], me: Membership, read_at: datetime) -> Unread | None:
    new = [n for n, answer in enumerate(ordered) if answer.created_at > read_at and answer.author_id != me.user_id]
    return Unread(len(new), ordered[new[0]].pk, new[0] // rules.ANSWERS_PER_PAGE + 1) if new else None


def page_of(answer: Answer) -> int:
    """On which page of the best order this answer stands."""
    position = [other.pk for other in in_order(answers_to_order(answer.post))].index(answer.pk)
    return position // rules.ANSWERS_PER_PAGE + 1


def post_fragment(post: Post, reader: Reader) -> SafeString:
    return fragments(_wanted_post(post, reader))[0][post.pk]


def _wanted_post(post: Post, reader: Reader) -> Wanted:
    standing = reader.standing(post)

    def load(pks: list[int]) -> dict[int, dict[str, Any]]:
        comments = remarks_on(post) if reader.unfolds else first_remarks(post=post, answer=None).get(None)
        whole = Post.objects.select_related("author").with_tags().get(pk=post.pk)
        whole.community = post.community
        context = {"post": whole, "comments": comments, "standing": standing}
        return {post.pk: context | {"doubts": _doubts(post, [post], {post.pk: standing}).get(None)}}

    return Wanted("communities/_post.html", [(post.pk, post.version, str(standing))], load)


def _wanted_answers(answers: Iterable[Answer], reader: Reader) -> Wanted:
    """Only what the cache lacks is read in full."""
    standings = {answer.pk: reader.standing(answer) for answer in answers}
    posts = {answer.pk: answer.post for answer in answers}

    def load(pks: list[int]) -> dict[int, dict[str, Any]]:
        comments = {a.pk: remarks_on(a) for a in answers} if reader.unfolds else first_remarks(answer__in=pks)
        found = list(Answer.objects.filter(pk__in=pks).select_related("author", "accepted_by"))
        doubts = _doubts(next(iter(posts.values())), found, standings)
        endorsements = _endorsements([answer for answer in answers if answer.pk in pks])
        contexts = {}
        for answer in found:
            answer.post = posts[answer.pk]
            contexts[answer.pk] = {
                "answer": answer,
                "comments": comments.get(answer.pk),
                "endorsements": endorsements.get(answer.pk, []),
                "standing": standings[answer.pk],
                "doubts": doubts.get(answer.pk),
            }
        return contexts

    identities = [(answer.pk, answer.version, str(standings[answer.pk])) for answer in answers]
    return Wanted("communities/_answer.html", identities, load)


def _doubts(
    post: Post, shown: Iterable[Post | Answer], standings: Mapping[int, Standing]
) -> dict[int | None, list[tuple[str, int]]]:
    """Why people voted down what the reader wrote: each reason that several gave, and their number. None = the post."""
    doubted = [content for content in shown if content.down >= rules.REASONS_SHOWN_FROM]
    mine = [
        content.pk if isinstance(content, Answer) else None for content in doubted if standings[content.pk].is_author
    ]
    doubts: dict[int | None, list[tuple[str, int]]] = defaultdict(list)
    if not mine:
        return doubts
    down = Vote.objects.filter(post=post, value=-1).exclude(reason="")
    counted = down.values_list("answer", "reason").annotate(count=Count("pk"))
    for answer, reason, count in counted.filter(count__gte=rules.REASONS_SHOWN_FROM).order_by("-count", "reason"):
        if answer in mine:
            doubts[answer].append((str(Reason(reason).label), count))
    return doubts


def _endorsements(answers: Iterable[Answer]) -> dict[int, list[Endorsement]]:
    """Those of each answer; nothing is asked where there are none."""
    by_answer: dict[int, list[Endorsement]] = defaultdict(list)
    endorsed = [answer.pk for answer in answers if answer.endorsed_at is not None]
    if endorsed:
        found = Endorsement.objects.standing().filter(answer__in=endorsed)
        for endorsement in found.select_related("by").order_by("created_at", "pk"):
            by_answer[endorsement.answer_id].append(endorsement)
    return by_answer


def one_answer(answer: Answer, by: User, *, unfolds: bool = False) -> SafeString:
    """One answer as `by` sees it now."""
    me = Membership.objects.of(by, answer.post.community_id)
    return fragments(_wanted_answers([answer], Reader(answer.post, me, by, unfolds=unfolds)))[0][answer.pk]
