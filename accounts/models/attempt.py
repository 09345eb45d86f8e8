"""A write of a program, so that the same again gets the same."""

from django.db import models

from accounts.models.member import User


class Attempt(models.Model):
    """A write that a program sent with a key of its own, and what it was answered: the same again gets the same."""

    member = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    path = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    content_type = models.CharField(max_length=100, blank=True)
    content = models.BinaryField(default=bytes)
    began_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "path", "key"], name="attempt_once_for_a_key")]
        indexes = [models.Index(fields=["began_at"], name="attempt_began")]

    def __str__(self) -> str:
        return self.key
