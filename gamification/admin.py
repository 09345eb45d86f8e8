"""The ledger, to look at only: not even staff change what somebody earned. And awards, to revoke."""

from typing import cast

from django.contrib import admin
from django.db.models import Field
from django.forms import Field as FormField
from django.forms import ModelForm
from django.http import HttpRequest

from accounts.models import User
from gamification.achievements.revoking import revoke_award
from gamification.fairness.admin import CaseAdmin  # noqa: F401  (registers itself)
from gamification.models import Award, Entry


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


@admin.register(Award)
class AwardAdmin(admin.ModelAdmin):
    """Saving one with a reason takes it back, for good."""

    list_display = ("user", "key", "tier", "community", "at", "revoked_at")
    list_filter = ("key", "tier")
    list_select_related = ("user", "community")
    search_fields = ("=user__username",)
    ordering = ("-pk",)
    fields = ("user", "community", "key", "tier", "at", "revoked_for", "revoked_by", "revoked_at")
    readonly_fields = ("user", "community", "key", "tier", "at", "revoked_by", "revoked_at")

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: object) -> FormField | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name == "revoked_for":
            field.required = True
        return field

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Award | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or not obj.is_revoked)

    def has_delete_permission(self, request: HttpRequest, obj: Award | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Award, form: ModelForm, change: bool) -> None:
        revoke_award(obj, by=cast("User", request.user), reason=form.cleaned_data["revoked_for"])
