"""Votes: what one says is what counts, however often it is said."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F

from communities.actions.answering import delete_answer
from communities.actions.community import join_community, leave_community
from communities.actions.posting import delete_post
from communities.actions.voting import ReasonMissing, cast_vote
from communities.counts import recount_votes
from communities.models import Answer, Community, Post, Trust, Vote, VoteChange
from communities.tasks import recount_votes_nightly
from net.limits import TooOften
from tests.factories import make_answer, make_community, make_post

MEMBERS_ONLY = "Only members of this community can vote here."


NEW_HERE = "You are new here. Read a few posts; until then you can vote on the answers to your own questions."
NOT_YET = "Voting down takes more time in this community. A comment helps the author, too."
ONE_PERSON = "Those were many votes for one person. Please come back another day."


@pytest.fixture
def algebra(otto, ada, bob) -> Community:
    """Its members may vote down."""
    return make_community(otto, ada, bob, trust=Trust.TRUSTED)


def outcome(content: Post | Answer, **vote: object) -> str:
    """ "counted", or the sentence of the refusal."""
    try:
        cast_vote(content, **vote)
    except (PermissionDenied, TooOften) as refusal:
        return getattr(refusal, "sentence", str(refusal))
    return "counted"


def let_pass(time: timedelta) -> None:
    """What was voted so far is older now."""
    VoteChange.objects.update(at=F("at") - time)


def counted(content: Post | Answer) -> tuple[int, int]:
    content.refresh_from_db()
    return content.up, content.down


def log(vote: Vote) -> list[int]:
    return list(vote.changes.order_by("pk").values_list("value", flat=True))


def test_cast_up_counts_logs_and_announces_once(ada, answer, heard):
    version = answer.version
    vote = cast_vote(answer, by=ada, value=1)
    assert (vote.voter, vote.post, vote.answer, vote.value, vote.generation) == (ada, answer.post, answer, 1, 1)
    assert counted(answer) == (1, 0)
    assert (answer.score, answer.quality, answer.version) == (1, 0.6, version + 1)
    assert log(vote) == [1]
    assert heard == [("vote_cast", {"vote": vote, "before": 0})]


def test_cast_same_again_changes_and_announces_nothing(ada, answer, heard):
    first = cast_vote(answer, by=ada, value=-1, reason="unclear")
    answer.refresh_from_db()
    version = answer.version
    assert cast_vote(answer, by=ada, value=-1, reason="unclear") == first
    assert counted(answer) == (0, 1)
    assert (answer.version, Vote.objects.count(), log(first), len(heard)) == (version, 1, [-1], 1)


def test_cast_same_again_tells_who_read_before_what_is_counted(ada, answer):
    read_before = Answer.objects.get(pk=answer.pk)
    cast_vote(answer, by=ada, value=1)
    cast_vote(read_before, by=ada, value=1)
    assert (read_before.up, read_before.version) == (1, answer.version)


def test_undo_keeps_the_row_with_zero(ada, answer, heard):
    vote = cast_vote(answer, by=ada, value=1)
    assert cast_vote(answer, by=ada, value=0) == vote
    vote.refresh_from_db()
    assert (vote.value, vote.generation, counted(answer)) == (0, 1, (0, 0))
    assert [(name, fact["before"]) for name, fact in heard] == [("vote_cast", 0), ("vote_cast", 1)]


def test_undo_of_nothing_leaves_no_trace(ada, answer, heard):
    assert cast_vote(answer, by=ada, value=0) is None
    assert (Vote.objects.count(), VoteChange.objects.count(), heard) == (0, 0, [])


def test_cast_anew_and_turned_round_begin_a_generation(ada, answer):
    values = (1, -1, 0, 1, 1, 0, 0, -1)
    generations = [cast_vote(answer, by=ada, value=value, reason="unclear").generation for value in values]
    assert generations == [1, 2, 2, 3, 3, 3, 3, 4]
    assert log(Vote.objects.get()) == [1, -1, 0, 1, 0, -1]
    assert counted(answer) == (0, 1)


def test_votes_on_post_and_answer_are_counted_apart(bob, otto, answer):
    question = answer.post
    cast_vote(question, by=bob, value=1)
    cast_vote(question, by=otto, value=1)
    cast_vote(answer, by=otto, value=-1, reason="unclear")
    assert (counted(question), counted(answer)) == ((2, 0), (0, 1))


def test_imported_votes_are_added_at_every_recount(ada, otto, answer):
    Answer.objects.filter(pk=answer.pk).update(imported_up=7, imported_down=2, up=7, down=2)
    cast_vote(answer, by=ada, value=1)
    cast_vote(answer, by=otto, value=-1, reason="unclear")
    assert counted(answer) == (8, 3)
    cast_vote(answer, by=ada, value=0)
    assert counted(answer) == (7, 3)


def test_cast_updates_what_the_caller_holds(ada, answer):
    cast_vote(answer, by=ada, value=1)
    held = (answer.up, answer.down, answer.version, answer.net)
    answer.refresh_from_db()
    assert held == (answer.up, answer.down, answer.version, answer.score)


def test_own_content_is_refused(ada, bob, answer, heard):
    for content, author in ((answer, bob), (answer.post, ada)):
        with pytest.raises(PermissionDenied) as refusal:
            cast_vote(content, by=author, value=1)
        assert str(refusal.value) == "You can't vote on what you wrote yourself."
    assert (Vote.objects.count(), heard) == (0, [])


@pytest.mark.parametrize(
    ("setting", "on_answer", "on_post"),
    [
        ("off", "Nothing is voted down in this community.", "Posts can only be voted up."),
        ("answers", "counted", "Posts can only be voted up."),
        ("all", "counted", "counted"),
    ],
)
def test_community_decides_what_is_voted_down(otto, answer, setting, on_answer, on_post):
    answer.post.community.downvotes = setting
    for content, expected in ((answer, on_answer), (answer.post, on_post)):
        assert outcome(content, by=otto, value=-1, reason="unclear") == expected
        assert counted(content) == (0, 1 if expected == "counted" else 0)


@pytest.mark.parametrize(
    ("trust", "role", "up", "down"),
    [
        (0, "member", NEW_HERE, NOT_YET),
        (1, "member", "counted", NOT_YET),
        (2, "member", "counted", "counted"),
        (0, "mentor", "counted", "counted"),
        (3, "read-only", MEMBERS_ONLY, MEMBERS_ONLY),
    ],
)
def test_votes_want_trust_or_a_role(bob, mina, algebra, answer, trust, role, up, down):
    join_community(algebra, by=mina)
    algebra.memberships.filter(user=mina).update(trust_level=trust, role=role)
    assert outcome(answer.post, by=mina, value=1) == up
    assert outcome(answer, by=mina, value=-1, reason="incorrect") == down


def test_new_member_votes_on_answers_to_their_own_question(ada, bob, otto, algebra, answer):
    algebra.memberships.update(trust_level=Trust.NEW)
    elsewhere = make_answer(bob, make_post(otto, algebra))
    own_discussion = make_answer(bob, make_post(ada, algebra, kind="discussion", title="A talk about many things"))
    outcomes = [outcome(content, by=ada, value=1) for content in (answer, elsewhere, own_discussion)]
    assert outcomes == ["counted", NEW_HERE, NEW_HERE]


def test_vote_is_undone_whatever_one_may_cast(ada, answer):
    cast_vote(answer, by=ada, value=-1, reason="unclear")
    answer.post.community.memberships.update(trust_level=Trust.NEW)
    assert outcome(answer, by=ada, value=0) == "counted"
    assert counted(answer) == (0, 0)


def test_down_vote_says_why_and_forgets_it_when_turned_round(ada, answer, heard):
    with pytest.raises(ReasonMissing):
        cast_vote(answer, by=ada, value=-1)
    assert (Vote.objects.count(), heard) == (0, [])
    reasons = []
    for value, reason in ((-1, "outdated"), (1, "outdated"), (-1, "unclear"), (0, "unclear")):
        cast_vote(answer, by=ada, value=value, reason=reason)
        reasons.append(Vote.objects.get().reason)
    assert reasons == ["outdated", "", "unclear", ""]


def test_one_author_gets_so_many_votes_a_day_and_a_week_and_undoing_returns_none(ada, bob, algebra):
    answers = [make_answer(bob, make_post(ada, algebra, title=f"Question {n}, long enough")) for n in range(16)]
    for answer in answers[:4]:
        cast_vote(answer, by=ada, value=1)
    cast_vote(answers[0], by=ada, value=0)
    assert outcome(answers[4], by=ada, value=1) == "counted"
    assert outcome(answers[5], by=ada, value=1) == outcome(answers[0], by=ada, value=1) == ONE_PERSON
    for begin in (5, 10):
        let_pass(timedelta(days=1))
        assert [outcome(a, by=ada, value=1) for a in answers[begin : begin + 5]] == ["counted"] * 5
    let_pass(timedelta(days=1))
    assert outcome(answers[15], by=ada, value=1) == ONE_PERSON
    let_pass(timedelta(days=4))
    assert outcome(answers[15], by=ada, value=1) == "counted"


def test_two_down_votes_a_day_and_five_a_week_are_for_one_author(ada, bob, algebra):
    answers = [make_answer(bob, make_post(ada, algebra, title=f"Question {n}, long enough")) for n in range(6)]
    seen = []
    for day in (answers[:3], answers[2:5], answers[4:]):
        seen.append([outcome(answer, by=ada, value=-1, reason="unclear") for answer in day])
        let_pass(timedelta(days=1))
    assert seen == [["counted"] * 2 + [ONE_PERSON]] * 2 + [["counted", ONE_PERSON]]


@pytest.mark.parametrize(("trust", "up", "down"), [(0, 5, 0), (1, 30, 0), (2, 40, 10), (3, 60, 15)])
def test_a_day_has_so_many_votes_by_trust(ada, bob, otto, mina, eve, algebra, answer, trust, up, down):
    join_community(algebra, by=mina)
    algebra.memberships.update(trust_level=trust)
    answers = [make_answer(person, answer.post, f"An answer of {person}, long enough.") for person in (otto, mina)]
    for value, most in ((1, up), (-1, down)):
        if not most:
            continue
        cast = {"vote": cast_vote(answers[0], by=ada, value=value, reason="unclear"), "value": value}
        for _ in range(most - 2):
            VoteChange.objects.create(community=algebra, voter=ada, author=eve, **cast)
        assert outcome(answer, by=ada, value=value, reason="unclear") == "counted"
        sentence = f"{most} votes of this kind are all that you have for one day. Tomorrow there are more."
        assert outcome(answers[1], by=ada, value=value, reason="unclear") == sentence
        VoteChange.objects.filter(author=eve).update(community=make_community(eve, name=f"Elsewhere {value}"))
        assert outcome(answers[1], by=ada, value=value, reason="unclear") == "counted"


def test_outsider_and_former_member_are_refused(bob, ada, eve, otto, answer, heard):
    cast_vote(answer, by=ada, value=1)
    leave_community(answer.post.community, by=ada)
    for person in (eve, ada):
        for content in (answer, answer.post):
            with pytest.raises(PermissionDenied):
                cast_vote(content, by=person, value=0 if person == ada else 1)
    assert (counted(answer), counted(answer.post)) == ((1, 0), (0, 0))
    assert [name for name, _ in heard] == ["vote_cast", "member_left"]


def test_member_of_another_community_is_refused(eve, mina, answer):
    make_community(eve, mina, name="Chemistry")
    with pytest.raises(PermissionDenied) as refusal:
        cast_vote(answer, by=mina, value=1)
    assert str(refusal.value) == MEMBERS_ONLY


def test_deleted_content_takes_no_vote(ada, bob, otto, answer):
    question = answer.post
    delete_answer(answer, by=bob)
    delete_post(question, by=ada)
    for content in (answer, question):
        with pytest.raises(PermissionDenied) as refusal:
            cast_vote(content, by=otto, value=1)
        assert str(refusal.value) == MEMBERS_ONLY
    assert Vote.objects.count() == 0


def test_answer_of_deleted_post_takes_no_vote(ada, otto, answer):
    delete_post(answer.post, by=ada)
    with pytest.raises(PermissionDenied):
        cast_vote(answer, by=otto, value=1)
    assert counted(answer) == (0, 0)


@pytest.mark.parametrize(
    ("promise", "row"),
    [
        ("vote_once", {"value": 1}),
        ("vote_value_known", {"value": 2, "by_otto": True}),
        ("vote_reason_known", {"value": -1, "reason": "ugly", "by_otto": True}),
        ("only_down_votes_have_reasons", {"value": 1, "reason": "unclear", "by_otto": True}),
    ],
)
def test_the_database_keeps_the_promises(bob, otto, question, promise, row):
    cast_vote(question, by=bob, value=1)
    voter = otto if row.get("by_otto") else bob
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        Vote.objects.create(voter=voter, post=question, value=row["value"], reason=row.get("reason", ""))


def test_nightly_recount_mends_what_drifted_and_nothing_else(ada, bob, otto, answer, caplog):
    question = answer.post
    cast_vote(answer, by=ada, value=1)
    cast_vote(question, by=otto, value=1)
    Answer.objects.filter(pk=answer.pk).update(up=5, down=1)
    question.refresh_from_db()
    version = question.version
    recount_votes_nightly()
    assert (counted(answer), counted(question), question.version) == ((1, 0), (1, 0), version)
    assert [r.getMessage() for r in caplog.records if r.name == "communities.tasks"] == [
        f"Answer {answer.pk}: 5 up, 1 down was wrong"
    ]


def test_recount_of_what_is_right_gives_the_same(ada, otto, answer):
    cast_vote(answer, by=ada, value=1)
    cast_vote(answer, by=otto, value=-1, reason="unclear")
    answer.refresh_from_db()
    recount_votes(answer)
    assert counted(answer) == (1, 1)
