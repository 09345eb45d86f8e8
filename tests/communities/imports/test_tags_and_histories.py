"""Tags and histories of a dump, and an import that is only tried."""

from collections.abc import Callable
from pathlib import Path

from communities.models import Answer, Post, Revision, Tag
from tests.communities.imports.state import everything
from tests.communities.imports.tiny import POSTS, SITE, write_dump, write_whole_dump

Import = Callable[..., str]

TAGS = [{"Id": 1, "TagName": "green", "Count": 1, "ExcerptPostId": 15, "WikiPostId": 16}]
WIKI = {
    "Id": 16,
    "PostTypeId": 5,
    "CreationDate": "2018-05-02T09:00:00.000",
    "Score": 0,
    "Body": "<p>Not <em>black</em>.</p>",
}


def save(number: int, sort: int, post: int, guid: str, text: str, **more: object) -> dict[str, object]:
    named = {"Id": number, "PostHistoryTypeId": sort, "PostId": post, "RevisionGUID": guid, "Text": text}
    return {**named, "CreationDate": f"2018-05-0{guid[-1]}T00:00:00.000", "UserId": 8, **more}


HISTORY = [
    save(1, 2, 1, "save-1", "How hot?"),
    save(2, 1, 1, "save-1", "Hot?"),
    save(3, 3, 1, "save-1", "<black>"),
    save(4, 2, 3, "save-2", "steep(80)"),  # of another text, in between
    save(5, 5, 1, "save-3", "How hot for *green* tea?", Comment="said which", UserId=7),
    save(6, 6, 1, "save-3", "|green|", UserId=7),
    save(7, 4, 1, "save-4", "Too hot?", UserId=404),
    save(8, 10, 1, "save-5", "closed"),
]


def write_rich_dump(folder: Path) -> Path:
    write_whole_dump(folder)
    return write_dump(folder, Posts=[*POSTS, WIKI], Tags=TAGS, PostHistory=HISTORY)


def test_import_brings_tags_with_their_descriptions(import_from: Import, tea: Path) -> None:
    import_from(write_rich_dump(tea))
    assert [*Tag.objects.values_list("name", "wiki", "post_count")] == [("green", "Not *black*.", 1)]
    tagged = Post.objects.filter(tagged__tag__slug="green")
    assert [post.origin_url for post in tagged] == [f"{SITE}/q/1"]


def test_import_describes_a_tag_shortly_when_the_dump_has_no_more(import_from: Import, tea: Path) -> None:
    said = {"CreationDate": "2018-05-02T09:00:00.000", "Score": 0, "Body": "Steeped once & <at most> *twice*."}
    excerpts = [{"Id": 15, "PostTypeId": 4, **said}, {"Id": 17, "PostTypeId": 4, **said}]
    empty = {"Id": 18, "PostTypeId": 5, **said, "Body": ""}
    tags = [*TAGS, {"Id": 2, "TagName": "white", "ExcerptPostId": 17, "WikiPostId": 18}]
    write_dump(write_rich_dump(tea), Posts=[*POSTS, *excerpts, WIKI, empty], Tags=tags)
    import_from(tea)
    described = {"green": "Not *black*.", "white": r"Steeped once & \<at most> \*twice\*."}
    assert dict(Tag.objects.values_list("name", "wiki")) == described
    Tag.objects.filter(name="white").update(wiki="Rare.")
    import_from(tea)
    assert dict(Tag.objects.values_list("name", "wiki")) == described | {"white": "Rare."}


def test_import_makes_revisions_of_a_history(import_from: Import, tea: Path) -> None:
    import_from(write_rich_dump(tea))
    post = Post.objects.get(origin_url=f"{SITE}/q/1")
    told = ("number", "title", "body", "tags", "note", "editor__origin_url", "origin_url")
    assert [*Revision.objects.order_by("number").values_list(*told)] == [
        (1, "Hot?", "How hot?", "black", "", f"{SITE}/users/8", f"{SITE}/revisions/save-1"),
        (
            *(2, "Hot?", "How hot for *green* tea?", "green", "said which"),
            *(f"{SITE}/users/7", f"{SITE}/revisions/save-3"),
        ),
        (3, "Too hot?", post.body, "green", "", f"{SITE}/users/7", f"{SITE}/revisions/save-4"),
    ]
    assert not Revision.objects.of(Answer.objects.get(origin_url=f"{SITE}/a/3")).exists()


def test_import_again_changes_no_tags_and_no_history(import_from: Import, tea: Path) -> None:
    import_from(write_rich_dump(tea))
    post = Post.objects.get(origin_url=f"{SITE}/q/1")
    before = [*Revision.objects.order_by("pk").values()], [*Tag.objects.values()], post.version
    said = import_from(tea)
    post.refresh_from_db()
    assert ([*Revision.objects.order_by("pk").values()], [*Tag.objects.values()], post.version) == before
    assert "revisions          3           0 new, 3 already here" in said.splitlines()
    assert "tags               1           0 new, 1 already here" in said.splitlines()


def test_import_leaves_out_saves_that_make_no_sense(import_from: Import, tea: Path) -> None:
    write_rich_dump(tea)
    broken = [save(9, 5, 1, "save-6", "x", CreationDate="yesterday"), {"Id": 10, "PostHistoryTypeId": "?"}]
    said = import_from(write_dump(tea, PostHistory=[*HISTORY, *broken]))
    assert [line for line in said.splitlines() if "PostHistory" in line] == [
        "PostHistory.xml, line 11 (Id 9): left out, its CreationDate is not a date.",
        "PostHistory.xml, line 12 (Id 10): left out, its PostHistoryTypeId is not a number.",
    ]
    assert Revision.objects.count() == 3


def test_dry_run_says_what_would_come_and_changes_nothing(import_from: Import, tea: Path) -> None:
    before = everything()
    said = import_from(write_rich_dump(tea), dry_run=True).splitlines()
    assert "revisions          3           3 new, 0 already here" in said
    assert said[-1] == "This was a dry run: nothing has changed."
    assert (everything(), Tag.objects.count(), Revision.objects.count()) == (before, 0, 0)
