"""What members and communities may keep and do."""

import pytest

from ai_assist import allowances, rules
from ai_assist.allowances import UsedUp, Whose, give_back, left, spend
from tests.communities.at_once import at_once
from tests.factories import make_community


@pytest.fixture
def small(monkeypatch):
    """Five uploads a day, three documents in all."""
    for limits in (allowances.A_DAY, allowances.LIMITS):
        monkeypatch.setitem(limits, "uploads", 5)
    for limits in (allowances.KEPT, allowances.LIMITS):
        monkeypatch.setitem(limits, "documents", 3)


def test_spend_beyond_the_allowance_says_which_and_counts_nothing(ada, small):
    for _ in range(3):
        spend(ada, None, uploads=1, documents=1)
    with pytest.raises(UsedUp) as refused:
        spend(ada, None, uploads=1, documents=1)
    assert str(refused.value) == "There is room for 3 documents. Delete one that nobody needs any more."
    assert (left(Whose(ada))["uploads"], left(Whose(ada))["documents"]) == (2, 0)


def test_spend_in_a_community_counts_for_both(ada, bob, small):
    community = make_community(ada, bob)
    for person in (ada, bob):
        spend(person, community, uploads=2)
    assert left(Whose(ada))["uploads"] == 3
    assert left(Whose(community=community))["uploads"] == 5 * rules.COMMUNITY_TIMES - 4


def test_spend_refused_by_the_community_counts_nothing_for_the_member(ada, otto, small):
    community = make_community(otto, ada)
    spend(otto, community, uploads=5)
    allowances.Usage.objects.filter(community=community).update(uploads=50)
    with pytest.raises(UsedUp) as refused:
        spend(ada, community, uploads=1)
    assert (
        str(refused.value) == "For the whole community: That were 50 files today, which is all. More fit in tomorrow."
    )
    assert left(Whose(ada))["uploads"] == 5


def test_give_back_makes_room_but_no_new_uploads(ada, small):
    for _ in range(3):
        spend(ada, None, uploads=1, documents=1, bytes=1_000)
    give_back(ada, None, bytes=1_000, documents=1)
    remains = left(Whose(ada))
    assert (remains["documents"], remains["uploads"]) == (1, 2)
    assert remains["bytes"] == rules.BYTES_KEPT - 2_000


@pytest.mark.django_db(transaction=True)
def test_spend_by_twenty_at_once_stops_at_the_limit(ada, small):
    outcomes = at_once([lambda: spend(ada, None, uploads=1)] * 20)
    assert [type(outcome) for outcome in outcomes if outcome] == [UsedUp] * 15
    assert left(Whose(ada))["uploads"] == 0
