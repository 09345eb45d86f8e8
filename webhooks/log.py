"""What was sent, for thirty days."""

from django.utils import timezone

from webhooks import rules
from webhooks.models import Delivery


def forget_deliveries() -> None:
    """The old ones, with the words in them."""
    Delivery.objects.filter(created_at__lt=timezone.now() - rules.LOG_KEPT).delete()
