"""What a text will look like, through the same pipeline as when it is saved."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

import markup
from accounts.kept import signed_in
from accounts.requests import MemberRequest
from communities import rules
from communities.views.access import count_against_limit


@require_POST
@signed_in
def preview(request: MemberRequest) -> HttpResponse:
    count_against_limit(request, "preview")
    source = request.POST.get("body", request.POST.get("about", ""))[: rules.POST_MAX]
    return render(request, "communities/_preview.html", {"html": markup.render(source)})
