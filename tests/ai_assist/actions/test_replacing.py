"""A newer file in the place of an older one: it takes it when it is ready, and not before."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile

from ai_assist.actions import uploading
from ai_assist.actions.folders import make_folder
from ai_assist.actions.keeping import delete_document_of, rename_document
from ai_assist.actions.replacing import NotReplaced, replace_document
from ai_assist.allowances import Whose, left
from ai_assist.models import Audience, Chunk, Conversation, Document, Folder, State
from ai_assist.pipeline import work
from ai_assist.pipeline.ending import end_held
from notifications.models import Notification
from tests.factories import make_document


def newer(text: str = "# New\n\nThe new words.") -> ContentFile:
    return ContentFile(text.encode())


def replace(document: Document, **given) -> Document:
    return replace_document(document, newer(), by=document.owner, name="new.md", **given)


def test_replace_keeps_the_old_one_until_the_new_one_is_ready(ada, each_store):
    old = make_document(ada, name="old.md", audience=Audience.PUBLIC, folder=make_folder(by=ada, name="Exam"))
    uuid, folder = old.uuid, old.folder
    asked = Conversation.objects.create(owner=ada, title="About it")
    asked.documents.add(old)
    new = replace(old)
    rename_document(old, by=ada, title="Its name meanwhile")
    assert Document.objects.listed().get() == old
    work.index(new.pk)
    old.refresh_from_db()
    new.refresh_from_db()
    assert (new.uuid, new.title, new.folder, new.audience) == (uuid, "Its name meanwhile", folder, Audience.PUBLIC)
    assert (new.state, new.replaces, new.filename) == (State.READY, None, "new.md")
    assert (old.state, asked.documents.get()) == (State.DELETING, new)
    assert set(Chunk.objects.filter(document=new).values_list("scope", flat=True)) == {"public"}
    assert Notification.objects.of(ada).get().url == new.get_absolute_url()
    assert left(Whose(ada)).used["documents"] == 1


def test_replace_with_what_cannot_be_read_leaves_the_old_one(ada):
    old = make_document(ada, name="old.md")
    new = replace(old)
    end_held(new.lease, new.pk, State.FAILED, "corrupt_file")
    old.refresh_from_db()
    assert (old.state, old.newer, Document.objects.listed().get()) == (State.READY, new, old)


def test_replace_again_forgets_what_was_on_its_way(ada):
    old = make_document(ada, name="old.md")
    first = replace(old)
    second = replace_document(old, newer("Other words."), by=ada, name="newer.md")
    first.refresh_from_db()
    assert (first.state, first.replaces, second.replaces) == (State.DELETING, None, old)


def test_replace_by_the_same_file_is_refused(ada):
    old = make_document(ada, name="old.md", text="words")
    other = make_document(ada, name="other.md", text="other words")
    with pytest.raises(NotReplaced, match=r"This is the same file\."):
        replace_document(old, newer("words"), by=ada, name="new.md")
    with pytest.raises(NotReplaced, match="here already, as “other”"):
        replace_document(old, newer("other words"), by=ada, name="new.md")
    assert set(Document.objects.all()) == {old, other}


def test_replace_while_another_file_comes_to_the_same_place_says_so(ada, monkeypatch):
    old = make_document(ada, name="old.md")
    keep = uploading.keep_file

    def keep_slowly(file):
        monkeypatch.setattr(uploading, "keep_file", keep)
        replace_document(old, newer("Faster words."), by=ada, name="faster.md")
        return keep(file)

    monkeypatch.setattr(uploading, "keep_file", keep_slowly)
    with pytest.raises(NotReplaced, match="Another file was faster"):
        replace(old)
    assert Document.objects.get(replaces=old).filename == "faster.md"


def test_add_to_a_folder_that_is_deleted_meanwhile_stays_in_the_library(ada):
    folder = make_folder(by=ada, name="Exam")
    Folder.objects.all().delete()
    document, _ = uploading.add_document(newer(), by=ada, name="new.md", folder=folder)
    assert Document.objects.get(folder=None) == document


def test_replace_what_others_added_is_refused(ada, bob):
    with pytest.raises(PermissionDenied):
        replace_document(make_document(ada), newer(), by=bob, name="new.md")


def test_delete_takes_what_was_to_take_its_place_along(ada):
    old = make_document(ada, name="old.md")
    replace(old)
    delete_document_of(old, by=ada)
    assert set(Document.objects.values_list("state", "replaces")) == {(State.DELETING, None)}
    assert left(Whose(ada)).used["documents"] == 0


def test_replacement_that_is_ready_after_the_old_one_went_stands_alone(ada):
    old = make_document(ada, name="old.md")
    new = replace(old)
    Document.objects.filter(pk=old.pk).update(state=State.DELETING)
    end_held(new.lease, new.pk, State.READY)
    new.refresh_from_db()
    assert (new.state, new.replaces, new.title) == (State.READY, None, "new")
