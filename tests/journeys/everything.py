"""Rows for a site on which there is something of everything."""

from pathlib import Path

from communities.actions.answering import accept_answer
from communities.actions.community import join_community
from communities.actions.voting import cast_vote
from communities.models import Community, Trust, Visibility
from communities.rules import COLLAPSE_AT_NET
from tests.factories import make_answer, make_comment, make_community, make_post, make_user

FULL_TEXT = (Path(__file__).parent / "everything.md").read_text(encoding="utf-8")
ANSWER = """Every sign flips, because $-(a - b) = -a + b$, says @bob:

```python
assert -(3 - 2) == -3 + 2  # and so on
```"""
PASSWORD = "stones by the river"


class Everything:
    """Ada asks in her community, Bob's answer is accepted, Mina's is folded away, Eve is new and belongs nowhere."""

    def __init__(self) -> None:
        self.ada = make_user("ada", name="Ada", password=PASSWORD, bio="I look for the rule behind the rule.")
        self.bob = make_user("bob", name="Bob")
        self.mina = make_user("mina", name="Mina")
        self.eve = make_user("eve", name="Eve")
        self.algebra = make_community(
            self.ada,
            self.bob,
            self.mina,
            about="What is *wrong* with my algebra? See [the rules](https://example.org/).",
        )
        self.private = make_community(self.ada, self.bob, name="Reading circle", visibility=Visibility.PRIVATE)
        self.empty = make_community(self.ada, name="Topology")
        self.post = make_post(self.ada, self.algebra, body=FULL_TEXT)
        self.reply_wanted = make_post(self.bob, self.algebra, kind="discussion", title="Which book did you begin with?")
        self.helpful = make_answer(self.bob, self.post, body=ANSWER)
        self.own = make_answer(self.ada, self.post, body="A part of it I found myself: @bob was right about the sum.")
        self._vote(self.algebra)
        accept_answer(self.helpful, by=self.ada)
        make_comment(self.mina, self.post)
        self.comment = make_comment(self.ada, self.helpful, body="Thank you, @mina and @bob; $x^2$ was it, see `x`.")

    def _vote(self, community: Community) -> None:
        folded = make_answer(self.mina, self.post, body="It does not matter at all, just try both of the signs.")
        for number in range(-COLLAPSE_AT_NET):
            voter = make_user(f"voter{number}")
            join_community(community, by=voter)
            community.memberships.filter(user=voter).update(trust_level=Trust.TRUSTED)
            cast_vote(folded, by=voter, value=-1, reason="unclear")
            cast_vote(self.helpful, by=voter, value=1)
