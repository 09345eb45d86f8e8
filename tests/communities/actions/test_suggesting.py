"""Suggested edits: who may suggest, who decides, and that two who approve make one revision."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from communities import rules
from communities.actions.answering import delete_answer, edit_answer
from communities.actions.community import join_community
from communities.actions.redacting import redact
from communities.actions.suggesting import (
    approve_suggestion,
    reject_suggestion,
    rework_suggestion,
    suggest_edit,
    withdraw_suggestion,
)
from communities.history import Moved, words_of
from communities.models import Membership, Revision, Role, Suggestion, Tag, Trust, Verdict
from communities.tagging import slugs_of
from notifications.models import Notification
from tests.communities.at_once import at_once, errors
from tests.factories import make_answer, make_post, make_suggestion, make_tag, make_user

BETTER = "A subtraction is the addition of the opposite number: turn its sign, then add it up with all the others."
BEST = "A subtraction is the addition of the opposite number. So turn the sign first, and after that add as before."


def told(person) -> list[str]:
    return list(
        Notification.objects.filter(recipient=person, kind="edit").order_by("pk").values_list("title", flat=True)
    )


def make_trusted(community, name, **fields):
    person = make_user(name, name=name.title())
    join_community(community, by=person)
    Membership.objects.filter(user=person).update(**{"trust_level": Trust.TRUSTED} | fields)
    return person


@pytest.fixture
def suggestion(eve, answer) -> Suggestion:
    """By Eve, who is no member, on Bob's answer."""
    return suggest_edit(answer, ("", BETTER), by=eve, note="clearer words", began_with=words_of(answer).fingerprint)


def outcome(suggestion) -> tuple[str, int]:
    """What the text says, and how many revisions it has."""
    content = suggestion.content
    content.refresh_from_db()
    suggestion.refresh_from_db()
    return content.body, Revision.objects.of(content).count()


def test_outsider_suggests_and_the_author_is_told(bob, eve, answer, suggestion):
    first = Revision.objects.of(answer).get()
    assert (suggestion.author, suggestion.base, suggestion.body, suggestion.decided_at) == (eve, first, BETTER, None)
    assert told(bob) == [f"Eve suggests an edit to your answer to “{answer.post.title}”"]
    assert outcome(suggestion) == (answer.body, 1)


def test_same_suggestion_again_is_the_same_and_another_is_a_rework(eve, answer, suggestion):
    assert suggest_edit(answer, ("", BETTER), by=eve, note="again") == suggestion
    with pytest.raises(PermissionDenied) as refusal:
        suggest_edit(answer, ("", BEST), by=eve, note="again")
    assert str(refusal.value) == "Your last suggestion for this text still waits; you can rework it."
    assert Suggestion.objects.count() == 1


def test_author_moderator_and_who_only_reads_suggest_nothing(bob, otto, ada, answer):
    Membership.objects.filter(user=ada).update(role=Role.READ_ONLY)
    for person in (bob, otto, ada):
        with pytest.raises(PermissionDenied) as refusal:
            suggest_edit(answer, ("", BETTER), by=person, note="mine")
        assert str(refusal.value) == "You can change this yourself, or you only read here."


def test_five_suggestions_wait_and_no_more(ada, eve, algebra):
    posts = [make_post(ada, algebra, title=f"Question number {n} of six") for n in range(6)]
    for post in posts[: rules.SUGGESTIONS_WAITING]:
        last = make_suggestion(eve, post)
    with pytest.raises(PermissionDenied) as refusal:
        make_suggestion(eve, posts[-1])
    assert str(refusal.value) == "5 of your suggestions wait already; come back when one of them is decided."
    withdraw_suggestion(last, by=eve)
    make_suggestion(eve, posts[-1])


@pytest.mark.parametrize("who", ["author", "mentor", "moderator"])
def test_one_who_decides_alone_approves(bob, mina, otto, eve, algebra, suggestion, heard, who):
    Membership.objects.create(community=algebra, user=mina, role=Role.MENTOR)
    by = {"author": bob, "mentor": mina, "moderator": otto}[who]
    for _ in range(2):
        approve_suggestion(suggestion, by=by)
    assert outcome(suggestion) == (BETTER, 2)
    latest = Revision.objects.of(suggestion.content).first()
    assert (latest.editor, latest.note, suggestion.revision) == (eve, "clearer words", latest)
    title = suggestion.post.title
    assert told(eve) == [f"{by.name} approved your edit to “{title}”"]
    hears = [] if by == bob else [f"Eve edited your answer to “{title}”: clearer words"]
    assert told(bob)[1:] == hears
    assert [name for name, _ in heard] == ["text_changed", "suggestion_approved"]
    assert heard[1][1] == {"suggestion": suggestion}


def test_two_trusted_members_approve_together(algebra, suggestion):
    first, second = make_trusted(algebra, "first"), make_trusted(algebra, "second")
    for _ in range(2):
        approve_suggestion(suggestion, by=first)
        assert outcome(suggestion) == (suggestion.content.body, 1)
    approve_suggestion(suggestion, by=second)
    assert outcome(suggestion) == (BETTER, 2)


def test_trusted_members_who_disagree_decide_nothing(algebra, suggestion):
    first, second, third = (make_trusted(algebra, name) for name in ("first", "second", "third"))
    approve_suggestion(suggestion, by=first)
    reject_suggestion(suggestion, by=second, reason="says the same")
    assert suggestion.verdicts.count() == 2
    suggestion.refresh_from_db()
    assert suggestion.decided_at is None
    reject_suggestion(suggestion, by=third, reason="longer, not clearer")
    suggestion.refresh_from_db()
    assert (suggestion.decided_by, suggestion.reason, suggestion.revision) == (third, "longer, not clearer", None)


def test_who_has_no_word_decides_nothing(ada, eve, mina, algebra, suggestion):
    """Ada asked, but did not write the answer; Mina is trusted and only reads; Eve suggested."""
    Membership.objects.create(community=algebra, user=mina, role=Role.READ_ONLY, trust_level=Trust.TRUSTED)
    for person in (ada, eve, mina):
        for act in (approve_suggestion, partial(reject_suggestion, reason="no")):
            with pytest.raises(PermissionDenied) as refusal:
                act(suggestion, by=person)
            assert str(refusal.value) == (
                "Only its author, mentors and members whom the community trusts decide about edits."
            )
    assert Verdict.objects.count() == 0


def test_who_suggested_does_not_decide_whatever_their_rank(algebra, answer):
    person = make_trusted(algebra, "first", role=Role.MENTOR)
    suggestion = make_suggestion(person, answer)
    with pytest.raises(PermissionDenied):
        approve_suggestion(suggestion, by=person)


def test_rejection_says_why_and_changes_nothing(bob, eve, answer, suggestion):
    for _ in range(2):
        reject_suggestion(suggestion, by=bob, reason="says the same")
    approve_suggestion(suggestion, by=bob)
    assert outcome(suggestion) == (answer.body, 1)
    assert told(eve) == [f"Bob rejected your edit to “{answer.post.title}”: says the same"]


def test_rejection_without_a_reason_is_refused(bob, suggestion):
    for reason in ("", "  "):
        with pytest.raises(PermissionDenied) as refusal:
            reject_suggestion(suggestion, by=bob, reason=reason)
        assert str(refusal.value) == "Say why; who suggested this will read it."
    suggestion.refresh_from_db()
    assert (suggestion.decided_at, Verdict.objects.count()) == (None, 0)


def test_a_text_that_moved_wants_a_rework_first(bob, otto, eve, answer, suggestion):
    edit_answer(answer, by=bob, body=BEST)
    with pytest.raises(Moved):
        approve_suggestion(suggestion, by=otto)
    rework_suggestion(suggestion, ("", f"{BEST} {BETTER}"), by=otto, note="both")
    approve_suggestion(suggestion, by=otto)
    assert outcome(suggestion) == (f"{BEST} {BETTER}", 3)
    assert (Revision.objects.of(answer).first().editor, suggestion.reworked_by) == (eve, otto)


def test_small_mends_are_revisions_while_a_suggestion_waits(bob, answer, suggestion):
    """Else a suggestion would begin with a text that is nowhere any more."""
    edit_answer(answer, by=bob, body=f"{answer.body} Yes.")
    assert outcome(suggestion)[1] == 2


def test_rework_makes_earlier_verdicts_void(algebra, eve, suggestion):
    first, second = make_trusted(algebra, "first"), make_trusted(algebra, "second")
    approve_suggestion(suggestion, by=first)
    with pytest.raises(PermissionDenied):
        rework_suggestion(suggestion, ("", BEST), by=second, note="mine")
    rework_suggestion(suggestion, ("", BEST), by=eve, note="shorter")
    approve_suggestion(suggestion, by=second)
    assert outcome(suggestion)[1] == 1
    assert suggestion.reworked_by is None


def test_suggestion_from_an_older_text_is_not_taken(bob, eve, answer):
    began_with = words_of(answer).fingerprint
    edit_answer(answer, by=bob, body=BEST)
    with pytest.raises(Moved):
        suggest_edit(answer, ("", BETTER), by=eve, note="mine", began_with=began_with)


def test_suggestion_for_a_deleted_text_is_nobodys_business(ada, bob, eve, suggestion):
    delete_answer(suggestion.content, by=bob)
    with pytest.raises(PermissionDenied):
        approve_suggestion(suggestion, by=bob)
    assert list(Suggestion.objects.visible_to(eve)) == []
    assert Notification.objects.filter(url=suggestion.get_absolute_url()).count() == 0


def test_suggestions_are_seen_by_whom_they_concern(ada, bob, otto, eve, mina, algebra, suggestion):
    trusted = make_trusted(algebra, "first")
    seen = [person.username for person in (ada, bob, otto, eve, mina, trusted) if Suggestion.objects.visible_to(person)]
    assert seen == ["bob", "otto", "eve", "first"]


def test_redacting_its_base_clears_the_suggestion(bob, otto, answer, suggestion):
    edit_answer(answer, by=bob, body=BEST)
    redact(suggestion.base, by=otto, reason="a telephone number")
    suggestion.refresh_from_db()
    assert (suggestion.body, suggestion.decided_by, suggestion.reason) == ("", otto, "a telephone number")


@pytest.mark.parametrize(
    ("change", "promise"),
    [({"reason": "no"}, "decided_suggestion_says_who_and_what"), ({"author": "bob"}, "one_waiting")],
)
def test_the_database_keeps_the_promises(ada, bob, eve, question, change, promise):
    one = make_suggestion(bob, question)
    make_suggestion(eve, question)
    change = {"author": eve} if "author" in change else change
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        Suggestion.objects.filter(pk=one.pk).update(**change)


@pytest.mark.django_db(transaction=True)
def test_two_approvals_at_once_make_one_revision(algebra, bob, otto, suggestion, heard):
    trusted = [make_trusted(algebra, name) for name in ("first", "second")]
    acts = [partial(approve_suggestion, suggestion, by=person) for person in (bob, otto, *trusted)]
    assert errors(at_once(acts * 3)) == []
    assert outcome(suggestion) == (BETTER, 2)
    assert [name for name, _ in heard if name != "member_joined"] == ["text_changed", "suggestion_approved"]


@pytest.mark.django_db(transaction=True)
def test_same_suggestion_at_once_is_one(eve, answer):
    act = partial(suggest_edit, answer, ("", BETTER), by=eve, note="clearer words")
    assert errors(at_once([act] * 6)) == []
    assert Suggestion.objects.count() == 1


def test_an_answer_and_its_post_have_suggestions_apart(eve, bob, question):
    made = [make_suggestion(eve, content) for content in (question, make_answer(bob, question))]
    assert [one.content for one in made] == [made[0].post, made[1].answer]


def test_a_verdict_counts_as_long_as_who_gave_it_may_give_it(algebra, suggestion):
    first, second, third = (make_trusted(algebra, name) for name in ("tess", "theo", "toni"))
    approve_suggestion(suggestion, by=first)
    Membership.objects.filter(user=first).update(role=Role.READ_ONLY)
    approve_suggestion(suggestion, by=second)
    suggestion.refresh_from_db()
    assert suggestion.decided_at is None
    approve_suggestion(suggestion, by=third)
    suggestion.refresh_from_db()
    assert suggestion.revision is not None


def test_suggested_tags_are_put_with_the_text_and_proposed_ones_stay(ada, eve, algebra):
    for name in ("signs", "brackets", "minus"):
        make_tag(algebra, name)
    post = make_post(ada, algebra, tags=["signs", "parity"])  # the second one waits for a moderator
    suggestion = suggest_edit(post, (post.title, post.body), by=eve, note="tags", tags=["brackets", "minus", "unknown"])
    assert suggestion.slugs == ["brackets", "minus"]
    with pytest.raises(PermissionDenied, match="still waits"):
        suggest_edit(post, (post.title, post.body), by=eve, note="tags", tags=["minus"])
    Tag.objects.filter(slug="minus").delete()
    approve_suggestion(suggestion, by=ada)
    assert slugs_of(post) == ["brackets", "parity"]
    kept = Revision.objects.of(post).values_list("editor__username", "tags")
    assert list(kept) == [("eve", "brackets"), ("ada", "signs")]


def test_suggestion_of_the_same_tags_is_none(ada, eve, algebra):
    make_tag(algebra, "signs")
    post = make_post(ada, algebra, tags=["signs"])
    for tags in (None, ["signs"], ["signs", "unknown"]):
        with pytest.raises(PermissionDenied, match="This is what it says already"):
            suggest_edit(post, (post.title, post.body), by=eve, note="tags", tags=tags)
