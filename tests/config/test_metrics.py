"""Numbers for who watches: told by the token, and to nobody else."""

from decimal import Decimal

import pytest

from ai_assist import allowances
from ai_assist.actions.asking import begin_conversation
from ai_assist.models import State
from ai_assist.reach import Chosen
from tests.factories import make_community, make_document

TOKEN = "watches-the-whole-night"


@pytest.fixture
def watcher(settings):
    settings.METRICS_TOKEN = TOKEN
    return {"Authorization": f"Bearer {TOKEN}"}


def numbers(client, headers) -> dict[str, str]:
    response = client.get("/metrics", headers=headers)
    assert (response.status_code, response["Content-Type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")
    lines = response.content.decode().splitlines()
    return dict(line.rsplit(" ", 1) for line in lines if not line.startswith("# "))


def test_numbers_of_documents_questions_and_use(ada, client, settings, watcher):
    settings.AI_PRICES = (Decimal("0.25"), Decimal(2))
    settings.AI_CHAT_MODEL = 'openai:"small"'
    community = make_community(ada)
    make_document(ada, name="one.md")
    make_document(ada, name="two.md", state=State.FAILED)
    begin_conversation(Chosen(community=community), by=ada, question="How tall is the highest cairn?")
    allowances.spend(ada, community, tokens=5_000)
    allowances.settle_tokens(ada, community, counted=5_000, read=2_000, written=1_000)
    found = numbers(client, watcher)
    wanted = {
        'cairn_documents{state="failed"}': "1",
        'cairn_documents{state="ready"}': "1",
        "cairn_document_bytes": "12",
        "cairn_questions_unanswered": "1",
        'cairn_used_today{what="uploads"}': "2",
        'cairn_used_today{what="questions"}': "1",
        'cairn_used_today{what="tokens"}': "3000",
        'cairn_used_today{what="tokens_out"}': "1000",
        f'cairn_community_used_today{{community="{community.slug}",what="tokens"}}': "3000",
        "cairn_cost_today": "0.0025",
        'cairn_index_in_use{store="pgvector",embedder="minilm",chat_model="openai:\\"small\\""}': "1",
        "cairn_store_answers": "1",
        "cairn_chat_model_left_alone": "0",
        'cairn_vectors_mended{what="strange"}': "0",
        "cairn_index_alarms": "0",
    }
    assert {name: found.get(name) for name in wanted} == wanted


@pytest.mark.parametrize("header", ["", "Bearer ", f"Bearer {TOKEN}x", TOKEN, f"Basic {TOKEN}"])
def test_numbers_are_not_there_for_others(db, client, watcher, header):
    assert client.get("/metrics", headers={"Authorization": header} if header else {}).status_code == 404


def test_numbers_are_not_there_without_a_token(db, client, settings):
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
