"""Why is it deleted? Moderators say so of what others wrote; authors need not."""

from django.http import HttpResponse
from django.shortcuts import render

from accounts.kept import kept_text
from accounts.requests import MemberRequest
from communities import permissions, rules
from communities.forms.editing import DeleteForm
from communities.history import Written
from communities.models import Membership


def reason_form(request: MemberRequest, content: Written) -> DeleteForm | None:
    """None for those who are not asked."""
    me = Membership.objects.of(request.user, content.post.community_id)
    if content.author_id == request.user.pk or not permissions.can_moderate(me):
        return None
    return DeleteForm(request.POST if request.method == "POST" else None, initial=kept_text(request))


def ask_why(request: MemberRequest, content: Written, form: DeleteForm) -> HttpResponse:
    context = {"form": form, "content": content, "post": content.post, "days": rules.PURGED_AFTER.days}
    return render(request, "communities/delete_form_page.html", context, status=422 if form.errors else 200)
