"""The text of a revision, taken out of the history and put back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from communities import rules
from communities.actions.posting import edit_post
from communities.actions.redacting import put_back, redact
from communities.actions.rewriting import return_to
from communities.models import Membership, Picture, Redaction, Revision, Role
from communities.tasks import forget_redacted_texts
from notifications.actions import notify
from notifications.models import Kind, Notification
from tests.communities.actions.test_picturing import line
from tests.factories import make_answer, make_picture

SECRET = "Call me on 0170 5550123 and I will explain what the rule behind these signs is, for an hour or for two."
PLAIN = "I keep losing the same mark; what is the rule behind it, and how do I remember it while I am under pressure?"
MODERATORS_ONLY = "Only moderators can take a text out of the history."


@pytest.fixture
def slip(ada, question) -> Revision:
    """Revision 2 of three holds what should not have been written."""
    edit_post(question, by=ada, title="Why do signs flip, 0170 5550123?", body=SECRET, note="call 0170 5550123")
    edit_post(question, by=ada, title=question.title, body=PLAIN)
    return Revision.objects.of(question).get(number=2)


def holders(needle: str) -> list[int]:
    return [
        one.number
        for one in Revision.objects.order_by("number")
        if any(needle in text for text in (one.title, one.body, one.note))
    ]


def test_redact_takes_every_word_out_and_says_who_and_why(otto, slip):
    assert holders("5550123") == [2]
    for _ in range(2):
        redact(slip, by=otto, reason="a telephone number")
    redaction = Redaction.objects.get()
    assert (redaction.revision, redaction.by, redaction.reason) == (slip, otto, "a telephone number")
    assert (holders("5550123"), b"5550123" in bytes(redaction.sealed)) == ([], False)


def test_put_back_gives_every_word_again_and_keeps_the_record(otto, mina, slip):
    Membership.objects.create(community=slip.post.community, user=mina, role=Role.MODERATOR)
    redact(slip, by=otto, reason="a telephone number")
    for _ in range(2):
        put_back(slip, by=mina)
    slip.refresh_from_db()
    redaction = Redaction.objects.get()
    assert (slip.title, slip.body, slip.note) == ("Why do signs flip, 0170 5550123?", SECRET, "call 0170 5550123")
    assert (redaction.by, redaction.undone_by, redaction.sealed) == (otto, mina, None)
    redact(slip, by=otto, reason="again")
    assert (Redaction.objects.count(), holders("5550123")) == (2, [])


def test_what_is_read_now_is_edited_first(otto, slip):
    latest = Revision.objects.of(slip.post).first()
    with pytest.raises(PermissionDenied) as refusal:
        redact(latest, by=otto, reason="no")
    assert str(refusal.value) == "This is what it says now. Edit it first, then take the old text out."


def test_only_moderators_redact_and_put_back(ada, bob, mina, eve, otto, slip):
    Membership.objects.create(community=slip.post.community, user=mina, role=Role.MENTOR)
    for person in (ada, bob, mina, eve):
        with pytest.raises(PermissionDenied, match=MODERATORS_ONLY):
            redact(slip, by=person, reason="no")
    redact(slip, by=otto, reason="a telephone number")
    for person in (ada, bob, mina, eve):
        with pytest.raises(PermissionDenied, match=MODERATORS_ONLY):
            put_back(slip, by=person)
    assert (holders("5550123"), Redaction.objects.get().undone_at) == ([], None)


def test_nobody_goes_back_to_what_was_taken_out(ada, otto, slip):
    redact(slip, by=otto, reason="a telephone number")
    with pytest.raises(PermissionDenied) as refusal:
        return_to(slip, by=ada)
    assert str(refusal.value) == "Its text was taken out of the history."


@pytest.mark.parametrize(("passed", "is_kept"), [(timedelta(seconds=-9), True), (timedelta(), False)])
def test_after_thirty_days_the_text_is_forgotten(otto, slip, passed, is_kept):
    redact(slip, by=otto, reason="a telephone number")
    Redaction.objects.update(created_at=timezone.now() - rules.REDACTED_KEPT - passed)
    forget_redacted_texts()
    redaction = Redaction.objects.get()
    assert (redaction.sealed is not None, redaction.by, redaction.reason) == (is_kept, otto, "a telephone number")
    if not is_kept:
        with pytest.raises(PermissionDenied, match=r"Its text is no longer kept\."):
            put_back(slip, by=otto)


def test_the_database_keeps_the_promises(otto, slip):
    redact(slip, by=otto, reason="a telephone number")
    with pytest.raises(IntegrityError, match="one_redaction_in_force_per_revision"), transaction.atomic():
        Redaction.objects.create(revision=slip, by=otto, reason="twice")
    with pytest.raises(IntegrityError, match="undone_redaction_says_who"), transaction.atomic():
        Redaction.objects.update(undone_at=timezone.now())


def test_what_repeats_title_or_note_leaves_the_inboxes(bob, mina, otto, slip):
    url = slip.post.permanent_url
    titles = [f"Ada edited “Why?”: {slip.note}", f"New in Algebra, by Ada: “{slip.title}”", "Bob answered “Why?”"]
    for title in titles:
        notify(mina, Kind.POST, title=title, url=url)
    redact(slip, by=otto, reason="a telephone number")
    assert [one.title for one in Notification.objects.filter(recipient=mina)] == titles[2:]


def test_pictures_that_only_redacted_texts_name_go_after_thirty_days(
    ada, bob, otto, question, django_capture_on_commit_callbacks
):
    """One stands in an answer, and one in a revision that is put back in time."""
    alone, elsewhere, back = (make_picture(ada, question.community, colour) for colour in ("red", "green", "blue"))
    for text in (f"{line(alone)} {line(elsewhere)}", line(back), PLAIN):
        edit_post(question, by=otto, title=question.title, body=text, note="clearer")
    make_answer(bob, question, line(elsewhere))
    for number in (2, 3):
        redact(Revision.objects.of(question).get(number=number), by=otto, reason="a face")
    out = Picture.objects.filter(taken_out_at__isnull=False)
    assert set(out) == {alone, back}
    put_back(Revision.objects.of(question).get(number=3), by=otto)
    for passed, left in ((timedelta(seconds=-9), {alone, elsewhere, back}), (timedelta(), {elsewhere, back})):
        out.update(taken_out_at=timezone.now() - rules.REDACTED_KEPT - passed)
        with django_capture_on_commit_callbacks(execute=True):
            forget_redacted_texts()
        assert set(Picture.objects.all()) == left
    storage = alone.file.storage
    assert [storage.exists(one.file.name) for one in (alone, elsewhere, back)] == [False, True, True]


def test_picture_that_was_taken_out_and_is_added_again_is_seen_again(ada, otto, question):
    picture = make_picture(ada, question.community)
    for text in (line(picture), PLAIN):
        edit_post(question, by=otto, title=question.title, body=text, note="clearer")
    redact(Revision.objects.of(question).get(number=2), by=otto, reason="a face")
    assert not Picture.objects.visible_to(ada).exists()
    assert make_picture(ada, question.community) == picture
    assert Picture.objects.visible_to(ada).get() == picture
