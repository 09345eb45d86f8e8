"""A typed client that a generator makes from the description alone: it knows everything and does a journey."""

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from accounts.models import User
from communities.models import Answer, Bookmark, Post
from config.openapi import description
from net.problems import TYPE
from tests.factories import make_community, make_user

PASSWORD = "seven piles of stones"
NAME = "cairn_client"
CONFIG = {
    "post_hooks": [],
    "project_name_override": "cairn-client",
    "package_name_override": NAME,
    "content_type_overrides": {"image/webp": "application/octet-stream"},
}


@pytest.fixture
def generated(tmp_path, monkeypatch):
    """Everything it makes can be loaded."""
    for name, content in (("openapi", description()), ("config", CONFIG)):
        (tmp_path / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    at = tmp_path / "made" / NAME
    options = ["--path", "openapi.json", "--config", "config.json", "--output-path", str(at), "--meta", "none"]
    command = [str(Path(sys.executable).with_name("openapi-python-client")), "generate", *options, "--fail-on-warning"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    monkeypatch.syspath_prepend(str(at.parent))
    operations = {
        path.stem: ".".join(path.relative_to(at.parent).with_suffix("").parts) for path in at.glob("api/*/*.py")
    }
    yield {name: importlib.import_module(module) for name, module in operations.items()}
    for name in [name for name in sys.modules if name.partition(".")[0] == NAME]:
        del sys.modules[name]


@pytest.mark.django_db(transaction=True)
def test_client_signs_in_asks_answers_and_finds(generated, live_server, settings):
    settings.SITE_URL = live_server.url
    people = [make_user(name, password=PASSWORD) for name in ("otto", "ada", "bob")]
    make_community(*people)
    client, models = (importlib.import_module(f"{NAME}.{part}") for part in ("client", "models"))

    def signed_in(member: User):
        body = models.LoginIn(username=member.username, password=PASSWORD)
        tokens = generated["login"].sync(client=client.Client(base_url=live_server.url), body=body)
        return client.AuthenticatedClient(
            base_url=live_server.url, token=tokens.access_token, raise_on_unexpected_status=True
        )

    def asked(program, name, *path, **given):
        return generated[name].sync(*path, client=program, **given)

    ada, bob = (signed_in(member) for member in people[1:])
    (place,) = asked(ada, "communities").communities
    question = models.PostIn(
        community=place.slug,
        title="Why do signs flip in brackets?",
        goal="To see why",
        tried="I opened the brackets, term by term.",
        stuck="At the signs",
    )
    post = asked(ada, "post_publish", body=question, idempotency_key="k-1")
    again = asked(ada, "post_publish", body=question, idempotency_key="k-1")
    body = models.AnswerIn(body="The minus before brackets belongs to each term in them.")
    answer = asked(bob, "answer_give", post.id, body=body)
    vote = asked(ada, "answer_vote", answer.id, body=models.VoteIn(value=1))
    accepted = asked(ada, "answer_accept", answer.id)
    found = asked(ada, "search", q="brackets", order=models.SearchOrder.NEWEST)
    kept = asked(ada, "post_bookmark", post.id)
    read = asked(ada, "post", post.id)
    refused = asked(bob, "answer_accept", answer.id)

    stands = Answer.objects.get()
    assert (again.id, post.author.username, Post.objects.get().pk) == (post.id, "ada", post.id)
    assert (answer.id, answer.post, answer.author.username) == (stands.pk, post.id, "bob")
    assert (vote.value, vote.up, stands.up) == (1, 1, 1)
    assert (accepted.is_accepted, stands.accepted_at is not None) == (True, True)
    assert [one.post.id for one in found.found] == [post.id]
    assert (kept.post, Bookmark.objects.get().owner) == (post.id, people[1])
    assert [(one.id, one.mine.vote) for one in read.answers] == [(answer.id, 1)]
    assert (type(refused), refused.status) == (models.Problem, 403)
    assert refused.detail == "Only who asked can accept an answer."
    unread = generated["post"].sync_detailed(post.id + 1, client=ada)
    assert (unread.status_code, unread.headers["Content-Type"], unread.parsed.detail) == (
        404,
        TYPE,
        "This is not here.",
    )
