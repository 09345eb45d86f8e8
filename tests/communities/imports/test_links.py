"""Links between the questions of a dump."""

from collections.abc import Callable
from pathlib import Path

from django.db.models import F

from communities.models import Post, PostLink
from tests.communities.imports.tiny import SITE, write_dump

Import = Callable[..., str]


def link(number: int, post: object, other: object, sort: int = 1, **more: object) -> dict[str, object]:
    row = {"Id": number, "CreationDate": f"2018-05-0{number}T00:00:00.000", "PostId": post, "RelatedPostId": other}
    return {**row, "LinkTypeId": sort, **more}


LINKS = [link(1, 2, 1), link(2, 2, 1, sort=3), link(3, 1, 2), link(4, 2, 1)]


def links() -> list[tuple[object, ...]]:
    told = (F("post__origin_url"), F("other__origin_url"), "kind", "origin", "created_at__day")
    return [*PostLink.objects.order_by("created_at").values_list(*told)]


def test_import_brings_duplicates_and_related_questions_once(import_from: Import, tea: Path) -> None:
    said = import_from(write_dump(tea, PostLinks=LINKS))
    first, second = f"{SITE}/q/1", f"{SITE}/q/2"
    assert links() == [
        (second, first, "related", SITE, 1),
        (second, first, "duplicate", SITE, 2),
        (first, second, "related", SITE, 3),
    ]
    assert "links              3           3 new, 0 already here" in said.splitlines()


def test_import_again_links_nothing_anew(import_from: Import, tea: Path) -> None:
    import_from(write_dump(tea, PostLinks=LINKS))
    before = [*PostLink.objects.order_by("pk").values()]
    versions = [*Post.objects.order_by("pk").values_list("version")]
    assert "links              3           0 new, 3 already here" in import_from(tea).splitlines()
    assert [*PostLink.objects.order_by("pk").values()] == before
    assert [*Post.objects.order_by("pk").values_list("version")] == versions


def test_import_leaves_out_links_that_lead_nowhere(import_from: Import, tea: Path) -> None:
    bad = [link(1, 1, 3), link(2, 1, 1), link(3, "one", 2), link(4, 1, 2, CreationDate="soon"), link(5, 1, 2, sort=9)]
    said = import_from(write_dump(tea, PostLinks=bad))
    assert [line for line in said.splitlines() if "PostLinks" in line] == [
        "PostLinks.xml, line 3 (Id 1): left out, its RelatedPostId 3 is no question that is here.",
        "PostLinks.xml, line 4 (Id 2): left out, it links a question to itself.",
        "PostLinks.xml, line 5 (Id 3): left out, its PostId is not a number.",
        "PostLinks.xml, line 6 (Id 4): left out, its CreationDate is not a date.",
    ]
    assert not PostLink.objects.exists()
