"""What a member agreed to."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.member import User


class Consent(models.Model):
    """That a member agreed to something, in the wording of that version. Rows are only ever added."""

    class Kind(models.TextChoices):
        RULES = "rules", _("The rules of this place")

    member = models.ForeignKey(User, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=10, choices=Kind)
    version = models.DateField()
    given_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.kind} of {self.version}"
