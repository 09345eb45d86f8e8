"""Texts are rendered anew when the pipeline has changed."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import F, Model

from accounts.models import User
from communities.models import Answer, Comment, Community, Post, Tag
from communities.writing import write_wiki
from markup import PIPELINE_VERSION
from tests.factories import make_answer, make_comment, make_community, make_post

MODELS: tuple[type[Model], ...] = (Post, Answer, Comment, Community, Tag)


@pytest.fixture
def thread(ada: User, bob: User) -> Post:
    """Ada asks, Bob answers, both comment; every text mentions somebody."""
    post = make_post(ada, make_community(ada, bob), body="Does *anybody* know, perhaps @bob, what this sign means?")
    answer = make_answer(bob, post, body="It means **nothing**, @ada, as long as the exponent is even.")
    make_comment(ada, post, body="Ask `@bob` or @bob.")
    make_comment(bob, answer, body="And otherwise, @ada?")
    tag = Tag(community=post.community, name="signs", slug="signs")
    write_wiki(tag, "Plus and *minus*.")
    tag.save()
    return post


def _state() -> list[list[dict[str, Any]]]:
    return [list(model._base_manager.order_by("pk").values()) for model in MODELS]


def _make_stale() -> None:
    for model in MODELS[:3]:
        model._base_manager.update(html="old", markup_version=PIPELINE_VERSION - 1)
    Community.objects.update(about_html="old", markup_version=PIPELINE_VERSION - 1)
    Tag.objects.update(wiki_html="old", markup_version=PIPELINE_VERSION - 1)


def _rebuild(**options: Any) -> str:
    out = StringIO()
    call_command("rebuild_html", stdout=out, **options)
    return out.getvalue()


def _without_versions(state: list[list[dict[str, Any]]]) -> list[list[dict[str, Any]]]:
    return [[{key: value for key, value in row.items() if key != "version"} for row in rows] for rows in state]


def test_stale_texts_are_rendered_as_they_were_written(thread: Post) -> None:
    before = _state()
    _make_stale()
    assert _rebuild().split("\n") == [
        "posts        1 rendered",
        "answers      1 rendered",
        "comments     2 rendered",
        "communities  1 rendered",
        "tags         1 rendered",
        "",
    ]
    assert _without_versions(_state()) == _without_versions(before)


def test_rebuilt_texts_have_another_version(thread: Post) -> None:
    """Two more on what carries a comment, so that no cached fragment keeps the old text."""
    versions = {(row["id"], "title" in row): row["version"] for rows in _state()[:2] for row in rows}
    _make_stale()
    _rebuild()
    after = {(row["id"], "title" in row): row["version"] for rows in _state()[:2] for row in rows}
    assert after == {key: version + 2 for key, version in versions.items()}


def test_texts_that_are_up_to_date_stay_as_they_are(thread: Post) -> None:
    Comment.objects.filter(answer=None).update(html="kept")
    before = _state()
    _rebuild()
    assert _state() == before


def test_all_means_also_those_that_are_up_to_date(thread: Post) -> None:
    before = Comment.objects.get(answer=None).html
    Comment.objects.filter(answer=None).update(html="replaced")
    _rebuild(all=True)
    assert Comment.objects.get(answer=None).html == before


def test_deleted_and_imported_texts_are_rendered_too(thread: Post) -> None:
    """Somebody may restore the one; names in the other are names elsewhere."""
    Answer.objects.update(deleted_at=F("created_at"))
    Post.objects.update(origin_url="https://tea.stackexchange.com/q/1")
    _make_stale()
    _rebuild()
    assert '<a class="mention"' in Answer.objects.get().html
    assert Post.objects.get().html == "<p>Does <em>anybody</em> know, perhaps @bob, what this sign means?</p>\n"


def test_more_than_one_batch_is_rendered_once_each(ada: User) -> None:
    post = make_post(ada, make_community(ada))
    texts = [Comment(post=post, author=ada, body=f"*{n}*", html="old", markup_version=0) for n in range(401)]
    Comment.objects.bulk_create(texts)
    assert "comments     401 rendered" in _rebuild()
    assert set(Comment.objects.values_list("html", "version")) == {(f"<p><em>{n}</em></p>\n", 2) for n in range(401)}
