"""What machines read of a public post: search engines, link previews, feed readers. Nothing here is ever private."""

import json
from collections.abc import Sequence
from typing import Any
from zlib import crc32

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

import markup
from communities import rules
from communities.fragments import Wanted
from communities.models import Answer, Post
from markup.characters import printable

_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""JSON without what could end a script element."""


def absolute(path: str) -> str:
    """Links that leave the site name it as its owner does, whatever host a request asked for."""
    return settings.SITE_URL + path


def wanted_head(post: Post, ordered: Sequence[Answer]) -> Wanted:
    """The head of a post's page, for readers who are not signed in. `ordered`: its answers, the best first."""
    shown = ordered[: rules.ANSWERS_FOR_MACHINES]
    said = [post.community.name, *(f"{answer.pk}:{answer.version}" for answer in ordered)]

    def load(pks: list[int]) -> dict[int, dict[str, Any]]:
        indexed = Exists(Post.objects.indexed().filter(pk=OuterRef("pk")))
        whole = Post.objects.select_related("author").annotate(is_indexed=indexed).get(pk=post.pk)
        whole.community = post.community
        texts = Answer.objects.select_related("author").in_bulk([answer.pk for answer in shown])
        answers = [texts[answer.pk] for answer in shown if answer.pk in texts]
        return {
            post.pk: {
                "post": whole,
                "address": absolute(whole.get_absolute_url()),
                "site": settings.SITE_URL,
                "description": markup.plain_text(whole.body, rules.DESCRIPTION_LENGTH),
                "data": _as_data(_question(whole, answers, len(ordered))) if whole.is_question else "",
            }
        }

    return Wanted("communities/_post_head.html", [(post.pk, post.version, f"{crc32(repr(said).encode()):x}")], load)


def _question(post: Post, answers: list[Answer], count: int) -> dict[str, Any]:
    address = absolute(post.get_absolute_url())
    said = [_text(answer) | {"url": f"{address}#{answer.anchor}"} for answer in answers]
    accepted = [data for answer, data in zip(answers, said, strict=True) if answer.accepted_at]
    question = _text(post) | {"name": printable(post.title), "url": address, "answerCount": count}
    if accepted:
        question["acceptedAnswer"] = accepted[0]
    if others := [data for data in said if data not in accepted]:
        question["suggestedAnswer"] = others
    return {"@context": "https://schema.org", "@type": "QAPage", "mainEntity": question}


def _text(content: Post | Answer) -> dict[str, Any]:
    profile = absolute(content.author.get_absolute_url())
    data = {
        "@type": "Question" if isinstance(content, Post) else "Answer",
        "text": markup.plain_text(content.body, rules.MACHINE_TEXT_LENGTH),
        "upvoteCount": content.up,
        "datePublished": content.created_at.isoformat(),
        "author": {"@type": "Person", "name": printable(content.author.display_name), "url": profile},
    }
    return data | ({"dateModified": content.edited_at.isoformat()} if content.edited_at else {})


def _as_data(thing: dict[str, Any]) -> SafeString:
    """A block of data: browsers run nothing of it, so the security policy has no say in it."""
    text = json.dumps(thing, ensure_ascii=False).translate(_ESCAPED)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 - escaped above
