"""The users of a dump: all of them come, and only who wrote belongs to the community."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from accounts.models import User
from communities.models import Answer, Post
from tests.communities.imports.state import everything
from tests.communities.imports.tiny import SITE, USERS, write_dump

Import = Callable[..., str]


def test_who_wrote_nothing_is_a_stub_and_no_member_of_the_community(import_from: Import, tea: Path) -> None:
    import_from(tea)
    silent = User.objects.get(origin_url=f"{SITE}/users/99")
    assert (silent.name, silent.date_joined) == ("Silent Reader", datetime(2018, 1, 1, tzinfo=UTC))
    assert (silent.is_stub, silent.has_usable_password(), silent.email) == (True, False, "")
    assert not silent.memberships.exists()


def test_names_that_come_later_are_put_everywhere(import_from: Import, tea: Path) -> None:
    (tea / "Users.xml").unlink()
    import_from(tea)
    post, accepted = Post.objects.get(origin_url=f"{SITE}/q/1"), Answer.objects.get(accepted_at__isnull=False)
    assert post.author.name == "user 7"
    said = import_from(write_dump(tea, Users=[USERS[1], USERS[3]]))
    assert "people             2           1 new, 1 already here" in said.splitlines()
    post.author.refresh_from_db()
    assert (post.author.name, post.author.username) == ("Ægir Óskarsson", "gir-oskarsson-7")
    assert Post.objects.get(pk=post.pk).version > post.version
    assert Answer.objects.get(pk=accepted.pk).version > accepted.version  # who accepted it is named beside it


def test_a_name_that_a_member_chose_stays(import_from: Import, tea: Path) -> None:
    import_from(tea)
    User.objects.filter(origin_url=f"{SITE}/users/99").update(name="user 99", last_login=datetime.now(UTC))
    import_from(tea)
    assert User.objects.get(origin_url=f"{SITE}/users/99").name == "user 99"


def test_broken_users_are_named_and_left_out(import_from: Import, tea: Path) -> None:
    bad = [{"Id": 100, "DisplayName": "Nobody"}, {"DisplayName": "No number", "CreationDate": "2018-01-01T00:00:00"}]
    nameless = {"Id": 101, "DisplayName": " ", "CreationDate": "2018-01-01T00:00:00"}
    said = import_from(write_dump(tea, Users=[*USERS, *bad, nameless, nameless]))
    assert [line for line in said.splitlines() if "Users" in line] == [
        "Users.xml, line 7 (Id 100): left out, it has no CreationDate.",
        "Users.xml, line 8: left out, it has no Id.",
    ]
    assert User.objects.get(origin_url=f"{SITE}/users/101").name == "user 101"
    before = everything()
    import_from(tea)
    assert everything() == before
