"""Sends what is due: one worker at a time for each webhook, two for each host.

A delivery is taken before it is sent, for as long as an attempt can last. A worker that is killed meanwhile leaves it
due, so that it is sent again with the same id: twice perhaps, never not at all.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.sealing import Unopenable
from net.outward import Answered, NoAnswer, Refused, post
from webhooks import rules
from webhooks.models import Delivery, Webhook
from webhooks.signing import DELIVERY, EVENT, SIGNATURE, signature
from webhooks.telling import tell_owners_it_is_off
from webhooks.told import body_of


@dataclass
class Attempt:
    """What came of it. Without a `body` there was nothing to send."""

    body: str | None
    answer: Answered | None = None
    trouble: str = ""
    milliseconds: int | None = None

    @property
    def has_arrived(self) -> bool:
        return self.answer is not None and 200 <= self.answer.status < 300

    @property
    def said(self) -> str:
        said = self.answer.said.decode(errors="replace") if self.answer else ""
        return said.replace("\0", "")[: rules.SAID_MAX]


def send_due(pk: int) -> bool:
    """Sends to this webhook until nothing is due, for half a minute at most. Whether something is left."""
    until = time.monotonic() + rules.BUSY_FOR
    while delivery := take(pk):
        if delivery.attempts <= len(rules.ATTEMPTS_AFTER) + 1:
            note(delivery, attempt(delivery))
        else:
            note(delivery, Attempt(None, trouble=_("Given up: each try ended before it was done.")))
        if time.monotonic() > until:
            return True
    return False


def take(pk: int) -> Delivery | None:
    """The next that is due, for this worker alone. None when there is nothing, or the turn of another worker."""
    now = timezone.now()
    with transaction.atomic():
        host = Webhook.objects.filter(pk=pk).values_list("host", flat=True).first()
        beside = {
            one.pk: one for one in Webhook.objects.select_for_update(no_key=True).filter(host=host).order_by("pk")
        }
        webhook = beside.get(pk)
        busy = [one for one in beside.values() if one.taken_until and one.taken_until > now]
        if webhook is None or webhook in busy or len(busy) >= rules.AT_ONCE:
            return None
        if webhook.off_at or (webhook.rests_until and webhook.rests_until > now):
            return None
        due = Delivery.objects.filter(webhook=webhook, due_at__lte=now).select_related("webhook__community")
        delivery = due.order_by("due_at", "pk").first()
        if delivery is None:
            return None
        webhook.taken_until = delivery.due_at = now + rules.LEASE
        webhook.save(update_fields=["taken_until"])
        delivery.attempts += 1
        delivery.save(update_fields=["due_at", "attempts"])
    return delivery


def attempt(delivery: Delivery) -> Attempt:
    """One request, outside of any transaction."""
    body = body_of(delivery)
    if body is None:
        return Attempt(None, trouble=_("Not sent: there is nothing to tell any more."))
    began = time.monotonic()
    done = Attempt(body)
    try:
        done.answer = post(delivery.webhook.url, body.encode(), _headers(delivery, body.encode()))
    except (Refused, NoAnswer) as error:
        done.trouble = str(error)
    except Unopenable:
        done.trouble = _("The key of this site has changed, so the secret can't be read: make a new one.")
    done.milliseconds = round((time.monotonic() - began) * 1000)
    return done


def _headers(delivery: Delivery, body: bytes) -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "User-Agent": "Cairn",
        EVENT: delivery.event,
        DELIVERY: str(delivery.uuid),
        SIGNATURE: signature(bytes(delivery.webhook.sealed), body, int(time.time())),
    }


def note(delivery: Delivery, done: Attempt) -> None:
    """Writes down what came of it, when it is tried again, and whether the webhook is switched off."""
    now = timezone.now()
    with transaction.atomic():
        webhook = Webhook.objects.select_for_update(no_key=True).filter(pk=delivery.webhook_id).first()
        if webhook is None:  # deleted meanwhile, with its log
            return
        mine = Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts)
        if done.body is None:
            mine.update(due_at=None, trouble=done.trouble)
        else:
            mine.update(
                body=done.body,
                status=done.answer.status if done.answer else None,
                said=done.said,
                trouble=done.trouble,
                milliseconds=done.milliseconds,
                sent_at=now,
                arrived_at=now if done.has_arrived else None,
                due_at=None if done.has_arrived else _next_after(delivery.attempts),
            )
            _count(webhook, has_arrived=done.has_arrived)
        webhook.taken_until = None
        webhook.save(update_fields=["taken_until", "rests_until", "failures", "off_at"])


def _next_after(attempts: int) -> datetime | None:
    waits = rules.ATTEMPTS_AFTER
    return timezone.now() + waits[attempts - 1] if attempts <= len(waits) else None


def _count(webhook: Webhook, *, has_arrived: bool) -> None:
    """Failures in a row: each lets it rest for longer, the twentieth switches it off."""
    webhook.failures = 0 if has_arrived else webhook.failures + 1
    webhook.rests_until = None if has_arrived else timezone.now() + _rest(webhook.failures)
    if webhook.failures >= rules.FAILURES_MAX and webhook.off_at is None:
        webhook.off_at = timezone.now()
        webhook.deliveries.exclude(due_at=None).update(due_at=None)
        tell_owners_it_is_off(webhook)


def _rest(failures: int) -> timedelta:
    return rules.RESTS[min(failures, len(rules.RESTS)) - 1]
