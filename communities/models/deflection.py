"""Deflections: somebody was about to ask and found the answer in a post that was there."""

from django.db import models
from django.utils import timezone

from accounts.models import User
from communities.models.post import Post


class Deflection(models.Model):
    """`person` said that `post` answers what they were about to ask."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="deflections", db_index=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "person"], name="deflection_once")]

    def __str__(self) -> str:
        return f"{self.person} found post {self.post_id}"
