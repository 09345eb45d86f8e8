"""Mail goes through the outbox: the default mailer writes a row, a worker hands it to the `transport` mailer."""

import logging
from collections.abc import Sequence
from email.utils import make_msgid

from django.core.mail import EmailMessage, EmailMultiAlternatives, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from outbox import enqueue
from outbox.models import GIVE_UP_AFTER, LEASE, Mail

logger = logging.getLogger(__name__)


class QueueBackend(BaseEmailBackend):
    """Writes each message to the outbox, once per address (nobody sees who else got it), and queues it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        from outbox.tasks import send_mail  # the task calls back into this module

        for message in email_messages:
            alternatives = getattr(message, "alternatives", [])
            html = next((str(part.content) for part in alternatives if part.mimetype == "text/html"), "")
            for recipient in message.recipients():
                mail = Mail.objects.create(
                    message_id=make_msgid(domain="cairn"),
                    sender=message.from_email,
                    recipient=recipient,
                    subject=str(message.subject),
                    text=str(message.body),
                    html=html,
                )
                enqueue(send_mail, mail.pk)
        return len(email_messages)


def deliver(pk: int) -> None:
    """Hands one mail to the transport and forgets its text. Idempotent; a failure leaves it to the sweep.

    Raises nothing for a mail that was sent already, is gone, or is in another worker's hands.
    """
    now = timezone.now()
    with transaction.atomic():
        mail = (
            Mail.objects.select_for_update(skip_locked=True)
            .filter(Q(taken_at=None) | Q(taken_at__lt=now - LEASE), pk=pk, sent_at=None)
            .first()
        )
        if mail is None:
            return
        mail.taken_at = now
        mail.attempts += 1
        mail.save(update_fields=["taken_at", "attempts"])
    message = EmailMultiAlternatives(
        mail.subject, mail.text, mail.sender, [mail.recipient], headers={"Message-ID": mail.message_id}
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    try:
        mailers["transport"].send_messages([message])
    except OSError as error:  # smtplib's errors are OSErrors
        logger.warning("mail %s not sent (attempt %s): %s", pk, mail.attempts, error)
        return
    Mail.objects.filter(pk=pk).update(sent_at=timezone.now(), text="", html="")


def forget_given_up() -> None:
    """Deletes what could not be sent for a day: nobody waits for it any more, and it may hold a code."""
    Mail.objects.filter(sent_at=None, created_at__lt=timezone.now() - GIVE_UP_AFTER).delete()
