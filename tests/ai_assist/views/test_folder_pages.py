"""Folders of a library."""

import pytest

from ai_assist import rules
from ai_assist.actions.folders import make_folder
from ai_assist.models import Folder
from tests.factories import make_community, make_document


def test_make_folder_leads_into_it(ada, client_of):
    response = client_of(ada).post("/library/folders/", {"name": " Exam  in June "})
    folder = Folder.objects.get()
    assert (response["Location"], folder.name, folder.community) == (
        f"/library/?folder={folder.pk}",
        "Exam in June",
        None,
    )


@pytest.mark.parametrize("name", ["", "x" * 61, "Exam"])
def test_make_folder_without_a_name_of_its_own_gives_the_form_back(ada, client_of, read, name):
    make_folder(by=ada, name="Exam")
    response = client_of(ada).post("/library/folders/", {"name": name})
    assert (response.status_code, Folder.objects.count()) == (422, 1)
    assert read(response).select_one("#id_name").get("value", "") == name


def test_names_are_once_in_each_library(ada, bob, client_of):
    community = make_community(ada, bob)
    make_folder(by=ada, name="Exam", community=community)
    assert client_of(ada).post("/library/folders/", {"name": "Exam"}).status_code == 302
    assert client_of(bob).post("/library/folders/", {"name": "Exam"}).status_code == 302
    assert client_of(bob).post("/c/algebra/library/folders/", {"name": "Exam"}).status_code == 422


def test_make_folder_beyond_the_limit_says_so(ada, client_of, read, monkeypatch):
    monkeypatch.setattr(rules, "FOLDERS_MAX", 1)
    make_folder(by=ada, name="Exam")
    response = client_of(ada).post("/library/folders/", {"name": "Second"})
    said = read(response).select_one("#id_name_error").get_text(strip=True)
    assert (response.status_code, said) == (422, "There are 1 folders already. Delete one first.")


def test_rename_folder(ada, client_of):
    folder = make_folder(by=ada, name="Exam")
    client_of(ada).post(f"/library/folders/{folder.pk}/", {"name": "Finals"})
    folder.refresh_from_db()
    assert folder.name == "Finals"


def test_rename_folder_as_another_is_refused(ada, client_of):
    make_folder(by=ada, name="Exam")
    folder = make_folder(by=ada, name="Finals")
    assert client_of(ada).post(f"/library/folders/{folder.pk}/", {"name": "Exam"}).status_code == 422


def test_delete_folder_keeps_its_documents(ada, client_of):
    document = make_document(ada, folder=make_folder(by=ada, name="Exam"))
    client_of(ada).post(f"/library/folders/{document.folder.pk}/delete/")
    document.refresh_from_db()
    assert (document.folder, Folder.objects.count()) == (None, 0)


def test_folder_of_somebody_else_is_404(ada, eve, client_of):
    folder = make_folder(by=ada, name="Exam")
    browser = client_of(eve)
    for address in (f"/library/folders/{folder.pk}/", f"/library/folders/{folder.pk}/delete/"):
        assert (browser.get(address).status_code, browser.post(address, {"name": "Mine"}).status_code) == (404, 404)
