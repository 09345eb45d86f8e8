"""Owners hear when a webhook of their community was switched off."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import Role
from notifications.actions import notify
from notifications.models import Kind
from webhooks.models import Webhook


def tell_owners_it_is_off(webhook: Webhook) -> None:
    """In the inbox and by mail: nobody looks at what says nothing."""
    community = webhook.community
    owners = User.objects.filter(memberships__community=community, memberships__role=Role.OWNER, is_active=True)
    words = {"name": community.name, "host": webhook.host}
    title = _("Nothing arrives at %(host)s, so the webhook of %(name)s was switched off") % words
    for owner in owners:
        notify(owner, Kind.WEBHOOK, title=title, url=webhook.get_absolute_url())
        if owner.email:
            given = words | {"url": settings.SITE_URL + webhook.get_absolute_url()}
            text = render_to_string("webhooks/off_mail.txt", given)
            send_mail(_("A webhook was switched off"), text, None, [owner.email])
