"""What goes wrong at a provider or on the way back from it: a calm page, nobody signed in, nothing given away."""

import time
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth import get_user

from accounts.models import User
from tests.accounts.providing import CLIENT, KINDS, person
from tests.accounts.test_providers import JOIN, come_back, way_back, way_to

BEGIN_ANEW = "{} could not tell us who you are. Nothing has changed; begin again."
AWAY = "{} does not answer just now. Try again in a moment."
NAMES = {"google": "Google", "github": "GitHub", "university": "The University"}
STRANGE = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def refused(read, answer, sentence: str, status: int) -> bool:
    said = read(answer).select_one(".page-header__text").get_text()
    assert (answer.status_code, said) == (status, sentence)
    return get_user(answer.client).is_anonymous and not User.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_who_refuses_there_is_back_where_they_were(provider, client, read, kind):
    provider.denies = True
    answer = client.get(way_back(way_to(client, kind)), follow=True)
    assert answer.redirect_chain == [("/accounts/login/", 302)]
    assert [str(said) for said in answer.context["messages"]] == [
        f"You did not go on with {NAMES[kind]}, so nothing has changed."
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_way_back_is_good_once_and_for_whoever_began(provider, client, client_of, read, kind):
    """Row 23: a state that is foreign, used, of another provider, invented or missing."""
    person(provider, kind, email="clara@example.org")
    back = way_back(way_to(client, kind))
    sentence = BEGIN_ANEW.format(NAMES[kind])
    assert refused(read, client_of(None).get(back), sentence, 403)  # somebody was lured to it
    code = parse_qs(urlsplit(back).query)["code"][0]
    path = back.partition("?")[0]
    for more in ({}, {"state": "x" * 16}, {"state": ""}):
        assert refused(read, client.get(f"{path}?{urlencode({'code': code} | more)}"), sentence, 403)
    other = next(one for one in KINDS if one != kind)
    assert refused(read, client.get(back.replace(f"/{kind}/", f"/{other}/")), BEGIN_ANEW.format(NAMES[other]), 403)
    assert client.get(back)["Location"] == JOIN
    assert refused(read, client.get(back), sentence, 403)


@pytest.mark.parametrize("kind", KINDS)
def test_code_of_another_sign_in_is_not_taken(provider, client, client_of, read, kind):
    """Somebody else's code with one's own state: PKCE holds them together."""
    person(provider, kind, email="clara@example.org")
    theirs, mine = (way_back(way_to(browser, kind)) for browser in (client_of(None), client))
    mixed = urlencode(
        {name: parse_qs(urlsplit(way).query)[name][0] for name, way in (("code", theirs), ("state", mine))}
    )
    assert refused(read, client.get(f"{mine.partition('?')[0]}?{mixed}"), BEGIN_ANEW.format(NAMES[kind]), 403)


WRONG_TOKENS = {
    "nonce of another": {"claims": {"nonce": "another"}},
    "no nonce": {"claims": {"nonce": None}},
    "a strange key": {"key": STRANGE},
    "a strange key by its name": {"key": STRANGE, "kid": "stone-2"},
    "a shared secret": {"key": CLIENT["secret"] * 2, "algorithm": "HS256"},
    "unsigned": {"key": None, "algorithm": "none"},
    "for another": {"claims": {"aud": "elsewhere"}},
    "for another as well": {"claims": {"aud": ["cairn", "elsewhere"]}},
    "of another issuer": {"claims": {"iss": "https://elsewhere.example"}},
    "over": {"claims": {"exp": 1_700_000_000}},
    "about nobody": {"claims": {"sub": None}},
    "about a number": {"claims": {"sub": 7}},
    "about a very long name": {"claims": {"sub": "7" * 200}},
}


@pytest.mark.parametrize("wrong", WRONG_TOKENS.values(), ids=WRONG_TOKENS)
def test_token_that_is_not_as_it_should_be_opens_nothing(provider, client, read, caplog, wrong):
    person(provider, "university", email="clara@example.org")
    for name, value in wrong.items():
        setattr(provider, name, value)
    caplog.set_level("WARNING", logger="accounts")
    assert refused(read, come_back(client, "university"), BEGIN_ANEW.format("The University"), 403)
    (line,) = [record.getMessage() for record in caplog.records if record.name.startswith("accounts")]
    assert line.startswith("sign-in with university failed: ")
    assert not any(secret in line for secret in ("clara", "eyJ", CLIENT["secret"], "code-"))


STRANGE_ANSWERS = [
    (500, {}),
    (200, []),
    (200, b"<html>"),
    (200, {"access_token": "x", "expires_in": "soon"}),
    (404, {}),
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("answer", STRANGE_ANSWERS)
def test_answers_that_nobody_understands_are_no_fault_of_ours(provider, client, kind, answer):
    person(provider, kind, email="clara@example.org")
    back = way_back(way_to(client, kind))
    provider.answer = answer
    assert client.get(back).status_code in (403, 503)
    assert get_user(client).is_anonymous


def test_answer_of_github_about_nobody_opens_nothing(provider, client, read):
    provider.person = {"login": "clara"}
    assert refused(read, come_back(client, "github"), BEGIN_ANEW.format("GitHub"), 403)


def test_userinfo_about_somebody_else_is_not_believed(provider, client, read):
    provider.person, provider.claims = {"sub": "8", "email": "clara@example.org"}, {"sub": "7", "email": None}
    assert refused(read, come_back(client, "university"), BEGIN_ANEW.format("The University"), 403)


def test_provider_that_is_down_is_said_to_be(provider, client, read, settings):
    nobody = "http://127.0.0.1:9"
    apps = settings.SOCIALACCOUNT_PROVIDERS
    apps["openid_connect"]["APPS"][1]["settings"]["server_url"] = nobody
    assert refused(read, client.post("/accounts/with/university/"), AWAY.format("The University"), 503)
    back = way_back(way_to(client, "github"))
    apps["github"]["APPS"][0]["settings"]["web"] = nobody
    assert refused(read, client.get(back), AWAY.format("GitHub"), 503)


def test_provider_that_says_nothing_is_not_waited_for(provider, client, read, settings):
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 0.3
    back = way_back(way_to(client, "github"))
    provider.silence = 1.5
    began = time.monotonic()
    assert refused(read, client.get(back), AWAY.format("GitHub"), 503)
    assert time.monotonic() - began < 1.5


def test_provider_that_calls_itself_something_else_is_not_asked_further(provider, client, read, settings):
    """A mix-up: at the address of one stands another."""
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][1]
    app["settings"]["server_url"] = provider.address.replace("127.0.0.1", "localhost")
    assert refused(read, client.post("/accounts/with/university/"), BEGIN_ANEW.format("The University"), 403)
