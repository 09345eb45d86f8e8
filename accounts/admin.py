"""Members in the admin: staff help members, only superusers touch staff and hand out rights."""

from typing import Any, cast

from allauth.account.decorators import secure_admin_login
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions import AlreadyClaimed, claim_link
from accounts.factors import door
from accounts.models import User
from accounts.permissions import can_change_account
from accounts.signals import suspension_changed

RIGHTS = ("is_staff", "is_superuser", "groups", "user_permissions")

admin.site.unregister([UserSession, Authenticator])  # whose pages hold what opens a session, or an account
admin.site.unregister((SocialAccount, SocialApp, SocialToken))  # which would open accounts, or open nothing
admin.site.login = door.guarded(secure_admin_login(admin.site.login))  # type: ignore[method-assign]  # one door, with its limits
admin.site.has_permission = door.lets_in  # type: ignore[method-assign]


class MemberPasswordForm(AdminPasswordChangeForm):
    def save(self, commit: bool = True) -> User:
        """Nothing but that: what is counted beside it goes on being counted meanwhile."""
        member: User = super().save(commit=False)
        if commit:
            member.save(update_fields=["password"])
        return member


@admin.register(User)
class MemberAdmin(UserAdmin):
    list_display = ("username", "name", "email", "is_active", "is_staff", "date_joined")
    list_filter = ("is_active", "is_staff")
    search_fields = ("username", "name", "email")
    ordering = ("-date_joined",)
    readonly_fields = ("last_login", "date_joined", "origin_url")
    filter_horizontal = ("groups", "user_permissions")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (gettext_lazy("Member"), {"fields": ("name", "email", "bio", "time_zone", "language", "origin_url")}),
        (gettext_lazy("Rights"), {"fields": ("is_active", *RIGHTS)}),
        (gettext_lazy("Times"), {"fields": ("last_login", "date_joined")}),
    )
    actions = ("make_claim_links",)
    change_password_form = MemberPasswordForm

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        fields = tuple(super().get_readonly_fields(request, obj))
        return fields if request.user.is_superuser else (*fields, *RIGHTS, "email")

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Of a member who is there, only what staff changed. Announces `suspension_changed`."""
        if not change:
            super().save_model(request, obj, form, change)
            return
        changed = [name for name in form.changed_data if not obj._meta.get_field(name).many_to_many]
        obj.save(update_fields=changed)
        if "is_active" in changed:
            suspension_changed.send(User, user=obj)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or can_change_account(cast("User", request.user), obj))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody's: what members wrote belongs to the communities, too. No button leads to the page below."""
        return False

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: object = None) -> HttpResponse:
        raise PermissionDenied(
            _("Members are not deleted: what they wrote stands in communities. To close an account, untick “Active”.")
        )

    @admin.action(description=gettext_lazy("Make links to claim imported members"), permissions=["change"])
    def make_claim_links(self, request: HttpRequest, members: QuerySet[User]) -> None:
        for member in members:
            try:
                link = claim_link(member, by=cast("User", request.user))
            except AlreadyClaimed:
                messages.warning(request, _("%(name)s is not waiting to be claimed.") % {"name": member.username})
                continue
            self.log_change(request, member, _("Made a link to claim this member."))
            messages.info(request, f"{member.username}: {link}")
