"""Documents through the API: what programs get, and what they are refused."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ai_assist import allowances, rules
from ai_assist.actions.folders import make_folder
from ai_assist.models import Audience, Document, State
from tests.addresses import table_digests
from tests.ai_assist.api.problem import is_problem
from tests.ai_assist.conftest import NOTES
from tests.factories import make_community, make_document

DOCUMENTS = "/api/v1/documents"
FOLDERS = "/api/v1/folders"


def sent(name: str = "cairns.md", content: bytes = NOTES.encode()) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


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


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
def test_a_body_that_is_too_large_is_a_problem(ada_client, kind):
    body = json.dumps({"name": "x" * 2 * rules.MB})
    assert is_problem(ada_client.post(FOLDERS, body, kind), 413, "Beside files a request has room for 2 MB.")


def test_add_without_a_file_names_the_fault(ada_client):
    response = ada_client.post(DOCUMENTS, {})
    assert is_problem(response, 422, "Something in the request is not as it should be.")
    assert response.json()["errors"] == [{"where": ["file", "file"], "detail": "Field required"}]


def test_add_beyond_the_allowance_is_a_problem(ada_client, monkeypatch):
    for limits in (allowances.A_DAY, allowances.LIMITS):
        monkeypatch.setitem(limits, "uploads", 1)
    ada_client.post(DOCUMENTS, {"file": sent(content=b"The first one.")})
    sentence = "That were 1 files today, which is all. More fit in tomorrow."
    refused = ada_client.post(DOCUMENTS, {"file": sent()})
    assert is_problem(refused, 429, sentence)
    assert 0 < int(refused.headers["Retry-After"]) <= 24 * 3600


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
    for response in (browser.delete(f"{DOCUMENTS}/{document.uuid}"), *writes_to(browser, document)):
        assert is_problem(response, 404, "This is not here.")
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


def test_writes_need_the_token_beside_the_cookie_and_come_from_here(ada, settings):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ada)
    browser.get("/library/")
    token = {"X-CSRFToken": browser.cookies[settings.CSRF_COOKIE_NAME].value}
    for headers in ({}, token | {"Origin": "https://elsewhere.example"}):
        for address in (DOCUMENTS, FOLDERS, "/api/v1/conversations", "/api/v1/conversations?wait=1"):
            assert is_problem(browser.post(address, {"file": sent()}, headers=headers), 403, "CSRF check Failed")
    assert Document.objects.count() == 0
    here = token | {"Origin": "https://testserver"}
    assert browser.post(DOCUMENTS, {"file": sent()}, headers=here, secure=True).status_code == 201


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


def test_change_writes_what_is_named_and_nothing_else(ada, ada_client, upload):
    document = upload(ada)
    folder = make_folder(by=ada, name="Walks")
    address = f"{DOCUMENTS}/{document.uuid}"
    said = changed(ada_client, address, title="Piles of stones", folder=folder.pk).json()
    assert (said["title"], said["folder"], said["audience"]) == ("Piles of stones", folder.pk, "private")
    said = changed(ada_client, address, folder=None, audience="public").json()
    assert (said["title"], said["folder"], said["audience"]) == ("Piles of stones", None, "public")


@pytest.mark.parametrize(
    ("wanted", "field", "sentence"),
    [
        ({"title": " "}, "title", "This field is required."),
        ({"title": None}, "title", "This field is required."),
        ({"folder": 17}, "folder", "This folder is not here any more. Choose another one."),
        (
            {"audience": "community"},
            "audience",
            "Select a valid choice. community is not one of the available choices.",
        ),
    ],
)
def test_change_without_sense_names_the_field(ada, ada_client, upload, wanted, field, sentence):
    document = upload(ada)
    response = changed(ada_client, f"{DOCUMENTS}/{document.uuid}", **wanted)
    assert is_problem(response, 422, sentence, errors=[{"where": ["body", field], "detail": sentence}])
    document.refresh_from_db()
    assert (document.title, document.audience) == ("cairns", Audience.PRIVATE)


def changed(browser, address, **wanted):
    return browser.patch(address, wanted, content_type="application/json")


def test_replace_takes_a_newer_file(ada, ada_client, upload):
    address = f"{DOCUMENTS}/{upload(ada).uuid}/file"
    response = ada_client.post(address, {"file": sent(content=b"A newer text.")})
    newer = Document.objects.exclude(replaces=None).get()
    assert (response.status_code, response.json()["newer"]) == (202, str(newer.uuid))
    same = [{"where": ["body", "file"], "detail": "This is the same file."}]
    assert is_problem(ada_client.post(address, {"file": sent()}), 422, "This is the same file.", errors=same)
    assert is_problem(ada_client.post(address, {"file": sent(content=b"")}), 422, "This file is empty: it has 0 bytes.")


def test_retry_reads_it_again_and_a_password_opens_nothing_that_is_open(ada, ada_client):
    document = make_document(ada, state=State.FAILED)
    address = f"{DOCUMENTS}/{document.uuid}"
    said = ada_client.post(f"{address}/password", {"password": "x"}, content_type="application/json")
    assert (said.status_code, said.json()["state"]) == (200, "failed")
    assert ada_client.post(f"{address}/retry").json()["state"] == "received"


def test_folders_are_made_renamed_listed_and_deleted(ada, ada_client):
    community = make_community(ada)
    made = ada_client.post(FOLDERS, {"name": "Walks", "community": community.slug}, content_type="application/json")
    folder = {"id": made.json()["id"], "name": "Walks"}
    assert (made.status_code, made.json()) == (201, folder)
    assert ada_client.get(FOLDERS, {"community": community.slug}).json() == {"folders": [folder]}
    assert ada_client.get(FOLDERS).json() == {"folders": []}
    twin = ada_client.post(FOLDERS, {"name": "Walks", "community": community.slug}, content_type="application/json")
    sentence = "There is a folder of this name already."
    assert is_problem(twin, 422, sentence, errors=[{"where": ["body", "name"], "detail": sentence}])
    renamed = changed(ada_client, f"{FOLDERS}/{folder['id']}", name="Hills")
    assert renamed.json() == {"id": folder["id"], "name": "Hills"}
    assert ada_client.get(DOCUMENTS, {"community": community.slug, "folder": folder["id"]}).json()["documents"] == []
    assert ada_client.delete(f"{FOLDERS}/{folder['id']}").status_code == 204
    gone = ada_client.get(DOCUMENTS, {"community": community.slug, "folder": folder["id"]})
    assert is_problem(gone, 404, "This is not here.")


def test_community_with_a_null_character_is_refused(ada_client):
    made = ada_client.post(FOLDERS, {"name": "Walks", "community": "a\0"}, content_type="application/json")
    assert made.json()["errors"][0]["where"] == ["body", "community"]
    uploaded = ada_client.post(DOCUMENTS, {"file": sent(), "community": "a\0"})
    assert (made.status_code, uploaded.status_code) == (422, 422)


def test_writing_to_what_one_only_reads_is_refused(ada, bob, eve, client_of):
    """Bob reads it as a member, Eve as everybody; what is wrong with what they send, they are not told."""
    community = make_community(ada, bob)
    document = make_document(ada, community, audience=Audience.PUBLIC)
    folder = make_folder(by=ada, name="Walks", community=community)
    browsers = bobs, eves = client_of(bob), client_of(eve)
    address = f"{FOLDERS}/{folder.pk}"
    before = table_digests()
    for browser in browsers:
        for response in writes_to(browser, document):
            assert is_problem(response, 403, "Only who added a document can change it.")
    for response in (bobs.delete(address), changed(bobs, address, name="Mine")):
        assert is_problem(response, 403, "Only who made a folder and moderators can change it.")
    for response in (eves.delete(address), changed(eves, address, name="Mine")):
        assert is_problem(response, 404, "This is not here.")
    made = eves.post(FOLDERS, {"name": "Mine", "community": community.slug}, content_type="application/json")
    assert is_problem(made, 403, "Only members of this community can add documents here.")
    assert table_digests() == before


def writes_to(browser, document):
    address = f"{DOCUMENTS}/{document.uuid}"
    yield changed(browser, address, title="Mine")
    yield browser.post(f"{address}/file", {"file": sent(content=b"")})
    yield browser.post(f"{address}/retry")
    yield browser.post(f"{address}/password", {"password": ""}, content_type="application/json")
