"""The ledger, to look at only: not even staff change what somebody earned, and who voted
only superusers see. And awards, to revoke.
"""

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
    ordering = ("-pk",)
    show_full_result_count = False

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        return ("=user__username", "=idempotency_key") if _may_see_who_voted(request) else ("=user__username",)

    def get_exclude(self, request: HttpRequest, obj: Entry | None = None) -> tuple[str, ...]:
        """The key names the actor."""
        return () if _may_see_who_voted(request) else ("actor", "idempotency_key")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Else an address could ask for the entries of one actor."""
        is_listed = lookup.split("__")[0] in self.list_filter
        return super().lookup_allowed(lookup, value, request) and (is_listed or _may_see_who_voted(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return False


def _may_see_who_voted(request: HttpRequest) -> bool:
    return cast("User", request.user).is_superuser


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
