"""Programs that sign in: what they get, how they go on, and every token that is refused."""

import hashlib
import hmac
import json
import threading
from base64 import urlsafe_b64encode
from datetime import timedelta

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.sessions.backends.cached_db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.headless.keys import keys, signing_key
from accounts.headless.signed import Kind, written
from accounts.models import Grant, User
from ai_assist.models import Folder
from tests.accounts.codes import code_of, give_app
from tests.ai_assist.api.problem import is_problem
from tests.factories import make_user

AUTH = "/api/auth/v1/"
FOLDERS = "/api/v1/folders"
PASSWORD = "seven piles of stones"
UNKNOWN = "This token is not known here, or has expired."
SIGNED_OUT = "This program is signed out. Sign in again."
REUSED = "This refresh token was used before, so the program is signed out. Sign in again."
WRONG = "Name and password do not go together. Try again, or reset the password."


@pytest.fixture
def nora(db) -> User:
    return make_user("nora", password=PASSWORD)


@pytest.fixture
def program() -> Client:
    return Client(enforce_csrf_checks=True)


def sent(program: Client, step: str, **body):
    return program.post(AUTH + step, body, content_type="application/json")


def asked(program: Client, token: str):
    return program.get(FOLDERS, headers={"Authorization": f"Bearer {token}"})


@pytest.fixture
def pair(nora, program) -> dict[str, str]:
    return sent(program, "login", username="nora", password=PASSWORD).json()


def forged(token: str, key=None, algorithm="RS256", kid=None, typ=None, **claims) -> str:
    """The same token, with this and that another way, signed by our own key unless another is named."""
    header, said = jwt.get_unverified_header(token), jwt.decode(token, options={"verify_signature": False})
    headers = {"kid": kid or header["kid"], "typ": typ or header["typ"]}
    signer = signing_key().private if key is None else key
    return jwt.encode(said | claims, signer, algorithm=algorithm, headers=headers)


def test_login_gives_tokens_with_which_a_program_is_its_member(nora, pair, program):
    assert (sorted(pair), pair["expires_in"], pair["token_type"]) == (
        ["access_token", "expires_in", "refresh_token", "token_type"],
        300,
        "Bearer",
    )
    headers = {"Authorization": f"Bearer {pair['access_token']}"}
    made = program.post(FOLDERS, {"name": "Walks"}, content_type="application/json", headers=headers)
    assert (made.status_code, Folder.objects.get().owner) == (201, nora)
    assert program.cookies == {}
    key = Session.objects.get().session_key
    assert key not in json.dumps(pair)
    again = sent(Client(), "login", email="nora@example.org", password=PASSWORD)
    assert (again.status_code, again.headers["Cache-Control"].split(", ")[0]) == (200, "max-age=0")


def test_login_with_something_wrong_says_the_same_of_everybody(nora, program):
    for body in ({"username": "nora"}, {"username": "nobody"}, {"email": "nora@example.org"}):
        assert is_problem(sent(program, "login", password="not this one", **body), 401, WRONG)
    missing = sent(program, "login", username="nora")
    assert is_problem(missing, 422, "This field is required.")
    assert missing.json()["errors"][0]["where"] == ["body", "password"]
    unread = program.post(f"{AUTH}login", "{", content_type="application/json")
    assert is_problem(unread, 400, "This is not JSON that can be read.")
    assert is_problem(program.get(f"{AUTH}login"), 405, "This address takes POST.")
    assert Grant.objects.count() == 0


def test_login_too_often_is_refused_with_the_time_to_wait(nora, program):
    answers = [sent(program, "login", username="nora", password="not this one") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert int(answers[-1].headers["Retry-After"]) == 900
    assert sent(program, "login", username="nora", password=PASSWORD).status_code == 429


def test_login_of_a_closed_account_gives_nothing(nora, program):
    User.objects.update(is_active=False)
    assert sent(program, "login", username="nora", password=PASSWORD).status_code == 401
    assert Grant.objects.count() == 0


def test_login_with_an_unknown_address_of_mail_needs_another_step(nora, program):
    nora.emailaddress_set.update(verified=False)
    refused = sent(program, "login", username="nora", password=PASSWORD)
    assert is_problem(refused, 401, "Another step is needed.", steps=["verify_email"])
    assert Grant.objects.count() == 0


def test_login_of_who_has_a_second_step_takes_a_code(nora, program):
    give_app(nora)
    half = sent(program, "login", username="nora", password=PASSWORD)
    assert is_problem(half, 401, "Another step is needed.", steps=["mfa_authenticate"])
    go_on = {"X-Session-Token": half.json()["session_token"]}

    def second(code: str):
        return program.post(f"{AUTH}second-factor", {"code": code}, content_type="application/json", headers=go_on)

    assert is_problem(sent(Client(), "second-factor", code=code_of()), 401, "Sign in first.")
    assert is_problem(second("000000"), 401, "This is not right. Each code is good once, and for half a minute.")
    assert Grant.objects.count() == 0
    assert asked(program, second(code_of()).json()["access_token"]).status_code == 200


def test_guessing_the_second_step_ends(nora, program):
    give_app(nora)
    token = sent(program, "login", username="nora", password=PASSWORD).json()["session_token"]
    go_on = {"content_type": "application/json", "headers": {"X-Session-Token": token}}
    answers = [program.post(f"{AUTH}second-factor", {"code": "0"}, **go_on) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert (answers[-1].headers["Retry-After"], Grant.objects.count()) == ("900", 0)


def test_refresh_gives_a_new_pair_and_the_old_one_is_used_up(pair, program):
    Session.objects.update(expire_date=timezone.now() + timedelta(days=1))
    renewed = sent(program, "refresh", refresh_token=pair["refresh_token"]).json()
    assert asked(program, renewed["access_token"]).status_code == 200
    assert Session.objects.get().expire_date > timezone.now() + timedelta(days=13)
    assert is_problem(sent(program, "refresh", refresh_token=pair["refresh_token"]), 401, REUSED)
    assert (Session.objects.count(), Grant.objects.count()) == (0, 0)
    for one in (pair, renewed):
        assert is_problem(asked(program, one["access_token"]), 401, SIGNED_OUT)
        assert is_problem(sent(program, "refresh", refresh_token=one["refresh_token"]), 401, SIGNED_OUT)


@pytest.mark.django_db(transaction=True)
def test_refresh_at_once_serves_one_and_ends_the_session(pair):
    ready, answers = threading.Barrier(4), []

    def refresh():
        ready.wait(timeout=10)
        answers.append(sent(Client(), "refresh", refresh_token=pair["refresh_token"]).status_code)
        connection.close()

    programs = [threading.Thread(target=refresh) for _ in range(4)]
    for thread in programs:
        thread.start()
    for thread in programs:
        thread.join(timeout=20)
    assert sorted(answers) == [200, 401, 401, 401]
    assert (Session.objects.count(), Grant.objects.count()) == (0, 0)


@pytest.mark.parametrize("body", [{}, {"refresh_token": None}, {"refresh_token": 7}])
def test_refresh_without_a_token_names_the_fault(db, program, body):
    refused = sent(program, "refresh", **body)
    assert is_problem(refused, 422, "Send the refresh token.")
    assert is_problem(program.post(f"{AUTH}refresh", "[", content_type="text/plain"), 422, "Send the refresh token.")


def public_pem() -> bytes:
    form = (serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return signing_key().public.public_bytes(*form)


def signed_by_hand(token: str, secret: bytes) -> str:
    """As HS256, with a secret that the library would refuse to take for one."""
    header = jwt.get_unverified_header(token) | {"alg": "HS256"}
    first = urlsafe_b64encode(json.dumps(header).encode()).rstrip(b"=") + b"." + token.split(".")[1].encode()
    signature = hmac.new(secret, first, hashlib.sha256).digest()
    return (first + b"." + urlsafe_b64encode(signature).rstrip(b"=")).decode()


def other_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


FORGERIES = {
    "no signature": lambda token: forged(token, key="", algorithm="none"),
    "signed with the public key": lambda token: signed_by_hand(token, public_pem()),
    "another key": lambda token: forged(token, key=other_key()),
    "another kid": lambda token: forged(token, kid="x" * 43),
    "kid that is a path": lambda token: forged(token, kid="../../dev/null"),
    "for others": lambda token: forged(token, aud="https://elsewhere.example/api/v1"),
    "from others": lambda token: forged(token, iss="https://elsewhere.example"),
    "another type": lambda token: forged(token, typ="JWT"),
    "expired by a second": lambda token: forged(token, exp=timezone.now() - timedelta(seconds=1)),
    "without a grant": lambda token: forged(token, sid="6f1d0a52-6c7e-4f5b-9a34-3f4b6f0f7c11"),
    "grant that is none": lambda token: forged(token, sid="1"),
    "of somebody else": lambda token: forged(token, sub="1"),
    "cut": lambda token: token[:-4],
    "changed": lambda token: ".".join((token.split(".")[0], token.split(".")[1][:-2] + "AA", token.split(".")[2])),
    "nothing": lambda token: "..",
    "no JSON": lambda token: "a.b.c",
    "a list": lambda token: f"{urlsafe_b64encode(b'[]').decode()}.e30.x",
}


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
def test_forged_token_is_refused(pair, program, forge):
    for kind in ("access_token", "refresh_token"):
        token = forge(pair[kind])
        refused = asked(program, token) if kind == "access_token" else sent(program, "refresh", refresh_token=token)
        assert (refused.status_code, refused.headers["Content-Type"]) == (401, "application/problem+json")
        assert refused.json()["detail"] in (UNKNOWN, SIGNED_OUT)
    assert asked(program, pair["access_token"]).status_code == 200
    assert sent(program, "refresh", refresh_token=pair["refresh_token"]).status_code == 200


def test_tokens_are_good_for_one_thing_each(pair, program):
    assert is_problem(asked(program, pair["refresh_token"]), 401, UNKNOWN)
    assert is_problem(sent(program, "refresh", refresh_token=pair["access_token"]), 401, UNKNOWN)
    renamed = forged(pair["refresh_token"], typ=str(Kind.ACCESS))
    assert is_problem(asked(program, renamed), 401, UNKNOWN)


def sign_out(program, pair):
    gone = program.delete(f"{AUTH}session", headers={"Authorization": f"Bearer {pair['access_token']}"})
    assert (gone.status_code, gone.content) == (204, b"")
    return SIGNED_OUT


def end_everywhere(program, pair):
    SessionStore(Grant.objects.get().session_key).delete()
    return SIGNED_OUT


def change_password(program, pair):
    nora = User.objects.get()
    nora.set_password("another pile of stones")
    nora.save()
    return SIGNED_OUT


def close(program, pair):
    User.objects.update(is_active=False)
    return "This account is closed."


def delete(program, pair):
    User.objects.all().delete()
    return SIGNED_OUT


@pytest.mark.parametrize("act", [sign_out, end_everywhere, change_password, close, delete])
def test_token_counts_no_longer_at_once(pair, program, act):
    sentence = act(program, pair)
    assert is_problem(asked(program, pair["access_token"]), 401, sentence)
    assert is_problem(sent(program, "refresh", refresh_token=pair["refresh_token"]), 401, sentence)


def test_sign_out_of_nobody_is_refused(db, program):
    assert is_problem(program.delete(f"{AUTH}session"), 401, UNKNOWN)
    assert is_problem(program.get(f"{AUTH}session"), 405, "This address takes DELETE.")


def test_old_key_is_believed_and_signs_nothing(nora, pair, program, settings, tmp_path):
    newer = tmp_path / "newer.pem"
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    newer.write_bytes(other_key().private_bytes(*form))
    old = settings.JWT_KEYS
    settings.JWT_KEYS = [newer, *old]
    assert asked(program, pair["access_token"]).status_code == 200
    renewed = sent(program, "refresh", refresh_token=pair["refresh_token"]).json()
    kids = [key["kid"] for key in program.get("/api/jwks.json").json()["keys"]]
    assert [jwt.get_unverified_header(one["access_token"])["kid"] for one in (renewed, pair)] == kids
    settings.JWT_KEYS = [newer]
    assert asked(program, renewed["access_token"]).status_code == 200
    assert is_problem(asked(program, pair["access_token"]), 401, UNKNOWN)


def test_others_can_check_a_token_with_the_published_key(pair, client):
    response = client.get("/api/jwks.json")
    (key,) = response.json()["keys"]
    assert sorted(key) == ["alg", "e", "kid", "kty", "n", "use"]
    assert response.headers["Cache-Control"] == "public, max-age=300"
    refused = Client(enforce_csrf_checks=True).post("/api/jwks.json")
    assert is_problem(refused, 405, "This address takes GET, HEAD.")
    public = jwt.PyJWK(key).key
    audience = "http://localhost:8000/api/v1"
    said = jwt.decode(pair["access_token"], public, algorithms=["RS256"], audience=audience)
    assert (said["sub"], said["exp"] - said["iat"]) == (str(User.objects.get().pk), 300)


def test_without_a_key_programs_cannot_sign_in(nora, program, settings):
    settings.JWT_KEYS = []
    sentence = "Programs cannot sign in here. Send a personal token."
    assert is_problem(sent(program, "login", username="nora", password=PASSWORD), 404, sentence)
    assert program.get("/api/jwks.json").json() == {"keys": []}


def test_check_takes_two_queries(pair, program, django_assert_num_queries):
    with django_assert_num_queries(2):  # the grant with its member, the folders; the session is in the cache
        asked(program, pair["access_token"])


def test_key_of_the_local_run_is_for_nobody_else(settings):
    (path,) = settings.JWT_KEYS
    assert path.stat().st_mode & 0o777 == 0o600
    assert written(Kind.ACCESS, Grant(member_id=1)).count(".") == 2
    assert list(keys()) == [signing_key().kid]
