"""Questions to the database: how many a page may ask, and that more rows cost no more of them."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from redis import Redis

from communities.actions.answering import accept_answer
from communities.actions.community import join_community
from communities.actions.endorsing import endorse_answer
from communities.actions.voting import cast_vote
from communities.models import LinkKind, Post, PostLink, Reason, Trust
from tests.factories import make_answer, make_comment, make_community, make_post, make_tag, make_user

HTMX = {"HX-Request": "true"}
Counter = Callable[[Client, str], tuple[int, int]]


def asked(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


@pytest.fixture
def cold_and_warm(settings, redis_server: Redis) -> Counter:
    """Queries of the first reader after a change, who finds no fragment and no goal in the cache, and of the next."""

    def count(browser: Client, address: str) -> tuple[int, int]:
        browser.get("/about/")  # the session is in the cache, as it is for everybody who reads two pages
        for kept in ("communities/_", "goal:", "api:"):
            for key in redis_server.scan_iter(match=f"{settings.REDIS_PREFIX}:*{kept}*", count=1000):
                redis_server.delete(key)
        return asked(lambda: browser.get(address)), asked(lambda: browser.get(address))

    return count


@pytest.fixture
def busy(algebra, otto, ada, bob):
    """Adds what pages list, `amount` of each."""
    make_tag(algebra, "Signs", is_topic=True)

    def add(amount: int, question: Post) -> None:
        for _ in range(amount):
            number = Post.objects.count()
            person = make_user(f"learner{number}", name=f"Learner {number}")
            community = make_community(person, ada, name=f"Place {number}")
            make_post(person, community, title=f"Question number {number} elsewhere")
            join_community(algebra, by=person)
            post = make_post(person, algebra, title=f"Question number {number} here", tags=["signs"])
            make_post(ada, algebra, title=f"Question number {number} of Ada", tags=["signs", f"tag-{number}"])
            answer = make_answer(person, question, f"Answer number {number}, long enough to be one.")
            make_comment(person, question, f"Comment {number}")
            make_comment(bob, answer, f"Comment {number}")
            make_answer(ada, post, f"Answer of Ada, number {number}, and long enough.")
            solved = make_answer(bob, post, f"Answer of Bob, number {number}, and long enough.")
            PostLink.objects.create(post=post, other=question, kind=LinkKind.RELATED)
            cast_vote(solved, by=person, value=1)
            accept_answer(solved, by=person)

    return add


PAGES = {
    "landing": ("/", None),
    "home": ("/", "ada"),
    "about": ("/c/algebra/about/", "ada"),
    "feed across communities": ("/feed/?show=newest", "ada"),
    "what needs me everywhere": ("/feed/", "ada"),
    "directory": ("/communities/", "ada"),
    "directory of strangers": ("/communities/", None),
    "feed": ("/c/algebra/?show=newest", "ada"),
    "feed of strangers": ("/c/algebra/", None),
    "unanswered": ("/c/algebra/?show=unanswered", "ada"),
    "needs me": ("/c/algebra/", "ada"),
    "active": ("/c/algebra/?show=active", "ada"),
    "hot": ("/c/algebra/?show=hot", "ada"),
    "tags": ("/c/algebra/tags/", "ada"),
    "tag": ("/c/algebra/tags/signs/", "ada"),
    "post": ("POST", "ada"),
    "post of strangers": ("POST", None),
    "post by its answers' order": ("POST?sort=score", "ada"),
    "inbox": ("/inbox/", "ada"),
    "following": ("/following/", "ada"),
    "search": ("/search/?q=question", "ada"),
    "search of strangers": ("/c/algebra/search/?q=question", None),
    "search of answers": ("/search/?q=is:answer+answer", None),
    "profile": ("/members/ada/", "bob"),
    "profile, answers": ("/members/ada/?show=answers", "bob"),
    "profile of strangers": ("/members/ada/", None),
    "API: communities": ("/api/v1/communities", "ada"),
    "API: community": ("/api/v1/communities/algebra", "ada"),
    "API: posts": ("/api/v1/communities/algebra/posts", "ada"),
    "API: posts that need me": ("/api/v1/communities/algebra/posts?show=needs-you&limit=100", "ada"),
    "API: posts with a tag": ("/api/v1/communities/algebra/posts?tag=signs", None),
    "API: post": ("/api/v1/posts/NUMBER", "ada"),
    "API: post of strangers": ("/api/v1/posts/NUMBER", None),
    "API: comments": ("/api/v1/posts/NUMBER/comments", "ada"),
    "API: member": ("/api/v1/members/ada", "bob"),
    "API: search": ("/api/v1/search?q=question", "ada"),
    "API: search of answers": ("/api/v1/search?q=is:answer+answer", "ada"),
}
AT_MOST = {  # cold and warm; the first reader after a change asks for texts and comments, too
    "post of strangers": (6, 4),
    "post": (8, 8),
    "post by its answers' order": (8, 8),
    "feed across communities": (7, 6),
    "feed": (8, 6),
    "needs me": (7, 5),
    "feed of strangers": (6, 6),
    "tags": (7, 7),
    "tag": (9, 9),
    "API: communities": (3, 3),
    "API: community": (4, 4),
    "API: posts": (4, 3),
    "API: posts that need me": (4, 3),
    "API: posts with a tag": (4, 3),
    "API: post": (6, 4),
    "API: post of strangers": (4, 2),
    "API: comments": (3, 3),
    "API: member": (6, 5),
}


def test_more_rows_cost_no_more_queries_and_none_above_its_ceiling(
    ada, bob, question, busy, client_of, cold_and_warm: Counter
):
    browsers = {name: client_of(person) for name, person in {"ada": ada, "bob": bob, None: None}.items()}
    place = question.get_absolute_url()

    def counts() -> dict[str, tuple[int, int]]:
        return {
            page: cold_and_warm(browsers[reader], address.replace("POST", place).replace("NUMBER", str(question.pk)))
            for page, (address, reader) in PAGES.items()
        }

    busy(3, question)
    few = counts()
    busy(10, question)
    assert counts() == few
    above = {page: few[page] for page, (cold, warm) in AT_MOST.items() if few[page][0] > cold or few[page][1] > warm}
    assert above == {}


def test_thirty_answers_cost_what_three_do_and_at_most_eight_signed_in(
    ada, bob, otto, question, client_of, cold_and_warm: Counter
):
    """Four for a stranger. Whoever comes first after a change asks for texts with comments and endorsements, too: eight
    at most, and their author, who is told why readers doubt them."""
    question.community.memberships.update(trust_level=Trust.TRUSTED)
    readers = {"who asked": client_of(ada), "who answered": client_of(bob), "stranger": client_of(None)}
    seen = []
    for amount in (3, 27):
        for number in range(amount):
            answer = make_answer(bob, question, f"Answer number {amount + number}, long enough to be one.")
            make_comment(ada, answer, f"Comment {number}")
            endorse_answer(answer, by=otto)
        for person in (ada, otto):
            cast_vote(answer, by=person, value=-1, reason=Reason.UNCLEAR)
        place = question.get_absolute_url()
        seen.append({name: cold_and_warm(reader, place) for name, reader in readers.items()})
    assert seen == [{"who asked": (8, 6), "who answered": (8, 6), "stranger": (6, 2)}] * 2


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_vote_asks_at_most_twelve(ada, bob, answer, client_of, headers):
    for person, address in ((ada, f"/answers/{answer.pk}/vote/"), (bob, f"/posts/{answer.post_id}/vote/")):
        browser = client_of(person)
        browser.get("/about/")
        for value in ("1", "1", "0", "1"):
            assert asked(lambda: browser.post(address, {"value": value}, headers=headers)) <= 12  # noqa: B023
