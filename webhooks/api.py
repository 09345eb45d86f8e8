"""Webhooks for programs of owners: what the pages do, and the log."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from accounts.requests import MemberRequest
from communities.actions.unfit import Unfit
from communities.api.confirming import confirm
from communities.api.pages import AFTER, LIMIT, rows_after
from communities.keyset import LATEST
from net.faults import checked, unfit
from net.leading import lead_on
from net.sent import Sent
from webhooks import actions
from webhooks.forms import WebhookForm
from webhooks.models import Delivery, Event, Webhook
from webhooks.views import count, owned_community, owned_delivery, owned_webhook

router = Router(tags=["webhooks"])
PLACE = "communities/{slug:slug}/webhooks"
ONE = PLACE + "/{int:webhook}"


class WebhookOut(Schema):
    id: int
    url: str
    events: list[Event]
    is_on: bool
    failures: int = Field(description="In a row; twenty switch it off.")
    created_at: datetime


class MadeOut(WebhookOut):
    secret: str = Field(description="What signs each request; it is never shown again.")


class WebhooksOut(Schema):
    webhooks: list[WebhookOut]


class WebhookIn(Sent):
    url: str = Field(description="https, and reached from everywhere.")
    events: list[Event]


class WebhookEditIn(Sent):
    """What is not named stays as it is."""

    url: str | None = None
    events: list[Event] | None = None
    is_on: bool | None = Field(None, description="Switched on again its failures are forgotten.")


class DeliveryOut(Schema):
    uuid: UUID = Field(description="The `id` of what was sent.")
    event: str
    body: str = Field(description="What was sent last.")
    attempts: int
    status: int | None = Field(description="What the other side answered.")
    said: str = Field(description="How its answer begins.")
    trouble: str
    milliseconds: int | None
    created_at: datetime
    arrived_at: datetime | None
    due_at: datetime | None = Field(description="When it is sent again. null: not any more.")


class DeliveriesOut(Schema):
    deliveries: list[DeliveryOut] = Field(description="Of the last thirty days, the newest first.")
    next: str | None = Field(description="The value of `after` for the next page.")


@router.get(PLACE, response=WebhooksOut, url_name="webhooks", summary="Webhooks of a community")
def listed(request: HttpRequest, slug: str) -> dict[str, Any]:
    """For its owners, as all of this."""
    return {"webhooks": [_out(one) for one in owned_community(request, slug).webhooks.order_by("pk")]}


@router.post(PLACE, response={201: MadeOut}, url_name="webhook_make", summary="Make a webhook")
def make(request: MemberRequest, slug: str, sent: WebhookIn) -> Status[dict[str, Any]]:
    """In a browser with the password typed a few minutes ago. The secret comes with this answer and with no other."""
    community = owned_community(request, slug)
    confirm(request)
    count(request, "webhook")
    given = checked(WebhookForm(sent.dict()))
    try:
        webhook, secret = actions.make_webhook(community, by=request.user, **given)
    except Unfit as refusal:
        raise unfit({"url": str(refusal)}) from None
    return Status(201, _out(webhook) | {"secret": secret})


@router.patch(ONE, response=WebhookOut, url_name="webhook_change", summary="Change or switch it")
def change(request: MemberRequest, slug: str, webhook: int, sent: WebhookEditIn) -> dict[str, Any]:
    one = owned_webhook(request, slug, webhook)
    confirm(request)
    count(request, "webhook")
    given = {name: value for name, value in sent.dict(exclude_unset=True).items() if value is not None}
    is_on = given.pop("is_on", None)
    if given:
        words = checked(WebhookForm({"url": one.url, "events": one.events} | given))
        actions.change_webhook(one, by=request.user, **words)
    if is_on is not None:
        actions.switch_webhook(one, by=request.user, is_on=is_on)
    return _out(owned_webhook(request, slug, webhook))


@router.delete(ONE, response={204: None}, url_name="webhook_remove", summary="Delete it")
def remove(request: MemberRequest, slug: str, webhook: int) -> Status[None]:
    """With its log."""
    one = owned_webhook(request, slug, webhook)
    count(request, "webhook")
    actions.delete_webhook(one, by=request.user)
    return Status(204, None)


@router.post(ONE + "/secret", response=MadeOut, url_name="webhook_secret", summary="Another secret")
def secret(request: MemberRequest, slug: str, webhook: int) -> dict[str, Any]:
    """It counts from the next attempt on."""
    one = owned_webhook(request, slug, webhook)
    confirm(request)
    count(request, "webhook")
    return _out(one) | {"secret": actions.roll_secret(one, by=request.user)}


@router.post(ONE + "/test", response={201: DeliveryOut}, url_name="webhook_test", summary="Send a test")
def test(request: MemberRequest, slug: str, webhook: int) -> Status[dict[str, Any]]:
    one = owned_webhook(request, slug, webhook)
    count(request, "webhook-test")
    return Status(201, _delivery(actions.send_test(one, by=request.user)))


@router.get(ONE + "/deliveries", response=DeliveriesOut, url_name="webhook_deliveries", summary="What was sent")
def deliveries(
    request: HttpRequest, response: HttpResponse, slug: str, webhook: int, after: str = AFTER, limit: int = LIMIT
) -> dict[str, Any]:
    one = owned_webhook(request, slug, webhook)
    shown, further = rows_after(LATEST, after, limit, one.deliveries.all())
    if further:
        lead_on(request, response, after=further)
    return {"deliveries": [_delivery(row) for row in shown], "next": further or None}


@router.post(
    ONE + "/deliveries/{uuid:delivery}/resend",
    response=DeliveryOut,
    url_name="delivery_resend",
    summary="Send it again",
)
def resend(request: MemberRequest, slug: str, webhook: int, delivery: UUID) -> dict[str, Any]:
    """With the same `id`, as it reads now."""
    one = owned_delivery(request, slug, webhook, delivery)
    count(request, "webhook-test")
    actions.resend(one, by=request.user)
    return _delivery(owned_delivery(request, slug, webhook, delivery))


def _out(webhook: Webhook) -> dict[str, Any]:
    return {
        "id": webhook.pk,
        "url": webhook.url,
        "events": webhook.events,
        "is_on": webhook.off_at is None,
        "failures": webhook.failures,
        "created_at": webhook.created_at,
    }


def _delivery(delivery: Delivery) -> dict[str, Any]:
    return {name: getattr(delivery, name) for name in DeliveryOut.model_fields}
