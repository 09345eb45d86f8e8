"""Follow buttons on posts, tags, communities and profiles; the page of all that one follows."""

import pytest

from communities.actions.community import leave_community
from communities.actions.following import follow
from communities.models import Follow, Level
from tests.factories import make_post, make_tag

HTMX = {"HX-Request": "true"}


def pressed(page) -> str:
    return page.select_one("button[id^=follow-]")["aria-pressed"]


@pytest.fixture
def places(algebra, question) -> dict[str, str]:
    """Each page with a button, and the address behind it."""
    make_tag(algebra, "Signs")
    return {
        question.get_absolute_url(): f"/posts/{question.pk}/follow/",
        "/c/algebra/about/": "/c/algebra/follow/",
        "/c/algebra/tags/signs/": "/c/algebra/tags/signs/follow/",
        "/members/ada/": "/members/ada/follow/",
    }


def test_every_button_says_whether_one_follows(eve, places, client_of, read):
    browser = client_of(eve)
    for page, address in places.items():
        button = read(browser.get(page)).select_one("button[id^=follow-]")
        assert (button["formaction"], button["value"], button["aria-pressed"]) == (address, "all", "false")
        assert browser.post(address, {"level": "all"})["Location"] == page
        after = read(browser.get(page)).select_one("button[id^=follow-]")
        assert (after["value"], after["aria-pressed"], after["id"]) == ("off", "true", button["id"])
        fragment = read(browser.post(address, {"level": "off"}, headers=HTMX)).button
        assert (fragment["aria-pressed"], fragment["id"]) == ("false", button["id"])
    assert list(eve.follows.values_list("level", flat=True)) == ["off"] * 4


def test_strangers_have_no_button_and_nobody_one_for_themselves(ada, places, client_of, read):
    for page in places:
        assert read(client_of(None).get(page)).select_one("button[id^=follow-]") is None
    assert read(client_of(ada).get("/members/ada/")).select_one("button[id^=follow-]") is None
    assert client_of(ada).post("/members/ada/follow/", {"level": "all"}).status_code == 403


@pytest.mark.parametrize("level", ["", "loud"])
def test_level_that_does_not_exist_changes_nothing(bob, places, client_of, level):
    for address in places.values():
        assert client_of(bob).post(address, {"level": level}).status_code == 422
    assert not Follow.objects.filter(follower=bob).exists()


def test_page_shows_what_one_follows_and_changes_it(bob, ada, otto, algebra, question, client_of, read):
    for target in (algebra, make_tag(algebra, "Signs"), ada, question):
        follow(target, by=bob, level=Level.ALL)
    browser = client_of(bob)
    page = read(browser.get("/following/"))
    assert [h.get_text() for h in page.select("h2.section-title")] == ["Communities", "Tags", "People", "Posts"]
    assert [name.get_text() for name in page.select(".lines__name")] == ["Algebra", "Signs", "Ada", question.title]
    for form in page.select(".followed__form"):
        response = browser.post(form["action"], {"level": "digest", "back": "list"})
        assert response["Location"] == "/following/"
    chosen = read(browser.get("/following/")).select(".followed__form option[selected]")
    assert [option["value"] for option in chosen] == ["digest"] * 4
    assert read(client_of(otto).get("/following/")).select_one(".empty__title").get_text() == "You follow nothing yet"


def test_page_says_nothing_of_what_one_may_no_longer_see(bob, ada, closed, client_of, read):
    for target in (closed, make_tag(closed, "Secret"), make_post(ada, closed)):
        follow(target, by=bob, level=Level.ALL)
    leave_community(closed, by=bob)
    assert read(client_of(bob).get("/following/")).select(".lines__name") == []
