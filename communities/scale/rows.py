"""The plan as lines of COPY, table by table. Numbers become ids by adding what is there already."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

import markup
from communities import rules
from communities.counts import OF_ANSWERS
from communities.models import AnswerState, CommentKind, Licence, Reason
from communities.ranking import is_supported
from communities.scale import SEED, words
from communities.scale.plan import DAY, NOT_ACCEPTED, TAGS, Plan
from communities.scale.texts import Pool, escaped, make_title

TITLES = 3_000
RARE_POSTS = 20
COMMENTED_POSTS, COMMENTED_ANSWERS = 0.4, 0.2  # of each, with one comment
VOTERS_STEP = 7_919  # a prime, so that neighbouring texts get other voters
SPREAD = 48 * 3600  # seconds in which votes and comments follow

POST = "id community_id author_id kind title body html created_at up down active_at " + " ".join(OF_ANSWERS)
ANSWER = "id post_id author_id body html created_at up down accepted_at accepted_by_id"
COMMENT = "id post_id answer_id author_id body html created_at"
VOTE = "id post_id answer_id voter_id value reason generation created_at changed_at"
TAGGED = "post_id tag_id place posted_at"
CHANGE = "vote_id community_id voter_id author_id value at"
REASONS = [value.encode() for value in Reason.values]
CONTENT_DEFAULTS = {
    "markup_version": markup.PIPELINE_VERSION,
    "version": 1,
    "licence": Licence.CC_BY_SA_4.value,
    "deleted_for": "",
}
VOTED_DEFAULTS = CONTENT_DEFAULTS | {"imported_up": 0, "imported_down": 0}
POST_DEFAULTS = VOTED_DEFAULTS | {"viewers": 0, "hot": 0}
COMMENT_DEFAULTS = CONTENT_DEFAULTS | {"kind": CommentKind.TALK.value}
ANSWER_DEFAULTS = VOTED_DEFAULTS | {"worked_count": 0, "witness_count": 0}


@dataclass(frozen=True)
class First:
    """The ids of what is numbered 0."""

    user: int
    community: int
    tag: int
    post: int
    answer: int
    comment: int
    vote: int


@dataclass(frozen=True)
class Ballot:
    """One vote: on the post when `answer` is None."""

    post: int
    answer: int | None
    author: int
    voter: int
    value: int
    at: int


class Rows:
    """Each method gives the lines of one table, without the line end."""

    def __init__(self, plan: Plan, pool: Pool, first: First) -> None:
        self.plan, self.pool, self.first = plan, pool, first
        self.clock = _Clock(plan.now)
        random = Random(SEED)  # noqa: S311 - chance that is the same every time
        self.titles = {
            is_question: [escaped(make_title(random, is_question=bool(is_question))) for _ in range(TITLES)]
            for is_question in (0, 1)
        }

    def posts(self) -> Iterator[bytes]:
        posts, clock, first = self.plan.posts, self.clock, self.first
        answer = 0
        for number, at in enumerate(posts.at):
            is_question = posts.is_question[number]
            place = posts.accepted[number]
            accepted = b"\\N" if place == NOT_ACCEPTED else clock(self._accepted_at(answer + place))
            state, is_answered = self._trust(answer, posts.answers[number], place)
            answer += posts.answers[number]
            active_at = self.plan.answers.at[answer - 1] if posts.answers[number] else at
            yield b"%d\t%d\t%d\t%b\t%b\t%b\t%b\t%d\t0\t%b\t%d\t%b\t%b\t%b" % (
                first.post + number,
                first.community + posts.community[number],
                first.user + posts.author[number],
                b"question" if is_question else b"discussion",
                self._title(number),
                self.pool.posts[number * 31 % len(self.pool.posts)],
                clock(at),
                posts.up[number],
                clock(active_at),
                posts.answers[number],
                accepted,
                state,
                is_answered,
            )

    def _title(self, number: int) -> bytes:
        title = self.titles[self.plan.posts.is_question[number]][number * 17 % TITLES]
        is_rare = number % max(1, len(self.plan.posts.at) // RARE_POSTS) == 0
        return title + b" (%b)" % words.RARE.encode() if is_rare else title

    def answers(self) -> Iterator[bytes]:
        posts, answers, clock, first = self.plan.posts, self.plan.answers, self.clock, self.first
        pool = self.pool.answers
        before = -1
        for number, post in enumerate(answers.post):
            if post != before:
                before, begin = post, number
            accepted = b"\\N\t\\N"
            if number - begin == posts.accepted[post]:
                accepted = b"%b\t%d" % (clock(self._accepted_at(number)), first.user + posts.author[post])
            yield b"%d\t%d\t%d\t%b\t%b\t%d\t%d\t%b" % (
                first.answer + number,
                first.post + post,
                first.user + answers.author[number],
                pool[number * 31 % len(pool)],
                clock(answers.at[number]),
                answers.up[number],
                answers.down[number],
                accepted,
            )

    def comments(self) -> Iterator[bytes]:
        random = Random(SEED)  # noqa: S311 - chance that is the same every time
        plan, first, clock = self.plan, self.first, self.clock
        pool = self.pool.comments
        identity = first.comment
        for post, answer, author, at in self._texts():
            if random.random() > (COMMENTED_POSTS if answer is None else COMMENTED_ANSWERS):
                continue
            members = plan.members[plan.posts.community[post]]
            commenter = members[int(random.random() * len(members))]
            yield b"%d\t%d\t%b\t%d\t%b\t%b" % (
                identity,
                first.post + post,
                b"\\N" if answer is None else b"%d" % (first.answer + answer),
                first.user + (author if commenter == author else commenter),
                pool[int(random.random() * len(pool))],
                clock(min(at + int(random.random() * SPREAD), plan.now)),
            )
            identity += 1

    def votes(self) -> Iterator[bytes]:
        first, clock = self.first, self.clock
        for number, vote in enumerate(self._ballots()):
            at = clock(vote.at)
            yield b"%d\t%d\t%b\t%d\t%d\t%b\t1\t%b\t%b" % (
                first.vote + number,
                first.post + vote.post,
                b"\\N" if vote.answer is None else b"%d" % (first.answer + vote.answer),
                first.user + vote.voter,
                vote.value,
                REASONS[number % len(REASONS)] if vote.value < 0 else b"",
                at,
                at,
            )

    def changes(self) -> Iterator[bytes]:
        first = self.first
        for number, vote in enumerate(self._ballots()):
            yield b"%d\t%d\t%d\t%d\t%d\t%b" % (
                first.vote + number,
                first.community + self.plan.posts.community[vote.post],
                first.user + vote.voter,
                first.user + vote.author,
                vote.value,
                self.clock(vote.at),
            )

    def tagged(self) -> Iterator[bytes]:
        posts, first = self.plan.posts, self.first
        tags = iter(posts.tags)
        for number, at in enumerate(posts.at):
            of_community, posted_at = first.tag + posts.community[number] * TAGS, self.clock(at)
            for place in range(posts.tag_count[number]):
                yield b"%d\t%d\t%d\t%b" % (first.post + number, of_community + next(tags), place, posted_at)

    def _trust(self, begin: int, count: int, accepted: int) -> tuple[bytes, bytes]:
        """What a post shows of its answers: how far the best can be trusted, and whether one is helpful."""
        if not count:
            return b"\\N", b"f"
        votes = [(self.plan.answers.up[n], self.plan.answers.down[n]) for n in range(begin, begin + count)]
        states = [_state(up, down, place == accepted) for place, (up, down) in enumerate(votes)]
        is_answered = accepted != NOT_ACCEPTED or any(up - down >= rules.HELPFUL_AT_NET for up, down in votes)
        return b"%d" % max(states), b"t" if is_answered else b"f"

    def _texts(self) -> Iterator[tuple[int, int | None, int, int]]:
        """Post, answer or None, author and time of every post and answer."""
        posts, answers = self.plan.posts, self.plan.answers
        answer = 0
        for post, at in enumerate(posts.at):
            yield post, None, posts.author[post], at
            for _ in range(posts.answers[post]):
                yield post, answer, answers.author[answer], answers.at[answer]
                answer += 1

    def _ballots(self) -> Iterator[Ballot]:
        """Members in a row vote, from a place that the text decides; its author is left out."""
        plan, posts, answers = self.plan, self.plan.posts, self.plan.answers
        for post, answer, author, at in self._texts():
            up, down = (posts.up[post], 0) if answer is None else (answers.up[answer], answers.down[answer])
            if not up + down:
                continue
            members = plan.members[posts.community[post]]
            place = (post + (answer or 0)) * VOTERS_STEP
            values = [1] * up + [-1] * down
            while values:
                voter = members[place % len(members)]
                place += 1
                if voter != author:
                    when = min(at + place * 613 % SPREAD, plan.now)
                    yield Ballot(post, answer, author, voter, values.pop(), when)

    def _accepted_at(self, answer: int) -> int:
        return min(self.plan.answers.at[answer] + answer * 97 % SPREAD, self.plan.now)


def _state(up: int, down: int, is_accepted: bool) -> AnswerState:
    """As the database says it, where nobody endorsed or found anything stale."""
    if is_accepted:
        return AnswerState.VALIDATED if is_supported(up, down) else AnswerState.ACCEPTED
    return AnswerState.SUPPORTED if is_supported(up, down) else AnswerState.UNREVIEWED


class _Clock:
    """Unix seconds as PostgreSQL reads them: days and times of day are written once each."""

    def __init__(self, now: int) -> None:
        self.times = [b"%02d:%02d:%02d+00" % (s // 3600, s // 60 % 60, s % 60) for s in range(DAY)]
        self.days: dict[int, bytes] = {}

    def __call__(self, at: int) -> bytes:
        day, second = divmod(at, DAY)
        if day not in self.days:
            self.days[day] = f"{datetime.fromtimestamp(day * DAY, UTC):%Y-%m-%d} ".encode()
        return self.days[day] + self.times[second]
