"""The inbox: what one was told, newest first, and nobody else's."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications.actions import notify, withdraw
from notifications.models import Kind, Notification
from notifications.pages import SIZE
from tests.factories import make_stub


def tell(person, number: int = 1) -> list[Notification]:
    return [notify(person, Kind.ANSWER, title=f"Answer {n}", url=f"/about/?{n}") for n in range(1, number + 1)]


def titles(response) -> list[str]:
    page = BeautifulSoup(response.content, "html.parser")
    return [title.get_text() for title in page.select("#notifications .notification__title")]


def test_inbox_shows_own_notifications_newest_first(ada, eve, client_of):
    tell(ada, 3)
    notify(eve, Kind.COMMENT, title="For Eve", url="/about/")
    assert titles(client_of(ada).get("/inbox/")) == ["Answer 3", "Answer 2", "Answer 1"]
    assert titles(client_of(eve).get("/inbox/")) == ["For Eve"]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("url", ["/inbox/", "/inbox/1/open/", "/inbox/read/"])
def test_strangers_are_sent_to_sign_in(db, client, method, url):
    if url == "/inbox/" and method == "post":
        assert client.post(url).status_code == 405
        return
    assert getattr(client, method)(url)["Location"] == f"/accounts/login/?next={url}"


def test_unread_is_said_in_words(ada, client_of):
    first, _second = tell(ada, 2)
    client = client_of(ada)
    client.post(f"/inbox/{first.pk}/open/")
    page = BeautifulSoup(client.get("/inbox/").content, "html.parser")
    new = [row.select_one(".notification__new") is not None for row in page.select("#notifications > li")]
    assert new == [True, False]
    assert page.select_one(".site-header__count").get_text() == "1 unread"


def test_open_marks_read_and_leads_there(ada, client_of):
    (notification,) = tell(ada)
    response = client_of(ada).post(f"/inbox/{notification.pk}/open/")
    assert (response.status_code, response["Location"]) == (303, "/about/?1")
    notification.refresh_from_db()
    first = notification.read_at
    assert first is not None
    client_of(ada).post(f"/inbox/{notification.pk}/open/")
    notification.refresh_from_db()
    assert notification.read_at == first


def test_looking_at_the_address_of_open_changes_nothing(ada, client_of):
    (notification,) = tell(ada)
    assert client_of(ada).get(f"/inbox/{notification.pk}/open/")["Location"] == "/inbox/"
    notification.refresh_from_db()
    assert notification.read_at is None


def test_eve_opens_nothing_of_ada(ada, eve, client_of):
    (notification,) = tell(ada)
    assert client_of(eve).post(f"/inbox/{notification.pk}/open/").status_code == 404
    notification.refresh_from_db()
    assert notification.read_at is None


def test_mark_all_leaves_what_came_since_and_what_is_others(ada, eve, client_of):
    seen = tell(ada, 2)
    tell(eve, 1)
    client = client_of(ada)
    page = BeautifulSoup(client.get("/inbox/").content, "html.parser")
    up_to = page.find("input", {"name": "up_to"})["value"]
    (late,) = tell(ada)
    assert client.post("/inbox/read/", {"up_to": up_to})["Location"] == "/inbox/"
    assert set(Notification.objects.unread().of(ada)) == {late}
    assert Notification.objects.unread().of(eve).count() == 1
    assert {n.pk for n in seen} == set(Notification.objects.exclude(read_at=None).values_list("pk", flat=True))


@pytest.mark.parametrize("up_to", ["", "x", "-1", "9" * 30])
def test_mark_all_up_to_nonsense_is_refused(ada, client_of, up_to):
    tell(ada)
    assert client_of(ada).post("/inbox/read/", {"up_to": up_to}).status_code == 422
    assert Notification.objects.unread().count() == 1


def test_inbox_goes_on_where_the_page_ended(ada, client_of):
    tell(ada, SIZE + 5)
    client = client_of(ada)
    first = client.get("/inbox/")
    tell(ada, 3)  # what comes meanwhile shifts nothing
    more = BeautifulSoup(first.content, "html.parser").select_one(".more a")
    second = client.get(more["href"])
    assert titles(first) + titles(second) == [f"Answer {n}" for n in range(SIZE + 5, 0, -1)]
    assert BeautifulSoup(second.content, "html.parser").select_one(".more") is None


@pytest.mark.parametrize("before", ["x", "-1", "1e3", "9" * 40, "٣"])
def test_cursor_that_makes_no_sense_gives_the_first_page(ada, client_of, before):
    tell(ada, 2)
    assert titles(client_of(ada).get("/inbox/", {"before": before})) == ["Answer 2", "Answer 1"]


def test_empty_inbox_says_why_and_what_to_do(ada, client_of):
    page = BeautifulSoup(client_of(ada).get("/inbox/").content, "html.parser")
    empty = page.select_one(".empty")
    assert empty.select_one(".empty__title").get_text() == "Nothing here yet"
    assert empty.a["href"] == "/communities/"


def test_title_from_others_is_shown_as_text(ada, client_of):
    notify(ada, Kind.MENTION, title="<script>alert(1)</script>", url="/about/")
    response = client_of(ada).get("/inbox/")
    assert titles(response) == ["<script>alert(1)</script>"]
    assert b"<script>alert" not in response.content


def test_ten_more_notifications_cost_no_more_queries(ada, client_of):
    client = client_of(ada)

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/inbox/")
        return len(queries)

    tell(ada, 3)
    cost()
    few = cost()
    tell(ada, 10)
    assert cost() == few


def test_bell_counts_up_to_ninety_nine(ada, client_of):
    tell(ada, 103)
    page = BeautifulSoup(client_of(ada).get("/about/").content, "html.parser")
    assert page.select_one(".site-header__count").find(string=True) == "99+"


def test_stubs_and_closed_accounts_are_told_nothing(ada):
    ada.is_active = False
    assert notify(ada, Kind.ANSWER, title="x", url="/about/") is None
    assert notify(make_stub("euler"), Kind.ANSWER, title="x", url="/about/") is None
    assert not Notification.objects.exists()


def test_withdrawn_target_leaves_every_inbox(ada, bob):
    for person in (ada, bob):
        notify(person, Kind.ANSWER, title="gone", url="/c/x/posts/1/")
        notify(person, Kind.ANSWER, title="gone too", url="/c/x/posts/1/#answer-3")
        notify(person, Kind.ANSWER, title="stays", url="/c/x/posts/2/")
    withdraw(url="/c/x/posts/1/", recipient=ada)
    assert list(Notification.objects.of(ada).values_list("title", flat=True)) == ["stays"]
    assert Notification.objects.of(bob).count() == 3
    withdraw(url="/c/x/posts/1/")
    assert list(Notification.objects.of(bob).values_list("title", flat=True)) == ["stays"]


def test_long_title_is_cut_not_refused(ada):
    assert len(notify(ada, Kind.ANSWER, title="x" * 1000, url="/about/").title) == 300
