"""A profile: what a member wrote page by page, and what they contributed where, as far as the reader may see it."""

import pytest

from accounts.former import former_member
from accounts.models import User
from communities import rules
from communities.actions.endorsing import endorse_answer
from communities.models import Answer, Post
from tests.factories import make_answer, make_post


def facts(page) -> dict[str, str]:
    cards = page.select(".page__side .card__list > li")
    return {card.a.get_text(): " ".join(getattr(card.p, "text", "").split()) for card in cards}


@pytest.fixture
def busy_bob(algebra, closed, ada, bob, otto) -> User:
    """Two posts and two answers in public, one of them accepted, both endorsed; a post among members."""
    asked = make_post(ada, algebra)
    for number in range(2):
        make_post(bob, algebra, title=f"Question {number} of Bob, in public")
        endorse_answer(make_answer(bob, asked, f"Answer {number} of Bob, and it is long enough."), by=otto)
    Answer.objects.filter(pk=Answer.objects.earliest("pk").pk).update(accepted_at=asked.created_at, accepted_by=ada)
    make_post(bob, closed, title="What only members may know")
    Post.objects.filter(title__startswith="Question 1").update(deleted_at=asked.created_at, deleted_by=bob)
    return bob


def test_contributions_are_counted_where_the_reader_may_look(busy_bob, ada, eve, closed, client_of, read):
    seen = {name: facts(read(client_of(who).get("/members/bob/"))) for name, who in {"ada": ada, "eve": eve}.items()}
    public = "1 post · 2 answers · 1 accepted · 2 endorsed"
    assert seen["eve"] == facts(read(client_of(None).get("/members/bob/"))) == {"Algebra": public}
    assert seen["ada"] == {"Algebra": public, closed.name: "1 post"}


def test_who_keeps_their_places_to_themselves_shows_none_on_the_page_and_in_the_api(busy_bob, ada, client_of, read):
    client_of(busy_bob).post("/settings/privacy/", {"profile_for": "everybody", "is_listed": "on"})
    for reader in (ada, None):
        browser = client_of(reader)
        assert facts(read(browser.get("/members/bob/"))) == {}
        assert browser.get("/api/v1/members/bob").json()["communities"] == []
    assert "Algebra" in facts(read(client_of(busy_bob).get("/members/bob/")))


@pytest.mark.parametrize(("show", "chosen"), [("", ".post-row__title"), ("?show=answers", ".answered__link")])
def test_everything_is_found_page_by_page(algebra, ada, bob, client, read, show, chosen):
    for number in range(rules.ON_PROFILE + 2):
        asked = make_post(bob, algebra, title=f"Question number {number} of Bob")
        make_answer(bob, asked, f"Answer number {number}, which is long enough.")
    first = read(client.get(f"/members/bob/{show}"))
    second = read(client.get("/members/bob/" + first.select_one(".more a")["href"]))
    titles = [row.get_text() for page in (first, second) for row in page.select(chosen)]
    assert titles == [f"Question number {number} of Bob" for number in reversed(range(rules.ON_PROFILE + 2))]
    assert second.select(".more") == []
    lost = read(client.get("/members/bob/?after=17" + show.replace("?", "&")))
    assert (len(lost.select(chosen)), len(lost.select(".feed__hint"))) == (rules.ON_PROFILE, 1)


def test_empty_profile_says_to_its_member_what_to_do_and_to_others_that_there_is_nothing(eve, client_of, read):
    for show, own in (
        ("", "You have not posted anything yet"),
        ("?show=answers", "You have not answered anything yet"),
    ):
        for reader, title in ((eve, own), (None, "Nothing to see here yet")):
            page = read(client_of(reader).get(f"/members/eve/{show}"))
            assert (page.select_one(".empty__title").get_text(), len(page.select(".empty a"))) == (title, reader == eve)


def test_machines_read_what_strangers_see(ada, settings, client, client_of, read):
    def said(browser) -> dict[str, str]:
        page = read(browser.get("/members/ada/"))
        return {meta["property"]: meta["content"] for meta in page.select("meta[property]")}

    User.objects.filter(pk=ada.pk).update(bio='Weaves "algebra" <b>')
    found = said(client)
    assert (found["og:title"], found["og:description"]) == ("Ada", 'Weaves "algebra" <b>')
    assert found["og:url"] == f"{settings.SITE_URL}/members/ada/"
    assert said(client_of(ada)) == {}


def test_former_member_is_nobody_to_follow_or_to_look_for(eve, client_of, read):
    former = former_member()
    page = read(client_of(eve).get(former.get_absolute_url()))
    assert "Stands in for somebody who left" in page.select_one(".profile__facts").get_text()
    assert page.select("a[href*='former-member.invalid'], .profile form, .profile button") == []
    assert page.find("meta", {"name": "robots"})["content"] == "noindex"
