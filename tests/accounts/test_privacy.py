"""Who sees a profile: its member chooses, and it holds wherever the profile is shown."""

import pytest

from accounts.models import ProfileFor, User
from tests.factories import make_community

CANARY = "canary in the attic"
CHOICE = {"profile_for": "circle", "is_listed": "on"}
PLACES = ["/members/ada/", "/api/v1/members/ada"]


@pytest.fixture
def known_ada(ada, bob) -> User:
    """Bob is in a community with her, Eve in none."""
    make_community(ada, bob)
    ada.bio = CANARY
    ada.save()
    return ada


def choose(ada: User, client_of, **choice: str) -> int:
    return client_of(ada).post("/settings/privacy/", choice).status_code


@pytest.mark.parametrize(
    ("profile_for", "seen_by"),
    [
        ("everybody", ["ada", "bob", "eve", "stranger"]),
        ("signed-in", ["ada", "bob", "eve"]),
        ("circle", ["ada", "bob"]),
    ],
)
def test_profile_is_there_for_whom_its_member_wants_only(known_ada, bob, eve, client_of, profile_for, seen_by):
    assert choose(known_ada, client_of, profile_for=profile_for) == 302
    people = {"ada": known_ada, "bob": bob, "eve": eve, "stranger": None}
    for place in PLACES:
        for name, person in people.items():
            response = client_of(person).get(place)
            assert (response.status_code == 200, CANARY in response.content.decode()) == (name in seen_by,) * 2, name


def test_nobody_finds_out_whether_a_hidden_profile_is_there(known_ada, eve, client_of, read):
    choose(known_ada, client_of, **CHOICE)
    hidden, none = (read(client_of(eve).get(f"/members/{name}/")) for name in ("ada", "nobody"))
    assert hidden.body.get_text() == none.body.get_text()


def test_who_leaves_the_last_community_they_share_sees_it_no_more(known_ada, bob, client_of):
    choose(known_ada, client_of, **CHOICE)
    bob.memberships.all().delete()
    assert client_of(bob).get("/members/ada/").status_code == 404


def test_hidden_members_are_not_among_the_newest_of_a_public_community(known_ada, bob, eve, client_of, read):
    def newest(person) -> list[str]:
        page = read(client_of(person).get("/c/algebra/about/"))
        return [a["href"] for a in page.select(".people")[1].select("a")]

    assert "/members/bob/" in newest(None)
    User.objects.filter(pk=bob.pk).update(profile_for=ProfileFor.CIRCLE)
    assert [("/members/bob/" in newest(person)) for person in (None, eve, known_ada)] == [False, False, True]


def test_hidden_member_is_followed_by_whom_sees_them_and_left_by_everybody(known_ada, bob, eve, client_of):
    def follow(person, level: str) -> int:
        return client_of(person).post("/members/ada/follow/", {"level": level}).status_code

    assert follow(eve, "all") == 302
    choose(known_ada, client_of, **CHOICE)
    mina = User.objects.create_user("mina")
    assert [follow(mina, "all"), follow(bob, "all"), follow(eve, "off")] == [404, 302, 302]


@pytest.mark.parametrize(("is_listed", "robots"), [("on", []), ("", ["noindex"])])
def test_search_engines_are_told_not_to_list_who_does_not_want_it(
    known_ada, client_of, client, read, is_listed, robots
):
    choose(known_ada, client_of, profile_for="everybody", is_listed=is_listed)
    page = read(client.get("/members/ada/"))
    assert [meta["content"] for meta in page.find_all("meta", {"name": "robots"})] == robots


def test_picture_stays_for_everybody_as_it_stands_beside_texts(known_ada, client_of, client):
    choose(known_ada, client_of, **CHOICE)
    assert client.get("/members/ada/avatar/").status_code == 200


def test_privacy_of_eve_is_eves_alone(known_ada, eve, client_of):
    client_of(eve).post("/settings/privacy/", CHOICE | {"username": "ada", "pk": known_ada.pk})
    assert {u.username: u.profile_for for u in User.objects.filter(username__in=("ada", "eve"))} == {
        "ada": "everybody",
        "eve": "circle",
    }


def test_form_comes_back_filled_when_it_says_what_nobody_knows(ada, client_of, read):
    response = client_of(ada).post("/settings/privacy/", {"profile_for": "friends"})
    assert response.status_code == 422
    assert read(response).select_one("[name=is_listed]").get("checked") is None
    ada.refresh_from_db()
    assert (ada.profile_for, ada.is_listed) == ("everybody", True)
