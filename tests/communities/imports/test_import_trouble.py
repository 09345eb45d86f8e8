"""Dumps that are broken, imports that are interrupted: one clear sentence, and nothing lost."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError
from django.db import connection

from accounts.models import User
from communities.models import Answer, Comment, Community, Post
from tests.communities.imports.state import everything
from tests.communities.imports.tiny import POSTS, SITE, row_text, write_dump, write_whole_dump
from tests.factories import make_user

Import = Callable[..., str]


def test_broken_rows_are_named_and_the_rest_goes_on(import_from: Import, tea: Path) -> None:
    posts = (tea / "Posts.xml").read_text(encoding="utf-8")
    good = "</posts>"
    bad = [
        '<row Id="20" PostTypeId="1" Title="No quote at the end of this />',
        row_text(POSTS[0] | {"Id": 21, "Score": "many"}),
        row_text(POSTS[0] | {"Id": 22, "CreationDate": "yesterday"}),
        row_text(POSTS[0] | {"Id": 23, "Title": " "}),
        row_text(POSTS[2] | {"Id": 24, "ParentId": 4711}),
        row_text({"Id": 25, "Score": 1}),
        row_text(POSTS[0] | {"Id": 26, "Body": "<div>" * 10_000 + "deep"}),
        '<row Id="27" PostTypeId="1" Title="&entity;" />',
        '<row Id="28" PostTypeId="1"',
        row_text(POSTS[0] | {"Id": 29, "Title": "The row after a broken one is whole"}),
    ]
    (tea / "Posts.xml").write_text(posts.replace(good, "\n".join([*bad, good])), encoding="utf-8")
    printed = import_from(tea).splitlines()
    assert sorted(line for line in printed if "left out," in line) == [
        "Posts.xml, line 10 (Id 21): left out, its Score is not a number.",
        "Posts.xml, line 11 (Id 22): left out, its CreationDate is not a date.",
        "Posts.xml, line 12 (Id 23): left out, it has no Title.",
        "Posts.xml, line 13 (Id 24): left out, its question 4711 is not here.",
        "Posts.xml, line 14 (Id 25): left out, it has no PostTypeId.",
        "Posts.xml, line 15 (Id 26): left out, its elements lie too deep within each other.",
        "Posts.xml, line 16: left out, it is not well-formed XML.",
        "Posts.xml, line 17: left out, it does not end.",
        "Posts.xml, line 9: left out, it is not well-formed XML.",
    ]
    assert printed[-1] == "left out           9   rows, named above"
    assert (Post.objects.count(), Answer.objects.count(), Comment.objects.count()) == (3, 3, 2)
    assert Post.objects.filter(origin_url=f"{SITE}/q/29").exists()


def test_file_that_ends_too_early_stops_and_a_second_run_completes(import_from: Import, tea: Path) -> None:
    whole = (tea / "Posts.xml").read_bytes()
    (tea / "Posts.xml").write_bytes(whole[: whole.index(b'  <row Id="3"')])
    with pytest.raises(CommandError, match=r"^Posts\.xml ends too early, after line 4: .* run this again\.$"):
        import_from(tea)
    assert list(Post.objects.values_list("answer_count", flat=True)) == [0, 0]
    assert Community.objects.get().post_count == 2
    (tea / "Posts.xml").write_bytes(whole)
    User.objects.filter(username="olga").update(username="olga2")
    import_from(tea, owner="olga2")
    assert (Post.objects.count(), Answer.objects.count()) == (2, 3)
    assert dict(Post.objects.values_list("origin_url", "answer_count")) == {
        f"{SITE}/q/1": 2,
        f"{SITE}/q/2": 1,
    }


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Posts.xml is empty."),
        (b"<html><body>Sign in</body></html>\n", "Posts.xml is not a file of a dump: it has no <posts>."),
        (
            b"<posts>\n<row Id='1' Body='\xff\xfe' />\n</posts>",
            "Posts.xml, line 2: not valid UTF-8 (invalid start byte).",
        ),
        ("<posts></posts>".encode("utf-16"), "Posts.xml, line 1: not valid UTF-8 (invalid start byte)."),
    ],
    ids=["empty", "a web page", "invalid UTF-8", "UTF-16"],
)
def test_unreadable_file_is_one_sentence(import_from: Import, tea: Path, content: bytes, sentence: str) -> None:
    (tea / "Posts.xml").write_bytes(content)
    with pytest.raises(CommandError) as error:
        import_from(tea)
    assert str(error.value) == f"{sentence} What came before it is imported; mend the file and run this again."
    assert not Post.objects.exists()


def test_wrong_folder_is_one_sentence_and_founds_nothing(import_from: Import, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"holds no Posts\.xml, so it is not the folder of an unpacked dump"):
        import_from(tmp_path)
    with pytest.raises(CommandError, match="is not a folder"):
        import_from(tmp_path / "nowhere")
    assert not Community.objects.exists()


def test_site_that_nobody_can_tell_is_asked_for(import_from: Import, tmp_path: Path) -> None:
    folder = write_whole_dump(tmp_path / "my dump")
    with pytest.raises(CommandError, match="say it with --site"):
        import_from(folder)
    with pytest.raises(CommandError, match="is not the address of a site"):
        import_from(folder, site="tea.stackexchange.com")
    import_from(folder, site="https://tea.stackexchange.com/")
    assert Post.objects.filter(origin_url=f"{SITE}/q/1").exists()


def test_new_community_needs_an_owner(import_from: Import, tea: Path) -> None:
    with pytest.raises(CommandError, match="no member nobody"):
        import_from(tea, owner="nobody")
    with pytest.raises(CommandError, match="no superuser yet"):
        import_from(tea, owner=None)
    with pytest.raises(CommandError, match="--community Tea time: "):
        import_from(tea, community="Tea time")
    assert not Community.objects.exists()
    make_user("root1", is_superuser=True)
    import_from(tea, owner=None)
    assert Community.objects.get().created_by.username == "root1"


@pytest.mark.django_db(transaction=True)
def test_killed_import_run_again_ends_like_an_undisturbed_one(import_from: Import, tmp_path: Path) -> None:
    """A pipe holds the reader up: it has saved the first rows and not seen the last when it is killed."""
    questions = [
        POSTS[0]
        | {"Id": number, "OwnerUserId": number % 40, "AcceptedAnswerId": number + 1, "Body": f"<p>{'x' * 600}</p>"}
        for number in range(1, 1400, 2)
    ]
    answers = [POSTS[2] | {"Id": number + 1, "ParentId": number} for number in range(1, 200, 2)]
    folder = write_dump(tmp_path / "tea", Posts=[*questions, *answers])
    whole = (folder / "Posts.xml").read_bytes()
    import_from(folder)
    undisturbed = everything()
    for model in (Answer, Post, Community):
        model.objects.all().delete()
    User.objects.exclude(username="olga").delete()

    (folder / "Posts.xml").unlink()
    os.mkfifo(folder / "Posts.xml")
    importing = _import_in_a_process(folder)
    with (folder / "Posts.xml").open("wb") as pipe:
        pipe.write(whole[: whole.index(b'<row Id="1301"')])  # a pipe holds less than what comes after row 500
        pipe.flush()
        importing.send_signal(signal.SIGKILL)
        assert importing.wait() == -signal.SIGKILL
    assert 500 <= Post.objects.count() < 700

    (folder / "Posts.xml").unlink()
    (folder / "Posts.xml").write_bytes(whole)
    import_from(folder)
    assert everything() == undisturbed


def _import_in_a_process(folder: Path) -> subprocess.Popen[bytes]:
    database = connection.settings_dict
    address = f"{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    return subprocess.Popen(
        [
            sys.executable,
            "manage.py",
            "import_stackexchange",
            str(folder),
            "--community",
            "tea",
            "--owner",
            "olga",
        ],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": f"postgresql://{address}"},
    )
