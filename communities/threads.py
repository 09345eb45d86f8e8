"""A post with its answers and comments, as one reader sees it: few queries, most of it from the cache."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from communities import permissions, rules
from communities.beside import doubts_about, doubts_in, endorsements_in, endorsements_of_answer
from communities.fragments import Wanted, fragments
from communities.models import Answer, Membership, Post
from communities.public import wanted_head
from communities.ranking import Sort, in_order
from communities.reading import answers_to_order, deeds
from communities.remarks import remarks_below, remarks_in


class Standing(NamedTuple):
    """What one reader may do with one post or answer, and did. Equal standings share a fragment.

    Who reads only stands like somebody who has not joined. `is_reply`: it answers what is no question. `my_words`: what
    else they did, such as "follows", "worked", "endorsed".
    """

    is_signed_in: bool = False
    unfolds: bool = False
    is_member: bool = False
    is_author: bool = False
    is_moderator: bool = False
    is_asker: bool = False
    is_reply: bool = False
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
        may += "p" * self.is_reply
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
    follows: bool
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

    @property
    def follows(self) -> bool:
        return "follows" in self.words.get(None, ())

    def standing(self, content: Post | Answer) -> Standing:
        answer = content if isinstance(content, Answer) else None
        key = answer.pk if answer is not None else None
        words = tuple(sorted(self.words.get(key, ())))
        is_reply = answer is not None and not answer.post.is_question
        can_suggest = self.is_signed_in and permissions.can_suggest(self.me, content)
        if self.me is None or not self.me.is_writer:
            return Standing(
                is_signed_in=self.is_signed_in,
                can_suggest=can_suggest,
                unfolds=self.unfolds,
                is_reply=is_reply,
                my_words=words,
            )
        return Standing(
            is_signed_in=True,
            unfolds=self.unfolds,
            is_member=True,
            is_author=content.author_id == self.me.user_id,
            is_moderator=self.me.is_moderator,
            is_reply=is_reply,
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
        follows=reader.follows,
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


def answer_fragment(answer: Answer, reader: Reader) -> SafeString:
    return fragments(_wanted_answers([answer], reader))[0][answer.pk]


def _wanted_post(post: Post, reader: Reader) -> Wanted:
    standing = reader.standing(post)

    def load(pks: list[int]) -> dict[int, dict[str, Any]]:
        posts = Post.objects.select_related("author").with_tags()
        whole = posts.annotate(
            remarks=remarks_below(Post, unfolds=reader.unfolds), doubts=doubts_about(Post, reader.me)
        ).get(pk=post.pk)
        whole.community = post.community
        context = {"post": whole, "standing": standing}
        return {post.pk: context | {"comments": remarks_in(whole.remarks), "doubts": doubts_in(whole.doubts)}}

    return Wanted("communities/_post.html", [(post.pk, post.version, str(standing))], load)


def _wanted_answers(answers: Iterable[Answer], reader: Reader) -> Wanted:
    """Only what the cache lacks is read in full."""
    standings = {answer.pk: reader.standing(answer) for answer in answers}
    posts = {answer.pk: answer.post for answer in answers}

    def load(pks: list[int]) -> dict[int, dict[str, Any]]:
        found = Answer.objects.filter(pk__in=pks).select_related("author", "accepted_by")
        contexts = {}
        for answer in found.annotate(
            remarks=remarks_below(Answer, unfolds=reader.unfolds),
            doubts=doubts_about(Answer, reader.me),
            endorsers=endorsements_of_answer(),
        ):
            answer.post = posts[answer.pk]
            contexts[answer.pk] = {
                "answer": answer,
                "comments": remarks_in(answer.remarks),
                "endorsements": endorsements_in(answer.endorsers),
                "standing": standings[answer.pk],
                "doubts": doubts_in(answer.doubts),
            }
        return contexts

    identities = [(answer.pk, answer.version, str(standings[answer.pk])) for answer in answers]
    return Wanted("communities/_answer.html", identities, load)


def one_answer(answer: Answer, by: User) -> SafeString:
    """One answer as `by` sees it now."""
    me = Membership.objects.of(by, answer.post.community_id)
    return answer_fragment(answer, Reader(answer.post, me, by))
