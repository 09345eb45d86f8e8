"""Suggested edits by programs: as on the pages, with the same words."""

import pytest

from communities.actions.posting import edit_post
from communities.history import latest_revision
from communities.models import Suggestion
from tests.ai_assist.api.problem import is_problem
from tests.factories import make_suggestion

API = "/api/v1"
TEXT = "A minus before brackets turns every sign between them, the last one as well."
NOTE = "says it shorter"


@pytest.fixture
def send(client_of):
    def send(person, address, method="post", **given):
        return getattr(client_of(person), method)(f"{API}/{address}", given, content_type="application/json")

    return send


def test_suggested_edit_is_read_and_becomes_the_text_with_its_authors_yes(ada, eve, question, send):
    made = send(eve, f"posts/{question.pk}/edits", body=TEXT, note=NOTE)
    said = made.json()
    assert (made.status_code, said["state"], said["title"], said["body"]) == (201, "waiting", question.title, TEXT)
    assert [row["id"] for row in send(ada, "communities/algebra/edits", "get").json()["edits"]] == [said["id"]]
    shown = send(ada, f"edits/{said['id']}", "get").json()
    changed = [(line["before"], line["after"]) for line in shown["changes"] if line["mark"] != "same"]
    assert (changed[-1][-1], shown["author"]["username"], shown["approved_by"]) == (TEXT, "eve", 0)
    decided = send(ada, f"edits/{said['id']}/approve").json()
    question.refresh_from_db()
    assert (decided["state"], question.body, latest_revision(question).editor) == ("approved", TEXT, eve)
    assert send(ada, f"edits/{said['id']}/approve").json()["state"] == "approved"
    assert send(ada, "communities/algebra/edits", "get").json() == {"edits": []}


def test_suggestion_is_reworked_rejected_and_taken_back(ada, bob, eve, question, answer, send):
    said = send(eve, f"answers/{answer.pk}/edits", body=TEXT, note=NOTE).json()
    reworked = send(eve, f"edits/{said['id']}", "patch", body=f"{TEXT} Always.", began_with=said["text_version"])
    assert (reworked.json()["body"], reworked.json()["note"]) == (f"{TEXT} Always.", NOTE)
    refused = send(bob, f"edits/{said['id']}/reject", reason=" ")
    assert (refused.status_code, refused.json()["errors"][0]["where"]) == (422, ["body", "reason"])
    rejected = send(bob, f"edits/{said['id']}/reject", reason="It was right.").json()
    assert (rejected["state"], rejected["reason"]) == ("rejected", "It was right.")
    again = send(eve, f"posts/{question.pk}/edits", body=TEXT, note=NOTE).json()
    assert send(eve, f"edits/{again['id']}/withdraw").json()["state"] == "rejected"
    late = send(eve, f"edits/{again['id']}", "patch", body=TEXT)
    assert is_problem(late, 422, "It has been decided meanwhile.")


def test_what_changed_meanwhile_is_a_conflict_with_both_texts(ada, eve, question, send):
    began = send(eve, f"posts/{question.pk}/edits", body=TEXT, note=NOTE).json()
    newer = f"{TEXT} This is what Ada wrote meanwhile."
    edit_post(question, by=ada, title=question.title, body=newer)
    moved = send(ada, f"edits/{began['id']}/approve")
    assert (moved.status_code, moved.json()["theirs"]["body"], moved.json()["yours"]["body"]) == (409, newer, TEXT)
    stale = send(eve, f"edits/{began['id']}", "patch", body=f"{TEXT} More.", began_with=began["text_version"])
    assert (stale.status_code, stale.json()["yours"]) == (409, {"body": f"{TEXT} More."})
    assert Suggestion.objects.get().body == TEXT


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"body": TEXT}, ["body", "note"]),
        ({"body": "short", "note": NOTE}, ["body", "body"]),
        ({"tags": ["nowhere"], "note": NOTE}, ["body", "tags"]),
        ({"titel": "x", "note": NOTE}, ["body", "titel"]),
    ],
)
def test_suggestion_without_sense_names_the_field(eve, question, send, given, where):
    refused = send(eve, f"posts/{question.pk}/edits", **given)
    assert (refused.status_code, refused.json()["errors"][0]["where"], Suggestion.objects.count()) == (422, where, 0)


def test_answer_has_no_title_and_nothing_changed_is_said(eve, question, answer, send):
    refused = send(eve, f"answers/{answer.pk}/edits", title="A title", note=NOTE)
    assert is_problem(refused, 422, "An answer has no such field.", errors=refused.json()["errors"])
    same = send(eve, f"posts/{question.pk}/edits", note=NOTE)
    assert is_problem(same, 422, "This is what it says already: change something, then suggest it.")


def test_more_suggestions_cost_no_more_queries(ada, bob, eve, question, client_of, django_assert_num_queries):
    browser = client_of(ada)
    browser.get(f"{API}/me")
    for person, many in ((bob, 1), (eve, 2)):
        make_suggestion(person, question)
        with django_assert_num_queries(4):
            assert len(browser.get(f"{API}/communities/algebra/edits").json()["edits"]) == many
