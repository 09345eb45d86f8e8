"""The archive of a member: whole, of nobody else, once a week, for nobody else to fetch."""

import json
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.utils import timezone

from accounts.models import Export, User
from accounts.mydata import archive, pages, work
from accounts.mydata.asking import TooSoon, ask_for_export, forget_old_exports
from accounts.mydata.parts import Folder, Table, all_parts
from communities.models import Membership, Post, Visibility
from net.limits import Rate
from outbox.models import Mail
from tests.factories import make_user
from tests.mydata.busy import EMAIL, FULL_NAME, Busy

PAGE, ASK = "/settings/data/", "/settings/data/exports/"
PASSWORD = "three stones on a hill"


def made(member: User) -> Export:
    export = ask_for_export(by=member)
    work.make_export(export.pk)
    export.refresh_from_db()
    return export


@pytest.fixture
def ada(db):
    return make_user("ada", name="Ada", password=PASSWORD)


@pytest.fixture
def browser(ada, client):
    """Ada typed her password a moment ago."""
    client.post("/accounts/login/", {"login": "ada", "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def test_export_holds_all_that_the_database_holds(db):
    busy = Busy()
    rows = {f"{part.name}.json": part.rows(busy.me).count() for part in all_parts() if isinstance(part, Table)}
    total = archive.count(busy.me)
    export = made(busy.me)
    with ZipFile(export.file.open()) as packed:
        tables = {name: json.loads(packed.read(name)) for name in packed.namelist() if name.endswith(".json")}
        texts = {name: packed.read(name).decode() for name in packed.namelist() if name.endswith(".md")}
        files = set(packed.namelist())
        readme = packed.read("README.txt").decode()
        picture = packed.read(f"pictures/{busy.picture.key}.webp")
    assert {name: len(table) for name, table in tables.items()} == rows
    assert [name for name, count in rows.items() if not count] == []
    folders = [part for part in all_parts() if isinstance(part, Folder)]
    for part in folders:
        inside = [name for name in files if name.startswith(f"{part.name}/")]
        assert len(inside) == part.rows(busy.me).count() > 0, part.name
    assert readme.startswith(f"What Cairn holds of {FULL_NAME} (@hypatia), as of ")
    assert all(f"\n{part.name}" in readme for part in all_parts())
    assert all(".." not in name and not name.startswith("/") and name.isprintable() for name in files)
    assert busy.asked.body in texts[f"posts/{busy.asked.pk}-what-is-a-conic.md"]
    assert f"answers/{busy.answer.pk}.md" in texts
    assert picture == busy.picture.file.open().read()
    assert tables["votes.json"][0]["on"] == "What is a conic?"
    assert tables["questions.json"][0]["question"] == "Who wrote it?"
    assert export.total == total
    assert Mail.objects.filter(recipient=EMAIL, subject="Your data is ready").count() == 1
    everything = json.dumps(tables) + "".join(texts.values())
    assert not any(secret in everything for secret in ("bob@example.org", "mina@example.org", busy.me.password))


def test_export_does_not_name_what_the_member_may_no_longer_read(db):
    busy = Busy()
    busy.place.visibility = Visibility.PRIVATE
    busy.place.save()
    Membership.objects.filter(user=busy.me, community=busy.place).delete()
    with ZipFile(made(busy.me).file.open()) as packed:
        assert [vote["on"] for vote in json.loads(packed.read("votes.json"))] == [None]
        assert "Ellipse or not?" not in packed.read(f"answers/{busy.answer.pk}.md").decode()
    assert Post.objects.visible_to(busy.me).filter(community=busy.place).count() == 0


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\notes\x00.md", "C-notes-.md"),
        ("Élan vital.pdf", "Élan-vital.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("...", "file"),
        ("a" * 300 + ".pdf", "a" * 96 + ".pdf"),
    ],
)
def test_names_in_the_archive_stay_inside(given, safe):
    assert archive.safe_name(given) == safe


def test_export_is_made_once_a_week(browser, ada, read):
    browser.post(ASK)
    waiting = Export.objects.get()
    browser.post(ASK)
    assert Export.objects.get() == waiting
    work.make_export(waiting.pk)
    shown = browser.post(ASK, follow=True)
    assert "once a week" in read(shown).select_one(".toasts").get_text()
    assert Export.objects.count() == 1
    Export.objects.update(created_at=timezone.now() - timedelta(days=7, minutes=1))
    assert ask_for_export(by=ada) != waiting


def test_failed_export_makes_room_for_another(ada):
    failed = ask_for_export(by=ada)
    Export.objects.update(attempts=work.ATTEMPTS)
    work.make_export(failed.pk)
    failed.refresh_from_db()
    assert failed.failed_at is not None
    assert made(ada).is_there
    with pytest.raises(TooSoon):
        ask_for_export(by=ada)


def test_killed_worker_is_followed_by_another(ada):
    export = ask_for_export(by=ada)
    assert list(Export.objects.waiting()) == []
    dead = work._take(export.pk)
    work.make_export(export.pk)  # the second one finds it taken
    export.refresh_from_db()
    assert (export.attempts, export.ready_at) == (1, None)
    Export.objects.update(heartbeat_at=timezone.now() - Export.SILENT_FOR - timedelta(seconds=1))
    assert list(Export.objects.waiting()) == [export.pk]
    work.make_export(export.pk)
    export.refresh_from_db()
    assert (export.attempts, export.is_there) == (2, True)
    with pytest.raises(work.Lost):  # the dead one wakes up
        work.write(dead, done=1)
    assert Mail.objects.filter(subject="Your data is ready").count() == 1


def test_page_shows_how_far_it_is_and_then_the_download(browser, ada, read):
    assert read(browser.get(PAGE)).select_one("#export form button").get_text() == "Make my archive"
    export = ask_for_export(by=ada)
    began = timezone.now() - timedelta(minutes=2)
    Export.objects.update(done=100, total=300, created_at=began, heartbeat_at=timezone.now())
    part = read(browser.get(f"{ASK}{export.uuid}/state/")).select_one("#export")
    assert part.select_one(".document-state__words").get_text() == "Packing: 100 of 300 · about 4 minutes left"
    assert (part.progress["value"], part.progress["max"], part["hx-trigger"]) == ("100", "300", "load delay:10s")
    Export.objects.update(heartbeat_at=None)
    work.make_export(export.pk)
    done = read(browser.get(f"{ASK}{export.uuid}/state/"))
    assert (done.select_one("#export").get("hx-get"), done.select_one("#live").get_text()) == (
        None,
        "Your archive is ready.",
    )
    got = browser.get(done.select_one("#export a")["href"])
    content = b"".join(got.streaming_content)
    assert "README.txt" in ZipFile(BytesIO(content)).namelist()
    assert got.headers["Cache-Control"] == "private, no-store"
    assert got.headers["Content-Disposition"] == f'attachment; filename="cairn-ada-{export.created_at:%Y-%m-%d}.zip"'


def test_download_is_for_its_member_with_the_password_and_for_a_week(browser, ada, eve, client_of):
    export = made(ada)
    address = f"{ASK}{export.uuid}/"
    assert [client_of(eve).get(f"{address}{end}").status_code for end in ("state/",)] == [404]
    eve.set_password(PASSWORD)
    eve.save()
    stranger = client_of(eve)
    stranger.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert stranger.get(address).status_code == 404
    stale = client_of(ada)
    for response in (stale.get(address), stale.post(ASK)):
        assert response["Location"].startswith("/accounts/reauthenticate/?next=")
    assert browser.get(address).status_code == 200
    Export.objects.update(ready_at=timezone.now() - timedelta(days=7, seconds=1))
    assert browser.get(address).status_code == 404
    assert "Make my archive" in browser.get(PAGE).text


def test_old_exports_go_with_their_files(ada, bob):
    old, new = made(ada), made(bob)
    Export.objects.filter(pk=old.pk).update(ready_at=timezone.now() - timedelta(days=7, seconds=1))
    forget_old_exports()
    assert Export.objects.get() == new
    storage = new.file.storage
    assert (storage.exists(old.file.name), storage.exists(new.file.name)) == (False, True)


def test_asking_too_often_is_refused(browser, monkeypatch):
    monkeypatch.setattr(pages, "ASKING", Rate(1, 3600))
    assert [browser.post(ASK).status_code for _ in range(2)] == [302, 429]
