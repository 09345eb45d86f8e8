"""The admin pages of documents, for superusers: facts, and the end. What a file says is read by its readers alone."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.requests import MemberRequest
from ai_assist.actions.keeping import delete_document_of
from ai_assist.models import Document
from communities.admin import ReadOnlyAdmin


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    actions = ("delete_for_good",)
    list_display = ("title", "owner", "community", "audience", "state", "error_code", "pages", "bytes", "created_at")
    list_filter = ("state", "audience", "format")
    list_select_related = ("owner", "community")
    search_fields = ("title", "owner__username", "community__name", "sha256")
    exclude = ("file",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).order_by("-pk")

    @admin.action(description=_("Delete for good, with all that was made of them"))
    def delete_for_good(self, request: MemberRequest, documents: QuerySet) -> None:
        for document in documents:
            delete_document_of(document, by=request.user)
