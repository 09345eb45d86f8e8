"""Adding pictures, using them, forgetting those that nobody used."""

from datetime import timedelta
from errno import ENOSPC

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage
from django.utils import timezone

from communities import rules
from communities.actions.answering import post_answer
from communities.actions.commenting import add_comment
from communities.actions.community import describe_community
from communities.actions.drafting import save_draft
from communities.actions.posting import edit_post
from communities.actions.suggesting import reject_suggestion, suggest_edit
from communities.drafts import Place
from communities.models import DraftKind, Membership, Picture
from communities.pictures import Encoded
from communities.tasks import remove_unused_pictures
from tests.factories import make_community, make_picture, make_post

HERE = '<img src="{url}" alt="A graph" width="40" height="30" loading="lazy">'


def line(picture: Picture) -> str:
    return f"![A graph]({picture.get_absolute_url()}) and a little more text"


def grow_old(picture: Picture) -> None:
    then = timezone.now() - rules.PICTURE_UNUSED_FOR - timedelta(minutes=1)
    Picture.objects.filter(pk=picture.pk).update(created_at=then)


def test_add_picture_keeps_it_with_its_file(ada, algebra):
    picture = make_picture(ada, algebra)
    assert (picture.community, picture.owner, picture.used_at) == (algebra, ada, None)
    assert (picture.width, picture.height, picture.bytes) == (40, 30, picture.file.size)
    assert picture.file.name == f"pictures/{algebra.pk}/{picture.key}.webp"
    assert len(picture.key) == 22


def test_add_picture_again_is_the_same_one_for_another_while(ada, bob, algebra, closed):
    first = make_picture(ada, algebra)
    grow_old(first)
    again = make_picture(ada, algebra)
    assert (again, Picture.objects.count()) == (first, 1)
    remove_unused_pictures()
    others = {make_picture(bob, algebra), make_picture(ada, closed), make_picture(ada, algebra, "red")}
    assert (len(others), Picture.objects.count()) == (3, 4)


@pytest.mark.parametrize("role", [None, "read-only"])
def test_add_picture_by_who_may_not_write_is_refused(eve, algebra, role):
    if role:
        Membership.objects.create(community=algebra, user=eve, role=role)
    with pytest.raises(PermissionDenied) as refusal:
        make_picture(eve, algebra)
    assert str(refusal.value) == "Only members of this community can add pictures here."
    assert not Picture.objects.exists()


def test_texts_of_the_community_show_the_picture_and_use_it(ada, bob, otto, algebra):
    pictures = [make_picture(ada, algebra, colour) for colour in ("red", "green", "blue", "white", "black")]
    post = make_post(ada, algebra, body=line(pictures[0]))
    answer = post_answer(post, by=bob, body=line(pictures[1]))  # another member's picture is the community's too
    comment = add_comment(answer, by=ada, body=line(pictures[2]))
    describe_community(algebra, by=otto, name="Algebra", tagline="x", about=line(pictures[3]), visibility="public")
    algebra.refresh_from_db()
    shown = [post.html, answer.html, comment.html, algebra.about_html]
    for html, picture in zip(shown, pictures, strict=False):
        assert HERE.format(url=picture.get_absolute_url()) in html
    assert list(Picture.objects.unused()) == [pictures[4]]


def test_picture_of_another_community_is_only_a_link(ada, algebra, closed):
    secret = make_picture(ada, closed)
    post = make_post(ada, algebra, body=line(secret))
    assert "<img" not in post.html
    assert f'href="{secret.get_absolute_url()}"' in post.html
    assert list(Picture.objects.unused()) == [secret]


def test_unused_picture_goes_with_its_file_after_a_month(ada, algebra, django_capture_on_commit_callbacks):
    unused, young, used = (make_picture(ada, algebra, colour) for colour in ("red", "green", "blue"))
    make_post(ada, algebra, body=line(used))
    grow_old(unused)
    grow_old(used)
    with django_capture_on_commit_callbacks(execute=True):
        remove_unused_pictures()
    assert set(Picture.objects.all()) == {young, used}
    storage = used.file.storage
    assert [storage.exists(picture.file.name) for picture in (unused, young, used)] == [False, True, True]


def test_picture_in_a_draft_or_a_waiting_suggestion_stays(ada, bob, algebra, question):
    begun, suggested, decided = (make_picture(bob, algebra, colour) for colour in ("red", "green", "blue"))
    save_draft(Place(DraftKind.ANSWER, question), by=bob, fields={"body": line(begun)}, known=None)
    for picture in (decided, suggested):
        suggestion = suggest_edit(question, (question.title, line(picture)), by=bob, note="a drawing")
        if picture is decided:
            reject_suggestion(suggestion, by=ada, reason="it says nothing new")
    for picture in (begun, suggested, decided):
        grow_old(picture)
    remove_unused_pictures()
    assert set(Picture.objects.all()) == {begun, suggested}


def test_picture_that_a_later_text_no_longer_shows_stays(ada, algebra):
    """Earlier versions of the text still show it."""
    picture = make_picture(ada, algebra)
    post = make_post(ada, algebra, body=line(picture))
    edit_post(post, by=ada, title=post.title, body="Without the picture it is as clear as with it.")
    grow_old(picture)
    remove_unused_pictures()
    assert Picture.objects.get() == picture


def test_key_is_another_for_each(ada, algebra):
    community = make_community(ada, name="Geometry")
    keys = {make_picture(ada, community, colour).key for colour in ("red", "green", "blue")}
    assert len(keys) == 3


def test_encoded_knows_its_fingerprint():
    assert Encoded(b"x", 1, 1).sha256 == "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"


class FullDisk(FileSystemStorage):
    """Has room for the name of a file, not for what is in it."""

    def _save(self, name: str, content: File) -> str:
        super()._save(name, ContentFile(b"half of it"))
        raise OSError(ENOSPC, "No space left on device")


def test_picture_that_finds_no_room_leaves_nothing(ada, algebra, settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": f"{__name__}.FullDisk"}}
    with pytest.raises(OSError, match="No space left"):
        make_picture(ada, algebra)
    assert not Picture.objects.exists()
    assert list(tmp_path.rglob("*.webp")) == []
