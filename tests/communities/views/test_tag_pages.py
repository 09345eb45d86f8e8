"""Tags in the form, on posts and on their own pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communities import rules
from communities.actions.tagging import separate_tag
from communities.models import Post, PostTag, Tag
from tests.factories import make_post, make_tag

GIVEN = {
    "kind": "discussion",
    "title": "When may I divide by a variable?",
    "body": "Dividing by $x$ lost a solution of my equation. When is it allowed?",
}


NO_CHOICE = "Select a valid choice. That choice is not one of the available choices."


@pytest.fixture
def signs(algebra) -> Tag:
    return make_tag(algebra, "Signs", is_topic=True)


def words(page, where: str) -> list[str]:
    return [tag.get_text() for tag in page.select(f"{where} .tags .tag")]


@pytest.mark.parametrize(
    ("tags", "said"),
    [
        ("", "Choose a topic."),
        ("other", "Choose a topic."),
        ("signs a b c d e", "5 tags at most; these are 6."),
        (
            "signs, sings, brakets",
            "This community has no tag sings, brakets. Choose another one, or tick the box below to add it.",
        ),
        ("signs, ?!", "“?!” is no tag: a tag has a letter or a digit."),
        ("signs " + "w" * 41, "“wwwwwwwwwwwwwww…” is too long for a tag: 40 characters at most."),
        ("signs\x00", "This holds a NUL, a character that is in no text. Write it without."),
    ],
    ids=["none", "no topic", "six", "unknown", "no letter", "long", "NUL"],
)
def test_tags_that_do_not_fit_come_back_with_one_sentence(ada, algebra, signs, client_of, read, tags, said):
    make_tag(algebra, "other")
    response = client_of(ada).post("/c/algebra/ask/", GIVEN | {"tags": tags})
    page = read(response)
    assert (response.status_code, Post.objects.count()) == (422, 0)
    assert [error.get_text() for error in page.select(".field__error")] == [said]
    assert page.find("input", {"name": "tags"}).get("value", "") == tags


def fields_of(page) -> dict[str, str]:
    """What the form holds as topic and as tags."""
    chosen = page.select_one("select[name=topic] option[selected]")
    return {"topic": chosen["value"] if chosen else "", "tags": page.find("input", {"name": "tags"}).get("value", "")}


def test_form_offers_the_tree_of_topics_where_there_is_one(ada, algebra, client_of, read):
    def asked() -> list[str]:
        page = read(client_of(ada).get("/c/algebra/ask/"))
        labels = [page.select_one(f"label[for=id_{name}]") for name in ("topic", "tags")]
        options = [option.get_text() for option in page.select("select[name=topic] option")]
        said = page.select_one("#id_tags_helptext").get_text(strip=True)
        return [*(label.get_text() for label in labels if label), *options, said]

    make_tag(algebra, "other")
    assert asked() == ["Tags optional", "What is it about? Up to 5, with commas between them."]
    signs = make_tag(algebra, "Signs", is_topic=True)
    make_tag(algebra, "Minus", is_topic=True, parent=signs)
    make_tag(algebra, "Fractions", is_topic=True)
    assert asked() == [
        "Topic",
        "Tags optional",
        "choose one",
        "Fractions",
        "Signs",
        "– Minus",
        "What else is it about? Up to 5 with the topic, with commas between them.",
    ]


@pytest.mark.parametrize(
    ("topic", "tags", "names"),
    [
        ("minus", "", ["Minus"]),
        ("minus", "other", ["Minus", "other"]),
        ("minus", "signs, a, b, c, minus", ["Minus", "Signs", "a", "b", "c"]),
        ("", "other, signs", ["other", "Signs"]),
    ],
    ids=["alone", "with a tag", "in both", "among the tags"],
)
def test_post_carries_the_chosen_topic(ada, algebra, signs, client_of, read, topic, tags, names):
    make_tag(algebra, "Minus", is_topic=True, parent=signs)
    for name in ("other", *"abc"):
        make_tag(algebra, name)
    browser = client_of(ada)
    response = browser.post("/c/algebra/ask/", GIVEN | {"topic": topic, "tags": tags})
    assert words(read(browser.get(response["Location"])), ".post") == names


@pytest.mark.parametrize(
    ("topic", "tags", "said"),
    [
        ("other", "", "This is no topic any more. Choose another one."),
        ("sig\x00ns", "other", "This is no topic any more. Choose another one."),
        ("signs", "a, b, c, d, e", "5 tags at most; with the topic these are 6."),
    ],
    ids=["no topic", "NUL", "six"],
)
def test_topic_that_does_not_fit_comes_back_with_one_sentence(ada, algebra, signs, client_of, read, topic, tags, said):
    make_tag(algebra, "other")
    response = client_of(ada).post("/c/algebra/ask/", GIVEN | {"topic": topic, "tags": tags})
    page = read(response)
    assert (response.status_code, Post.objects.count()) == (422, 0)
    assert [error.get_text() for error in page.select(".field__error")] == [said]
    assert fields_of(page) == {"topic": "signs" if topic == "signs" else "", "tags": tags}


def test_edit_keeps_the_topic_in_its_place_and_changes_it_there(ada, algebra, signs, client_of, read):
    for name in ("first", "last"):
        make_tag(algebra, name)
    make_tag(algebra, "Minus", is_topic=True, parent=signs)
    post = make_post(ada, algebra, tags=["first", "signs", "last"])
    browser = client_of(ada)
    shown = fields_of(read(browser.get(f"/posts/{post.pk}/edit/")))
    assert shown == {"topic": "signs", "tags": "first, last"}
    same = {"title": post.title, "body": post.body, "note": ""}
    browser.post(f"/posts/{post.pk}/edit/", same | shown)
    assert Post.objects.get().version == post.version
    page = read(browser.get(browser.post(f"/posts/{post.pk}/edit/", same | shown | {"topic": "minus"})["Location"]))
    assert words(page, ".post") == ["first", "Minus", "last"]


def test_draft_opens_with_its_topic(ada, algebra, signs, client_of, read):
    make_tag(algebra, "other")
    browser, given = client_of(ada), {"topic": "signs", "tags": "other, signs"}
    browser.post(f"/drafts/post/{algebra.pk}/", GIVEN | given)
    assert fields_of(read(browser.get("/c/algebra/ask/"))) == given


@pytest.mark.parametrize("tags", ["signs,Linear algebra", "#signs #linear-algebra", " signs,, linear algebra ,signs"])
def test_tags_are_read_with_commas_or_spaces(ada, algebra, signs, client_of, read, tags):
    make_tag(algebra, "Linear algebra")
    browser = client_of(ada)
    page = read(browser.get(browser.post("/c/algebra/ask/", GIVEN | {"tags": tags})["Location"]))
    assert words(page, ".post") == ["Signs", "Linear algebra"]
    assert words(read(browser.get("/c/algebra/?show=newest")), ".feed") == ["Signs", "Linear algebra"]
    edit = read(browser.get(f"/posts/{Post.objects.get().pk}/edit/"))
    assert fields_of(edit) == {"topic": "signs", "tags": "linear-algebra"}


def test_new_tag_wants_a_tick_and_then_waits_for_a_moderator(ada, algebra, signs, client_of, read):
    browser = client_of(ada)
    first = read(browser.post("/c/algebra/ask/", GIVEN | {"tags": "signs, brackets"}))
    box = first.find("input", {"name": "new_tags"})
    assert (box["type"], first.find("label", {"for": box["id"]}).get_text()) == (
        "checkbox",
        "Propose what is new to the moderators",
    )
    response = browser.post("/c/algebra/ask/", GIVEN | {"tags": "signs, brackets", "new_tags": "on"})
    page = read(browser.get(response["Location"]))
    assert words(page, ".post") == ["Signs"]
    assert page.select_one(".toast__text").get_text() == "New here: brackets. It appears when a moderator approves."
    assert client_of(ada).get("/c/algebra/tags/brackets/").status_code == 404


def test_directory_shows_the_tree_and_finds(ada, algebra, signs, client_of, read):
    minus = make_tag(algebra, "Minus", is_topic=True, parent=signs)
    make_tag(algebra, "Double minus", is_topic=True, parent=minus)
    make_tag(algebra, "Brackets")
    make_tag(algebra, "Negative", synonym_of=minus)
    make_tag(algebra, "Waiting", approved_at=None)
    make_post(ada, algebra, tags=["brackets", "signs"])
    browser = client_of(None)
    page = read(browser.get("/c/algebra/tags/"))
    lines = [" ".join(line.get_text().split()) for line in page.select(".topics__topic")]
    assert lines == ["Signs 1 post", "Minus 0 posts", "Double minus 0 posts", "Brackets 1 post"]
    found = read(browser.get("/c/algebra/tags/", {"q": "MINUS"}))
    assert [tag.get_text() for tag in found.select(".topics .tag")] == ["Double minus", "Minus"]
    nothing = read(browser.get("/c/algebra/tags/", {"q": "<b>"}))
    assert nothing.select_one(".empty__title").get_text() == "No tag is called “<b>”"


def test_page_of_a_tag_goes_on_where_it_ended(ada, algebra, signs, client_of, read, monkeypatch):
    monkeypatch.setattr(rules, "POSTS_PER_PAGE", 2)
    posts = [make_post(ada, algebra, title=f"Question number {n} of five", tags=["signs"]) for n in range(5)]
    at = timezone.now() - timedelta(days=1)
    PostTag.objects.filter(post__in=posts[1:4]).update(posted_at=at)
    Post.objects.filter(pk__in=[post.pk for post in posts[1:4]]).update(created_at=at)
    make_post(ada, algebra, title="About something else", tags=["signs"]).delete()
    browser, address, seen = client_of(None), "/c/algebra/tags/signs/", []
    first = read(browser.get(address))
    damaged = browser.get(address + first.select_one(".more a")["href"].replace("~", "~x"))
    again = read(damaged)
    assert (damaged.status_code, again.select_one("#feed")) == (422, first.select_one("#feed"))
    assert len(again.select(".feed__hint")) == 1
    while address:
        page = read(browser.get(address))
        seen.append([int(title["href"].split("/")[4]) for title in page.select(".post-row__title a")])
        more = page.select_one(".more a")
        address = more and f"/c/algebra/tags/signs/{more['href']}"
    expected = [posts[4].pk, posts[0].pk, posts[3].pk, posts[2].pk, posts[1].pk]
    assert seen == [expected[:2], expected[2:4], expected[4:]]


@pytest.mark.parametrize("page", ["", "feed.xml"])
def test_synonym_leads_to_its_tag_until_the_two_are_separated(otto, algebra, signs, client, page):
    """No browser keeps the way: 301 would be for good."""
    synonym = make_tag(algebra, "Vorzeichen", synonym_of=signs)
    response = client.get(f"/c/algebra/tags/vorzeichen/{page}")
    assert (response.status_code, response["Location"]) == (302, f"/c/algebra/tags/signs/{page}")
    separate_tag(synonym, by=otto)
    assert client.get(f"/c/algebra/tags/vorzeichen/{page}").status_code == 200


def test_moderator_makes_a_topic_below_another(otto, algebra, signs, client_of, read):
    browser = client_of(otto)
    choices = read(browser.get("/c/algebra/topics/new/")).select("select[name=parent] option")
    assert [option.get_text() for option in choices] == ["nothing, it stands by itself", "Signs"]
    given = {"name": " Double   minus ", "parent": signs.pk, "wiki": "See **minus**."}
    page = read(browser.get(browser.post("/c/algebra/topics/new/", given)["Location"]))
    assert (page.h1.get_text(), page.select_one(".prose strong").get_text()) == ("Double minus", "minus")
    assert page.select_one(".tag-facts .tag").get_text() == "Signs"


@pytest.mark.parametrize(
    ("address", "given", "said"),
    [
        ("topics/new/", {"name": "!?"}, "“!?” is no tag: a tag has a letter or a digit."),
        ("topics/new/", {"name": "W" * 40, "parent": "x"}, NO_CHOICE),
        ("tags/signs/edit/", {"name": "W" * 41}, "This is too long: at most 40 characters, and it has 41."),
        ("tags/signs/merge/", {"into": "nothing"}, "This community has no tag of that name."),
    ],
)
def test_what_moderators_write_wrongly_comes_back_with_a_sentence(
    otto, algebra, signs, client_of, read, address, given, said
):
    response = client_of(otto).post(f"/c/algebra/{address}", given)
    assert response.status_code == 422
    assert said in [error.get_text() for error in read(response).select(".field__error")]


@pytest.mark.parametrize(
    ("address", "given", "said"),
    [
        ("tags/plus/edit/", {"name": "Signs"}, "There is another tag of this name; merge the two."),
        ("topics/new/", {"name": "minus"}, "This is a synonym; change the tag it stands for."),
        ("tags/signs/merge/", {"into": "plus"}, "A topic can only be merged into another topic."),
    ],
)
def test_what_does_not_fit_the_other_tags_comes_back_filled(
    otto, algebra, signs, client_of, read, address, given, said
):
    make_tag(algebra, "Plus")
    make_tag(algebra, "Minus", synonym_of=signs)
    response = client_of(otto).post(f"/c/algebra/{address}", given | {"wiki": "Which sign wins?"})
    page = read(response)
    assert (response.status_code, page.select_one(".form__errors li").get_text().endswith(said)) == (422, True)
    assert [page.find(attrs={"name": name})["value"] for name in given] == list(given.values())
    assert [text.get_text().strip() for text in page.select("textarea")] in ([], ["Which sign wins?"])


def test_moderator_merges_and_old_address_leads_on(otto, algebra, signs, client_of, read):
    make_tag(algebra, "Minus", is_topic=True)
    browser = client_of(otto)
    response = browser.post("/c/algebra/tags/minus/merge/", {"into": "#Signs"})
    page = read(browser.get(response["Location"]))
    assert page.select_one(".toast__text").get_text() == "“Minus” is now another word for this tag."
    assert browser.get("/c/algebra/tags/minus/")["Location"] == "/c/algebra/tags/signs/"
    assert browser.get("/c/algebra/tags/minus/edit/").status_code == 404


def test_merge_is_undone_from_the_message_and_from_the_page_of_the_tag(otto, bob, algebra, signs, client_of, read):
    make_tag(algebra, "Minus")
    browser = client_of(otto)
    for button in (".toast__undo", "button[formaction$='/separate/']"):
        place = browser.post("/c/algebra/tags/minus/merge/", {"into": "signs"})["Location"]
        page = read(browser.get(place))
        pressed = page.select_one(button)
        address = pressed.get("formaction") or pressed.find_parent("form")["action"]
        assert address == "/c/algebra/tags/minus/separate/"
        assert browser.post(address)["Location"] == "/c/algebra/tags/minus/"
        assert not Tag.objects.filter(synonym_of__isnull=False).exists()
    browser.post("/c/algebra/tags/minus/merge/", {"into": "signs"})
    assert read(client_of(bob).get("/c/algebra/tags/signs/")).select("button[formaction$='/separate/']") == []


def test_proposals_wait_for_moderators_and_show_to_who_made_them(ada, bob, otto, algebra, client_of, read):
    make_post(ada, algebra, tags=["brackets", "nonsense"])

    def waiting(person) -> list[str]:
        page = read(client_of(person).get("/c/algebra/tags/"))
        return [tag.get_text() for tag in page.select(".proposed .tag")]

    assert [waiting(person) for person in (otto, ada, bob, None)] == [["brackets", "nonsense"]] * 2 + [[], []]
    client_of(otto).post("/c/algebra/tags/brackets/verdict/", {"value": "1"})
    client_of(otto).post("/c/algebra/tags/nonsense/verdict/", {"value": "0"})
    assert (waiting(otto), list(Tag.objects.values_list("slug", flat=True))) == ([], ["brackets"])
