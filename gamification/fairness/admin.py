"""The queue of cases, in the admin: what was counted, in words, and what a person decides."""

from typing import cast

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from gamification.fairness.cases import can_decide, decide_case
from gamification.fairness.evidence import in_words
from gamification.fairness.forms import DecisionForm
from gamification.models import Case, Decision


@admin.register(Case)
class CaseAdmin(admin.ModelAdmin):
    """A queue, the oldest open case first. Deciding is all that can be changed, and once."""

    form = DecisionForm
    list_display = ("kind", "names", "opened_at", "decision", "decided_by")
    list_filter = (("decided_at", admin.EmptyFieldListFilter), "kind", "decision")
    list_select_related = ("decided_by",)
    ordering = ("decided_at", "opened_at")
    fields = ("kind", "names", "opened_at", "words", "decision", "why", "decided_by", "decided_at")
    readonly_fields = ("kind", "names", "opened_at", "words", "decided_by", "decided_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        """Nobody sees what they are concerned in: it says what others did for them."""
        return super().get_queryset(request).exclude(people=cast("User", request.user)).prefetch_related("people")

    @admin.display(description=_("people"))
    def names(self, case: Case) -> str:
        return ", ".join(sorted(person.username for person in case.people.all()))

    @admin.display(description=_("what was counted"))
    def words(self, case: Case) -> SafeString:
        return in_words(case)

    def save_model(self, request: HttpRequest, obj: Case, form: ModelForm, change: bool) -> None:
        given = form.cleaned_data
        decide_case(obj, by=cast("User", request.user), decision=Decision(given["decision"]), why=given["why"])

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        is_concerned = obj is not None and obj.people.filter(pk=request.user.pk).exists()
        return super().has_view_permission(request, obj) and not is_concerned

    def has_change_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        return can_decide(cast("User", request.user), obj) and (obj is None or obj.decided_at is None)

    def has_delete_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        return False
