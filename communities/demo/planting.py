"""From the files of one community to its rows, as the actions would have left them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from communities.counts import recount_all_answers, recount_community
from communities.demo.ballots import votes_on
from communities.demo.chance import fraction, moment_after
from communities.demo.changes import add_changes
from communities.demo.founding import found, join
from communities.demo.judging import is_question, judge
from communities.demo.linking import link
from communities.demo.people import belonging
from communities.demo.picturing import with_pictures
from communities.demo.tagging import plant_tags
from communities.demo.threads import Change, Note, Place, Reply, Thread
from communities.demo.visiting import visit
from communities.models import (
    Answer,
    Comment,
    CommentKind,
    Community,
    Content,
    Post,
    Vote,
    VoteChange,
)
from communities.searching.documents import write_documents_of
from communities.warmth import recount_activity
from communities.writing import mentioned_members, write_body


@dataclass
class Rows:
    """What one community gets, in the order in which it can be saved."""

    posts: list[Post] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    votes: list[Vote] = field(default_factory=list)


@transaction.atomic
def plant(place: Place, people: dict[str, User], now: datetime) -> Rows:
    """Makes the whole community, or nothing of it."""
    community = found(place, people, now)
    join(community, place, people, now)
    bed = _Bed(community, people, [people[name] for name in belonging(place, list(people))], now)
    for thread in place.threads:
        bed.add_thread(thread)
    bed.save()
    plant_tags(community, place, people, bed.rows.posts)
    bed.change()
    visit(community, bed.rows.posts, bed.rows.votes, now)
    link(place, bed.rows.posts)
    judge(bed.rows.answers, list(community.memberships.select_related("user").order_by("user__username")), now)
    recount_all_answers(community)
    recount_activity(community)
    recount_community(community)
    write_documents_of(community.pk)
    return bed.rows


class _Bed:
    """Rows of one community while they grow; `save` writes them in a few statements."""

    def __init__(self, community: Community, people: dict[str, User], members: list[User], now: datetime) -> None:
        self.community, self.people, self.members, self.now = community, people, members, now
        self.rows = Rows()
        self.changed: list[tuple[Post | Answer, list[Change], str]] = []

    def add_thread(self, thread: Thread) -> None:
        day = (self.now - timedelta(days=thread.days_ago)).replace(hour=0, minute=0, second=0, microsecond=0)
        post = Post(
            community=self.community,
            author=self.people[thread.author],
            kind=thread.kind,
            title=thread.title,
            licence=self.community.licence,
            created_at=moment_after(day, 6 + 16 * fraction(thread.key, "hour"), thread.key, now=self.now),
        )
        self._write(post, thread.body)
        self.rows.posts.append(post)
        self.changed.append((post, thread.changes, thread.key))
        self._vote(post, None, thread.key, thread.up, 0)
        self._add_notes(thread.notes, post, None, thread.key)
        for reply in thread.replies:
            self._add_reply(reply, post, thread.key)

    def save(self) -> None:
        Post.objects.bulk_create(self.rows.posts)
        Answer.objects.bulk_create(self.rows.answers)
        Comment.objects.bulk_create(self.rows.comments)
        Vote.objects.bulk_create(self.rows.votes)
        VoteChange.objects.bulk_create(
            VoteChange(
                vote=vote,
                community=self.community,
                voter=vote.voter,
                author=(vote.answer or vote.post).author,
                value=vote.value,
                at=vote.created_at,
            )
            for vote in self.rows.votes
        )

    def change(self) -> None:
        """Histories know the tags, so these are there before."""
        for content, changes, key in self.changed:
            if changes:
                add_changes(content, changes, self.people, key, self.now)

    def _add_reply(self, reply: Reply, post: Post, thread_key: str) -> None:
        key = f"{thread_key}/{reply.author}"
        answer = Answer(
            post=post,
            author=self.people[reply.author],
            licence=self.community.licence,
            created_at=moment_after(post.created_at, reply.hours_later, key, now=self.now),
        )
        if reply.accepted:
            hours = 1 + 30 * fraction(key, "accepted")
            answer.accepted_at = moment_after(answer.created_at, hours, key, "accepted", now=self.now)
            answer.accepted_by = post.author
        self._write(answer, reply.body)
        self.rows.answers.append(answer)
        self.changed.append((answer, reply.changes, key))
        self._vote(post, answer, key, reply.up, reply.down)
        self._add_notes(reply.notes, post, answer, key)

    def _add_notes(self, notes: list[Note], post: Post, answer: Answer | None, key: str) -> None:
        before, asking = (answer or post).created_at, None
        for number, note in enumerate(notes):
            hours = 0.2 + 9 * fraction(key, "comment", number) ** 2
            before = moment_after(before, hours, key, number, now=self.now)
            kind = note.kind or (CommentKind.CLARIFY if is_question(note.body) else CommentKind.TALK)
            comment = Comment(
                kind=kind,
                post=post,
                answer=answer,
                author=self.people[note.author],
                licence=self.community.licence,
                created_at=before,
            )
            self._write(comment, note.body)
            self.rows.comments.append(comment)
            if asking and asking.author != comment.author:  # an answer to what wanted clarifying
                asking.resolved_at, asking.resolved_by = comment.created_at, comment.author
            asking = comment if comment.is_to_clarify else None

    def _write(self, content: Content, text: str) -> None:
        body = with_pictures(text, self.community, content.author)
        write_body(content, body, mentioned_members(self.community, body))

    def _vote(self, post: Post, answer: Answer | None, key: str, up: int, down: int) -> None:
        votes = votes_on(post, answer, self.members, key=key, up=up, down=down, now=self.now)
        target = answer or post
        target.up = sum(vote.value == 1 for vote in votes)
        target.down = sum(vote.value == -1 for vote in votes)
        self.rows.votes += votes
