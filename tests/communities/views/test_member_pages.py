"""The list of members, and what somebody who reads only is offered."""

from urllib.parse import quote_plus

import pytest

from communities.actions.community import join_community
from communities.models import Membership, Role
from communities.rules import MEMBERS_PER_PAGE
from tests.factories import make_user

HTMX = {"HX-Request": "true"}


@pytest.fixture
def mentor(algebra, bob) -> Membership:
    algebra.memberships.filter(user=bob).update(role=Role.MENTOR)
    return algebra.memberships.get(user=bob)


def lines(page) -> list[tuple[str, str]]:
    """Each member with the badge of their role."""
    badge = [line.select_one(".badge") for line in page.select(".member")]
    names = [line.bdi.get_text() for line in page.select(".member")]
    return [(name, word.get_text() if word else "") for name, word in zip(names, badge, strict=True)]


def test_members_see_each_other_with_roles_and_change_nothing(ada, algebra, mentor, client_of, read):
    page = read(client_of(ada).get("/c/algebra/members/"))
    assert lines(page) == [("Otto", "Owner"), ("Bob", "Mentor"), ("Ada", "")]
    assert page.select(".member form") == []


def test_owner_grants_a_role_by_form_and_by_htmx(otto, algebra, mentor, client_of, read):
    browser, address = client_of(otto), f"/c/algebra/members/{mentor.pk}/role/"
    form = read(browser.get("/c/algebra/members/")).find(id=f"member-{mentor.pk}").form
    assert (form["action"], form.select_one("option[selected]")["value"]) == (address, "mentor")
    assert browser.post(address, {"role": "moderator"})["Location"] == "/c/algebra/members/"
    line = read(browser.post(address, {"role": "read-only"}, headers=HTMX)).li
    mentor.refresh_from_db()
    assert (line["id"], line.select_one("option[selected]")["value"], mentor.role) == (
        f"member-{mentor.pk}",
        "read-only",
        "read-only",
    )
    assert line.select_one("[role=status]").get_text() == "Saved."


@pytest.mark.parametrize("role", ["", "emperor", "own\x00er"])
def test_unknown_role_changes_nothing(otto, algebra, mentor, client_of, role):
    assert client_of(otto).post(f"/c/algebra/members/{mentor.pk}/role/", {"role": role}).status_code == 422
    mentor.refresh_from_db()
    assert mentor.role == Role.MENTOR


def test_member_of_another_community_is_not_found_here(otto, closed, mentor, client_of):
    assert client_of(otto).post(f"/c/{closed.slug}/members/{mentor.pk}/role/", {"role": "owner"}).status_code == 404


def test_role_waits_for_the_password_and_is_granted_with_it(otto, algebra, mentor, client):
    otto.set_password("three stones on a hill")
    otto.save()
    client.force_login(otto)
    address = f"/c/algebra/members/{mentor.pk}/role/"
    part = client.post(address, {"role": "moderator"}, headers=HTMX)
    assert (part.status_code, part["HX-Redirect"]) == (204, f"/accounts/reauthenticate/?next={quote_plus(address)}")
    asked = client.post(address, {"role": "moderator"})["Location"]
    assert asked == part["HX-Redirect"]
    assert algebra.memberships.get(pk=mentor.pk).role == Role.MENTOR
    given = client.post(asked, {"password": "three stones on a hill", "next": address})
    assert given["Location"] == "/c/algebra/members/"
    assert algebra.memberships.get(pk=mentor.pk).role == Role.MODERATOR
    client.post(address, {"role": "mentor"}, headers=HTMX)
    assert algebra.memberships.get(pk=mentor.pk).role == Role.MENTOR


def test_owner_who_steps_down_sees_the_page_anew(otto, ada, algebra, client_of):
    algebra.memberships.filter(user=ada).update(role=Role.OWNER)
    mine = algebra.memberships.get(user=otto)
    response = client_of(otto).post(f"/c/algebra/members/{mine.pk}/role/", {"role": "member"}, headers=HTMX)
    assert (response.status_code, response["HX-Refresh"]) == (204, "true")


def test_members_are_found_by_name_and_turned_page_by_page(ada, algebra, client_of, read):
    browser = client_of(ada)
    for number in range(MEMBERS_PER_PAGE):
        join_community(algebra, by=make_user(f"learner{number}", name=f"Learner {number}"))
    found = lines(read(browser.get("/c/algebra/members/?name=learner%201")))
    assert found == [(f"Learner {n}", "") for n in (19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 1)]
    first = read(browser.get("/c/algebra/members/"))
    second = read(browser.get(f"/c/algebra/members/{first.select_one('.more a')['href']}"))
    names = [name for page in (first, second) for name, role in lines(page) if not role]
    assert names == [f"Learner {n}" for n in range(MEMBERS_PER_PAGE - 1, -1, -1)] + ["Bob", "Ada"]
    for cursor in ("x", "-1", "9" * 40):
        damaged = browser.get(f"/c/algebra/members/?before={cursor}")
        hints = [hint.get_text() for hint in read(damaged).select(".feed__hint")]
        said = "The link to that part of the list is damaged, so the list begins anew."
        assert (damaged.status_code, lines(read(damaged)), hints) == (422, lines(first), [said])


def test_who_reads_only_is_offered_nothing_to_write(otto, ada, bob, algebra, answer, client_of, read):
    algebra.memberships.filter(user=ada).update(role=Role.READ_ONLY)
    browser, place = client_of(ada), answer.post.get_absolute_url()
    page = read(browser.get(place))
    assert page.select(".vote button, a.act, form.form") == []
    response = browser.get("/c/algebra/ask/")
    assert (response.status_code, read(response).select_one(".sorry__text").get_text()) == (
        403,
        "You can only read in this community.",
    )
    for address in (f"/answers/{answer.pk}/accept/", f"/posts/{answer.post_id}/edit/", f"/answers/{answer.pk}/vote/"):
        assert browser.post(address, {"value": "1", "title": "x", "body": "y"}).status_code == 403
