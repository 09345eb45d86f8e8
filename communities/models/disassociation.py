"""Who once asked a question from which they have taken their name."""

from django.db import models
from django.utils import timezone

from accounts.models import User
from communities.models.post import Post


class Disassociation(models.Model):
    """Nobody is shown it. It keeps them from voting on what they wrote."""

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"post {self.post_id}"
