"""Tags in the form, on posts and on their own pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communities import rules
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
        ("", "Choose at least one topic, such as signs."),
        ("other", "Choose at least one topic, such as signs."),
        ("signs a b c d e", "5 tags at most; these are 6."),
        (
            "signs, sings, brakets",
            "This community has no tag sings, brakets. Choose another one, or tick the box below to add it.",
        ),
        ("signs, ?!", "“?!” is no tag: a tag has a letter or a digit."),
        ("signs " + "w" * 41, "“wwwwwwwwwwwwwww…” is too long for a tag: 40 characters at most."),
        ("signs\x00", "Null characters are not allowed."),
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


def test_form_says_whether_a_topic_is_wanted(ada, algebra, client_of, read):
    def asked() -> list[str]:
        field = read(client_of(ada).get("/c/algebra/ask/")).select_one("label[for=id_tags]").parent
        return [field.label.get_text(), field.select_one(".field__help").get_text(strip=True)]

    assert asked() == ["Tags optional", "What is it about? Up to 5, with commas between them."]
    make_tag(algebra, "Signs", is_topic=True)
    assert asked() == ["Tags", "Up to 5, with commas between them; at least one topic, such as signs."]


@pytest.mark.parametrize("tags", ["signs,Linear algebra", "#signs #linear-algebra", " signs,, linear algebra ,signs"])
def test_tags_are_read_with_commas_or_spaces(ada, algebra, signs, client_of, read, tags):
    make_tag(algebra, "Linear algebra")
    browser = client_of(ada)
    page = read(browser.get(browser.post("/c/algebra/ask/", GIVEN | {"tags": tags})["Location"]))
    assert words(page, ".post") == ["Signs", "Linear algebra"]
    assert words(read(browser.get("/c/algebra/?show=newest")), ".feed") == ["Signs", "Linear algebra"]
    edit = read(browser.get(f"/posts/{Post.objects.get().pk}/edit/"))
    assert edit.find("input", {"name": "tags"})["value"] == "signs, linear-algebra"


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
    nothing = read(browser.get("/c/algebra/tags/", {"q": "<b>\x00"}))
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


def test_synonym_leads_to_its_tag_for_good(algebra, signs, client):
    make_tag(algebra, "Vorzeichen", synonym_of=signs)
    response = client.get("/c/algebra/tags/vorzeichen/")
    assert (response.status_code, response["Location"]) == (301, "/c/algebra/tags/signs/")


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
        ("tags/signs/edit/", {"name": "W" * 41}, "Ensure this value has at most 40 characters (it has 41)."),
        ("tags/signs/merge/", {"into": "nothing"}, "This community has no tag of that name."),
    ],
)
def test_what_moderators_write_wrongly_comes_back_with_a_sentence(
    otto, algebra, signs, client_of, read, address, given, said
):
    response = client_of(otto).post(f"/c/algebra/{address}", given)
    assert response.status_code == 422
    assert said in [error.get_text() for error in read(response).select(".field__error")]


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
