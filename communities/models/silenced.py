"""Who left a community while they could only read in it."""

from django.db import models
from django.utils import timezone

from accounts.models import User
from communities.models.community import Community


class Silenced(models.Model):
    """Leaving and joining again undoes nothing: the row waits for the person, and goes when they come back."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "person"], name="silenced_once")]

    def __str__(self) -> str:
        return f"{self.person_id} only reads in {self.community_id}"
