"""Lists under a name: kept, opened, begun with, deleted; each member has their own."""

from urllib.parse import urlencode

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from communities import rules
from communities.actions.saving import begin_with, hear_of_list, save_list
from communities.models import SavedList
from net.limits import Rate
from tests.factories import make_tag

HOT = "/c/algebra/?show=hot"


def test_list_is_kept_from_its_page_and_stands_beside_the_feed(ada, algebra, client_of, read):
    browser = client_of(ada)
    form = read(browser.get(HOT)).select_one(".save-list form")
    given = {field["name"]: field.get("value", "") for field in form.select("input")} | {"name": " What is  hot "}
    response = browser.post(form["action"], given)
    assert (response.status_code, response["Location"]) == (302, HOT)
    links = read(browser.get("/feed/")).select(".page__side .card__list bdi")
    assert [(link.get_text(), link.parent["href"]) for link in links] == [("What is hot", HOT)]


def test_tag_is_kept_from_its_page(ada, algebra, client_of, read):
    make_tag(algebra, "Signs")
    form = read(client_of(ada).get("/c/algebra/tags/signs/?after=x")).select_one(".save-list form")
    assert form.find("input", {"name": "address"})["value"] == "/c/algebra/tags/signs/"


def test_same_name_means_the_new_list(ada, algebra):
    first = save_list(by=ada, name="Mine", address=HOT)
    assert save_list(by=ada, name="Mine", address="/feed/?show=active") == first
    assert SavedList.objects.get().address == "/feed/?show=active"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("/c/algebra/?show=hot&after=abc&x=1", HOT),
        ("/c/algebra/", "/c/algebra/"),
        ("/c/algebra/tags/signs/?after=x", "/c/algebra/tags/signs/"),
        ("/feed/?show=active", "/feed/?show=active"),
        ("/search/?page=3&q=sign+-tag:x", "/search/?q=sign+-tag%3Ax"),
        (f"/search/?{urlencode({'q': '🙂' * 300})}", f"/search/?{urlencode({'q': '🙂' * 300})}"),
    ],
)
def test_of_an_address_only_the_question_is_kept(ada, client_of, given, kept):
    client_of(ada).post("/feed/lists/", {"name": "Mine", "address": given})
    assert SavedList.objects.get().address == kept


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/feed/",
        "/search/",
        f"/search/?q={'ж' * 3_000}",
        "/c/algebra/search/?order=newest",
        "/settings/",
        "https://elsewhere.example/c/algebra/",
        "//elsewhere.example/",
        "javascript:x",
        "/c/\x00",
    ],
)
def test_what_is_no_list_of_ours_comes_back_with_a_sentence(ada, client_of, read, address):
    response = client_of(ada).post("/feed/lists/", {"name": "Mine", "address": address})
    assert (response.status_code, SavedList.objects.count()) == (422, 0)
    page = read(response)
    assert len(page.select(".form__errors li")) == 1
    assert page.find("input", {"name": "name"})["value"] == "Mine"


def test_feed_begins_with_the_chosen_list_and_again_with_the_usual_one(ada, algebra, client_of, read):
    browser, saved = client_of(ada), save_list(by=ada, name="Mine", address=HOT)
    other = save_list(by=ada, name="Other", address="/feed/?show=newest")
    for one in (other, saved):
        assert browser.post(f"/feed/lists/{one.pk}/begin/", {"value": "1"})["Location"] == "/feed/"
    assert browser.get("/feed/")["Location"] == HOT
    assert read(browser.get("/feed/?show=newest")).select_one(".page__side .act")["aria-pressed"] == "true"
    browser.post(f"/feed/lists/{saved.pk}/begin/", {"value": "0"})
    assert browser.get("/feed/").status_code == 200


def test_deleted_list_is_gone_and_a_second_click_does_no_harm(ada, algebra, client_of):
    browser, saved = client_of(ada), save_list(by=ada, name="Mine", address=HOT)
    for _ in range(2):
        assert browser.post(f"/feed/lists/{saved.pk}/delete/")["Location"] == "/feed/"
    assert SavedList.objects.count() == 0


def test_eve_touches_no_list_of_others(ada, eve, algebra, client_of):
    browser, saved = client_of(eve), save_list(by=ada, name="Mine", address=HOT)
    assert browser.post(f"/feed/lists/{saved.pk}/begin/", {"value": "1"}).status_code == 404
    browser.post(f"/feed/lists/{saved.pk}/delete/")
    begin_with(saved, by=eve)
    assert SavedList.objects.values_list("owner__username", "default_since").get() == ("ada", None)


def test_one_keeps_so_many_lists(ada, algebra, client_of, read):
    for number in range(rules.LISTS_MAX):
        save_list(by=ada, name=f"List {number}", address=HOT)
    response = client_of(ada).post("/feed/lists/", {"name": "One more", "address": HOT})
    page = read(response)
    said, name = page.select_one(".form__errors li").get_text(), page.find("input", {"name": "name"})["value"]
    assert (response.status_code, said, name) == (422, "You keep 30 lists already; delete one first.", "One more")
    save_list(by=ada, name="List 3", address="/feed/?show=hot")


def test_the_database_keeps_one_list_to_begin_with(ada):
    save_list(by=ada, name="Mine", address=HOT)
    save_list(by=ada, name="Other", address=HOT)
    with pytest.raises(IntegrityError, match="one_default_list_per_member"), transaction.atomic():
        SavedList.objects.update(default_since=timezone.now())


def test_toggle_asks_for_news_and_the_notice_leads_to_the_list(ada, algebra, client_of, read):
    browser, saved = client_of(ada), save_list(by=ada, name="Mine", address=HOT)
    pressed = []
    for _ in range(3):
        button = read(browser.get("/feed/")).select_one(".page__side button[formaction$='/hear/']")
        pressed.append(button["aria-pressed"])
        assert browser.post(button["formaction"], {"value": button["value"]})["Location"] == "/feed/"
    assert pressed == ["false", "true", "false"]
    assert browser.get(saved.permanent_url)["Location"] == HOT
    hear = f"{saved.permanent_url}hear/"
    assert (browser.get(hear)["Location"], browser.post(hear, {"value": "2"}).status_code) == ("/feed/", 422)
    assert SavedList.objects.filter(news_since__isnull=False).get() == saved


def test_eve_neither_opens_nor_hears_of_lists_of_others(ada, eve, algebra, client_of):
    browser, saved = client_of(eve), save_list(by=ada, name="Mine", address=HOT)
    assert browser.get(saved.permanent_url).status_code == 404
    assert browser.post(f"{saved.permanent_url}hear/", {"value": "1"}).status_code == 404
    hear_of_list(saved, by=eve, is_wanted=True)
    assert SavedList.objects.get().news_since is None


def test_asking_for_news_has_a_limit(ada, algebra, client_of, monkeypatch):
    saved = save_list(by=ada, name="Mine", address=HOT)
    monkeypatch.setitem(rules.RATES, "follow", Rate(0, 3600))
    assert client_of(ada).post(f"{saved.permanent_url}hear/", {"value": "1"}).status_code == 429
