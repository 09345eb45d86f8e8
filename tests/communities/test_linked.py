"""Which posts stand below a post, and who sees them there."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError

from communities import rules
from communities.actions.posting import delete_post, restore_post
from communities.models import LinkKind, Post, PostLink
from communities.reading import page_of_post
from tests.factories import make_post


@pytest.fixture
def others(ada, algebra) -> list[Post]:
    return [make_post(ada, algebra, title=f"Another question, number {number}") for number in range(3)]


def link(post: Post, other: Post, kind: str = LinkKind.RELATED) -> PostLink:
    return PostLink.objects.create(post=post, other=other, kind=kind)


def below(post: Post, reader: object) -> list[tuple[str, bool]]:
    found = page_of_post(post.pk, reader)
    assert found is not None
    return [(linked.post.title, linked.is_duplicate) for linked in found.linked]


def test_duplicates_stand_first_and_each_post_once(question, others, bob):
    first, second, third = others
    link(question, first)
    link(second, question, LinkKind.DUPLICATE)
    link(question, third, LinkKind.DUPLICATE)
    link(question, third)
    link(first, question)
    assert below(question, bob) == [(third.title, True), (first.title, False), (second.title, False)]
    assert below(third, AnonymousUser()) == [(question.title, False)]


def test_at_most_ten_stand_below(question, others, ada, algebra):
    for number in range(rules.LINKS_SHOWN + 1):
        link(make_post(ada, algebra, title=f"One more question, number {number}"), question)
    link(question, others[0], LinkKind.DUPLICATE)
    found = below(question, ada)
    assert (len(found), found[0]) == (rules.LINKS_SHOWN, (others[0].title, True))


def test_a_deleted_post_vanishes_and_comes_back(question, others, ada, bob):
    link(question, others[0])
    delete_post(others[0], by=ada)
    assert below(question, bob) == []
    restore_post(others[0], by=ada)
    assert below(question, bob) == [(others[0].title, False)]


def test_a_post_of_another_community_is_never_shown(question, closed, ada, bob):
    """Whoever reads along could be outside there."""
    secret = make_post(ada, closed, title="What only the study group reads")
    link(question, secret)
    link(secret, question)
    assert (below(question, bob), below(question, AnonymousUser()), below(secret, bob)) == ([], [], [])


def test_the_page_lists_them_below_the_post_with_their_answers(question, others, answer, client_of, eve):
    link(others[0], question, LinkKind.DUPLICATE)
    link(others[0], others[1])
    page = BeautifulSoup(client_of(eve).get(others[0].get_absolute_url()).content, "html.parser")
    groups = [
        (
            group.h2.get_text(),
            [(post.a["href"], " ".join(post.get_text().split())) for post in group.find_all("li")],
        )
        for group in page.find_all(class_="linked__group")
    ]
    assert groups == [
        ("Asked before as", [(question.get_absolute_url(), f"{question.title} 1 answer")]),
        ("Related", [(others[1].get_absolute_url(), f"{others[1].title} 0 answers")]),
    ]


def test_a_page_without_links_has_no_list(question, client_of):
    page = BeautifulSoup(client_of(None).get(question.get_absolute_url()).content, "html.parser")
    assert page.find(class_="linked") is None


@pytest.mark.parametrize(("is_same", "kind"), [(True, LinkKind.RELATED), (False, "cousin")])
def test_link_to_itself_or_of_unknown_kind_is_refused(question, others, is_same, kind):
    with pytest.raises(IntegrityError):
        link(question, question if is_same else others[0], kind)
