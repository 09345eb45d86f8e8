"""Documents through the API: what programs get, and what they are refused."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ai_assist import allowances, rules
from ai_assist.models import Audience, Document, State
from tests.ai_assist.conftest import NOTES
from tests.factories import make_community

DOCUMENTS = "/api/v1/documents"


def sent(name: str = "cairns.md", content: bytes = NOTES.encode()) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def is_problem(response, status: int, detail: str) -> bool:
    assert response.headers["Content-Type"] == "application/problem+json"
    found = response.json()
    assert (response.status_code, found["status"], found["detail"]) == (status, status, detail)
    return True


@pytest.fixture
def ada_client(client_of, ada):
    return client_of(ada)


def test_add_takes_a_file_and_says_what_becomes_of_it(ada, ada_client):
    response = ada_client.post(DOCUMENTS, {"file": sent()})
    said = response.json()
    document = Document.objects.get()
    assert response.status_code == 201
    assert (said["uuid"], said["title"], said["owner"]) == (str(document.uuid), "cairns", "ada")
    assert (said["state"], said["progress"], said["trouble"]) == ("received", {"done": 0, "total": 0}, "")
    assert (document.audience, document.owner) == (Audience.PRIVATE, ada)
    again = ada_client.post(DOCUMENTS, {"file": sent("other.md")})
    assert (again.status_code, again.json()["uuid"]) == (200, said["uuid"])


def test_add_to_a_community_is_for_its_members(ada, bob, eve, client_of):
    community = make_community(ada, bob)
    response = client_of(bob).post(DOCUMENTS, {"file": sent(), "community": community.slug})
    said = response.json()
    assert (response.status_code, said["community"], said["audience"]) == (201, community.slug, "community")
    refused = client_of(eve).post(DOCUMENTS, {"file": sent(), "community": community.slug})
    assert is_problem(refused, 403, "Only members of this community can add documents here.")
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (sent(content=b""), "This file is empty: it has 0 bytes."),
        (sent(content=b"a" * (rules.FILE_MAX + 1)), "This file is larger than 25 MB. Split it, or save it smaller."),
    ],
)
def test_add_of_what_is_not_taken_says_why(ada_client, file, sentence):
    assert is_problem(ada_client.post(DOCUMENTS, {"file": file}), 422, sentence)
    assert Document.objects.count() == 0


def test_add_without_a_file_names_the_fault(ada_client):
    response = ada_client.post(DOCUMENTS, {})
    assert is_problem(response, 422, "Something in the request is not as it should be.")
    assert response.json()["errors"] == [{"where": ["file", "file"], "detail": "Field required"}]


def test_add_beyond_the_allowance_is_a_problem(ada_client, monkeypatch):
    for limits in (allowances.A_DAY, allowances.LIMITS):
        monkeypatch.setitem(limits, "uploads", 1)
    ada_client.post(DOCUMENTS, {"file": sent(content=b"The first one.")})
    sentence = "That were 1 files today, which is all. More fit in tomorrow."
    assert is_problem(ada_client.post(DOCUMENTS, {"file": sent()}), 429, sentence)


def test_strangers_are_asked_to_sign_in(client, upload, ada):
    document = upload(ada, audience=Audience.PUBLIC)
    for address in (DOCUMENTS, f"{DOCUMENTS}/{document.uuid}", f"{DOCUMENTS}/{document.uuid}/file"):
        assert is_problem(client.get(address), 401, "Sign in first.")
    assert is_problem(client.post(DOCUMENTS, {"file": sent()}), 401, "Sign in first.")
    assert is_problem(client.delete(f"{DOCUMENTS}/{document.uuid}"), 401, "Sign in first.")


def test_eve_finds_nothing_of_others(eve, ada, upload, client_of):
    document = upload(ada)
    browser = client_of(eve)
    for address in (f"{DOCUMENTS}/{document.uuid}", f"{DOCUMENTS}/{document.uuid}/file"):
        assert is_problem(browser.get(address), 404, "This is not here.")
    assert is_problem(browser.delete(f"{DOCUMENTS}/{document.uuid}"), 404, "This is not here.")
    assert browser.get(DOCUMENTS).json() == {"documents": [], "next": None}
    document.refresh_from_db()
    assert document.state == State.RECEIVED


def test_delete_of_what_one_only_reads_is_refused(ada, bob, upload, client_of):
    community = make_community(ada, bob)
    document = upload(ada, community=community, audience=Audience.COMMUNITY)
    Document.objects.update(state=State.READY)
    refused = client_of(bob).delete(f"{DOCUMENTS}/{document.uuid}")
    assert is_problem(refused, 403, "Only who added a document and moderators can delete it.")
    assert client_of(ada).delete(f"{DOCUMENTS}/{document.uuid}").status_code == 204
    document.refresh_from_db()
    assert document.state == State.DELETING


def test_writes_with_the_cookie_alone_are_refused(ada):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ada)
    assert is_problem(browser.post(DOCUMENTS, {"file": sent()}), 403, "CSRF check Failed")
    assert Document.objects.count() == 0


def test_list_goes_on_where_a_page_ends(ada, ada_client, upload, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(rules, "DOCUMENTS_PER_PAGE", 2)
    for number in range(5):
        upload(ada, f"# Text {number}", f"text {number}.md")
    titles, before = [], ""
    while before is not None:
        page = ada_client.get(DOCUMENTS, {"before": before} if before else {}).json()
        titles += [document["title"] for document in page["documents"]]
        before = page["next"]
    assert titles == [f"text {number}" for number in (4, 3, 2, 1, 0)]
    monkeypatch.setattr(rules, "DOCUMENTS_PER_PAGE", 5)
    with django_assert_num_queries(2):
        ada_client.get(DOCUMENTS)


def test_file_comes_as_it_was_sent(ada, ada_client, upload):
    document = upload(ada)
    response = ada_client.get(f"{DOCUMENTS}/{document.uuid}/file")
    assert b"".join(response.streaming_content) == NOTES.encode()
    assert response.headers["Content-Disposition"] == 'attachment; filename="cairns.md"'


def test_description_names_every_path(ada_client):
    described = ada_client.get("/api/v1/openapi.json").json()
    assert set(described["paths"]["/api/v1/documents"]) == {"get", "post"}
