"""The first steps of a new member: three pages, each saved, each to be skipped, found again later."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from communities.models import Follow, Membership, Visibility
from gamification.models import PlanChange
from tests.accounts.letters import code_in, last_mail
from tests.factories import make_community, make_post, make_tag

STEPS = ["/welcome/topics/", "/welcome/community/", "/welcome/plan/"]


@pytest.fixture
def algebra(otto, bob):
    """With a topic and a post on it."""
    community = make_community(otto, bob)
    make_tag(community, "Rings", is_topic=True)
    make_post(bob, community, tags=["rings"])
    return community


@pytest.fixture
def nora(db) -> User:
    return User.objects.create_user("nora", name="Nora", welcome_since=timezone.now())


def card(page) -> str | None:
    found = page.select_one(".welcome-card p")
    return found and found.get_text(strip=True)


def follows(of: User) -> list[tuple[str, str]]:
    return list(Follow.objects.filter(follower=of).values_list("tag__slug", "level"))


def test_new_member_goes_through_three_steps_each_of_which_is_kept(nora, algebra, client_of, read):
    browser = client_of(nora)
    assert card(read(browser.get("/"))) == "1 of 3: Topics"
    assert browser.get("/welcome/")["Location"] == STEPS[0]
    rings = algebra.tags.get(slug="rings")
    assert read(browser.get(STEPS[0])).select_one(".welcome__way").get_text(strip=True) == "1 of 3"
    assert browser.post(STEPS[0], {"topics": [rings.pk]})["Location"] == STEPS[1]
    assert (follows(nora), card(read(browser.get("/")))) == ([("rings", "all")], "2 of 3: Your first community")
    assert "1 of your topics" in read(browser.get(STEPS[1])).select_one(".pick__place").get_text()
    assert browser.post(STEPS[1], {"communities": [algebra.pk]})["Location"] == STEPS[2]
    assert [one.community for one in nora.memberships.all()] == [algebra]
    assert browser.post(STEPS[2], {"plan": "4"})["Location"] == "/"
    assert PlanChange.objects.get(user=nora).plan == 4
    assert card(read(browser.get("/"))) is None


def test_every_step_can_be_skipped_and_nothing_is_done_then(nora, algebra, client_of, read):
    browser = client_of(nora)
    ways = [browser.post(step, {"skip": "yes", "communities": [algebra.pk], "plan": "9"})["Location"] for step in STEPS]
    assert ways == [*STEPS[1:], "/"]
    assert (follows(nora), nora.memberships.count(), PlanChange.objects.count()) == ([], 0, 0)
    assert card(read(browser.get("/"))) is None


def test_way_back_shows_what_was_chosen_and_can_change_it(nora, algebra, client_of, read):
    browser = client_of(nora)
    rings = algebra.tags.get(slug="rings")
    for _ in range(2):  # the same form sent again from the history of the browser
        browser.post(STEPS[0], {"topics": [rings.pk]})
        browser.post(STEPS[1], {"communities": [algebra.pk]})
    page = read(browser.get(STEPS[0]))
    assert [box["value"] for box in page.select("[name=topics][checked]")] == [str(rings.pk)]
    assert "you are a member" in read(browser.get(STEPS[1])).select_one(".pick").get_text()
    assert card(read(browser.get("/"))) == "3 of 3: Your week"  # going back loses no step
    browser.post(STEPS[0], {})
    assert (follows(nora), nora.memberships.count()) == ([("rings", "off")], 1)


def test_first_steps_are_put_away_and_found_again(nora, client_of, read):
    browser = client_of(nora)
    browser.post(STEPS[0], {"skip": "yes"})
    browser.post("/welcome/end/")
    assert card(read(browser.get("/"))) is None
    (again,) = read(browser.get("/settings/")).select("main [formaction='/welcome/']")
    assert again.get_text() == "Go through the first steps"
    assert browser.post("/welcome/")["Location"] == STEPS[0]
    assert card(read(browser.get("/"))) == "1 of 3: Topics"


def test_quiet_member_has_two_steps(nora, client_of):
    User.objects.update(is_quiet=True)
    browser = client_of(nora)
    assert b"2 of 2" in browser.get(STEPS[1]).content
    assert browser.post(STEPS[1], {"skip": "yes"})["Location"] == "/"


@pytest.mark.parametrize(
    ("step", "wrong"), [(STEPS[0], {"topics": ["x"]}), (STEPS[1], {"communities": ["0"]}), (STEPS[2], {"plan": "8"})]
)
def test_what_is_not_offered_comes_back_and_changes_nothing(nora, algebra, client_of, step, wrong):
    assert client_of(nora).post(step, wrong).status_code == 422
    assert (follows(nora), nora.memberships.count(), PlanChange.objects.count()) == ([], 0, 0)


def test_private_community_is_neither_offered_nor_joined(nora, algebra, bob, client_of, read):
    algebra.visibility = Visibility.PRIVATE
    algebra.save()
    browser = client_of(nora)
    for step in STEPS[:2]:
        assert algebra.name not in read(browser.get(step)).find("main").get_text()
    assert browser.post(STEPS[1], {"communities": [algebra.pk]}).status_code == 422
    assert not Membership.objects.filter(user=nora).exists()


def test_steps_of_eve_are_eves_alone(nora, eve, algebra, client_of):
    for address in (*STEPS, "/welcome/", "/welcome/end/"):
        client_of(eve).post(address, {"skip": "yes", "user": nora.pk})
    nora.refresh_from_db()
    assert (nora.welcome_since is not None, nora.welcome_steps) == (True, 0)


def test_more_topics_and_communities_ask_no_more_questions(nora, algebra, bob, client_of):
    def asked() -> list[int]:
        counts = []
        for step in STEPS:
            with CaptureQueriesContext(connection) as queries:
                browser.get(step)
            counts.append(len(queries))
        return counts

    browser = client_of(nora)
    browser.get("/about/")
    before = asked()
    for number in range(5):
        place = make_community(bob, name=f"Place {number}")
        make_post(bob, place, title=f"Question {number} of many of them", tags=[f"tag-{number}"])
    assert asked() == before


def test_who_signs_up_begins_with_the_first_step_and_the_zone_of_the_browser(db, client, read):
    fields = {"username": "clara", "email": "clara@example.org", "password1": "three stones on a hill"}
    client.post("/accounts/signup/", fields | {"time_zone": "Europe/Madrid"})
    client.post("/accounts/confirm-email/", {"code": code_in(last_mail("clara@example.org"))}, follow=True)
    assert User.objects.get(username="clara").time_zone == "Europe/Madrid"
    assert card(read(client.get("/"))) == "1 of 3: Topics"


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "x" * 5000, "a\x00b"])
def test_zone_that_nobody_knows_hinders_nobody(client, db, zone):
    fields = {"username": "clara", "email": "clara@example.org", "password1": "three stones on a hill"}
    client.post("/accounts/signup/", fields | {"time_zone": zone})
    assert User.objects.get(username="clara").time_zone == "UTC"
