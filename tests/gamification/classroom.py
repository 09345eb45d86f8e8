"""A class that learns together and votes a lot, and whatever somebody arranges in it. Made of rows, then settled."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import count

from django.db.models import F
from django.utils import timezone

from accounts.models import User
from communities.models import Answer, Community, Membership, Post, Trust, Vote
from gamification.settling import settle_everything
from tests.factories import make_community, make_post, make_user

SIZE = 24
WRITTEN, WRITTEN_BY_MENTOR = 8, 64
BEGAN = timedelta(days=25)


class Classroom:
    """All sit at one address, and voted on one evening: each for ten answers of the mentor and one to three of each of
    six others, who did the same for them; the mentor for one of each.
    """

    def __init__(self) -> None:
        self.mentor = make_user("mina")
        self.community: Community = make_community(self.mentor, name="A class")
        self.people = User.objects.bulk_create(User(username=f"student{n}") for n in range(SIZE))
        Membership.objects.bulk_create(
            Membership(community=self.community, user=person, trust_level=Trust.TRUSTED) for person in self.people
        )
        self.evening = timezone.now() - timedelta(days=9)
        self.question = make_post(self.mentor, self.community)
        Post.objects.filter(pk=self.question.pk).update(created_at=F("created_at") - BEGAN)
        self._moment = count()
        self._texts: dict[User, list[Answer]] = {}
        self._voted: Counter[tuple[User, User]] = Counter()
        self._votes: list[Vote] = []
        for person in self.people:
            self.write(person, WRITTEN)
        self.write(self.mentor, WRITTEN_BY_MENTOR)
        for number, person in enumerate(self.people):
            self.vote(person, self.mentor, 10)
            self.vote(self.mentor, person, 1)
            for step in (1, 2, 3):
                for other in (number + step, number - step):
                    self.vote(person, self.people[other % SIZE], step)

    def write(self, person: User, times: int) -> None:
        at = timezone.now() - BEGAN + timedelta(hours=1)
        self._texts.setdefault(person, []).extend(
            Answer.objects.bulk_create(
                Answer(post=self.question, author=person, body="It is so.", html="", markup_version=1, created_at=at)
                for _ in range(times)
            )
        )

    def vote(self, giver: User, receiver: User, times: int, *, at: datetime | None = None) -> None:
        """On the oldest answers that they have not voted on yet, a second apart. Waits for `settled`."""
        before = self._voted[giver, receiver]
        answers = self._texts[receiver][before : before + times]
        assert len(answers) == times
        self._voted[giver, receiver] += times
        for answer in answers:
            changed_at = (at or self.evening) + timedelta(seconds=next(self._moment))
            self._votes.append(Vote(voter=giver, post=self.question, answer=answer, value=1, changed_at=changed_at))

    def settled(self) -> "Classroom":
        """All these votes are cast, and in the ledger."""
        Vote.objects.bulk_create(self._votes)
        self._votes.clear()
        for _change in settle_everything():
            pass
        return self
