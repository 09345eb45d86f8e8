"""From text to a saved row: the one place where source becomes HTML on this floor."""

from django.db.models.functions import Lower
from django.urls import reverse

import markup
from accounts.models import User
from communities import rules
from communities.models import Community, Content


def mentioned_members(community: Community, body: str) -> list[User]:
    """The members of this community whom the text names, the first ten names counting."""
    names = markup.mentioned(body)[: rules.MENTIONS_MAX]
    if not names:
        return []
    members = User.objects.active().filter(memberships__community=community)
    return list(members.annotate(lower_name=Lower("username")).filter(lower_name__in=names))


def html_of(body: str, mentions: list[User]) -> str:
    """What a text is shown as, in a preview and when it is saved."""
    links = {user.username.lower(): reverse("accounts:profile", args=[user.username]) for user in mentions}
    return markup.render(body, mentions=links)


def write_body(content: Content, body: str, mentions: list[User]) -> None:
    """Sets source, HTML and pipeline version; the caller saves."""
    content.body = body
    content.html = html_of(body, mentions)
    content.markup_version = markup.PIPELINE_VERSION


def write_about(community: Community, about: str) -> None:
    """Sets the text about a community and its HTML; the caller saves."""
    community.about = about
    community.about_html = markup.render(about)
    community.markup_version = markup.PIPELINE_VERSION
