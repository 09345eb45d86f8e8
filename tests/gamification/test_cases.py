"""What was found waits for a person, who lets it count or takes it back for good. Votes and texts stay."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from communities.actions.voting import cast_vote
from communities.models import Answer, Membership, Reason, Vote, VoteChange
from gamification.fairness.cases import AlreadyDecided, decide_case, open_case
from gamification.fairness.habits import voting_habits
from gamification.fairness.patterns import Finding
from gamification.models import Award, Case, CaseKind, DailyXP, Decision, Entry, Status
from gamification.tasks import release_votes
from notifications.models import Notification
from tests.factories import make_answer, make_community, make_post, make_user
from tests.gamification.book import differences, levels, standing, xp
from tests.gamification.test_pages import account, rows, words

WHY = "These votes came within a minute, on everything that he wrote."


def votes_of(giver: User, receiver: User) -> list[tuple[str, str]]:
    """Amount and status of the entries that stand."""
    entries = Entry.objects.of(receiver).standing().filter(actor=giver).order_by("pk")
    return list(entries.values_list("amount", "status"))


def about(giver: User, receiver: User) -> Case:
    """A case that was opened about what one did for the other."""
    habits = [habit for habit in voting_habits() if (habit.giver, habit.receiver) == (giver.pk, receiver.pk)]
    case = open_case(Finding(CaseKind.SERIAL, habits))
    assert case is not None
    return case


@pytest.fixture
def answers(ada, bob, otto, algebra) -> list[Answer]:
    """Five by Bob, whom Ada voted up four times, Otto five times; enough for level two."""
    answers = [make_answer(bob, make_post(ada, algebra, title=f"Question number {n} of hers")) for n in range(5)]
    for number, answer in enumerate(answers):
        for voter in (ada, otto) if number < 4 else (otto,):
            cast_vote(answer, by=voter, value=1)
    return answers


@pytest.fixture
def case(answers, ada, bob) -> Case:
    """About what Ada did for Bob."""
    return about(ada, bob)


@pytest.fixture
def grace(db) -> User:
    return make_user("grace", is_staff=True, is_superuser=True)


def test_votes_in_question_wait_and_level_and_score_stay(case, ada, bob, answers):
    assert votes_of(ada, bob) == [(10, Status.HELD)] * 4
    assert (xp(bob), levels(bob)) == (30, (2, [2]))
    answers[0].refresh_from_db()
    assert (answers[0].score, Vote.objects.filter(value=1).count()) == (2, 9)
    assert set(case.people.all()) == {ada, bob}
    assert differences() == []


def test_what_is_in_question_is_not_released_by_time_nor_by_voting_anew(case, ada, bob, answers, otto):
    Membership.objects.filter(user=ada).update(level=3)
    User.objects.filter(pk=ada.pk).update(date_joined=timezone.now() - timedelta(days=9))
    release_votes()
    cast_vote(answers[0], by=ada, value=0)
    cast_vote(answers[0], by=ada, value=1)
    VoteChange.objects.all().delete()  # else the day would have no votes left
    cast_vote(answers[4], by=ada, value=1)
    assert votes_of(ada, bob) == [(10, Status.HELD)] * 5
    assert (xp(bob), differences()) == (30, [])


def test_same_people_are_one_open_case_and_judged_votes_none(case, ada, bob, grace):
    again = Finding(CaseKind.SERIAL, [habit for habit in voting_habits() if habit.giver == ada.pk])
    assert open_case(again) is None
    decide_case(case, by=grace, decision=Decision.RELEASE, why=WHY)
    assert [habit for habit in voting_habits() if habit.giver == ada.pk] == []


def test_released_votes_count_again_with_those_that_came_meanwhile(case, ada, bob, answers, grace):
    cast_vote(answers[0], by=ada, value=0)
    cast_vote(answers[4], by=ada, value=1)
    decide_case(case, by=grace, decision=Decision.RELEASE, why=WHY)
    assert votes_of(ada, bob) == [(10, Status.POSTED)] * 4
    assert (xp(bob), levels(bob)) == (60, (2, [2]))  # a pair brings thirty a day
    assert differences() == []
    assert Notification.objects.filter(kind="verdict").count() == 0


def test_what_waits_for_two_cases_or_for_its_voter_is_not_released_by_one(case, ada, bob, otto, answers, grace):
    habits = [habit for habit in voting_habits() if habit.receiver == bob.pk]
    ring = open_case(Finding(CaseKind.RING, habits))
    decide_case(case, by=grace, decision=Decision.RELEASE, why=WHY)
    assert votes_of(ada, bob) == [(10, Status.HELD)] * 4
    decide_case(ring, by=grace, decision=Decision.RELEASE, why=WHY)
    assert (votes_of(ada, bob), xp(bob)) == ([(10, Status.POSTED)] * 4, 60)
    assert votes_of(otto, bob) == [(10, Status.POSTED)] * 5


def test_vote_of_somebody_new_goes_on_waiting_after_a_release(answers, ada, bob, grace):
    Entry.objects.filter(actor=ada).update(status="held")
    Membership.objects.filter(user=ada).update(level=1)
    answers[0].post.community.__class__.objects.update(member_count=90, created_at=timezone.now() - timedelta(days=300))
    decide_case(about(ada, bob), by=grace, decision=Decision.RELEASE, why=WHY)
    release_votes()
    assert votes_of(ada, bob) == [(10, Status.HELD)] * 4
    answers[0].post.community.__class__.objects.update(member_count=2)
    release_votes()
    assert votes_of(ada, bob) == [(10, Status.POSTED)] * 4


def test_voided_votes_are_taken_back_in_one_batch_and_levels_sink(case, ada, bob, otto, answers, grace):
    decide_case(case, by=grace, decision=Decision.VOID, why=WHY)
    taken = Entry.objects.filter(batch_id=case.batch_id)
    assert list(taken.values_list("user", "amount", "status")) == [(bob.pk, -10, "void")] * 4
    assert set(taken.values_list("reversal_of__status", flat=True)) == {"void"}
    assert (standing(bob), xp(bob), levels(bob)) == ([("A2", 10)] * 5, 30, (1, [1]))
    answers[0].refresh_from_db()
    assert (answers[0].score, Vote.objects.filter(value=1).count(), differences()) == (2, 9, [])
    (told,) = Notification.objects.filter(kind="verdict")
    assert (told.recipient, told.url) == (bob, f"{answers[0].post.community.get_absolute_url()}about/")
    assert told.title == (
        "A person found votes between you and others arranged. What they brought you (40) is taken back; votes and "
        f"texts stay. If that is wrong, tell a moderator. Why: {WHY}"
    )


def test_victim_of_voided_down_votes_keeps_levels_and_hears_nothing(ada, bob, otto, algebra, grace, client_of, read):
    make_community(otto, bob, name="Elsewhere")
    for number in range(4):
        answer = make_answer(bob, make_post(ada, algebra, title=f"Question number {number} of hers"))
        cast_vote(answer, by=otto, value=1)
        cast_vote(answer, by=ada, value=-1, reason=Reason.UNCLEAR)
        VoteChange.objects.all().delete()  # else the day would have no votes left
    Membership.objects.filter(user=bob).update(level=4)
    User.objects.filter(pk=bob.pk).update(level=5)
    case = about(ada, bob)
    decide_case(case, by=grace, decision=Decision.VOID, why=WHY)
    assert (Entry.objects.filter(batch_id=case.batch_id).count(), xp(bob)) == (4, 30)
    assert levels(bob) == (5, [4, 4])
    assert Notification.objects.filter(kind="verdict").count() == 0
    assert read(client_of(bob).get("/xp/")).select(".xp-decision") == []


def test_level_sinks_only_where_votes_were_arranged_and_to_what_else_was_reached(case, bob, otto, grace):
    elsewhere = make_community(otto, bob, name="Elsewhere")
    Membership.objects.filter(user=bob, community=elsewhere).update(level=4)
    User.objects.filter(pk=bob.pk).update(level=5)
    DailyXP.objects.create(user=bob, utc_date=date(2026, 1, 1), raw=500, effective=500)
    DailyXP.objects.create(user=bob, utc_date=date(2026, 1, 2), raw=-490, effective=-490)
    decide_case(case, by=grace, decision=Decision.VOID, why=WHY)
    assert (xp(bob), levels(bob)) == (40, (4, [1, 4]))


def test_level_reached_by_votes_that_were_taken_back_before_the_decision_sinks_too(case, ada, bob, answers, grace):
    for answer in answers[:4]:
        cast_vote(answer, by=ada, value=0)
    decide_case(case, by=grace, decision=Decision.VOID, why=WHY)
    assert (xp(bob), levels(bob)) == (30, (1, [1]))
    (told,) = Notification.objects.filter(kind="verdict")
    assert (told.recipient, "(0)" in told.title) == (bob, True)


def test_voided_vote_never_pays_again_and_another_one_does(case, ada, bob, answers, grace):
    decide_case(case, by=grace, decision=Decision.VOID, why=WHY)
    cast_vote(answers[0], by=ada, value=0)
    cast_vote(answers[0], by=ada, value=1)
    assert (xp(bob), differences()) == (30, [])
    VoteChange.objects.all().delete()  # else the day would have no votes left
    cast_vote(answers[4], by=ada, value=1)
    assert (xp(bob), differences()) == (40, [])


def test_case_is_decided_once_by_staff_who_may_and_by_nobody_about_themselves(case, ada, mina, eve, grace):
    helper = make_user("rosa", is_staff=True)
    User.objects.filter(pk=ada.pk).update(is_staff=True, is_superuser=True)
    for person in (eve, helper, User.objects.get(pk=ada.pk)):
        with pytest.raises(PermissionDenied, match="by nobody about themselves"):
            decide_case(case, by=person, decision=Decision.VOID, why=WHY)
    helper.user_permissions.add(Permission.objects.get(codename="change_case"))
    decide_case(case, by=User.objects.get(pk=helper.pk), decision=Decision.RELEASE, why=WHY)
    with pytest.raises(AlreadyDecided):
        decide_case(case, by=grace, decision=Decision.VOID, why=WHY)
    assert Case.objects.get().decided_by == helper


def test_queue_tells_the_evidence_in_words_and_takes_a_decision(case, bob, answers, grace, client_of, read):
    User.objects.filter(pk=grace.pk).update(time_zone="Asia/Kolkata")
    browser, address = client_of(grace), f"/admin/gamification/case/{case.pk}/change/"
    (listed,) = read(browser.get("/admin/gamification/case/")).select("#result_list tbody tr")
    assert words(listed.select_one(".field-names")) == "ada, bob"
    Award.objects.create(user=bob, key="first-answer", tier=1)  # five votes of Otto are enough for it
    lost = Award.objects.create(user=bob, community=answers[0].post.community, key="great-answer", tier=1)
    evidence = read(browser.get(address)).select_one(".field-words")
    assert "ada voted 4 times on texts of bob: 100 % of their 4 votes." in evidence.get_text()
    first, last = (
        date_format(
            datetime.fromisoformat(case.evidence[0][end]).astimezone(ZoneInfo("Asia/Kolkata")), "DATETIME_FORMAT"
        )
        for end in ("first", "last")
    )
    assert f"From {first} to {last}." in evidence.get_text()
    links = [link["href"] for link in evidence.select("a")]
    texts = [answer.get_absolute_url() for answer in reversed(answers[:4])]
    assert links == [*texts, f"/admin/gamification/award/{lost.pk}/change/"]
    assert read(browser.post(address, {"decision": "void", "why": ""})).title.get_text(strip=True).startswith("Error:")
    assert Case.objects.get().decided_at is None
    assert browser.post(address, {"decision": "void", "why": WHY}).status_code == 302
    decided = Case.objects.get()
    assert (decided.decision, decided.why, decided.decided_by, xp(bob)) == ("void", WHY, grace, 30)
    assert read(browser.get(address)).select("[name=decision], .deletelink") == []


def test_only_staff_who_may_see_and_decide_cases_and_none_about_themselves(case, ada, eve, client_of, read):
    address = f"/admin/gamification/case/{case.pk}/change/"
    rosa = make_user("rosa", is_staff=True)
    User.objects.filter(pk=ada.pk).update(is_staff=True, is_superuser=True)
    given = {"decision": "void", "why": WHY}
    answers = [client_of(person).post(address, given) for person in (None, eve, rosa, ada)]
    assert [answer.status_code for answer in answers] == [302, 302, 403, 302]
    assert [answers[-1].url, *read(client_of(ada).get("/admin/gamification/case/")).select("#result_list")] == [
        "/admin/"
    ]
    assert [client_of(grace).get("/admin/gamification/case/").status_code for grace in (eve, rosa)] == [302, 403]
    assert Case.objects.get().decided_at is None


def test_receipts_say_that_an_automatic_check_holds_and_what_was_taken_and_why(
    case, answers, ada, bob, grace, client_of, read
):
    browser = client_of(bob)
    page = read(browser.get("/xp/"))
    assert ("Waits", "40") in account(page)
    assert "a person looks at them, as a rule within 7 days" in words(page.select_one("main"))
    decide_case(case, by=grace, decision=Decision.VOID, why=WHY)
    page = read(browser.get("/xp/"))
    assert account(page) == [("Sum of the lines", "50"), ("Over the daily or pair cap", "−20"), ("Level 1", "30 XP")]
    assert [line[1].split(") ")[0] for line in rows(page)[:4]] == ["Your answer was voted up (taken back"] * 4
    assert words(page.select_one(".xp-decision bdi")) == WHY
    about = f"{answers[0].post.community.get_absolute_url()}about/"
    assert [link["href"] for link in page.select(".xp-decision a")] == [about]
    assert "Ada" not in page.select_one("main").get_text()
