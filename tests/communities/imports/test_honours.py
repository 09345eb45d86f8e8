"""The badges of a dump, counted."""

from collections.abc import Callable
from pathlib import Path

from django.db.models import F

from communities.models import Honour
from tests.communities.imports.tiny import SITE, write_dump

Import = Callable[..., str]


def badge(number: int, user: object, name: str, **more: object) -> dict[str, object]:
    return {"Id": number, "UserId": user, "Name": name, "Date": "2018-02-06T20:08:57.353", "Class": 3, **more}


BADGES = [
    badge(1, 7, "Teacher"),
    badge(2, 7, "Nice Answer"),
    badge(3, 7, "Nice Answer"),
    badge(4, 7, "green", Class=3),
    badge(5, 7, "green", Class=1),
    badge(6, 99, "Autobiographer"),
]


def honours() -> list[tuple[object, ...]]:
    told = (F("member__origin_url"), "name", "grade", "count", "site", "community__slug")
    return [*Honour.objects.order_by("member__origin_url", "name", "grade").values_list(*told)]


def test_import_counts_the_badges_of_each_member(import_from: Import, tea: Path) -> None:
    said = import_from(write_dump(tea, Badges=BADGES))
    assert honours() == [
        (f"{SITE}/users/7", "Nice Answer", 3, 2, SITE, "tea"),
        (f"{SITE}/users/7", "Teacher", 3, 1, SITE, "tea"),
        (f"{SITE}/users/7", "green", 1, 1, SITE, "tea"),
        (f"{SITE}/users/7", "green", 3, 1, SITE, "tea"),
        (f"{SITE}/users/99", "Autobiographer", 3, 1, SITE, "tea"),
    ]
    assert "honours            6           6 new, 0 already here" in said.splitlines()


def test_import_again_counts_the_same_and_then_what_is_new(import_from: Import, tea: Path) -> None:
    import_from(write_dump(tea, Badges=BADGES))
    before = [*Honour.objects.order_by("pk").values()]
    assert "honours            6           0 new, 6 already here" in import_from(tea).splitlines()
    assert [*Honour.objects.order_by("pk").values()] == before
    said = import_from(write_dump(tea, Badges=[*BADGES, badge(7, 7, "Teacher"), badge(8, 8, "Teacher")]))
    assert "honours            8           2 new, 6 already here" in said.splitlines()
    assert Honour.objects.get(member__origin_url=f"{SITE}/users/7", name="Teacher").count == 2


def test_badges_of_old_dumps_have_no_grade(import_from: Import, tea: Path) -> None:
    import_from(write_dump(tea, Badges=[{"Id": 1, "UserId": 7, "Name": "Teacher"}]))
    assert Honour.objects.get().get_grade_display() == "Other"


def test_import_leaves_out_badges_that_make_no_sense(import_from: Import, tea: Path) -> None:
    bad = [badge(1, 404, "Teacher"), badge(2, 7, "\u202e"), badge(3, "me", "Teacher"), badge(4, 7, "Teacher", Class=5)]
    said = import_from(write_dump(tea, Badges=bad))
    assert [line for line in said.splitlines() if "Badges" in line] == [
        "Badges.xml, line 3 (Id 1): left out, its UserId 404 is nobody who is here.",
        "Badges.xml, line 4 (Id 2): left out, its Name is empty.",
        "Badges.xml, line 5 (Id 3): left out, its UserId is not a number.",
        "Badges.xml, line 6 (Id 4): left out, its Class is none of 1, 2 and 3.",
    ]
    assert not Honour.objects.exists()
