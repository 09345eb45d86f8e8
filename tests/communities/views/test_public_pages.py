"""What machines read: the head of a post, feeds, the sitemap. Only what is public, and it is valid."""

import json
from xml.etree import ElementTree

import pytest

from communities.actions.answering import accept_answer, delete_answer
from communities.actions.posting import delete_post, edit_post
from communities.actions.voting import cast_vote
from communities.models import Membership, Post, Trust
from tests.factories import make_answer, make_post, make_tag

SITE = "http://localhost:8000"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = SITE


def head(page, **named: str) -> list[str]:
    ((name, value),) = named.items()
    return [tag.get("content") or tag.get("href") for tag in page.select(f'head [{name.strip("_")}="{value}"]')]


def data(page) -> dict:
    (block,) = page.select('head script[type="application/ld+json"]')
    return json.loads(block.string)


def entries(response) -> list[tuple[str, str]]:
    found = ElementTree.fromstring(response.content)
    return [(item.findtext("title"), item.findtext("link")) for item in found.iter("item")]


def places(response) -> list[str]:
    return [place.text for place in ElementTree.fromstring(response.content).iter(MAP)]


def test_post_tells_machines_its_question_and_its_answers(question, bob, mina, ada, client_of, read):
    accepted = make_answer(bob, question, "Because two minus signs make a plus.")
    other = make_answer(mina_joins(question, mina), question, "Look at the number line and turn around twice.")
    accept_answer(accepted, by=ada)
    cast_vote(accepted, by=mina, value=1)
    page = read(client_of(None).get(question.get_absolute_url()))
    address = SITE + question.get_absolute_url()
    entity = data(page)["mainEntity"]
    assert (entity["@type"], entity["name"], entity["url"]) == ("Question", question.title, address)
    assert (entity["answerCount"], entity["upvoteCount"]) == (2, 0)
    assert entity["author"] == {"@type": "Person", "name": "Ada", "url": f"{SITE}/members/ada/"}
    assert (entity["acceptedAnswer"]["text"], entity["acceptedAnswer"]["upvoteCount"]) == (accepted.body, 1)
    assert entity["acceptedAnswer"]["url"] == f"{address}#answer-{accepted.pk}"
    assert [answer["text"] for answer in entity["suggestedAnswer"]] == [other.body]
    assert head(page, rel="canonical") == [address]
    assert head(page, property="og:title") == [question.title]


def mina_joins(question: Post, mina):
    Membership.objects.create(user=mina, community=question.community, trust_level=Trust.KNOWN)
    return mina


def test_item_of_a_feed_is_the_same_one_under_another_title(ada, answer, client_of):
    """Its address changes with the title; a reader that knows it does not show it again."""
    post, known = answer.post, []
    for _ in range(2):
        for feed in ("/c/algebra/feed.xml", f"/c/algebra/posts/{post.pk}/feed.xml"):
            found = ElementTree.fromstring(client_of(None).get(feed).content)
            known.append([(item.findtext("guid"), item.findtext("link")) for item in found.iter("item")])
        edit_post(post, by=ada, title="Why do all the signs turn?", body=post.body)
    before, after = known[:2], known[2:]
    assert [[guid for guid, _ in items] for items in before] == [[guid for guid, _ in items] for items in after]
    assert before[0] != after[0]


def test_post_data_cannot_end_its_script(ada, algebra, client_of):
    post = make_post(
        ada, algebra, title="</script><script>alert(1)</script> & <!--", body="`</script>` is the end of it."
    )
    html = client_of(None).get(post.get_absolute_url()).content.decode()
    block = html.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert json.loads(block)["mainEntity"]["name"] == post.title


def test_question_without_answers_tells_machines_that_there_are_none(question, bob, client_of, read):
    """Search engines take such data, and show the question as one of questions and answers once it has one."""

    def entity() -> dict:
        told = data(read(client_of(None).get(question.get_absolute_url())))
        assert (told["@context"], told["@type"]) == ("https://schema.org", "QAPage")
        return told["mainEntity"]

    alone = {
        "@type": "Question",
        "name": question.title,
        "text": question.body,
        "url": SITE + question.get_absolute_url(),
        "answerCount": 0,
        "upvoteCount": 0,
        "datePublished": question.created_at.isoformat(),
        "author": {"@type": "Person", "name": "Ada", "url": f"{SITE}/members/ada/"},
    }
    assert entity() == alone
    answer = make_answer(bob, question)
    assert (entity()["answerCount"], len(entity()["suggestedAnswer"])) == (1, 1)
    delete_answer(answer, by=bob)
    assert entity() == alone


def test_post_head_follows_its_answers(question, bob, client_of, read):
    read(client_of(None).get(question.get_absolute_url()))
    answer = make_answer(bob, question)
    assert (
        data(read(client_of(None).get(question.get_absolute_url())))["mainEntity"]["suggestedAnswer"][0]["text"]
        == answer.body
    )


def test_first_post_of_a_newcomer_is_indexed_once_somebody_votes_it_up(question, ada, bob, client_of, read):
    Membership.objects.filter(user=ada).update(trust_level=Trust.NEW)
    address, post = question.get_absolute_url(), SITE + question.get_absolute_url()
    assert head(read(client_of(None).get(address)), name="robots") == ["noindex"]
    assert post not in places(client_of(None).get("/sitemap/0.xml"))
    cast_vote(question, by=bob, value=1)
    assert head(read(client_of(None).get(address)), name="robots") == []
    assert places(client_of(None).get("/sitemap/0.xml")) == [post]


def test_first_post_of_a_new_mentor_is_indexed(question, ada, client_of, read):
    Membership.objects.filter(user=ada).update(trust_level=Trust.NEW, role="mentor")
    assert head(read(client_of(None).get(question.get_absolute_url())), name="robots") == []
    assert places(client_of(None).get("/sitemap/0.xml")) == [SITE + question.get_absolute_url()]


def test_first_post_of_a_newcomer_is_not_indexed_for_their_own_answer(question, ada, bob, client_of, read):
    Membership.objects.filter(user=ada).update(trust_level=Trust.NEW)
    address, seen = question.get_absolute_url(), []
    for person in (ada, bob):
        make_answer(person, question)
        robots = head(read(client_of(None).get(address)), name="robots")
        seen.append((robots, places(client_of(None).get("/sitemap/0.xml"))))
    assert seen == [(["noindex"], []), ([], [SITE + address])]


def test_post_of_a_private_community_says_nothing_to_machines(closed, ada, client_of, read):
    post = make_post(ada, closed)
    page = read(client_of(ada).get(post.get_absolute_url()))
    assert head(page, name="robots") == ["noindex"]
    assert page.select('head script[type="application/ld+json"], head [property], head [name="description"]') == []


def test_feeds_name_the_newest_posts(question, ada, bob, algebra, client_of):
    gone = make_post(ada, algebra, title="A post that is deleted")
    make_tag(algebra, "Signs", is_topic=True)
    tagged = make_post(bob, algebra, title="Why does the sign change?", tags=["signs"])
    delete_post(gone, by=ada)
    answer = make_answer(ada, tagged)
    link = {post: SITE + post.get_absolute_url() for post in (question, tagged)}
    stranger = client_of(None)
    assert entries(stranger.get("/c/algebra/feed.xml")) == [
        (tagged.title, link[tagged]),
        (question.title, link[question]),
    ]
    assert entries(stranger.get("/c/algebra/tags/signs/feed.xml")) == [(tagged.title, link[tagged])]
    assert entries(stranger.get(f"/c/algebra/posts/{tagged.pk}/feed.xml")) == [
        ("Answer by Ada", f"{link[tagged]}#answer-{answer.pk}"),
        (tagged.title, link[tagged]),
    ]


def test_feed_that_has_not_changed_is_not_sent_again(question, client_of):
    stranger = client_of(None)
    first = stranger.get("/c/algebra/feed.xml")
    again = stranger.get("/c/algebra/feed.xml", headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_feeds_of_a_private_community_are_away_even_for_its_members(closed, ada, client_of):
    post = make_post(ada, closed, title="Only for us to read")
    make_tag(closed, "Signs")
    browser = client_of(ada)
    feeds = ("feed.xml", "tags/signs/feed.xml", f"posts/{post.pk}/feed.xml")
    assert [browser.get(f"/c/{closed.slug}/{feed}").status_code for feed in feeds] == [404, 404, 404]


def test_feed_takes_characters_that_xml_cannot_hold(ada, algebra, client_of):
    post = make_post(ada, algebra, title="A bell \x07 in the title")
    assert entries(client_of(None).get("/c/algebra/feed.xml")) == [
        ("A bell \ufffd in the title", SITE + post.get_absolute_url())
    ]


def test_sitemap_lists_what_is_public(question, closed, ada, algebra, client_of):
    make_post(ada, closed)
    gone = make_post(ada, algebra, title="A post that is deleted")
    delete_post(gone, by=ada)
    make_tag(algebra, "Signs", is_topic=True, post_count=1)
    stranger = client_of(ada)
    last = Post.objects.latest("pk").pk
    parts = [f"{SITE}/sitemap/{part}.xml" for part in range(last // 10_000 + 1)]
    assert places(stranger.get("/sitemap.xml")) == [f"{SITE}/sitemap/places.xml", *parts]
    assert places(stranger.get(f"/sitemap/{last // 10_000}.xml")) == [SITE + question.get_absolute_url()]
    assert places(stranger.get("/sitemap/places.xml")) == [
        f"{SITE}/",
        f"{SITE}/c/algebra/",
        f"{SITE}/c/algebra/tags/signs/",
    ]


def test_sitemap_ends_with_the_last_post(question, client_of):
    last = question.pk // 10_000
    found = [client_of(None).get(f"/sitemap/{part}.xml").status_code for part in (last, last + 1, 999, 10**30)]
    assert found == [200, 404, 404, 404]


def test_robots_are_led_to_the_sitemap(client_of):
    lines = client_of(None).get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert lines[-1] == f"Sitemap: {SITE}/sitemap.xml"
