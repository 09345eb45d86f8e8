"""The admin pages of documents, for superusers: facts, and the end. What a file says is read by its readers alone."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from accounts.requests import MemberRequest
from ai_assist import rules, used
from ai_assist.actions.keeping import delete_document_of
from ai_assist.models import Document, Usage
from ai_assist.stores.sign import in_use
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


@admin.register(Usage)
class UsageAdmin(ReadOnlyAdmin):
    """The last month, summed by member and by community: those who used most first."""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        usage = Usage.objects.since(used.first_day())
        members, communities = usage.of_members(), usage.of_communities()
        everybody = used.totals(members)
        context = self.admin_site.each_context(request) | {
            "title": _("What was used in 30 days"),
            "opts": self.opts,
            "everybody": everybody | {"cost": used.cost(everybody)},
            "lists": [
                (_("Members"), used.most(members, "member__username", rules.USAGE_ROWS)),
                (_("Communities"), used.most(communities, "community__slug", rules.USAGE_ROWS)),
            ],
            "generation": in_use(),
            "chat_model": settings.AI_CHAT_MODEL,
        }
        return TemplateResponse(request, "ai_assist/usage_admin_page.html", context)
