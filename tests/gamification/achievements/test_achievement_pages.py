"""What members see of achievements: all of their own, of others what they may, and what stands on a profile."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from communities.models import Community, Visibility
from gamification.achievements.catalogue import ON
from gamification.achievements.revoking import revoke_award
from gamification.achievements.weighing import weigh
from gamification.models import Award, Player, Rarity
from tests.factories import make_community
from tests.gamification.achievements.doing import DEEDS, Stage


def words(element) -> str:
    return " ".join(element.get_text(" ", strip=True).split())


def names(page, part: str = "earned") -> list[str]:
    return [words(name) for name in page.select(f"[aria-labelledby=achievements-{part}] .achievement__name")]


def shown(page) -> list[str]:
    """On a profile."""
    return [words(one) for one in page.select(".showcase__one")]


@pytest.fixture
def helped(stage: Stage) -> Stage:
    """Bob has two answers that were voted up."""
    for _ in range(2):
        stage.helps(up=1)
    weigh([stage.bob.pk])
    return stage


@pytest.fixture
def closed(otto: User, bob: User, ada: User) -> Community:
    """Bob helped there, too."""
    community = make_community(otto, ada, bob, name="Reading circle", visibility=Visibility.PRIVATE)
    Award.objects.create(user=bob, community=community, key="helping-hand", tier=2)
    return community


def test_own_page_says_what_is_earned_on_the_way_and_still_to_reach(bob, helped, client_of, read):
    page = read(client_of(bob).get("/achievements/"))
    assert names(page) == ["First Answer"]
    steps = {
        words(one.h3): words(one.select_one(".achievement__way span")) for one in page.select(".achievement--going")
    }
    assert steps["Helping Hand"] == "2 of 5"
    (bar,) = [bar for bar in page.select("progress") if bar["aria-label"] == "Helping Hand"]
    assert (bar["value"], bar["max"]) == ("2", "5")
    everything = names(page) + names(page, "going") + names(page, "locked")
    assert sorted(everything) == sorted(str(kind.name) for kind in ON.values())


def test_kept_award_goes_on_towards_the_next_tier(bob, stage, client_of, read):
    Award.objects.create(user=bob, community=stage.algebra, key="helping-hand", tier=1)
    stage.helps(up=1)
    page = read(client_of(bob).get("/achievements/"))
    (step,) = [one for one in page.select(".achievement--going") if words(one.h3) == "Helping Hand"]
    assert words(step.select_one(".achievement__facts")) == "Silver Algebra"
    assert words(step.select_one(".achievement__way span")) == "1 of 25"


def test_rarity_is_said_once_it_is_measured(bob, helped, client_of, read):
    browser = client_of(bob)
    assert words(read(browser.get("/members/bob/achievements/")).select_one(".achievement__facts")) == "Bronze"
    Rarity.objects.create(key="first-answer", tier=1, holders=3, active=80)
    assert words(read(browser.get("/members/bob/achievements/")).select_one(".achievement__facts")) == (
        "Bronze 4 % have it"
    )


def test_others_see_what_was_earned_and_no_progress(bob, eve, helped, client_of, read):
    for reader in (None, eve, bob):
        page = read(client_of(reader).get("/members/bob/achievements/"))
        assert ([words(name) for name in page.select(".achievement__name")], page.select("progress")) == (
            ["First Answer"],
            [],
        )


def test_award_of_a_private_community_is_for_those_inside(bob, ada, eve, closed, client_of, read):
    Player.objects.create(user=bob, showcase=["helping-hand"])
    seen = {}
    for reader in (ada, eve, None):
        browser = client_of(reader)
        pages = [read(browser.get(address)) for address in ("/members/bob/achievements/", "/members/bob/")]
        seen[reader] = ([words(name) for name in pages[0].select(".achievement__name")], shown(pages[1]))
        assert "Reading circle" in pages[0].get_text() or reader != ada
        assert "Reading circle" not in pages[0].get_text() + pages[1].get_text() or reader == ada
    assert seen == {
        ada: (["Helping Hand"], ["Helping Hand Silver Reading circle"]),
        eve: ([], []),
        None: ([], []),
    }


def test_who_left_a_private_community_no_longer_sees_its_awards_or_steps(bob, ada, stage, closed, client_of, read):
    stage.answer(bob, stage.ask(ada, community=closed), up=1)
    browser = client_of(bob)
    assert names(read(browser.get("/achievements/"))) == ["Helping Hand"]
    closed.memberships.filter(user=bob).delete()
    page = read(browser.get("/achievements/"))
    assert (names(page), "Reading circle" in page.get_text()) == ([], False)


def test_three_chosen_stand_on_the_profile_and_a_fourth_is_refused(bob, otto, stage, client_of, read):
    keys = ["first-answer", "helping-hand", "editor", "accepted"]
    given = [Award.objects.create(user=bob, key=key, tier=1) for key in keys]
    browser = client_of(bob)
    response = browser.post("/achievements/", {"shown": keys})
    assert (response.status_code, Player.objects.count()) == (422, 0)
    assert words(read(response).select_one(".field__error")) == "At most 3 fit on your profile. Untick the others."
    assert browser.post("/achievements/", {"shown": keys[:3]}).status_code == 302
    profile = read(client_of(None).get("/members/bob/"))
    assert shown(profile) == ["First Answer Bronze", "Helping Hand Bronze", "Editor Bronze"]
    ticked = [box["value"] for box in read(browser.get("/achievements/")).select("input[name=shown][checked]")]
    assert sorted(ticked) == sorted(keys[:3])
    revoke_award(given[0], by=otto, reason="Two accounts of one person.")
    assert shown(read(client_of(None).get("/members/bob/"))) == ["Helping Hand Bronze", "Editor Bronze"]


def test_what_is_not_earned_cannot_be_shown(bob, helped, client_of):
    response = client_of(bob).post("/achievements/", {"shown": ["editor"]})
    assert (response.status_code, Player.objects.count()) == (422, 0)


def test_what_a_quiet_member_earned_is_shown_to_nobody(bob, ada, helped, client_of, read):
    Player.objects.create(user=bob, showcase=["first-answer"])
    User.objects.filter(pk=bob.pk).update(is_quiet=True)
    assert client_of(ada).get("/members/bob/achievements/").status_code == 404
    assert shown(read(client_of(ada).get("/members/bob/"))) == []


def test_quiet_readers_see_no_achievement_anywhere(bob, ada, helped, client_of, read):
    Player.objects.create(user=bob, showcase=["first-answer"])
    User.objects.filter(pk__in=[bob.pk, ada.pk]).update(is_quiet=True)
    for reader, address in ((bob, "/achievements/"), (ada, "/members/bob/achievements/"), (ada, "/members/bob/")):
        page = read(client_of(reader).get(address))
        assert ("Achievement" in page.get_text(), page.select(".achievement, .showcase, .tier")) == (False, [])


def test_more_achievements_cost_no_more_questions(bob, stage, client_of):
    browser = client_of(bob)
    addresses = ("/achievements/", "/members/bob/achievements/", "/members/bob/")
    counts: dict[str, list[int]] = {address: [] for address in addresses}
    for keys in (["helping-hand"], ["accepted", "great-answer", "editor", "rescuer"]):
        for key in keys:
            DEEDS[key](stage)
            Award.objects.create(user=bob, community=stage.algebra, key=key, tier=1)
        for address in addresses:
            browser.get(address)
            with CaptureQueriesContext(connection) as queries:
                browser.get(address)
            counts[address].append(len(queries))
    assert all(few == many for few, many in counts.values())
    assert [counts[address][0] for address in addresses[:2]] == [13, 5]


def test_who_keeps_what_they_earned_to_themselves_shows_it_nowhere(bob, eve, helped, client_of, read):
    def seen(reader: User | None) -> tuple[int, bool, bool]:
        page = read(client_of(reader).get("/members/bob/"))
        status = client_of(reader).get("/members/bob/achievements/").status_code
        return status, "Level" in page.find("main").get_text(), page.select_one("#showcase") is not None

    assert seen(eve) == (200, True, True)
    for person in (eve, bob):  # hers changes nothing of his
        assert client_of(person).post("/settings/privacy/achievements/", {"shows_earned": "no"}).status_code == 302
        assert [seen(reader)[0] for reader in (eve, None)] == [404 if person == bob else 200] * 2
    assert [seen(reader) for reader in (None, eve, bob)] == [
        (404, False, False),
        (404, False, False),
        (200, True, True),
    ]
    client_of(bob).post("/settings/privacy/achievements/", {"shows_earned": "yes"})
    assert seen(eve) == (200, True, True)


def test_hidden_profile_hides_its_achievements(bob, eve, ada, helped, client_of):
    User.objects.filter(pk=bob.pk).update(profile_for="circle")
    found = [client_of(reader).get("/members/bob/achievements/").status_code for reader in (None, eve, ada)]
    assert found == [404, 404, 200]
