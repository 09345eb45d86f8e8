"""Awards: given once with their XP and one notification, found by the night, taken back by moderators alone."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from communities.actions.answering import accept_answer
from communities.actions.suggesting import approve_suggestion
from communities.actions.voting import cast_vote
from communities.models import Answer
from gamification import rules
from gamification.achievements.revoking import revoke_award
from gamification.achievements.weighing import weigh
from gamification.models import Activity, Award, Entry, Rarity, Tier
from gamification.night import people_tonight
from gamification.settling import settle_everything
from gamification.tasks import refresh_scores, weigh_by_night, weigh_member
from notifications.models import Notification
from tests.communities.at_once import at_once, errors
from tests.factories import make_answer, make_comment, make_community, make_post, make_suggestion, make_user
from tests.gamification.achievements.doing import DEEDS, Stage
from tests.gamification.book import levels, settle, standing, xp


def told(person: User) -> list[str]:
    """Of achievements, the oldest first."""
    mine = Notification.objects.of(person).filter(kind="achievement").order_by("pk")
    return list(mine.values_list("title", flat=True))


def awards(person: User) -> list[tuple[str, int]]:
    return list(Award.objects.of(person).standing().order_by("pk").values_list("key", "tier"))


def worth(person: User) -> list[int]:
    """Of their achievements in the ledger, as far as it stands."""
    return sorted(amount for rule, amount in standing(person) if rule == "B1")


@pytest.fixture
def reached(ada: User, bob: User, answer: Answer) -> Award:
    cast_vote(answer, by=ada, value=1)
    (award,) = weigh([bob.pk])
    return award


def test_award_comes_with_its_xp_and_one_notification(bob, reached):
    assert (reached.key, reached.tier, reached.community) == ("first-answer", Tier.BRONZE, None)
    assert weigh([bob.pk]) == []
    assert told(bob) == ["You earned the achievement “First Answer”"]
    assert (worth(bob), xp(bob)) == ([10], 20)
    entry = Entry.objects.get(rule="B1")
    assert (entry.source_type, entry.source_id, entry.occurred_at) == ("award", reached.pk, reached.at)


def test_several_tiers_at_once_are_given_all_and_told_once(stage: Stage):
    stage.helps(up=25)
    weigh([stage.bob.pk])
    assert awards(stage.bob) == [("first-answer", 1), ("great-answer", 1), ("great-answer", 2)]
    assert told(stage.bob) == [
        "You earned the achievement “First Answer”",
        "You earned the achievement “Great Answer”: Silver",
    ]
    assert worth(stage.bob) == [10, 10, 25]


@pytest.mark.django_db(transaction=True)
def test_many_at_once_give_one_award_one_notification_and_one_entry(ada, bob, otto):
    answer = make_answer(bob, make_post(ada, make_community(otto, ada, bob)))
    Answer.objects.update(up=1)
    outcomes = at_once([partial(weigh, [bob.pk]) for _ in range(6)])
    assert errors(outcomes) == []
    assert sorted(map(len, outcomes)) == [0, 0, 0, 0, 0, 1]
    assert (awards(answer.author), len(told(bob)), worth(bob)) == ([("first-answer", 1)], 1, [10])


def test_quiet_member_is_given_it_and_told_nothing(ada, bob, answer):
    User.objects.filter(pk=bob.pk).update(is_quiet=True)
    cast_vote(answer, by=ada, value=1)
    (award,) = weigh([bob.pk])
    revoke_award(award, by=ada, reason="Two accounts of one person.")
    assert told(bob) == []


def test_revoked_takes_its_xp_back_for_good_and_says_why(bob, otto, reached):
    User.objects.filter(pk=bob.pk).update(level=2)
    for reason in ("Two accounts of one person.", "Another reason."):
        revoke_award(reached, by=otto, reason=reason)
    assert levels(bob)[0] == 1
    assert (awards(bob), worth(bob), xp(bob)) == ([], [], 10)
    assert told(bob) == ["Moderators took back your achievement “First Answer”: Two accounts of one person."]
    assert weigh([bob.pk]) == []
    assert list(settle_everything(is_trial=True)) == []


def test_recount_finds_an_award_without_its_entry(bob, reached):
    lost = Award.objects.create(user=bob, key="editor", tier=Tier.SILVER)
    (change, *day) = settle_everything()
    assert (change.user, change.amount, change.source_id, day) == (bob.pk, 25, lost.pk, [])
    assert list(settle_everything()) == []


def test_night_gives_what_no_fact_told_of_and_changes_nothing_twice(ada, bob, eve, answer):
    Answer.objects.update(up=1)
    User.objects.filter(pk=bob.pk).update(last_login=timezone.now())
    User.objects.filter(pk=eve.pk).update(last_login=timezone.now() - timedelta(days=89))
    for _ in range(2):
        weigh_by_night()
        assert (awards(bob), worth(bob), len(told(bob))) == ([("first-answer", 1)], [10], 1)
        assert Rarity.objects.values_list("key", "tier", "holders", "active").get() == ("first-answer", 1, 1, 2)


@pytest.mark.parametrize(
    "deed",
    [
        lambda answer, ada, bob: cast_vote(answer, by=ada, value=1),
        lambda answer, ada, bob: accept_answer(answer, by=ada),
        lambda answer, ada, bob: approve_suggestion(make_suggestion(bob, answer.post), by=ada),
        lambda answer, ada, bob: settle(answer),
        lambda answer, ada, bob: make_comment(bob, answer, "A comment that is long enough to fill a day of mine."),
    ],
    ids=["vote", "acceptance", "edit", "settled", "comment"],
)
def test_fact_sends_for_its_member_after_commit(ada, bob, answer, django_capture_on_commit_callbacks, deed):
    with django_capture_on_commit_callbacks() as callbacks:
        deed(answer, ada, bob)
    assert [sent.args for sent in callbacks].count((refresh_scores, bob.pk)) == 1
    with django_capture_on_commit_callbacks() as callbacks:
        for _fact in range(3):  # all that waited is weighed once
            refresh_scores(bob.pk)
    assert [sent.args for sent in callbacks] == [(weigh_member, bob.pk)]


def test_walk_through_the_days_is_spared_whom_an_old_one_concerns(bob, stage):
    for _ in range(4):
        DEEDS["steady-rhythm"](stage)
    weigh_member(bob.pk)
    assert awards(bob) == []
    weigh([bob.pk])
    assert awards(bob) == [("steady-rhythm", 1)]


def test_night_looks_after_who_did_or_got_something_and_in_a_month_after_everybody(
    ada, bob, otto, eve, answer, monkeypatch
):
    Activity.objects.filter(user=ada).update(at=timezone.now() - timedelta(days=3))
    cast_vote(answer.post, by=otto, value=1)
    monkeypatch.setattr(rules, "NIGHTLY_AT_ONCE", 1)
    assert [ada.pk] in people_tonight()
    assert [bob.pk] in people_tonight()
    later = timezone.now() + timedelta(days=9)
    nights = [some for night in range(rules.NIGHTS) for some in people_tonight(later + timedelta(days=night))]
    assert sorted(pk for some in nights for pk in some) == sorted([ada.pk, bob.pk, otto.pk, eve.pk])


def test_closed_account_reaches_nothing(ada, bob, answer):
    Answer.objects.update(up=1)
    User.objects.filter(pk=bob.pk).update(is_active=False)
    assert weigh([bob.pk]) == []


def test_database_refuses_a_second_one_and_revoking_without_a_reason(bob, otto, reached):
    wrong: list[tuple[str, Callable[[], object]]] = [
        ("award_once", lambda: Award.objects.create(user=bob, key="first-answer", tier=1)),
        ("award_tier_known", lambda: Award.objects.create(user=bob, key="first-answer", tier=5)),
        ("revoked_award_says_who_and_why", lambda: Award.objects.update(revoked_at=timezone.now(), revoked_by=otto)),
    ]
    for name, act in wrong:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            act()


def test_staff_take_one_back_in_the_admin_with_a_reason_and_only_once(bob, reached, client_of, read):
    grace = make_user("grace", is_staff=True, is_superuser=True)
    browser, address = client_of(grace), f"/admin/gamification/award/{reached.pk}/"
    page = read(browser.get(f"{address}change/"))
    assert [field["name"] for field in page.select("#award_form input[type=text]")] == ["revoked_for"]
    browser.post(f"{address}change/", {"revoked_for": ""})
    assert worth(bob) == [10]
    browser.post(f"{address}change/", {"revoked_for": "Two accounts of one person."})
    reached.refresh_from_db()
    assert (reached.revoked_by, worth(bob)) == (grace, [])
    assert [browser.post(f"{address}{act}/").status_code for act in ("change", "delete")] == [403, 403]
