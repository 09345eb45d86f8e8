"""Another e-mail address that a member wants."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from accounts.models.member import User


class AddressChange(models.Model):
    """That a member wants another e-mail address, and which of the two mailboxes has said yes to it."""

    SILENCE = timedelta(days=7)  # of the old mailbox; afterwards its yes is not needed any more
    KEPT = timedelta(days=30)

    member = models.OneToOneField(User, on_delete=models.CASCADE, related_name="address_change")
    email = models.EmailField()
    asked_at = models.DateTimeField(default=timezone.now)
    new_said_at = models.DateTimeField(null=True)
    old_said_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["asked_at"], name="address_change_asked")]

    def __str__(self) -> str:
        return f"address change {self.pk}"

    @property
    def silent_until(self) -> datetime:
        return self.asked_at + self.SILENCE

    @property
    def is_over(self) -> bool:
        return timezone.now() >= self.asked_at + self.KEPT

    @property
    def is_agreed(self) -> bool:
        return self.new_said_at is not None and self.old_said_at is not None

    @property
    def can_be_finished(self) -> bool:
        """Without the old mailbox, by who shows once more that it is them."""
        return self.new_said_at is not None and timezone.now() >= self.silent_until
