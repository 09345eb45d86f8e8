"""The vote box: three states, as a form and as a fragment; what is kept for many shows nobody's own."""

import pytest

from communities.actions.answering import delete_answer
from communities.actions.community import join_community
from communities.actions.posting import delete_post
from communities.actions.voting import cast_vote
from communities.models import Community, Trust, Vote
from tests.factories import make_answer, make_comment, make_community

HTMX = {"HX-Request": "true"}
JUDGING = ("Worked for me", "Outdated or wrong?")


@pytest.fixture
def algebra(otto, ada, bob) -> Community:
    """Its members may vote down."""
    return make_community(otto, ada, bob, trust=Trust.TRUSTED)


def box(page, content) -> dict[str, tuple[str, str]]:
    """Of each button: what it sends and whether it is pressed."""
    buttons = page.find(id=f"vote-{content.anchor}").select("button")
    return {button["id"].rpartition("-")[2]: (button["value"], button["aria-pressed"]) for button in buttons}


def score(page, content) -> str:
    return page.find(id=f"vote-{content.anchor}").select_one(".vote__score").find(string=True).strip()


def test_vote_by_htmx_gives_the_new_box_and_says_the_score(ada, otto, answer, client_of, read):
    cast_vote(answer, by=otto, value=1)
    browser, address = client_of(ada), f"/answers/{answer.pk}/vote/"
    steps = [
        ("1", "2", {"up": ("0", "true"), "down": ("-1", "false")}),
        ("1", "2", {"up": ("0", "true"), "down": ("-1", "false")}),
        ("-1", "0", {"up": ("1", "false"), "down": ("0", "true")}),
        ("0", "1", {"up": ("1", "false"), "down": ("-1", "false")}),
    ]
    for value, expected, buttons in steps:
        page = read(browser.post(address, {"value": value, "reason": "unclear"}, headers=HTMX))
        vote, live = page.find_all(recursive=False)
        assert (score(page, answer), box(page, answer)) == (expected, buttons)
        assert (vote["id"], live["id"], live["hx-swap-oob"]) == (f"vote-{answer.anchor}", "live", "true")
        assert live.get_text() == f"Score {expected}"
        whole = read(browser.get(answer.post.get_absolute_url()))
        assert (score(whole, answer), box(whole, answer)) == (expected, buttons)


def test_vote_without_scripts_leads_back(ada, answer, client_of):
    browser = client_of(ada)
    response = browser.post(f"/answers/{answer.pk}/vote/", {"value": "1"}, follow=True)
    place = answer.post.get_absolute_url()
    assert response.redirect_chain[-1] == (f"{place}#answer-{answer.pk}", 302)
    assert Vote.objects.get().value == 1


def test_posts_have_no_down_button_and_own_content_none(ada, bob, answer, client_of, read):
    place = answer.post.get_absolute_url()
    seen = {}
    for person in (ada, bob, None):
        page = read(client_of(person).get(place))
        seen[person and person.username] = (set(box(page, answer.post)), set(box(page, answer)))
    assert seen == {"ada": (set(), {"up", "down"}), "bob": ({"up"}, set()), None: (set(), set())}


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_self_vote_is_refused_with_a_sentence(ada, bob, answer, client_of, read, headers):
    for person, address in ((bob, f"/answers/{answer.pk}/vote/"), (ada, f"/posts/{answer.post_id}/vote/")):
        response = client_of(person).post(address, {"value": "1"}, headers=headers)
        said = read(response).select_one(".toast__text" if headers else ".sorry__text").get_text()
        assert (response.status_code, said) == (403, "You can't vote on what you wrote yourself.")
    assert Vote.objects.count() == 0


def test_down_vote_on_a_post_is_refused_with_a_sentence(bob, question, client_of, read):
    response = client_of(bob).post(f"/posts/{question.pk}/vote/", {"value": "-1"})
    assert (response.status_code, read(response).select_one(".sorry__text").get_text()) == (
        403,
        "Posts can only be voted up.",
    )
    assert Vote.objects.count() == 0


REASONS = ["incorrect", "unclear", "incomplete", "outdated", "off-topic"]


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_down_vote_without_a_reason_asks_for_one(ada, answer, client_of, read, headers):
    browser, address = client_of(ada), f"/answers/{answer.pk}/vote/"
    response = browser.post(address, {"value": "-1"}, headers=headers)
    page = read(response)
    form = page.find(id=f"vote-{answer.anchor}").form
    assert (response.status_code, page.h1 is None, form["action"]) == (200, headers == HTMX, address)
    assert [(button["name"], button["value"]) for button in form.select("button")] == [("reason", r) for r in REASONS]
    assert form.find("input", {"name": "value"})["value"] == "-1"
    assert Vote.objects.count() == 0
    browser.post(address, {"value": "-1", "reason": "outdated"}, headers=headers)
    assert Vote.objects.values_list("value", "reason").get() == (-1, "outdated")


def test_unknown_reason_is_not_counted(ada, answer, client_of):
    response = client_of(ada).post(f"/answers/{answer.pk}/vote/", {"value": "-1", "reason": "ugly"})
    assert (response.status_code, Vote.objects.count()) == (422, 0)


def test_author_alone_hears_what_several_found_wrong(ada, bob, otto, mina, algebra, answer, client_of, read):
    other = make_answer(otto, answer.post, "Two marks in a row cancel each other out.")
    join_community(algebra, by=mina)
    algebra.memberships.filter(user=mina).update(trust_level=Trust.TRUSTED)
    for content, voter, reason in (
        (answer, ada, "unclear"),
        (answer, mina, "outdated"),
        (other, ada, "unclear"),
        (other, mina, "unclear"),
    ):
        cast_vote(content, by=voter, value=-1, reason=reason)
    place = answer.post.get_absolute_url()

    def told() -> list[str]:
        return [
            (person.username, words.get_text())
            for person in (ada, bob, otto, mina)
            for words in read(client_of(person).get(place)).select(".doubts")
        ]

    of_otto = ("otto", "Only you see this. Readers voted it down as: unclear (2).")
    assert told() == [of_otto]
    cast_vote(answer, by=otto, value=-1, reason="unclear")
    assert told() == [("bob", of_otto[1]), of_otto]


def test_down_button_follows_the_setting_of_the_community(bob, otto, answer, client_of, read):
    make_comment(otto, answer)
    browser, place, seen = client_of(otto), answer.post.get_absolute_url(), {}
    for setting in ("all", "off", "answers"):
        Community.objects.update(downvotes=setting)
        page = read(browser.get(place))
        seen[setting] = [set(box(page, content)) for content in (answer.post, answer)]
    both = {"up", "down"}
    assert seen == {"all": [both, both], "off": [{"up"}, {"up"}], "answers": [{"up"}, both]}


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_too_many_votes_for_one_person_are_refused_with_a_sentence(
    ada, bob, question, algebra, client_of, read, headers
):
    answers = [make_answer(bob, question, f"One more way to see it, number {n}.") for n in range(6)]
    browser = client_of(ada)
    for answer in answers[:5]:
        cast_vote(answer, by=ada, value=1)
    response = browser.post(f"/answers/{answers[5].pk}/vote/", {"value": "1"}, headers=headers)
    said = read(response).select_one(".toast__text" if headers else ".sorry__text").get_text()
    assert (response.status_code, response["Retry-After"]) == (429, "86400")
    assert said == "Those were many votes for one person. Please come back another day."


@pytest.mark.parametrize("value", ["", "2", "-2", "up", "1.0", "1\x00", "0x1", "٣"])
def test_nonsense_is_not_counted(bob, ada, answer, client_of, value):
    for person, address in ((ada, f"/answers/{answer.pk}/vote/"), (bob, f"/posts/{answer.post_id}/vote/")):
        assert client_of(person).post(address, {"value": value}).status_code == 422
    assert Vote.objects.count() == 0


def test_deleted_content_is_not_there_to_vote_on(ada, bob, otto, answer, client_of):
    browser = client_of(otto)
    delete_answer(answer, by=bob)
    assert browser.post(f"/answers/{answer.pk}/vote/", {"value": "1"}).status_code == 404
    delete_post(answer.post, by=ada)
    assert browser.post(f"/posts/{answer.post_id}/vote/", {"value": "1"}).status_code == 404
    assert Vote.objects.count() == 0


def test_kept_fragments_show_each_reader_their_own(ada, bob, otto, mina, answer, client_of, read):
    """Whoever comes first fills the cache for those who stand alike, and for nobody else."""
    cast_vote(answer, by=otto, value=-1, reason="unclear")
    comment = make_comment(otto, answer)
    people = {"otto": otto, "ada": ada, "bob": bob, "mina": mina, "stranger": None}
    place, seen = answer.post.get_absolute_url(), {}
    for order in (list(people), list(reversed(people)) * 2):
        for name in order:
            page = read(client_of(people[name]).get(place))
            pressed = [pressed for _, pressed in box(page, answer).values()]
            acts = [act.get_text().strip() for act in page.select(".act")]
            own = page.find(id=f"comment-{comment.pk}").select(".comment__acts") != []
            assert seen.setdefault(name, (pressed, acts, own)) == (pressed, acts, own)
    keep = ["Bookmark", "Follow", "Comment"]
    assert seen == {
        "otto": (
            ["false", "true"],
            [
                *("Edit", "Delete", "Change the kind", *keep),
                *("Edit", "Delete", *JUDGING, "Endorse", "Bookmark", "Edit", "Delete", "Comment"),
            ],
            True,
        ),
        "ada": (
            ["false", "false"],
            [
                *("Edit", "Delete", *keep),
                *("Accept this answer", "Suggest an edit", *JUDGING, "Bookmark", "Comment"),
            ],
            False,
        ),
        "bob": ([], ["Suggest an edit", *keep, "Edit", "Delete", "Bookmark", "Comment"], False),
        "mina": ([], ["Suggest an edit", "Bookmark", "Follow", "Suggest an edit", "Bookmark"], False),
        "stranger": ([], [], False),
    }


def test_renamed_member_is_shown_by_the_new_name(ada, bob, answer, client_of, read):
    make_comment(bob, answer.post)
    place = answer.post.get_absolute_url()
    reader = client_of(None)
    assert [name.get_text() for name in read(reader.get(place)).select(".byline__name")] == ["Ada", "Bob", "Bob"]
    settings = {"name": "Robert", "bio": "", "time_zone": "UTC"}
    assert client_of(bob).post("/settings/", settings).status_code == 302
    assert [name.get_text() for name in read(reader.get(place)).select(".byline__name")] == ["Ada", "Robert", "Robert"]
    rows = [row.get_text() for row in read(reader.get("/c/algebra/")).select(".post-row__by")]
    assert rows[0].startswith("Ada")
