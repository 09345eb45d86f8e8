"""What fills a day: noted when it is done, gone and back with its text, worth XP once a day and once a week."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.utils import timezone

from accounts.actions import edit_profile
from accounts.models import User
from communities.actions.answering import delete_answer
from communities.actions.commenting import add_comment, delete_comment, restore_comment
from communities.actions.posting import convert_post, delete_post, restore_post
from communities.actions.rewriting import return_to
from communities.actions.suggesting import approve_suggestion
from communities.models import Comment, Revision
from gamification.models import Activity, Entry, PlanChange
from gamification.settling import settle_everything
from gamification.streaks.reading import days_of
from tests.communities.at_once import at_once, errors
from tests.factories import make_answer, make_comment, make_community, make_post, make_suggestion
from tests.gamification.book import DAY, age, settle, standing, xp

LONG = "Which of the two steps do you mean, the first?"
MONDAY = date(2026, 3, 2)


def stand(person: User) -> list[str]:
    return sorted(Activity.objects.of(person).standing().values_list("source_type", flat=True))


def test_question_answer_longer_comment_and_approved_edit_are_acts(ada, bob, mina, question, algebra):
    answer = make_answer(bob, question)
    make_comment(bob, answer, LONG)
    make_comment(bob, answer, LONG[:39])
    approve_suggestion(make_suggestion(mina, question), by=ada)
    talk = make_post(ada, algebra, title="Something to talk about", kind="discussion")
    make_answer(bob, talk)
    assert [stand(person) for person in (ada, bob, mina)] == [["post"], ["answer", "comment"], ["suggestion"]]
    assert Activity.objects.get(source_type="post").at == question.created_at


def test_act_counts_for_the_day_of_its_member_and_keeps_it_when_they_move(bob, question):
    def zone(name):
        return edit_profile(User.objects.get(pk=bob.pk), name="Bob", bio="", time_zone=name)

    answer = make_answer(zone("Pacific/Auckland"), question)
    days = days_of(User.objects.get(pk=bob.pk))
    before = Activity.objects.get(source_type="answer")
    assert before.local_date == days.day_of(answer.created_at) == (answer.created_at - timedelta(hours=3)).date()
    zone("Pacific/Honolulu")
    assert Activity.objects.get(source_type="answer").local_date == before.local_date
    assert list(bob.zone_moves.values_list("zone_before", "zone")) == [
        ("UTC", "Pacific/Auckland"),
        ("Pacific/Auckland", "Pacific/Honolulu"),
    ]


def test_acts_go_out_of_sight_with_their_texts_and_come_back(ada, bob, otto, question):
    answer = make_answer(bob, question)
    comment = make_comment(bob, answer, LONG)
    seen = []
    for act in (
        partial(delete_comment, comment, by=bob),
        partial(restore_comment, comment, by=bob),
        partial(delete_answer, answer, by=otto, reason="misplaced"),
        partial(delete_post, question, by=otto, reason="misplaced"),
        partial(restore_post, question, by=otto),
        partial(convert_post, question, by=otto, kind="discussion"),
    ):
        act()
        seen.append([stand(ada), stand(bob)])
    assert seen == [
        [["post"], ["answer"]],
        [["post"], ["answer", "comment"]],
        [["post"], []],
        [[], []],
        [["post"], []],
        [[], []],
    ]


def test_edit_that_a_moderator_goes_back_behind_fills_no_day(ada, bob, otto, question):
    approve_suggestion(make_suggestion(bob, question), by=ada)
    assert standing(bob) == [("E1", 3), ("T1", 2)]
    return_to(Revision.objects.of(question).get(number=1), by=otto)
    assert (stand(bob), standing(bob)) == ([], [])


def test_comment_brings_the_xp_of_its_day_at_once_and_once(bob, question):
    comments = [make_comment(bob, question, f"{LONG} {n}") for n in range(2)]
    assert (standing(bob), xp(bob)) == ([("T1", 2)], 2)
    delete_comment(comments[0], by=bob)
    assert standing(bob) == [("T1", 2)]
    delete_comment(comments[1], by=bob)
    assert (standing(bob), xp(bob)) == ([], 0)


def test_answer_brings_the_xp_of_its_day_when_it_has_settled(bob, question):
    answer = make_answer(bob, question)
    assert standing(bob) == []
    settle(answer)
    assert standing(bob) == [("A1", 4), ("T1", 2)]
    day = Activity.objects.get(source_type="answer").local_date
    assert set(Entry.objects.filter(user=bob).values_list("local_date", flat=True)) == {day}


@pytest.mark.parametrize(("plan", "worth"), [(2, 10), (3, 10), (4, 0)])
def test_week_with_as_many_days_as_planned_brings_xp_once(bob, question, plan, worth, client_of, read):
    PlanChange.objects.create(user=bob, plan=plan, week=MONDAY)
    comments = [make_comment(bob, question, f"{LONG} {n}") for n in range(4)]
    noon = timezone.make_aware(timezone.datetime(2026, 3, 3, 12))
    for number, comment in enumerate(comments):
        day = min(number, 2)
        Comment.objects.filter(pk=comment.pk).update(created_at=noon + day * DAY)
        age(comment, by=timedelta(0))
    list(settle_everything())
    kept = Entry.objects.standing().filter(rule="T2")
    assert [entry.amount for entry in kept] == [worth] * bool(worth)
    assert [(entry.source_type, entry.source_id) for entry in kept] == [("week", 20260302)] * bool(worth)
    page = read(client_of(bob).get("/xp/"))
    said = [line.get_text(strip=True) for line in page.select(".xp-line__source[href='/rhythm/']")]
    assert sorted(line for line in said if "March" in line) == [
        *("March 3, 2026", "March 4, 2026", "March 5, 2026"),
        *["Week from March 2, 2026"] * bool(worth),
    ]
    delete_comment(comments[1], by=bob)
    assert kept.all().exists() == (plan == 2)


def test_settling_everything_notes_what_nobody_had_noted(bob, question):
    make_comment(bob, question, LONG)
    before = standing(bob), Activity.objects.values_list("at", "local_date").get(source_type="comment")
    Activity.objects.all().delete()
    list(settle_everything())
    assert (standing(bob), stand(bob)) == ([("T1", 2)], ["comment"])
    assert (standing(bob), Activity.objects.values_list("at", "local_date").get(source_type="comment")) == before
    assert list(settle_everything(is_trial=True)) == []


@pytest.mark.django_db(transaction=True)
def test_many_comments_at_once_fill_one_day_once(ada, bob, otto):
    question = make_post(ada, make_community(otto, ada, bob))
    others = [make_answer(ada, question), make_answer(otto, question)]
    acts = [
        partial(add_comment, target, by=bob, body=f"{LONG} {n}") for n in range(3) for target in (*others, question)
    ]
    assert errors(at_once(acts)) == []
    assert (Activity.objects.of(bob).count(), standing(bob), xp(bob)) == (9, [("T1", 2)], 2)
    gone = [partial(delete_comment, comment, by=bob) for comment in Comment.objects.all()]
    assert errors(at_once([*gone, partial(add_comment, question, by=bob, body=LONG)])) == []
    assert (len(stand(bob)), standing(bob), xp(bob)) == (1, [("T1", 2)], 2)
    assert list(settle_everything(is_trial=True)) == []
