"""From text to a saved row: the one place where source becomes HTML on this floor."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

import markup
from accounts.models import User
from communities import rules
from communities.models import Community, Content, Picture, Post, Tag
from communities.models.picture import PictureQuerySet

SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"  # Thai, Lao, Burmese, Khmer, kana, Han
WORD = re.compile(rf"[{SPACELESS}]|[^\s{SPACELESS}]+")
"""Where nothing stands between words, each sign counts as one."""
PICTURE_ADDRESS = re.compile(r"/pictures/(?P<key>[\w-]{22})\.webp")


def mentioned_members(community: Community, body: str, most: int = rules.MENTIONS_MAX) -> list[User]:
    """The members of this community whom the text names, the first `most` names counting."""
    names = markup.mentioned(body)[:most]
    if not names:
        return []
    members = User.objects.active().filter(memberships__community=community)
    return list(members.annotate(lower_name=Lower("username")).filter(lower_name__in=names))


def picture_keys(body: str) -> list[str]:
    """Of the pictures that the text asks for, each once."""
    if "/pictures/" not in body:
        return []
    found = (PICTURE_ADDRESS.fullmatch(address) for address in markup.pictured(body))
    return [match["key"] for match in found if match]


def pictures_in(body: str, place: Community | Content | Tag) -> list[Picture]:
    """The pictures of the place's community that the text shows."""
    keys = picture_keys(body)
    return list(Picture.objects.standing().filter(community=_community(place), key__in=keys)) if keys else []


def pictures_named(texts: Iterable[str], place: Content) -> PictureQuerySet:
    """Those of the place's community whose address stands in one of the texts, shown or not."""
    keys = {found["key"] for text in texts for found in PICTURE_ADDRESS.finditer(text)}
    return Picture.objects.filter(community=_community(place), key__in=keys)


def _community(place: Community | Content | Tag) -> int | None:
    if isinstance(place, Community):
        return place.pk  # None while it is being founded
    if isinstance(place, (Post, Tag)):
        return place.community_id
    post: Post = place.post  # type: ignore[attr-defined]
    return post.community_id


def html_of(body: str, mentions: list[User], pictures: list[Picture]) -> str:
    """What a text is shown as, in a preview and when it is saved."""
    links = {user.username.lower(): reverse("accounts:profile", args=[user.username]) for user in mentions}
    sizes = {picture.get_absolute_url(): (picture.width, picture.height) for picture in pictures}
    return markup.render(body, mentions=links, pictures=sizes)


def write_body(content: Content, body: str, mentions: list[User]) -> None:
    """Sets source, HTML and pipeline version; the caller saves. Notes that its pictures are used."""
    content.body = body
    content.html = html_of(body, mentions, _used(pictures_in(body, content)))
    content.markup_version = markup.PIPELINE_VERSION


def is_rewritten(before: str, after: str) -> bool:
    """More than a fifth of the words are others. Counts words, wherever they stand: so it is quick for any text."""
    matcher = SequenceMatcher(None, WORD.findall(before), WORD.findall(after))
    return 1 - matcher.quick_ratio() > rules.REWRITTEN_SHARE


def write_about(community: Community, about: str) -> None:
    """Sets the text about a community, and the HTML of all its own texts; the caller saves. Notes their pictures."""
    community.about = about
    mentions = mentioned_members(community, about) if community.pk else []
    community.about_html = html_of(about, mentions, _used(pictures_in(about, community)))
    hints = community.asking_hints
    community.asking_hints_html = html_of(hints, [], _used(pictures_in(hints, community)))
    community.markup_version = markup.PIPELINE_VERSION


def _used(pictures: list[Picture]) -> list[Picture]:
    new = [picture.pk for picture in pictures if picture.used_at is None]
    if new:
        Picture.objects.filter(pk__in=new).update(used_at=timezone.now())
    return pictures


def write_wiki(tag: Tag, wiki: str) -> None:
    """Sets what a tag is about and its HTML; the caller saves. Notes that its pictures are used."""
    tag.wiki = wiki
    tag.wiki_html = html_of(wiki, [], _used(pictures_in(wiki, tag)))
    tag.markup_version = markup.PIPELINE_VERSION
