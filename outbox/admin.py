"""Mail on its way, to look at only, without its text: that may hold somebody's code."""

from django.contrib import admin
from django.http import HttpRequest

from outbox.models import Mail


@admin.register(Mail)
class MailAdmin(admin.ModelAdmin):
    list_display = ("recipient", "subject", "attempts", "created_at", "sent_at")
    search_fields = ("recipient", "subject")
    exclude = ("text", "html")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Mail | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Mail | None = None) -> bool:
        return False
