"""The environment: a wrong value stops the start with one sentence that names it; .env.example knows them all."""

import json
import os
import re
import subprocess
import sys

import pytest

from config import env
from config.env import WrongValue
from tests.config.outside import ROOT

KEY = "x7" * 25
AT_HTTPS = {"SITE_URL": "https://cairn.example.org", "SECRET_KEY": KEY}
WRONG = [
    ("SITE_URL", "ftp://cairn.example.org", "must begin with http: or https:."),
    ("SITE_URL", "cairn.example.org", "must begin with http: or https:."),
    ("SITE_URL", "http://[::1", "must begin with http: or https:."),
    ("SITE_URL", "", "must begin with http: or https:."),
    ("SITE_URL", "https://", "must be scheme and host, like https://cairn.example.org."),
    ("SITE_URL", "https://cairn.example.org/here", "must be scheme and host, like https://cairn.example.org."),
    ("SITE_URL", "https://cairn.example.org?a=b", "must be scheme and host, like https://cairn.example.org."),
    ("SITE_URL", "https://ada@cairn.example.org", "must be scheme and host, like https://cairn.example.org."),
    ("SITE_URL", "http://localhost:port", "has no valid port; it is a number up to 65535."),
    ("SITE_URL", "http://cairn.example.org", "outside this machine it must begin with https:."),
    ("DEBUG", "maybe", "it must be true or false."),
    ("DEBUG", "", "it must be true or false."),
    ("SECRET_KEY", "", "is empty; .env.example shows what it means."),
    ("SECRET_KEY", "short", "is too short; it needs at least 40 random characters."),
    ("DATABASE_URL", "", "is empty; .env.example shows what it means."),
    ("DATABASE_URL", "mysql://cairn@127.0.0.1/cairn", "must begin with postgres: or postgresql:."),
    ("DATABASE_URL", "postgresql://127.0.0.1", "must look like postgresql://user:password@host:5432/cairn."),
    ("DATABASE_URL", "postgresql:///cairn", "must look like postgresql://user:password@host:5432/cairn."),
    ("DATABASE_URL", "postgresql://127.0.0.1:port/cairn", "has no valid port; it is a number up to 65535."),
    ("DATABASE_URL", "postgresql://127.0.0.1:99999/cairn", "has no valid port; it is a number up to 65535."),
    ("REDIS_URL", "", "is empty; .env.example shows what it means."),
    ("REDIS_URL", "http://127.0.0.1:6379", "must begin with redis: or rediss:."),
    ("REDIS_URL", "redis://", "must look like redis://:password@host:6379, without a number at its end."),
    (
        "REDIS_URL",
        "redis://127.0.0.1:6379/3",
        "must look like redis://:password@host:6379, without a number at its end.",
    ),
    ("REDIS_URL", "redis://127.0.0.1:port", "has no valid port; it is a number up to 65535."),
    ("TRUSTED_PROXY_COUNT", "two", "has the value 'two', which is not a valid int."),
    ("TRUSTED_PROXY_COUNT", "-1", "has the value -1; it must not be negative."),
    ("METRICS_TOKEN", "short", "is too short; it needs at least 20 random characters."),
    ("API_ORIGINS", "*", "it must be scheme and host, like https://app.example.org."),
    ("API_ORIGINS", "https://app.example.org/x", "it must be scheme and host, like https://app.example.org."),
    ("JWT_KEYS", "nothing.pem", "which is no file with a private key that can be read."),
    ("JWT_KEYS", "README.md", "which is no file with a private key that can be read."),
    ("OIDC_PROVIDERS", "university", "is no JSON object; .env.example shows one."),
    ("OIDC_PROVIDERS", "[]", "is no JSON object; .env.example shows one."),
    ("OIDC_PROVIDERS", '{"google": {}}', "and another name than google or github."),
    ("OIDC_PROVIDERS", '{"a b": {}}', "and another name than google or github."),
    ("OIDC_PROVIDERS", '{"a": {"name": "A"}}', "must give 'a' a name, an issuer, a client_id and a client_secret."),
    (
        "OIDC_PROVIDERS",
        '{"a": {"name": "A", "issuer": "a.org", "client_id": "x", "client_secret": "y"}}',
        "an issuer that is no address; it must begin with https:.",
    ),
    ("GOOGLE_CLIENT_ID", "x", "is set without GOOGLE_CLIENT_SECRET; they belong together."),
    ("GITHUB_CLIENT_SECRET", "x", "is set without GITHUB_CLIENT_ID; they belong together."),
    ("AI_PRICES", "0.25", "has the value '0.25'; it must be two amounts, like 0.25,2."),
    ("AI_PRICES", "1,NaN", "has the value '1,NaN'; it must be two amounts, like 0.25,2."),
    ("AI_PRICES", "cheap", "has the value 'cheap'; it must be two amounts, like 0.25,2."),
    ("VECTOR_STORE", "faiss", "it must be pgvector or pinecone."),
    ("PINECONE_HOST", "pinecone", "must begin with https: or http:."),
    ("MAIL_URL", "sendmail:", "must begin with smtp: or smtp+tls: or smtp+ssl: or file:."),
    ("MAIL_URL", "smtp://", "names no mail server; write smtp://host:25."),
    ("MAIL_URL", "smtp://mail.example.org:port", "has no valid port; it is a number up to 65535."),
]
TRY_EACH = """
import json, os, runpy, sys
from config.env import WrongValue
given = dict(os.environ)
said = []
for changes in json.loads(sys.argv[1]):
    os.environ.clear()
    os.environ.update({name: value for name, value in (given | changes).items() if value is not None})
    try:
        runpy.run_module("config.settings")
        said.append("")
    except WrongValue as error:
        said.append(str(error))
print(json.dumps(said))
"""


def sentences(*environments: dict[str, str | None]) -> list[str]:
    """What the settings say to each of these environments; None takes a variable away."""
    command = [sys.executable, "-c", TRY_EACH, json.dumps(environments)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, timeout=60, check=True)
    return json.loads(done.stdout)


def test_wrong_values_are_one_sentence_that_names_the_variable():
    said = sentences(*({name: value} for name, value, _ in WRONG))
    for (name, value, ending), sentence in zip(WRONG, said, strict=True):
        assert (name, value, sentence.partition(" ")[0]) == (name, value, name)
        assert (name, value, sentence[-len(ending) :]) == (name, value, ending)
        assert "\n" not in sentence


def test_what_is_missing_is_named():
    names = ("SECRET_KEY", "DATABASE_URL", "REDIS_URL")
    expected = [f"{name} is not set; .env.example shows what it means." for name in names]
    assert sentences(*({name: None} for name in names)) == expected


def test_pinecone_needs_its_key():
    assert sentences({"VECTOR_STORE": "pinecone"}, {"VECTOR_STORE": "pinecone", "PINECONE_API_KEY": "key"}) == [
        "PINECONE_API_KEY is not set; .env.example shows what it means.",
        "",
    ]


def test_key_of_a_local_run_is_refused_for_others():
    assert sentences(AT_HTTPS | {"SECRET_KEY": f"local-{KEY}"}, AT_HTTPS) == [
        "SECRET_KEY is the key of a local run; set one of your own.",
        "",
    ]


def test_right_values_are_taken():
    assert (
        sentences(
            {"SITE_URL": "http://127.0.0.1:9000/"},
            {"SITE_URL": "http://[::1]:9000"},
            {"DEBUG": "On"},
            {"AI_PRICES": "0.25, 2"},
            {"MAIL_URL": "smtp+ssl://ada:p%40ss@mail.example.org"},
            {"REDIS_URL": "rediss://:secret@redis.example.org:6380/"},
            {
                "GOOGLE_CLIENT_ID": "x",
                "GOOGLE_CLIENT_SECRET": "y",
                "OIDC_PROVIDERS": '{"a": {"name": "A", "issuer": "http://a", "client_id": "x", "client_secret": "y"}}',
            },
            {"ALLOWED_HOSTS": "a.example.org,b.example.org", **AT_HTTPS},
        )
        == [""] * 8
    )


def test_database_address_is_read_to_the_letter(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://a%40da:p%2Fw@db.example.org/ca%20irn?sslmode=require")
    given = env.database("DATABASE_URL")
    assert (given["USER"], given["PASSWORD"], given["HOST"], given["PORT"]) == ("a@da", "p/w", "db.example.org", "5432")
    assert (given["NAME"], given["OPTIONS"]) == ("ca irn", {"sslmode": "require"})


@pytest.mark.parametrize(
    ("address", "port", "tls", "ssl"),
    [("smtp://m", 25, False, False), ("smtp+tls://m", 587, True, False), ("smtp+ssl://m:466", 466, False, True)],
)
def test_mail_server_has_the_port_of_its_kind(monkeypatch, address, port, tls, ssl):
    monkeypatch.setenv("MAIL_URL", address)
    options = env.mailer("MAIL_URL", "")["OPTIONS"]
    assert (options["host"], options["port"], options["use_tls"], options["use_ssl"]) == ("m", port, tls, ssl)


def test_wrong_value_never_says_a_password(monkeypatch):
    tries = [
        (env.database, "mysql://ada:hunter2@db/cairn"),
        (env.database, "postgresql://ada:hunter2@db:x/cairn"),
        (env.redis, "redis://:hunter2@r:x"),
        (env.redis, "http://:hunter2@r"),
        (lambda name: env.mailer(name, ""), "smtp://ada:hunter2@m:x"),
    ]
    for read, value in tries:
        monkeypatch.setenv("SOME_URL", value)
        with pytest.raises(WrongValue) as refusal:
            read("SOME_URL")
        assert "hunter2" not in str(refusal.value)


READ = re.compile(r"""(?:env\.\w+|environ\.get)\(\s*"([A-Z][A-Z_]+)"|environ\["([A-Z][A-Z_]+)"\]""")
NOT_OURS = {
    "CAIRN_PROCESS",  # set by the supervisor for each of its processes
    "DJANGO_SETTINGS_MODULE",
    "NO_COLOR",
    "PYENV_ROOT",
    "UV_PYTHON_INSTALL_DIR",
}


def test_env_example_lists_what_is_read_and_nothing_else():
    sources = [*ROOT.glob("*.py"), ROOT / "tests/browser.py"]
    for package in ("config", "accounts", "notifications", "communities", "outbox", "markup", "net"):
        sources += (ROOT / package).rglob("*.py")
    read = {first or second for path in sources for first, second in READ.findall(path.read_text(encoding="utf-8"))}
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)) == read - NOT_OURS - {"CI"}
