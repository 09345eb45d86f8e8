"""What the accounts of the demo keep for themselves: whom they follow, bookmarks, drafts, lists."""

import tomllib
from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from communities.actions.bookmarking import bookmark, describe_bookmark, remind
from communities.actions.drafting import save_draft
from communities.actions.following import Target, follow
from communities.actions.saving import begin_with, hear_of_list, save_list
from communities.demo.threads import FOLDER
from communities.drafts import Place
from communities.models import Answer, Bookmark, Community, DraftKind, Level, Post, Tag

Posts = dict[str, Post]
"""By the keys of their threads."""


def keep(posts: Posts, people: dict[str, User], now: datetime) -> None:
    """All that `keeping.toml` names; whose day has come they are reminded of."""
    kept = tomllib.loads((FOLDER / "keeping.toml").read_text(encoding="utf-8"))
    for facts in kept["follow"]:
        follow(_target(facts, posts, people), by=people[facts["who"]], level=facts.get("level", Level.ALL))
    for facts in kept["bookmark"]:
        _bookmark(facts, posts, people, now)
    for facts in kept["draft"]:
        _draft(facts, posts, people)
    for facts in kept["list"]:
        saved = save_list(by=people[facts["who"]], name=facts["name"], address=facts["address"])
        if facts.get("begins"):
            begin_with(saved, by=people[facts["who"]])
        if facts.get("tells"):
            hear_of_list(saved, by=people[facts["who"]], is_wanted=True)
    for pk in Bookmark.objects.due():
        remind(pk)


def _target(facts: dict[str, Any], posts: Posts, people: dict[str, User]) -> Target:
    if "post" in facts:
        return posts[facts["post"]]
    if "person" in facts:
        return people[facts["person"]]
    if "tag" in facts:
        return Tag.objects.get(community__slug=facts["community"], slug=facts["tag"])
    return Community.objects.get(slug=facts["community"])


def _bookmark(facts: dict[str, Any], posts: Posts, people: dict[str, User], now: datetime) -> None:
    post = posts[facts["post"]]
    content = Answer.objects.get(post=post, author=people[facts["answer"]]) if "answer" in facts else post
    describe_bookmark(
        bookmark(content, by=people[facts["who"]]),
        collection=facts.get("collection", ""),
        note=facts.get("note", ""),
        remind_on=now.date() + timedelta(days=facts["in_days"]) if "in_days" in facts else None,
    )


def _draft(facts: dict[str, Any], posts: Posts, people: dict[str, User]) -> None:
    """Of an answer, or of a question in a community."""
    if "post" in facts:
        place = Place(DraftKind.ANSWER, posts[facts["post"]])
    else:
        place = Place(DraftKind.POST, Community.objects.get(slug=facts["community"]))
    save_draft(place, by=people[facts["who"]], fields=facts["fields"], known=None)
