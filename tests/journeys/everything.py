"""Rows for a site on which there is something of everything."""

from datetime import date
from pathlib import Path

from django.core.files.base import ContentFile

from ai_assist.actions.asking import ask_further, begin_conversation
from ai_assist.actions.folders import make_folder
from ai_assist.actions.replacing import replace_document
from ai_assist.answering.extractive import Quote
from ai_assist.answering.turn import take
from ai_assist.answering.written import Written
from ai_assist.models import Audience, Document, Message, State
from ai_assist.reach import Chosen
from communities.actions.answering import accept_answer
from communities.actions.bookmarking import bookmark, describe_bookmark
from communities.actions.commenting import add_comment, resolve_comment
from communities.actions.community import join_community
from communities.actions.drafting import save_draft
from communities.actions.endorsing import endorse_answer
from communities.actions.following import follow
from communities.actions.posting import delete_post, edit_post
from communities.actions.reacting import react
from communities.actions.redacting import redact
from communities.actions.saving import save_list
from communities.actions.tagging import create_topic
from communities.actions.voting import cast_vote
from communities.drafts import Place
from communities.models import Community, DraftKind, Level, Outcome, Revision, Trust, Visibility
from communities.rules import COLLAPSE_AT_NET
from tests.factories import (
    make_answer,
    make_comment,
    make_community,
    make_document,
    make_page,
    make_passage,
    make_post,
    make_suggestion,
    make_tag,
    make_user,
)

FULL_TEXT = (Path(__file__).parent / "everything.md").read_text(encoding="utf-8")
ANSWER = """Every sign flips, because $-(a - b) = -a + b$, says @bob:

```python
assert -(3 - 2) == -3 + 2  # and so on
```"""
PASSWORD = "stones by the river"


class Everything:
    """Ada asks in her community, Bob's answer is accepted, Mina's is folded away, Eve is new and belongs nowhere.

    Ada keeps, follows and drafts; her question has a history, and Eve suggests an edit of her answer.
    """

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
        self.gone = make_post(self.ada, self.algebra, title="Is this the same question again?")
        delete_post(self.gone, by=self.ada)
        self._discuss()
        self._judge()
        self._change()
        self._keep()
        self._add_documents()
        self._ask_documents()

    def _discuss(self) -> None:
        """More comments than are shown, of every kind."""
        asked = add_comment(self.own, by=self.bob, body="Which sum do you mean here?", kind="clarify")
        resolve_comment(asked, by=self.ada, is_resolved=True)
        add_comment(self.own, by=self.mina, body="Say why the sum is even.", kind="improve")
        for number in range(3):
            make_comment(self.bob, self.own, body=f"I counted {number} of them.")

    def _judge(self) -> None:
        endorse_answer(self.helpful, by=self.ada)
        react(self.helpful, by=self.mina, outcome=Outcome.WORKED)
        react(self.folded, by=self.ada, outcome=Outcome.OUTDATED, reason="Both signs were tried in the question.")

    def _change(self) -> None:
        """The question says something else by now, and carries a topic and a tag."""
        create_topic(self.algebra, by=self.ada, name="Equations", parent=None, wiki="Where something **equals** it.")
        make_tag(self.algebra, "signs")
        make_tag(self.algebra, "brackets", approved_at=None, proposed_by=self.bob)
        for number, note in enumerate(("with an example", "another one")):
            body = f"{FULL_TEXT}\n\nOne more example, the {number}th."
            edit_post(self.post, by=self.ada, title=self.post.title, body=body, tags=["equations", "signs"], note=note)
        self.first, self.second, _third = Revision.objects.of(self.post).order_by("number")
        redact(self.first, by=self.ada, reason="it named a person")
        self.suggestion = make_suggestion(self.eve, self.own)

    def _keep(self) -> None:
        self.kept = bookmark(self.post, by=self.ada)
        describe_bookmark(self.kept, collection="Exam in June", note="The third part.", remind_on=date(2099, 6, 1))
        bookmark(self.helpful, by=self.ada)
        for target in (self.algebra, self.post, self.bob):
            follow(target, by=self.ada, level=Level.ALL)
        save_list(by=self.ada, name="Still open", address="/feed/?show=unanswered")
        for begun in ("I began with a book that", "In another window I began with"):
            save_draft(Place(DraftKind.ANSWER, self.reply_wanted), by=self.ada, fields={"body": begun}, known=None)

    def _vote(self, community: Community) -> None:
        self.folded = make_answer(self.mina, self.post, body="It does not matter at all, just try both of the signs.")
        for number in range(-COLLAPSE_AT_NET):
            voter = make_user(f"voter{number}")
            join_community(community, by=voter)
            community.memberships.filter(user=voter).update(trust_level=Trust.TRUSTED)
            cast_vote(self.folded, by=voter, value=-1, reason="unclear")
            cast_vote(self.helpful, by=voter, value=1)

    def _add_documents(self) -> None:
        """One that can be read, some that can't, one that waits."""
        self.folder = make_folder(by=self.ada, name="Exam in June")
        self.document = make_document(self.ada, folder=self.folder, name="A lecture with a long name about groups.pdf")
        Document.objects.update(pages=24, is_paged=True, chunks=88)
        self.failed, self.locked, _waiting = (
            make_document(self.ada, name=f"{state}.pdf", state=state)
            for state in (State.FAILED, State.NEEDS_PASSWORD, State.PARSING)
        )
        replace_document(self.failed, ContentFile(b"newer"), by=self.ada, name="newer.md")
        Document.objects.exclude(pk=self.document.pk).update(error_code="corrupt_file", done=3, total=7)
        for audience in (Audience.COMMUNITY, Audience.PUBLIC):
            make_document(self.ada, self.algebra, name=f"{audience}.md", audience=audience)

    def _ask_documents(self) -> None:
        """A text with a passage, cited by one answer; another question that found nothing."""
        self.notes = make_document(self.ada, name="Notes on groups.md")
        table = (
            "| group | order | is abelian, and a column that makes it wide |\n| --- | --- | --- |\n| C_2 | 2 | yes |"
        )
        words = "A group is a set with an operation that is associative."
        texts = (("heading", "Groups"), ("prose", f"{words} It has a unit."), ("math", r"e \cdot g = g"))
        page = make_page(
            self.notes, *texts, ("table", table), ("code", "def unit():\n    return 1"), ("list", "- a\n- b")
        )
        make_page(self.notes, ("prose", "The end."), number=2)
        self.passage = make_passage(page, f"{words} It has a unit.", start=1)
        first = begin_conversation(Chosen(documents=[self.notes]), by=self.ada, question="What is a group?")
        self.conversation = first.conversation
        quote = f"> {words} [1]\n\n$$\ne \\cdot g = g\n$$"
        self._answer(first, Written(Message.State.DONE, [], quote, [Quote(self.passage, words)]))
        absent = ask_further(self.conversation, by=self.ada, question="What do whales eat?")
        self._answer(absent, Written(Message.State.REFUSED, []))

    def _answer(self, message: Message, written: Written) -> None:
        turn = take(message.pk)
        assert turn is not None
        turn.end(written)
