"""What this floor contributes to the archive of a member: their documents, and what they asked them."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.mydata.own import table
from accounts.mydata.parts import Folder, take_along
from ai_assist import models
from ai_assist.models import State


def contribute() -> None:
    take_along(Folder("documents", _("Files that you uploaded."), _documents, _file))
    facts = ("uuid", "title", "filename", "bytes", "audience", "community__slug", "folder__name", "state", "created_at")
    table("documents", _("What is known of these files."), models.Document, "owner", *facts)
    table("folders", _("Your folders."), models.Folder, "owner", "name", "community__slug", "created_at")
    begun = ("uuid", "title", "reach", "community__slug", "created_at", "changed_at")
    table("conversations", _("Your conversations."), models.Conversation, "owner", *begun)
    asked = ("conversation__uuid", "question", "text", "state", "feedback", "model", "created_at", "done_at")
    table("questions", _("What you asked your documents, with the answers."), models.Message, "asker", *asked)
    used = ("day", "questions", "tokens", "uploads", "ocr_pages", "bytes", "documents")
    table("usage", _("What you used of your allowances."), models.Usage, "member", *used)
    begun_files = ("name", "size", "received", "changed_at")
    table("begun-uploads", _("Uploads that did not end."), models.PartialUpload, "owner", *begun_files)


def _documents(member: User) -> QuerySet[models.Document]:
    return models.Document.objects.filter(owner=member).exclude(state=State.DELETING).order_by("pk")


def _file(document: models.Document) -> tuple[str, Any]:
    return f"{document.uuid}-{document.filename}", document.file
