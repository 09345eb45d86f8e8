"""One's own things through the API, and tags and pictures."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from communities.actions.bookmarking import bookmark, describe_bookmark
from communities.actions.drafting import save_draft
from communities.actions.saving import save_list
from communities.drafts import Place
from communities.models import Draft, DraftKind, Follow, Level, Picture, SavedList
from notifications.actions import notify
from notifications.models import Kind, Notification
from tests.accounts.pictures import picture
from tests.addresses import table_digests
from tests.ai_assist.api.problem import is_problem
from tests.factories import make_answer, make_community, make_post, make_tag
from tests.refusals import OWN_THROUGH_API

API = "/api/v1"
METHODS = {
    "me_edit": "patch",
    "me_picture": "post",
    "me_picture_remove": "delete",
    "bookmark_edit": "patch",
    "bookmark_remove": "delete",
    "draft_delete": "delete",
    "list_edit": "patch",
    "list_remove": "delete",
    "collection_rename": "patch",
}
METHODS |= dict.fromkeys(
    ("bookmark_restore", "draft_save", "draft_restore", "list_save", "notice_read", "inbox_read"), "post"
)
GIVEN = {
    "draft_save": {"kind": "post", "target": "study-group", "fields": {"title": "Mine"}},
    "list_save": {"name": "Mine", "address": "/admin/"},
    "collection_rename": {"name": "Exam", "to": "Mine"},
    "inbox_read": {"up_to": 10**9},
}
EVE_GETS = {"me_picture": 422, "draft_save": 404, "list_save": 422}
"""Where it is neither 404, for a thing of others, nor 200."""


def sends(browser, method, address, /, **given):
    return getattr(browser, method)(f"{API}/{address}", given, content_type="application/json")


def picture_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("beach.jpg", picture(), "image/jpeg")


def draft_of(person: User, place, text: str = "What I began to write") -> Draft:
    return save_draft(place, by=person, fields={"body": text}, known=None)


@pytest.mark.parametrize("name", OWN_THROUGH_API)
def test_own_things_are_nobody_elses(ada, eve, question, closed, client, client_of, name):
    things = {
        "bookmark": bookmark(question, by=ada),
        "draft": draft_of(ada, Place(DraftKind.ANSWER, question)),
        "list": save_list(by=ada, name="Exam", address="/feed/?show=hot"),
        "notice": notify(ada, Kind.POST, title="What Ada was told", url="/"),
    }
    describe_bookmark(things["bookmark"], collection="Exam", note="Ada's", remind_on=None)
    thing = things.get(name.partition("_")[0])
    address = OWN_THROUGH_API[name].replace("1", str(thing.pk) if thing else "1")
    browser = client_of(eve)
    before = table_digests()
    method, given = METHODS.get(name, "get"), GIVEN.get(name, {})
    assert is_problem(sends(client, method, address, **given), 401, "Sign in first.")
    response = sends(browser, method, address, **given)
    assert response.status_code == EVE_GETS.get(name, 404 if thing and "/" in address else 200)
    assert b"Exam" not in response.content
    assert b"Ada" not in response.content
    assert table_digests() == before


def test_profile_of_oneself_is_read_and_changed(ada, algebra, client_of):
    browser = client_of(ada)
    assert browser.get(f"{API}/me").json()["communities"] == [{"slug": "algebra", "name": "Algebra", "role": "member"}]
    said = sends(browser, "patch", "me", bio="I like signs.").json()
    assert (said["name"], said["bio"], said["time_zone"], said["email"]) == ("Ada", "I like signs.", "UTC", ada.email)
    refused = sends(browser, "patch", "me", time_zone="Atlantis/Poseidonis")
    assert (refused.status_code, refused.json()["errors"][0]["where"]) == (422, ["body", "time_zone"])
    ada.refresh_from_db()
    assert (ada.name, ada.bio, ada.time_zone) == ("Ada", "I like signs.", "UTC")


def test_picture_of_oneself_is_shown_and_taken_away(ada, bob, client_of):
    browser = client_of(ada)
    shown = browser.post(f"{API}/me/picture", {"picture": picture_file()}).json()
    ada.refresh_from_db()
    assert (shown["avatar_url"].endswith(ada.avatar_url), bool(ada.avatar), shown["name"]) == (True, True, "Ada")
    first = ada.avatar.name
    broken = SimpleUploadedFile("beach.jpg", b"no picture at all", "image/jpeg")
    refused = browser.post(f"{API}/me/picture", {"picture": broken})
    assert (refused.status_code, refused.json()["errors"][0]["where"]) == (422, ["body", "picture"])
    ada.refresh_from_db()
    assert ada.avatar.name == first
    for _ in range(2):
        stones = sends(browser, "delete", "me/picture")
        ada.refresh_from_db()
        assert (stones.status_code, stones.json()["avatar_url"] != shown["avatar_url"], ada.avatar.name) == (
            200,
            True,
            "",
        )


def test_bookmarks_are_kept_described_and_removed(ada, question, answer, client_of):
    browser = client_of(ada)
    for address in (f"posts/{question.pk}/bookmark", f"answers/{answer.pk}/bookmark"):
        made = sends(browser, "put", address).json()
        assert (made["post"], made["content"]["title"]) == (question.pk, question.title)
    described = sends(browser, "patch", f"bookmarks/{made['id']}", note="For June", collection="Exam")
    assert (described.json()["note"], described.json()["answer"]) == ("For June", answer.pk)
    assert sends(browser, "patch", f"bookmarks/{made['id']}", remind_on="2001-01-01").status_code == 422
    first = browser.get(f"{API}/bookmarks?limit=1")
    assert [one["id"] for one in first.json()["bookmarks"]] == [made["id"]]
    further = re.search(r"<https?://[^/]+(/[^>]+)>", first.headers["Link"])[1]
    assert [one["answer"] for one in browser.get(further).json()["bookmarks"]] == [None]
    assert len(browser.get(f"{API}/bookmarks?collection=Exam").json()["bookmarks"]) == 1
    assert sends(browser, "delete", f"bookmarks/{made['id']}").status_code == 204
    assert sends(browser, "delete", f"posts/{question.pk}/bookmark").status_code == 204
    assert browser.get(f"{API}/bookmarks").json() == {"bookmarks": [], "next": None}
    assert sends(browser, "post", f"bookmarks/{made['id']}/restore").json()["note"] == "For June"


def test_collections_are_listed_and_renamed(ada, question, answer, client_of):
    browser = client_of(ada)
    for content, name in ((question, "Exam"), (answer, "June")):
        describe_bookmark(bookmark(content, by=ada), collection=name, note="", remind_on=None)
    listed = browser.get(f"{API}/bookmarks/collections").json()["collections"]
    assert listed == [{"name": "Exam", "count": 1}, {"name": "June", "count": 1}]
    renamed = sends(browser, "patch", "bookmarks/collections", name="June", to="Exam").json()["collections"]
    assert renamed == [{"name": "Exam", "count": 2}]
    refused = sends(browser, "patch", "bookmarks/collections", name="Exam", to=" ")
    assert (refused.status_code, refused.json()["errors"][0]["where"]) == (422, ["body", "to"])


def test_feed_is_of_ones_communities_alone(ada, bob, algebra, closed, question, client_of):
    hers, elsewhere = make_post(bob, closed), make_post(bob, make_community(bob, name="Elsewhere"))
    shown = client_of(ada).get(f"{API}/feed?limit=1")
    further = re.search(r"<https?://[^/]+(/[^>]+)>", shown.headers["Link"])[1]
    posts = shown.json()["posts"] + client_of(ada).get(further).json()["posts"]
    assert [row["id"] for row in posts] == [hers.pk, question.pk]
    seen = client_of(bob).get(f"{API}/feed", headers={"If-None-Match": ""})
    assert {row["id"] for row in seen.json()["posts"]} >= {elsewhere.pk}
    again = client_of(bob).get(f"{API}/feed", headers={"If-None-Match": seen.headers["ETag"]})
    assert (again.status_code, client_of(ada).get(f"{API}/feed?after=forged").status_code) == (304, 422)


def test_list_is_kept_begun_with_heard_of_and_dropped(ada, algebra, client_of):
    browser = client_of(ada)
    made = sends(browser, "post", "lists", name="Signs", address="/c/algebra/?show=hot&after=9").json()
    assert (made["address"], made["begins"], made["hears"]) == ("/c/algebra/?show=hot", False, False)
    edited = sends(browser, "patch", f"lists/{made['id']}", begins=True, hears=True).json()
    assert (edited["begins"], edited["hears"], browser.get("/feed/").headers["Location"]) == (
        *(True, True),
        made["address"],
    )
    assert sends(browser, "patch", f"lists/{made['id']}", begins=False).json()["hears"] is True
    assert [one["id"] for one in browser.get(f"{API}/lists").json()["lists"]] == [made["id"]]
    refused = sends(browser, "post", "lists", name="Elsewhere", address="https://elsewhere.example/")
    assert (refused.status_code, sends(browser, "delete", f"lists/{made['id']}").status_code) == (422, 204)
    assert SavedList.objects.count() == 0


def test_inbox_is_read_page_by_page(ada, client_of, django_assert_num_queries):
    browser = client_of(ada)
    told = [notify(ada, Kind.POST, title=f"Told {number}", url="/c/algebra/") for number in range(31)]
    first = browser.get(f"{API}/inbox")
    with django_assert_num_queries(3):
        further = browser.get(re.search(r"<https?://[^/]+(/[^>]+)>", first.headers["Link"])[1]).json()
    newest, oldest = told[-1].pk, told[0].pk
    assert (first.json()["notices"][0]["id"], first.json()["unread"], len(first.json()["notices"])) == (newest, 31, 30)
    assert ([one["id"] for one in further["notices"]], further["next"]) == ([oldest], None)
    assert sends(browser, "post", f"inbox/{oldest}/read").json()["read_at"] is not None
    assert sends(browser, "post", "inbox/read", up_to=told[-2].pk).json() == {"unread": 1}
    assert Notification.objects.unread().get().pk == newest
    assert browser.get(f"{API}/inbox?before=0").status_code == 422


def test_bookmark_of_what_one_may_no_longer_read_says_nothing_of_it(ada, bob, closed, client_of):
    post = make_post(bob, closed)
    bookmark(post, by=ada)
    closed.memberships.filter(user=ada).delete()
    (kept,) = client_of(ada).get(f"{API}/bookmarks").json()["bookmarks"]
    assert (kept["post"], kept["content"]) == (post.pk, None)


def test_more_bookmarks_and_tags_cost_no_more_queries(ada, algebra, question, client_of, django_assert_num_queries):
    browser = client_of(ada)
    for n in range(3):
        bookmark(question if not n else make_answer(ada, question, f"Answer {n}, which is long enough."), by=ada)
        make_tag(algebra, f"Tag {n}")
    browser.get(f"{API}/me")
    with django_assert_num_queries(4):
        assert len(browser.get(f"{API}/bookmarks").json()["bookmarks"]) == 3
    with django_assert_num_queries(3):
        assert len(browser.get(f"{API}/communities/algebra/tags").json()["tags"]) == 3


def test_following_says_how_much_one_hears(ada, bob, algebra, question, client_of):
    browser = client_of(bob)
    make_tag(algebra, "Signs")
    for address, level in (
        ("communities/algebra", "all"),
        ("communities/algebra/tags/signs", "digest"),
        (f"posts/{question.pk}", "off"),
        ("members/ada", "all"),
    ):
        assert sends(browser, "put", f"{address}/follow", level=level).json()["level"] == level
    followed = browser.get(f"{API}/following").json()["following"]
    assert [(one["kind"], one["name"], one["level"]) for one in followed] == [
        ("community", "Algebra", "all"),
        ("tag", "Signs", "digest"),
        ("person", "Ada", "all"),
        ("post", question.title, "off"),
    ]
    assert is_problem(sends(browser, "put", "members/bob/follow", level="all"), 403, "You can't follow yourself.")
    assert sends(browser, "put", "members/ada/follow", level="loud").status_code == 422
    assert Follow.objects.filter(follower=bob, level=Level.ALL).count() == 2


def test_drafts_are_kept_beside_each_other(ada, bob, algebra, question, client_of):
    browser = client_of(bob)
    given = {"kind": "answer", "target": question.pk, "fields": {"body": "I begin"}}
    first = sends(browser, "post", "drafts", **given).json()
    went_on = sends(browser, "post", "drafts", **given | {"fields": {"body": "I go on"}}, began_with=first["version"])
    assert (went_on.json()["id"], went_on.json()["fields"]) == (first["id"], {"body": "I go on"})
    beside = sends(browser, "post", "drafts", **given | {"fields": {"body": "Elsewhere"}}, began_with=first["version"])
    assert beside.json()["id"] != first["id"]
    asked = sends(browser, "post", "drafts", kind="post", target="algebra", fields={"title": "Why?"})
    assert (asked.json()["community"], asked.json()["post"]) == ("algebra", None)
    assert len(browser.get(f"{API}/drafts").json()["drafts"]) == 3
    assert sends(browser, "delete", f"drafts/{first['id']}").status_code == 204
    assert len(browser.get(f"{API}/drafts").json()["drafts"]) == 2
    assert sends(browser, "post", f"drafts/{first['id']}/restore").json()["fields"] == {"body": "I go on"}
    empty = sends(browser, "post", "drafts", **given | {"fields": {"body": " "}})
    assert is_problem(empty, 422, "Nothing to save yet.")


def test_draft_is_kept_where_one_may_write(eve, question, client_of):
    refused = sends(client_of(eve), "post", "drafts", kind="answer", target=question.pk, fields={"body": "Mine"})
    assert is_problem(refused, 403, "Only who may write here can keep a draft.")
    assert Draft.objects.count() == 0


def test_tags_agree_with_their_page(ada, algebra, client, read):
    topic = make_tag(algebra, "Signs", is_topic=True)
    make_tag(algebra, "Minus", is_topic=True, parent=topic)
    make_tag(algebra, "Brackets", wiki="What **encloses**.", wiki_html="<p>What <strong>encloses</strong>.</p>")
    make_tag(algebra, "Parentheses", synonym_of=algebra.tags.get(slug="brackets"))
    make_tag(algebra, "Waiting", approved_at=None)
    make_post(ada, algebra, tags=["minus", "brackets"])
    tags = client.get(f"{API}/communities/algebra/tags").json()["tags"]
    assert [(tag["slug"], tag["parent"], tag["post_count"]) for tag in tags] == [
        ("minus", "signs", 1),
        ("brackets", None, 1),
        ("signs", None, 0),
    ]
    assert [tag["slug"] for tag in client.get(f"{API}/communities/algebra/tags?q=ack").json()["tags"]] == ["brackets"]
    tag = client.get(f"{API}/communities/algebra/tags/parentheses").json()
    page = read(client.get("/c/algebra/tags/brackets/"))
    assert (tag["name"], tag["synonyms"]) == ("Brackets", [{"name": "Parentheses", "slug": "parentheses"}])
    assert page.select_one(".prose").decode_contents() == tag["wiki_html"]
    assert client.get(f"{API}/communities/algebra/tags/waiting").status_code == 404


def test_picture_is_added_by_members_and_shown_to_readers(ada, eve, closed, client, client_of):
    address = f"{API}/communities/{closed.slug}/pictures"
    made = client_of(ada).post(address, {"file": picture_file(), "alt": "A bracket"})
    kept = Picture.objects.get()
    assert (made.status_code, made.json()["line"]) == (201, f"![A bracket]({kept.get_absolute_url()})")
    assert client_of(ada).get(f"{API}/pictures/{kept.key}").headers["Content-Type"] == "image/webp"
    assert client_of(eve).get(f"{API}/pictures/{kept.key}").status_code == 404
    assert is_problem(client_of(eve).post(address, {"file": picture_file()}), 404, "This is not here.")
    assert is_problem(client.post(address, {"file": picture_file()}), 401, "Sign in first.")
    elsewhere = make_community(ada, name="Elsewhere")
    refused = client_of(eve).post(f"{API}/communities/{elsewhere.slug}/pictures", {"file": picture_file()})
    assert is_problem(refused, 403, "Only members of this community can add pictures here.")
    broken = client_of(ada).post(address, {"file": SimpleUploadedFile("a.png", b"no picture")})
    assert (broken.status_code, broken.json()["errors"][0]["where"]) == (422, ["body", "file"])
    assert Picture.objects.count() == 1
