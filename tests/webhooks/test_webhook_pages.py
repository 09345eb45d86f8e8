"""The pages of owners: a secret that is shown once, a log, and nothing without the password."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from net.limits import Rate
from tests.factories import make_community, make_delivery, make_post
from tests.listening import answering
from webhooks import rules, sending
from webhooks.actions import make_webhook
from webhooks.models import Delivery, Event, Webhook

NEW, LIST = "/c/algebra/webhooks/new/", "/c/algebra/webhooks/"


def wanted(listener, *events: str) -> dict[str, object]:
    return {"url": listener.url, "events": list(events) or ["post.published", "answer.accepted"]}


def test_create_shows_the_secret_once(owners_pages, algebra, listener, near, read):
    response = owners_pages.post(NEW, wanted(listener))
    secret = read(response).select_one(".code code").get_text()
    webhook = Webhook.objects.get()
    assert (response.status_code, "no-store" in response.headers["Cache-Control"]) == (201, True)
    assert re.fullmatch(r"whsec_[\w-]{43}", secret)
    assert (webhook.url, webhook.events) == (listener.url, ["post.published", "answer.accepted"])
    for page in (LIST, webhook.get_absolute_url(), f"{webhook.get_absolute_url()}edit/"):
        assert secret not in owners_pages.get(page).content.decode()
    rolled = owners_pages.post(f"{webhook.get_absolute_url()}secret/")
    assert read(rolled).select_one(".code code").get_text() not in ("", secret)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"url": "https://localhost/in"}, "This leads into a network that is not public."),
        ({"url": "https://169.254.169.254/latest/"}, "This leads into a network that is not public."),
        ({"url": "http://hooks.example.org/"}, "The address has to begin with https://."),
        ({"url": "https://hooks.example.org:22/"}, "Only the ports 443, 8443 can be used."),
        ({"events": ["user.password"]}, "Select a valid choice. user.password is not one of the available choices."),
        ({"events": []}, "This field is required."),
    ],
)
def test_create_refuses_with_the_form_filled(owners_pages, algebra, monkeypatch, read, given, said):
    if "url" not in given:
        monkeypatch.setattr("webhooks.forms.looked_up", lambda target: ["93.184.216.34"])
    response = owners_pages.post(NEW, {"url": "https://hooks.example.org/in", "events": ["post.edited"]} | given)
    page = read(response)
    assert (response.status_code, Webhook.objects.count()) == (422, 0)
    assert [error.get_text(strip=True) for error in page.select(".field__error")] == [said]
    assert page.select_one("[name=url]")["value"] == given.get("url", "https://hooks.example.org/in")


def test_whoever_was_away_gives_the_password_first(algebra, hook, otto, client_of, listener):
    webhook, _secret = hook
    otto.set_password("seven piles of stones")
    otto.save()
    browser, place = client_of(otto), webhook.get_absolute_url()
    for address in (NEW, f"{place}edit/", f"{place}secret/"):
        for response in (browser.get(address), browser.post(address, wanted(listener))):
            assert response["Location"].startswith("/accounts/reauthenticate/?next=")
    assert list(Webhook.objects.values_list("pk", "sealed")) == [(webhook.pk, webhook.sealed)]


def test_edit_sends_what_waits_to_the_new_address(owners_pages, hook, ada, algebra, listener):
    webhook, _secret = hook
    make_post(ada, algebra)
    url = f"{listener.url}?elsewhere"
    response = owners_pages.post(f"{webhook.get_absolute_url()}edit/", wanted(listener, "post.edited") | {"url": url})
    assert response["Location"] == webhook.get_absolute_url()
    assert list(Webhook.objects.values_list("url", "events")) == [(url, ["post.edited"])]
    sending.send_due(webhook.pk)
    assert [path for path, *_ in listener.came] == ["/in?elsewhere"]


def test_a_test_shows_its_answer_and_can_be_sent_again(owners_pages, hook, listener, read):
    webhook, _secret = hook
    listener.answer = answering(418, b"<b>I am a teapot</b>")
    page = owners_pages.post(f"{webhook.get_absolute_url()}test/")["Location"]
    waiting = read(owners_pages.get(page))
    assert waiting.select_one("#delivery > p").get_text(strip=True) == "On its way"
    assert waiting.select_one("#delivery")["hx-trigger"] == "load delay:1s"
    sending.send_due(webhook.pk)
    shown = read(owners_pages.get(page, headers={"HX-Request": "true"}))
    assert " ".join(shown.select_one("#delivery > p").get_text().split()).startswith("Tried again")
    said, sent = (one.get_text() for one in shown.select("pre code"))
    assert (said, json.loads(sent)["event"]) == ("<b>I am a teapot</b>", "test")
    assert "hx-trigger" not in shown.select_one("#delivery").attrs
    Delivery.objects.update(due_at=None)
    listener.answer = answering()
    assert owners_pages.post(f"{page}resend/")["Location"] == page
    sending.send_due(webhook.pk)
    assert read(owners_pages.get(page)).select_one("#delivery > p").get_text(strip=True) == "Arrived · 200"
    assert len({headers["Cairn-Delivery"] for _path, headers, _body in listener.came}) == 1


def test_switched_off_nothing_is_told_or_tried(owners_pages, hook, ada, algebra, listener, read):
    webhook, _secret = hook
    place = webhook.get_absolute_url()
    make_post(ada, algebra)
    owners_pages.post(f"{place}switch/", {"value": "0"})
    make_post(ada, algebra, title="Nobody is told of this one")
    sending.send_due(webhook.pk)
    assert (listener.came, Delivery.objects.count()) == ([], 1)
    assert owners_pages.post(f"{place}test/").status_code == 403
    assert owners_pages.post(f"{place}switch/", {"value": "maybe"}).status_code == 422
    owners_pages.post(f"{place}switch/", {"value": "1"})
    make_post(ada, algebra, title="They are told of this one")
    sending.send_due(webhook.pk)
    assert len(listener.came) == 1


def test_delete_asks_first_and_takes_the_log_along(owners_pages, hook, ada, algebra, read):
    webhook, _secret = hook
    make_post(ada, algebra)
    address = f"{webhook.get_absolute_url()}delete/"
    assert read(owners_pages.get(address)).h1.get_text() == "Delete this webhook?"
    assert Webhook.objects.count() == 1
    assert owners_pages.post(address)["Location"] == LIST
    assert (Webhook.objects.count(), Delivery.objects.count()) == (0, 0)


def test_ten_are_enough_and_too_often_is_refused(owners_pages, algebra, otto, listener, near, monkeypatch, read):
    for _ in range(rules.WEBHOOKS_MAX):
        make_webhook(algebra, by=otto, url=listener.url, events=[Event.POST_EDITED])
    response = owners_pages.post(NEW, wanted(listener))
    assert (response.status_code, Webhook.objects.count()) == (422, rules.WEBHOOKS_MAX)
    assert "There are 10 webhooks here already; delete one first." in read(response).get_text()
    monkeypatch.setitem(rules.RATES, "webhook", Rate(1, 3600))
    assert owners_pages.post(NEW, wanted(listener)).status_code == 429


def test_what_belongs_to_another_community_is_not_there(owners_pages, hook, otto):
    webhook, _secret = hook
    make_community(otto, name="Geometry")
    told = make_delivery(webhook.community, make_post(otto, webhook.community))
    for address in (
        f"/c/geometry/webhooks/{webhook.pk}/",
        f"/c/algebra/webhooks/{webhook.pk}/{told.uuid}/",
        f"/c/geometry/webhooks/{told.webhook_id}/{told.uuid}/",
    ):
        assert owners_pages.get(address).status_code == 404


def test_the_log_has_pages_and_longer_ones_cost_no_more_questions(owners_pages, hook, read):
    webhook, _secret = hook
    place = webhook.get_absolute_url()

    def asked(count: int) -> int:
        rows = [Delivery(webhook=webhook, event="test", about=1, due_at=None) for _ in range(count)]
        Delivery.objects.bulk_create(rows)
        with CaptureQueriesContext(connection) as queries:
            assert owners_pages.get(place).status_code == 200
        return len(queries)

    owners_pages.get(place)
    assert asked(1) == asked(30)
    first = read(owners_pages.get(place))
    older = read(owners_pages.get(place + first.select_one(".more a")["href"]))
    assert [len(page.select("#deliveries > li")) for page in (first, older)] == [30, 1]
    assert older.select_one(".more") is None
    assert owners_pages.get(f"{place}?before=x").status_code == 422


def test_settings_lead_there(owners_pages, algebra, read):
    links = read(owners_pages.get("/c/algebra/settings/")).select("main a")
    assert LIST in [link["href"] for link in links]
