"""Why is it deleted? Moderators say so of what others wrote; authors need not."""

from django.http import HttpResponse
from django.shortcuts import render

from accounts.kept import kept_text
from accounts.models import User
from accounts.requests import MemberRequest
from communities import permissions, rules
from communities.forms.editing import DeleteForm
from communities.history import Written
from communities.models import Membership


def reason_form(request: MemberRequest, content: Written) -> DeleteForm | None:
    """None for those who are not asked."""
    if not is_asked_why(request.user, content):
        return None
    return DeleteForm(request.POST if request.method == "POST" else None, initial=kept_text(request))


def is_asked_why(person: User, content: Written) -> bool:
    me = Membership.objects.of(person, content.post.community_id)
    return content.author_id != person.pk and permissions.can_moderate(me)


def ask_why(request: MemberRequest, content: Written, form: DeleteForm) -> HttpResponse:
    context = {"form": form, "content": content, "post": content.post, "days": rules.PURGED_AFTER.days}
    return render(request, "communities/delete_form_page.html", context, status=422 if form.errors else 200)
