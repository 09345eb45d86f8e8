"""Reading is noted for members, to the minute, and leads back to what is new."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from communities.models import Attendance, Membership, Visit
from communities.visits import note_visit
from tests.factories import make_answer, make_post


def let_pass(time: timedelta) -> None:
    Visit.objects.update(read_at=F("read_at") - time)
    Attendance.objects.update(seen_at=F("seen_at") - time)


def test_first_visit_is_noted_and_a_quick_second_changes_nothing(ada, algebra, question):
    me = Membership.objects.of(ada, algebra)
    assert note_visit(me, question) is None
    first = Visit.objects.get()
    assert (first.membership, first.post) == (me, question)
    let_pass(timedelta(seconds=59))
    first.refresh_from_db()
    assert note_visit(me, question) == first.read_at
    assert (Visit.objects.get().read_at, Attendance.objects.get().minutes) == (first.read_at, 1)


def test_every_minute_counts_once_whatever_is_read(ada, algebra, question):
    me, other = Membership.objects.of(ada, algebra), make_post(ada, algebra, title="Another question of Ada")
    for post in (question, other):
        note_visit(me, post)
    let_pass(timedelta(minutes=1))
    before = Visit.objects.get(post=question).read_at
    for post in (question, other):
        note_visit(me, post)
    facts = Attendance.objects.values_list("membership", "day", "minutes")
    assert list(facts) == [(me.pk, timezone.now().date(), 2)]
    assert Visit.objects.get(post=question).read_at > before


def test_page_leads_to_the_first_new_answer_of_others(ada, bob, otto, question, client_of, read):
    browser, place = client_of(ada), question.get_absolute_url()

    def unread() -> list[tuple[str, str]]:
        return [(link["href"], link.get_text()) for link in read(browser.get(place)).select(".answers__unread")]

    make_answer(bob, question)
    assert unread() == []
    let_pass(timedelta(hours=1))
    assert unread() == [(f"#answer-{question.answers.get().pk}", "1 new since your visit")]
    question.answers.update(created_at=F("created_at") - timedelta(hours=1))
    let_pass(timedelta(minutes=1))
    make_answer(ada, question, "I found a part of it myself, with a drawing.")
    new = make_answer(otto, question, "Two marks in a row cancel each other out.")
    assert unread() == [(f"#answer-{new.pk}", "1 new since your visit")]


def test_strangers_outsiders_and_parts_of_a_page_leave_no_trace(ada, eve, answer, client_of):
    place = answer.post.get_absolute_url()
    for person in (None, eve):
        assert client_of(person).get(place).status_code == 200
    client_of(ada).get(place, headers={"HX-Request": "true", "HX-Target": "answers"})
    assert (Visit.objects.count(), Attendance.objects.count()) == (0, 0)
