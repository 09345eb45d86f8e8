"""Directory, founding, describing, inviting, joining and leaving, through the pages."""

import pytest
from django.urls import reverse

from communities import rules
from communities.models import Community, Membership, Rewording
from tests.factories import make_community, make_post

GIVEN = {"name": "Chess", "tagline": "Endgames first.", "about": "Be *kind*.", "visibility": "public"}
HOUSE_RULES = {"language": "german", "licence": "internal", "downvotes": "all", "has_second_answers": ""}


def names(page) -> list[str]:
    return [link.get_text() for link in page.select(".directory__link")]


def toasts(page) -> list[str]:
    return [toast.get_text() for toast in page.select("#toasts .toast__text")]


def is_member(person, community) -> bool:
    return Membership.objects.filter(user=person, community=community).exists()


def test_directory_lists_largest_first_and_private_ones_to_members_only(
    otto, ada, eve, algebra, closed, client_of, read
):
    make_community(otto, name="Chess")
    assert names(read(client_of(None).get("/communities/"))) == ["Algebra", "Chess"]
    assert names(read(client_of(eve).get("/communities/"))) == ["Algebra", "Chess"]
    page = read(client_of(ada).get("/communities/"))
    assert names(page) == ["Algebra", "Study group", "Chess"]
    assert len(page.select(".directory__mine")) == 2


def test_directory_has_pages_and_takes_any_number(otto, client, read, monkeypatch):
    monkeypatch.setattr(rules, "COMMUNITIES_PER_PAGE", 2)
    for name in ("Alpha", "Beta", "Gamma"):
        make_community(otto, name=name)
    shown = {page: names(read(client.get(f"/communities/?page={page}"))) for page in ("1", "2", "3", "0", "x", "²")}
    first, last = ["Alpha", "Beta"], ["Gamma"]
    assert shown == {"1": first, "2": last, "3": last, "0": last, "x": first, "²": first}


def test_found_a_community(ada, client_of, read):
    browser = client_of(ada)
    assert read(browser.get("/communities/new/")).select_one("form.form input[name=name]") is not None
    response = browser.post("/communities/new/", GIVEN)
    assert (response.status_code, response["Location"]) == (302, "/c/chess/")
    chess = Community.objects.get()
    assert (chess.name, chess.created_by, chess.member_count) == ("Chess", ada, 1)
    assert read(browser.get("/c/chess/about/")).select_one(".prose").get_text().strip() == "Be kind."


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "This field is required."),
        ("name", "Ab", "This is too short: at least 3 characters that can be seen, and it has 2."),
        ("name", "A" * 61, "This is too long: at most 60 characters, and it has 61."),
        ("name", "Che\x00ss", "This holds a NUL, a character that is in no text. Write it without."),
        ("tagline", "", "This field is required."),
        ("tagline", "A" * 121, "This is too long: at most 120 characters, and it has 121."),
        ("about", "A" * 10_001, "This is too long: at most 10000 characters, and it has 10001."),
        ("visibility", "secret", "Select a valid choice. secret is not one of the available choices."),
    ],
)
def test_what_cannot_be_founded_comes_back_filled(ada, client_of, read, field, value, said):
    response = client_of(ada).post("/communities/new/", GIVEN | {field: value})
    page = read(response)
    assert response.status_code == 422
    assert [error.get_text() for error in page.select(".field__error")] == [said]
    kept = "tagline" if field == "name" else "name"
    assert page.find("input", {"name": kept})["value"] == GIVEN[kept]
    assert Community.objects.count() == 0


def test_owner_describes_the_community(otto, algebra, client_of, read):
    browser = client_of(otto)
    form = read(browser.get("/c/algebra/settings/"))
    assert form.find("input", {"name": "name"})["value"] == "Algebra"
    response = browser.post("/c/algebra/settings/", GIVEN | HOUSE_RULES | {"name": "Linear algebra"})
    assert response["Location"] == "/c/algebra/"
    page = read(browser.get("/c/algebra/"))
    assert (page.h1.get_text(), toasts(page)) == ("Linear algebra", ["Saved."])


def test_owner_decides_language_licence_and_votes(otto, ada, algebra, question, client_of, read):
    browser = client_of(otto)
    form = read(browser.get("/c/algebra/settings/"))
    assert [option["value"] for option in form.select("select option[selected]")] == ["english", "CC BY-SA 4.0"]
    browser.post("/c/algebra/settings/", GIVEN | HOUSE_RULES)
    algebra.refresh_from_db()
    facts = (algebra.language, algebra.licence, algebra.downvotes, algebra.has_second_answers)
    assert facts == ("german", "internal", "all", False)
    assert Rewording.objects.get().community == algebra


def test_owner_keeps_answers_from_ai_and_pages_say_so(otto, algebra, question, client_of, read):
    """What AI may use is said with the licence; on a question only where it is not the usual."""
    browser, stranger = client_of(otto), client_of(None)
    about, page = "/c/algebra/about/", question.get_absolute_url()
    said = []
    for given in ({"has_ai_use": "on"}, {}):
        browser.post("/c/algebra/settings/", GIVEN | HOUSE_RULES | given)
        box = read(browser.get("/c/algebra/settings/")).find("input", {"name": "has_ai_use"})
        lines = [line.get_text() for address in (about, page) for line in read(stranger.get(address)).select("#ai-use")]
        said.append((box.has_attr("checked"), lines))
    refused = "AI may not use the answers of this community."
    assert said == [(True, ["AI may use validated answers, as sources that it names."]), (False, [refused, refused])]
    assert read(stranger.get(about)).select_one("#licence").get_text() == "Internal: for members only"


def test_a_new_community_lets_ai_use_validated_answers(algebra):
    assert algebra.has_ai_use


@pytest.mark.parametrize("field", ["language", "licence", "downvotes"])
def test_unknown_house_rules_come_back_with_a_sentence(otto, algebra, client_of, read, field):
    response = client_of(otto).post("/c/algebra/settings/", GIVEN | HOUSE_RULES | {field: "mine"})
    said = "Select a valid choice. mine is not one of the available choices."
    assert (response.status_code, [error.get_text() for error in read(response).select(".field__error")]) == (
        422,
        [said],
    )
    algebra.refresh_from_db()
    assert (algebra.name, algebra.downvotes) == ("Algebra", "answers")


def test_a_new_name_of_the_community_shows_in_every_list(otto, ada, bob, algebra, question, client_of, read):
    """Rows of lists are kept in the cache."""
    browser = client_of(bob)
    before = read(browser.get("/")).select_one(".post-row__community").get_text()
    client_of(otto).post("/c/algebra/settings/", GIVEN | HOUSE_RULES | {"name": "Linear algebra"})
    after = read(browser.get("/")).select_one(".post-row__community").get_text()
    assert (before, after) == ("Algebra", "Linear algebra")


def test_join_and_leave_a_public_community(eve, algebra, client_of, read):
    browser = client_of(eve)
    assert read(browser.get("/c/algebra/join/")).h1.get_text() == "Join Algebra"
    for _ in range(2):
        assert browser.post("/c/algebra/join/")["Location"] == "/c/algebra/"
    assert toasts(read(browser.get("/c/algebra/")))[-1] == "Welcome to Algebra."
    assert (is_member(eve, algebra), Community.objects.get().member_count) == (True, 4)
    assert browser.get("/c/algebra/join/")["Location"] == "/c/algebra/"
    assert read(browser.get("/c/algebra/leave/")).h1.get_text() == "Leave Algebra?"
    for _ in range(2):
        assert browser.post("/c/algebra/leave/")["Location"] == "/c/algebra/"
    assert (is_member(eve, algebra), Community.objects.get().member_count) == (False, 3)


def test_invitation_leads_into_a_private_community(otto, eve, closed, client_of, read):
    link = read(client_of(otto).get("/c/study-group/invitation/")).find(id="invite-link")["value"]
    assert link == f"http://localhost:8000/c/study-group/join/{closed.invite_key}/"
    path = link.removeprefix("http://localhost:8000")
    browser = client_of(eve)
    page = read(browser.get(path))
    assert (page.h1.get_text(), "private" in page.main.get_text()) == ("Join Study group", True)
    assert not is_member(eve, closed)
    assert browser.post(path)["Location"] == "/c/study-group/"
    assert browser.get("/c/study-group/").status_code == 200


def test_stranger_with_an_invitation_signs_in_first(closed, client):
    path = reverse("communities:community_invite", args=["study-group", closed.invite_key])
    assert client.get(path)["Location"] == f"/accounts/login/?next={path}"


@pytest.mark.parametrize("key", ["wrong", "None", "%00", "a%00b", "%F0%9F%98%80", "a" * 5000])
def test_private_community_opens_to_its_own_key_only(eve, closed, client_of, key):
    browser = client_of(eve)
    for path in ("/c/study-group/join/", f"/c/study-group/join/{key}/"):
        assert (browser.get(path).status_code, browser.post(path).status_code) == (404, 404)
    assert not is_member(eve, closed)


def test_public_community_without_key_is_not_found_by_an_empty_one(eve, algebra, closed, client_of):
    assert client_of(eve).post("/c/study-group/join/None/").status_code == 404
    assert Community.objects.get(slug="algebra").invite_key is None


def test_new_link_replaces_the_old(otto, eve, closed, client_of):
    old = reverse("communities:community_invite", args=["study-group", closed.invite_key])
    assert client_of(otto).post("/c/study-group/invitation/")["Location"] == "/c/study-group/invitation/"
    assert client_of(eve).get(old).status_code == 404


def test_last_owner_is_told_why_not(otto, algebra, client_of, read):
    response = client_of(otto).post("/c/algebra/leave/")
    assert response.status_code == 403
    sentence = read(response).select_one(".sorry__text").get_text()
    assert sentence == "You are the only owner; a community needs one."
    assert is_member(otto, algebra)


def test_who_left_a_private_community_sees_it_no_more(ada, closed, client_of):
    post = make_post(ada, closed)
    browser = client_of(ada)
    assert browser.post("/c/study-group/leave/")["Location"] == "/communities/"
    gone = [closed.get_absolute_url(), post.get_absolute_url(), f"/posts/{post.pk}/edit/"]
    assert [browser.get(address).status_code for address in gone] == [404, 404, 404]
    assert browser.post(f"/posts/{post.pk}/delete/").status_code == 404


def test_about_names_owners_and_newest_members(ada, bob, otto, eve, algebra, client, read):
    ada.name = "Ada <Lovelace>"
    ada.save()
    page = read(client.get("/c/algebra/about/"))
    people = [
        [person.get_text().strip() for person in group.select(".people__link")] for group in page.select(".people")
    ]
    assert people == [["Otto"], ["Bob", "Ada <Lovelace>", "Otto"]]
