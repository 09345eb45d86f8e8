"""Webhooks through the API: the secret once, the log, and nothing without the password or a token."""

import json

import pytest

from accounts.models import Scope
from accounts.tokens import make_token
from tests.ai_assist.api.problem import is_problem
from tests.factories import make_post
from webhooks.models import Delivery, Webhook
from webhooks.sending import send_due

PLACE = "/api/v1/communities/algebra/webhooks"


@pytest.fixture
def program(otto, client):
    """Of Otto, with a token."""
    _token, secret = make_token(by=otto, name="Bot", scope=Scope.WRITE, days=7)
    headers = {"Authorization": f"Bearer {secret}"}

    def asks(method, address="", **given):
        more = {} if method == "get" else {"data": json.dumps(given), "content_type": "application/json"}
        return getattr(client, method)(f"{PLACE}{address}", headers=headers, **more)

    return asks


def test_one_is_made_told_listed_and_removed(program, algebra, ada, listener, near):
    made = program("post", url=listener.url, events=["post.published"])
    one = made.json()
    assert (made.status_code, one["secret"][:6], one["is_on"]) == (201, "whsec_", True)
    (listed,) = program("get").json()["webhooks"]
    assert listed == {name: value for name, value in one.items() if name != "secret"}
    post = make_post(ada, algebra)
    send_due(one["id"])
    (told,) = program("get", f"/{one['id']}/deliveries").json()["deliveries"]
    assert (told["event"], told["status"], told["said"]) == ("post.published", 200, "thanks")
    assert json.loads(told["body"])["object"]["id"] == post.pk
    assert program("post", f"/{one['id']}/deliveries/{told['uuid']}/resend").json()["due_at"] is not None
    assert program("post", f"/{one['id']}/test").json()["event"] == "test"
    assert program("patch", f"/{one['id']}", events=["post.edited"], is_on=False).json()["events"] == ["post.edited"]
    assert Delivery.objects.exclude(due_at=None).count() == 0
    assert program("post", f"/{one['id']}/test").status_code == 403
    assert program("post", f"/{one['id']}/secret").json()["secret"] != one["secret"]
    assert program("delete", f"/{one['id']}").status_code == 204
    assert Webhook.objects.count() == 0


def test_what_is_no_public_place_or_event_is_refused(program, algebra):
    refused = program("post", url="https://127.0.0.1/in", events=["post.edited"])
    assert is_problem(refused, 422, "This leads into a network that is not public.")
    assert program("post", url="https://hooks.example.org/", events=["user.password"]).status_code == 422
    assert Webhook.objects.count() == 0


def test_a_browser_types_the_password_first(otto, hook, client_of):
    webhook, _secret = hook
    otto.set_password("seven piles of stones")
    otto.save()
    browser = client_of(otto)
    for method, address in (("post", ""), ("patch", f"/{webhook.pk}"), ("post", f"/{webhook.pk}/secret")):
        given = {"url": webhook.url, "events": ["post.edited"]} if "secret" not in address else {}
        response = getattr(browser, method)(f"{PLACE}{address}", given, content_type="application/json")
        assert is_problem(response, 403, "Type your password on a page that asks for it first, or send a token.")
    assert list(Webhook.objects.values_list("pk", "sealed", "events")) == [(webhook.pk, webhook.sealed, webhook.events)]
