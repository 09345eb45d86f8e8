"""Making, changing and trying webhooks. Owners of the community only."""

import logging
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities import permissions
from communities.actions.unfit import Unfit
from communities.models import Community, Membership
from net.outward import target_of
from outbox import enqueue
from webhooks import rules
from webhooks.models import TEST, Delivery, Webhook
from webhooks.signing import new_secret
from webhooks.tasks import send_to_webhook

logger = logging.getLogger(__name__)


def make_webhook(community: Community, *, by: User, url: str, events: Sequence[str]) -> tuple[Webhook, str]:
    """With its secret, which nobody is shown again. Locks the community. Raises Unfit when there are too many."""
    with transaction.atomic():
        locked = Community.objects.select_for_update(no_key=True).get(pk=community.pk)
        _check_owner(locked, by)
        if locked.webhooks.count() >= rules.WEBHOOKS_MAX:
            raise Unfit(_("There are %(most)s webhooks here already; delete one first.") % {"most": rules.WEBHOOKS_MAX})
        secret, sealed = new_secret()
        host = target_of(url).host
        webhook = Webhook.objects.create(community=locked, url=url, host=host, events=list(events), sealed=sealed)
    logger.info("webhook %s made in community %s by member %s", webhook.pk, community.pk, by.pk)
    return webhook, secret


def change_webhook(webhook: Webhook, *, by: User, url: str, events: Sequence[str]) -> None:
    """What waits goes to the new address. Idempotent."""
    with transaction.atomic():
        locked = _locked(webhook, by)
        locked.url, locked.host, locked.events = url, target_of(url).host, list(events)
        locked.rests_until = None
        locked.save(update_fields=["url", "host", "events", "rests_until"])
    logger.info("webhook %s changed by member %s", webhook.pk, by.pk)


def switch_webhook(webhook: Webhook, *, by: User, is_on: bool) -> None:
    """Off: what waits is not sent any more, and nothing new is told. On: its failures are forgotten. Idempotent."""
    with transaction.atomic():
        locked = _locked(webhook, by)
        if is_on == (locked.off_at is None):
            return
        locked.off_at = None if is_on else timezone.now()
        locked.failures, locked.rests_until = 0, None
        locked.save(update_fields=["off_at", "failures", "rests_until"])
        if not is_on:
            locked.deliveries.exclude(due_at=None).update(due_at=None)


def roll_secret(webhook: Webhook, *, by: User) -> str:
    """The new one, which counts from the next attempt on; the old one is forgotten."""
    with transaction.atomic():
        locked = _locked(webhook, by)
        secret, locked.sealed = new_secret()
        locked.save(update_fields=["sealed"])
    logger.info("webhook %s got another secret by member %s", webhook.pk, by.pk)
    return secret


def delete_webhook(webhook: Webhook, *, by: User) -> None:
    """With its log. Nothing is told there any more."""
    with transaction.atomic():
        _locked(webhook, by).delete()
    logger.info("webhook %s deleted by member %s", webhook.pk, by.pk)


def send_test(webhook: Webhook, *, by: User) -> Delivery:
    """Tells it nothing but that this is a test."""
    with transaction.atomic():
        locked = _locked(webhook, by)
        _check_on(locked)
        delivery = Delivery.objects.create(webhook=locked, event=TEST, about=locked.pk)
        _send_soon(locked)
    return delivery


def resend(delivery: Delivery, *, by: User) -> None:
    """Once more, with the same id, as it reads now; the attempts are counted anew. Idempotent while it waits."""
    with transaction.atomic():
        locked = _locked(delivery.webhook, by)
        _check_on(locked)
        done = locked.deliveries.filter(pk=delivery.pk, due_at=None)
        done.update(due_at=timezone.now(), attempts=0, status=None, trouble="", said="", arrived_at=None)
        _send_soon(locked)


def _send_soon(locked: Webhook) -> None:
    """Though it failed a moment ago: somebody watches."""
    Webhook.objects.filter(pk=locked.pk).update(rests_until=None)
    enqueue(send_to_webhook, locked.pk)


def _locked(webhook: Webhook, by: User) -> Webhook:
    _check_owner(webhook.community, by)
    return Webhook.objects.select_for_update(no_key=True).get(pk=webhook.pk)


def _check_on(webhook: Webhook) -> None:
    if webhook.off_at:
        raise Unfit(_("This webhook is switched off. Switch it on first."))


def _check_owner(community: Community, by: User) -> None:
    if not permissions.can_manage(Membership.objects.of(by, community)):
        raise PermissionDenied(_("Only owners can look after webhooks."))
