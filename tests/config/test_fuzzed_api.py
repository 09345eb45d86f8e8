"""Every operation of the API against its own description, by a program that makes up requests, on a live server.

No answer is a 5xx, and each is as described: its status, its headers, its type, its schema. `CAIRN_FUZZ=20` makes up
twenty requests for each operation instead of a few, and tries every edge of every field besides.
"""

import os
from collections import Counter
from collections.abc import Iterable

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.engine.recorder import ScenarioRecorder

from accounts.models import Scope
from accounts.tokens import make_token
from ai_assist.rules import RATES as DOCUMENT_RATES
from communities.rules import RATES
from config.openapi import description
from net.limits import Rate
from tests.communities.views.place import Place, furnish
from tests.factories import make_community, make_user

EACH = int(os.environ.get("CAIRN_FUZZ", "0"))
PHASES = {"examples", "fuzzing", "stateful"} | ({"coverage"} if EACH else set())
FIT = ["2xx", "304", "401", "403", "404", "409", "422"]
"""What a request may get that is as described: forms ask for more than a schema can say."""


@pytest.fixture
def no_limits(settings, monkeypatch):
    """A program that is sent away for coming too often would prove nothing."""
    settings.ACCOUNT_RATE_LIMITS = False
    for rates in (RATES, DOCUMENT_RATES):
        for verb in rates:
            monkeypatch.setitem(rates, verb, Rate(10**9, 24 * 3600))


@pytest.fixture
def place(transactional_db) -> Place:
    otto, ada, bob = (make_user(name) for name in ("otto", "ada", "bob"))
    return furnish(make_community(otto, ada, bob), ada, bob)


@pytest.fixture
def schema(place, no_limits, live_server, settings):
    """As the server describes it; what is made up names now and then what is really there."""
    settings.SITE_URL = live_server.url
    description.cache_clear()
    _token, secret = make_token(by=place.post.author, name="Fuzz", scope=Scope.WRITE, days=7)
    there = {
        "slug": [place.community.slug],
        "tag": [place.tag.slug],
        "username": ["ada", "bob"],
        "key": [place.picture.key],
        "pk": [place.post.pk, place.answer.pk, place.comment.pk, place.folder.pk],
        "uuid": [str(place.document.uuid)],
    }
    config = {
        "seed": 1,
        "headers": {"Authorization": f"Bearer {secret}"},
        "continue-on-failure": True,
        "dictionaries": {name: {"values": values} for name, values in there.items()},
        "parameters": {f"path.{name}": {"dictionary": name, "probability": 0.7} for name in there} | {"query.wait": 0},
        "generation": {"max-examples": EACH or 1, "database": "none", "no-shrink": True, "deterministic": True},
        "checks": {"positive_data_acceptance": {"expected-statuses": FIT}},
        "phases": {name: {"enabled": name in PHASES} for name in ("examples", "coverage", "fuzzing", "stateful")},
    }
    yield schemathesis.openapi.from_url(
        f"{live_server.url}/api/openapi.json", config=SchemathesisConfig.from_dict(config)
    )
    description.cache_clear()


def faults(recorder: ScenarioRecorder) -> Iterable[str]:
    """In words, each with what was asked."""
    for case, checks in recorder.checks.items():
        for check in checks:
            if check.failure_info is not None:
                label = recorder.cases[case].value.operation.label
                yield f"{label}: {check.failure_info.failure.message}\n{check.failure_info.code_sample}"


def test_every_answer_is_as_described(schema):
    asked: Counter[str] = Counter()
    found: list[str] = []
    for event in from_schema(schema).execute():
        match event:
            case events.ScenarioFinished():
                asked[event.phase.value] += len(event.recorder.interactions)
                found += faults(event.recorder)
            case events.NonFatalError():
                found.append(f"{event.label}: {event.info}")
            case events.FatalError():
                raise event.exception
    print(f"asked {asked.total()}: {dict(asked)}")
    assert not found, "\n\n".join(found)
    assert set(asked) == PHASES
