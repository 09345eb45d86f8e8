"""What this floor does about facts from below."""

from django.dispatch import receiver

from accounts.models import User
from ai_assist.demo import add_documents
from communities.signals import demo_planted


@receiver(demo_planted)
def bring_documents(people: dict[str, User], **_: object) -> None:
    add_documents(people)
