"""What a stranger types tells nobody who has an account: the same bytes come back, and after the same work."""

import re

import pytest

from accounts.actions import claim_link
from tests.accounts.counting import CountingHasher
from tests.accounts.letters import code_in, last_mail
from tests.factories import make_stub, make_user

PASSWORD = "three stones on a hill"
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
DOORS = {
    "sign-in by name": ("/accounts/login/", {"login": "{}", "password": "four stones on a hill"}, 1),
    "sign-in by address": ("/accounts/login/", {"login": "{}@example.org", "password": "four stones on a hill"}, 1),
    "sign-up": ("/accounts/signup/", {"username": "clara", "email": "{}@example.org", "password1": PASSWORD}, 1),
    "code by mail": ("/accounts/login/code/", {"email": "{}@example.org"}, 0),
    "lost password": ("/accounts/password/reset/", {"email": "{}@example.org"}, 0),
}


@pytest.fixture(autouse=True)
def counting(settings):
    settings.PASSWORD_HASHERS = [f"{CountingHasher.__module__}.{CountingHasher.__name__}"]


@pytest.fixture
def ada(db):
    return make_user("ada", email="ada@example.org", password=PASSWORD)


def knock(client, path: str, form: dict[str, str], name: str) -> tuple[object, int]:
    """All that comes back, pages after it included, without the name that was typed; and how many hashes it took."""
    before = CountingHasher.made
    first = client.post(path, {field: typed.format(name) for field, typed in form.items()})
    hashes = CountingHasher.made - before
    answers = [first]
    if first.status_code == 302:
        answers.append(client.get(first["Location"]))
    shown = [
        (
            answer.status_code,
            sorted((name, value) for name, value in answer.items() if name != "Expires"),
            sorted(answer.cookies),
            TOKEN.sub(b"", answer.content).replace(name.encode(), b"NAME"),
        )
        for answer in answers
    ]
    return shown, hashes


@pytest.mark.parametrize(("path", "form", "hashes"), DOORS.values(), ids=DOORS)
def test_known_and_unknown_get_the_same_bytes_after_the_same_work(ada, client_of, path, form, hashes):
    known = knock(client_of(None), path, form, "ada")
    unknown = knock(client_of(None), path, form, "eda")
    assert known == unknown
    assert known[1] == hashes


def test_claim_with_an_address_that_is_taken_takes_as_long(ada, client_of):
    link = claim_link(make_stub("euler"), by=make_user("grace", is_staff=True, is_superuser=True))
    path = link.removeprefix("http://localhost:8000")
    form = {"email": "{}@example.org", "password": PASSWORD}
    known = knock(client_of(None), path, form, "ada")
    assert known == knock(client_of(None), path, form, "eda")
    assert known[1] == 1


def test_wrong_address_is_mended_in_the_same_way_whether_it_had_an_account_or_not(ada, client_of):
    answers = []
    for name in ("ada", "eda"):
        browser = client_of(None)
        knock(
            browser,
            "/accounts/signup/",
            {"username": f"new-{name}", "email": "{}@example.org", "password1": PASSWORD},
            name,
        )
        mended = {"action": "change", "email": "mended-{}@example.org"}
        answers.append(knock(browser, "/accounts/confirm-email/", mended, name))
    assert answers[0] == answers[1]
    assert last_mail("mended-ada@example.org").subject == "No Cairn account has this address"
    assert code_in(last_mail("mended-eda@example.org"))
