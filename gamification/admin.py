"""The ledger, to look at only: not even staff change what somebody earned."""

from django.contrib import admin
from django.http import HttpRequest

from gamification.models import Entry


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin):
    list_display = ("user", "amount", "rule", "source_type", "source_id", "status", "occurred_at")
    list_filter = ("rule", "status")
    list_select_related = ("user",)
    search_fields = ("=user__username", "=idempotency_key")
    ordering = ("-pk",)
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return False
