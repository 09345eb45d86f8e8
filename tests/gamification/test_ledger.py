"""The ledger is only added to, and says of itself whether it is right."""

from io import StringIO

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from accounts.zones import zones
from communities.actions.voting import cast_vote
from communities.models import Membership, Vote
from gamification.models import DailyXP, Entry
from tests.factories import make_user
from tests.gamification.book import xp


@pytest.fixture
def entry(ada, answer) -> Entry:
    cast_vote(answer, by=ada, value=1)
    return Entry.objects.get()


def recount(*options: str) -> list[str]:
    said = StringIO()
    call_command("recount_xp", *options, stdout=said)
    return said.getvalue().splitlines()


def test_entry_is_never_changed_nor_deleted_but_for_its_status(entry):
    for act in (
        lambda: Entry.objects.update(amount=1_000),
        lambda: Entry.objects.update(user=entry.actor),
        lambda: Entry.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError, match="the ledger is only added to"), transaction.atomic():
            act()
    Entry.objects.update(status="void")
    assert Entry.objects.values_list("amount", "status").get() == (10, "void")


def test_same_key_and_second_reversal_are_refused_by_the_database(entry):
    given = {f.attname: getattr(entry, f.attname) for f in Entry._meta.concrete_fields if not f.primary_key}
    with pytest.raises(IntegrityError, match="entry_once"), transaction.atomic():
        Entry.objects.create(**given)
    back = given | {"reversal_of_id": entry.pk, "amount": -10}
    Entry.objects.create(**back | {"idempotency_key": "first"})
    with pytest.raises(IntegrityError, match="one_reversal_per_entry"), transaction.atomic():
        Entry.objects.create(**back | {"idempotency_key": "second"})


def test_staff_read_the_ledger_and_change_nothing(entry, client_of, read):
    browser = client_of(make_user("grace", is_staff=True, is_superuser=True))
    address = f"/admin/gamification/entry/{entry.pk}/"
    page = read(browser.get(f"{address}change/"))
    assert page.select("#entry_form input:not([type=hidden]), .deletelink, [name=_save]") == []
    assert [browser.post(f"{address}{act}/").status_code for act in ("change", "delete")] == [403, 403]
    assert browser.get("/admin/gamification/entry/add/").status_code == 403


def test_only_superusers_see_in_the_ledger_who_voted(entry, ada, client_of, read):
    rosa = make_user("rosa", is_staff=True)
    rosa.user_permissions.add(Permission.objects.get(codename="view_entry"))
    shown = []
    for person in (rosa, make_user("grace", is_staff=True, is_superuser=True)):
        browser = client_of(person)
        page = read(browser.get(f"/admin/gamification/entry/{entry.pk}/change/"))
        found = read(browser.get("/admin/gamification/entry/", {"q": entry.idempotency_key}))
        asked = browser.get("/admin/gamification/entry/", {"actor": ada.pk}).status_code
        fields = page.select(".field-actor, .field-idempotency_key")
        shown.append((len(fields), len(found.select("#result_list tbody tr")), asked))
    assert shown == [(0, 0, 400), (2, 1, 200)]


def test_recount_finds_nothing_where_all_is_right(entry):
    assert recount("--check") == ["0 differences."]


def test_recount_finds_and_mends_rows_that_drifted(entry, bob, otto):
    Vote.objects.create(
        voter=otto, post_id=entry.source_id and Vote.objects.get().post_id, answer_id=entry.source_id, value=1
    )
    said = StringIO()
    with pytest.raises(CommandError, match="differences"):
        call_command("recount_xp", "--check", stdout=said)
    assert f"+10 A2 answer {entry.source_id}: member {bob.pk}" in said.getvalue().splitlines()
    assert (Entry.objects.count(), DailyXP.objects.get().effective) == (1, 10)
    recount()
    assert recount("--check") == ["0 differences."]
    assert (xp(bob), Membership.objects.get(user=bob).xp) == (20, 20)


def test_database_knows_every_zone_that_a_member_may_live_in(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_timezone_names")
        known = {name for (name,) in cursor.fetchall()}
    assert set(zones()) - known == set()
