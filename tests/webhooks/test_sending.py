"""Events on their way: signed, again after a failure, and no more after twenty."""

import json
import re
import threading
from datetime import timedelta
from hashlib import sha256
from hmac import compare_digest, digest
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from communities.actions.answering import accept_answer, delete_answer, edit_answer, restore_answer
from communities.actions.community import join_community, leave_community
from communities.actions.endorsing import endorse_answer
from communities.actions.posting import delete_post, edit_post
from communities.actions.redacting import redact
from communities.models import Community, Revision, Visibility
from tests.factories import make_answer, make_comment, make_community, make_post
from tests.listening import answering
from webhooks import rules
from webhooks.actions import make_webhook, resend, roll_secret, send_test, switch_webhook
from webhooks.log import forget_deliveries
from webhooks.models import Delivery, Event, Webhook
from webhooks.sending import send_due, take


def told(listener) -> list[dict]:
    return [json.loads(body) for _path, _headers, body in listener.came]


def make_due(**fields: object) -> None:
    """As if the time had passed."""
    Webhook.objects.update(rests_until=None)
    Delivery.objects.exclude(due_at=None).update(due_at=timezone.now(), **fields)


def test_each_event_is_told_with_what_members_read(hook, algebra, ada, bob, otto, eve, listener):
    webhook, _secret = hook
    post = make_post(ada, algebra)
    answer = make_answer(bob, post)
    edit_post(post, by=ada, title="Why do all signs flip?", body="What is the rule behind that, for each of them?")
    edit_answer(answer, by=bob, body="A minus is the addition of the negative number.")
    accept_answer(answer, by=ada)
    endorse_answer(answer, by=otto)
    comment = make_comment(ada, answer)
    join_community(algebra, by=eve, invite_key=None)
    send_due(webhook.pk)
    events = told(listener)
    assert [(one["event"], one["object"].get("id", "")) for one in events] == [
        ("post.published", post.pk),
        ("answer.published", answer.pk),
        ("post.edited", post.pk),
        ("answer.edited", answer.pk),
        ("answer.accepted", answer.pk),
        ("answer.endorsed", answer.pk),
        ("comment.published", comment.pk),
        ("member.joined", ""),
    ]
    assert {one["community"] for one in events} == {"algebra"}
    assert events[0]["object"]["title"] == "Why do all signs flip?"  # as it reads when it is sent
    assert events[1]["object"]["body"] == "A minus is the addition of the negative number."
    assert events[5]["object"]["endorsed_by"] == [{"username": "otto", "name": "Otto", "role": "owner"}]
    assert events[7]["object"]["username"] == "eve"
    assert [one["id"] for one in events] == [str(one.uuid) for one in Delivery.objects.order_by("pk")]
    assert not Delivery.objects.filter(arrived_at=None).exists()


def test_what_goes_is_told_without_its_words(hook, algebra, ada, bob, eve, listener):
    webhook, _secret = hook
    post, gone = make_post(ada, algebra), make_post(ada, algebra, title="A title that goes at once")
    answer = make_answer(bob, post)
    delete_post(gone, by=ada)
    delete_answer(answer, by=bob)
    restore_answer(answer, by=bob)
    join_community(algebra, by=eve, invite_key=None)
    leave_community(algebra, by=eve)
    send_due(webhook.pk)
    events = [(one["event"], one["object"]["id"]) for one in told(listener)]
    assert events == [
        ("post.published", post.pk),
        ("answer.published", answer.pk),
        ("post.deleted", gone.pk),
        ("answer.published", answer.pk),  # it came back; that it was away is not told any more
        ("member.left", eve.pk),
    ]
    assert "goes at once" not in str(listener.came)
    unsent = Delivery.objects.filter(arrived_at=None)
    assert {(one.body, one.trouble, one.due_at) for one in unsent} == {
        ("", "Not sent: there is nothing to tell any more.", None)
    }


def test_nothing_of_another_community_is_told(hook, otto, ada, listener):
    webhook, _secret = hook
    closed = make_community(otto, ada, name="Closed", visibility=Visibility.PRIVATE)
    make_post(ada, closed)
    foreign = make_post(ada, closed, title="What nobody outside may read")
    Delivery.objects.create(webhook=webhook, event=Event.POST_PUBLISHED, about=foreign.pk)
    send_due(webhook.pk)
    assert listener.came == []


def verification() -> str:
    """The lines of the documentation."""
    text = (Path(settings.BASE_DIR) / "docs" / "api.md").read_text(encoding="utf-8")
    (lines,) = re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)
    return lines


def test_the_signature_is_as_the_documentation_says(hook, algebra, ada, listener):
    webhook, secret = hook
    make_post(ada, algebra)
    send_due(webhook.pk)
    ((_path, headers, body),) = listener.came
    names: dict = {}
    exec(verification(), names)  # our own lines
    is_from_cairn, header = names["is_from_cairn"], headers["Cairn-Signature"]
    assert is_from_cairn(secret, header, body)
    assert not is_from_cairn(secret, header, body + b" ")
    assert not is_from_cairn("whsec_other", header, body)
    at, v1 = re.fullmatch(r"t=(\d+),v1=([0-9a-f]{64})", header).groups()
    old = str(int(at) - 301)
    forged = digest(secret.encode(), f"{old}.".encode() + body, sha256).hex()
    assert not is_from_cairn(secret, f"t={old},v1={forged}", body)
    assert not is_from_cairn(secret, f"t={int(at) - 5},v1={v1}", body)
    assert compare_digest(digest(secret.encode(), f"{at}.".encode() + body, sha256).hex(), v1)
    assert (headers["Cairn-Event"], headers["Cairn-Delivery"]) == ("post.published", json.loads(body)["id"])
    assert secret.encode() not in bytes(Webhook.objects.get().sealed)


def test_a_new_secret_counts_from_the_next_attempt(hook, otto, listener):
    webhook, old = hook
    new = roll_secret(webhook, by=otto)
    send_test(webhook, by=otto)
    send_due(webhook.pk)
    ((_path, headers, body),) = listener.came
    at, v1 = re.fullmatch(r"t=(\d+),v1=([0-9a-f]{64})", headers["Cairn-Signature"]).groups()
    signed = {digest(key.encode(), f"{at}.".encode() + body, sha256).hex(): key for key in (old, new)}
    assert signed[v1] == new


def test_a_failure_is_tried_five_times_more_and_then_given_up(hook, algebra, ada, listener):
    webhook, _secret = hook
    listener.answer = answering(503, b"later\0 " * 500)
    make_post(ada, algebra)
    waits = []
    for _ in range(len(rules.ATTEMPTS_AFTER) + 2):
        send_due(webhook.pk)
        delivery = Delivery.objects.get()
        waits.append(delivery.due_at and round((delivery.due_at - timezone.now()).total_seconds() / 60))
        make_due()
    assert waits == [1, 5, 30, 120, 720, None, None]
    assert len(listener.came) == delivery.attempts == 6
    assert len({json.loads(body)["id"] for *_, body in listener.came}) == 1
    assert (delivery.status, len(delivery.said), delivery.arrived_at) == (503, 1000, None)
    assert (Webhook.objects.get().failures, Webhook.objects.get().off_at) == (6, None)


def test_after_a_failure_the_others_wait_too_and_a_success_ends_it(hook, algebra, ada, listener):
    webhook, _secret = hook
    listener.answer = answering(500)
    for number in range(2):
        make_post(ada, algebra, title=f"Question number {number} of two")
    send_due(webhook.pk)
    assert len(listener.came) == 1
    assert list(Webhook.objects.waiting()) == []
    Delivery.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    make_due()
    assert list(Webhook.objects.waiting()) == [webhook.pk]
    listener.answer = answering()
    send_due(webhook.pk)
    assert len(listener.came) == 3
    assert (Webhook.objects.get().failures, Webhook.objects.get().rests_until) == (0, None)


def test_twenty_failures_in_a_row_switch_it_off_and_owners_hear_of_it(hook, algebra, ada, otto, listener):
    webhook, _secret = hook
    listener.answer = answering(410)
    Webhook.objects.update(failures=rules.FAILURES_MAX - 1)
    make_post(ada, algebra)
    make_post(ada, algebra, title="Another one that waits")
    send_due(webhook.pk)
    webhook.refresh_from_db()
    assert (len(listener.came), webhook.has_failed) == (1, True)
    assert not Delivery.objects.exclude(due_at=None).exists()
    said = "Nothing arrives at 127.0.0.1, so the webhook of Algebra was switched off"
    assert list(otto.notifications.filter(kind="webhook").values_list("title", "url")) == [
        (said, webhook.get_absolute_url())
    ]
    make_post(ada, algebra, title="One more that nobody hears of")
    assert Delivery.objects.count() == 2
    switch_webhook(webhook, by=otto, is_on=True)
    listener.answer = answering()
    resend(Delivery.objects.order_by("pk")[0], by=otto)
    send_due(webhook.pk)
    assert (len(listener.came), Webhook.objects.get().failures) == (2, 0)


def test_a_killed_worker_leaves_it_due_and_another_one_sends_it(hook, algebra, ada, listener):
    webhook, _secret = hook
    make_post(ada, algebra)
    assert take(webhook.pk) is not None  # and nothing more is heard of that worker
    send_due(webhook.pk)
    assert listener.came == []
    past = timezone.now() - timedelta(seconds=1)
    Webhook.objects.update(taken_until=past)
    Delivery.objects.update(due_at=past, created_at=past - rules.TAKEN_WITHIN)
    assert list(Webhook.objects.waiting()) == [webhook.pk]
    send_due(webhook.pk)
    assert (len(listener.came), Delivery.objects.get().attempts) == (1, 2)


def test_a_delivery_that_kills_its_worker_is_given_up(hook, algebra, ada, listener):
    webhook, _secret = hook
    make_post(ada, algebra)
    Delivery.objects.update(attempts=len(rules.ATTEMPTS_AFTER) + 1)
    send_due(webhook.pk)
    assert (listener.came, Delivery.objects.get().due_at) == ([], None)


def test_only_so_many_of_one_host_are_sent_to_at_once(hook, algebra, otto, listener):
    hooks = [hook[0], *(make_webhook(algebra, by=otto, url=listener.url, events=["post.edited"])[0] for _ in range(2))]
    for one in hooks:
        send_test(one, by=otto)
    assert [take(one.pk) is not None for one in hooks] == [True, True, False]
    Webhook.objects.filter(pk=hooks[0].pk).update(taken_until=None)
    assert take(hooks[2].pk) is not None


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_it_once(hook, algebra, ada, otto, listener):
    webhook, _secret = hook
    send_test(webhook, by=otto)
    at_once = threading.Barrier(4)

    def work() -> None:
        from django.db import connection

        at_once.wait()
        try:
            send_due(webhook.pk)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(listener.came) == 1


def test_the_log_keeps_no_words_that_were_taken_out_and_ends_after_thirty_days(hook, algebra, ada, otto, listener):
    webhook, _secret = hook
    post = make_post(ada, algebra, body="My number is 555 0100; call me about the signs, please.")
    send_due(webhook.pk)
    edit_post(post, by=otto, title=post.title, body="What is the rule behind it, and why is it so?", note="a number")
    redact(Revision.objects.of(post).order_by("number")[0], by=otto, reason="a number")
    assert [one.body for one in Delivery.objects.all()] == ["", ""]
    Delivery.objects.filter(event="post.published").update(created_at=timezone.now() - timedelta(days=31))
    forget_deliveries()
    assert [one.event for one in Delivery.objects.all()] == ["post.edited"]


def test_a_community_of_which_nobody_listens_writes_nothing(algebra: Community, ada):
    make_post(ada, algebra)
    assert Delivery.objects.count() == 0
