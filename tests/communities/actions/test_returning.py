"""Edits by moderators, edits at once by two, and the way back to an earlier text."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from communities.actions.answering import delete_answer, edit_answer
from communities.actions.commenting import edit_comment
from communities.actions.posting import edit_post
from communities.actions.rewriting import return_to
from communities.history import Moved, words_of
from communities.models import Membership, Revision, Role
from notifications.models import Notification
from tests.communities.at_once import at_once, errors
from tests.factories import make_comment

OTHER = "Draw the two graphs and look where they meet, then check the value in both equations, one after another."
THIRD = "Or put numbers in: with three and minus two the sign flips in both lines, and that is the whole of the rule."
REFUSAL = "Only its author and moderators can change this."


def kept(content) -> list[tuple[int, str, str]]:
    revisions = Revision.objects.of(content).reverse().select_related("editor")
    return [(one.number, one.editor.username, one.note) for one in revisions]


def told(person) -> list[tuple[str, str]]:
    return list(Notification.objects.filter(recipient=person, kind="edit").values_list("title", "url"))


def test_moderator_edits_what_others_wrote_and_they_are_told(ada, bob, otto, answer):
    comment = make_comment(ada, answer)
    edit_answer(answer, by=otto, body=OTHER, note="clearer words")
    edit_comment(comment, by=otto, body="Which line?", note="a typo")
    answer.refresh_from_db()
    assert (answer.body, answer.author, kept(answer)[1:]) == (OTHER, bob, [(2, "otto", "clearer words")])
    assert kept(comment) == [(1, "ada", ""), (2, "otto", "a typo")]
    title = answer.post.title
    assert told(bob) == [(f"Otto edited your answer to “{title}”: clearer words", answer.get_absolute_url())]
    assert told(ada) == [(f"Otto edited your comment on “{title}”: a typo", comment.get_absolute_url())]


def test_moderator_says_why(otto, question):
    with pytest.raises(PermissionDenied) as refusal:
        edit_post(question, by=otto, title=question.title, body=OTHER)
    assert str(refusal.value) == "Say in a few words what you changed; its author will read it."
    assert len(kept(question)) == 1


def test_mentors_members_and_outsiders_change_nothing_of_others(algebra, bob, mina, eve, question):
    Membership.objects.create(community=algebra, user=mina, role=Role.MENTOR)
    for person in (bob, mina, eve):
        for act in (
            partial(edit_post, question, title=question.title, body=OTHER, note="mine"),
            partial(return_to, Revision.objects.of(question).get()),
        ):
            with pytest.raises(PermissionDenied) as refusal:
                act(by=person)
            assert str(refusal.value) == REFUSAL
    assert len(kept(question)) == 1


def test_read_only_author_changes_nothing(ada, algebra, question):
    Membership.objects.filter(user=ada).update(role=Role.READ_ONLY)
    with pytest.raises(PermissionDenied):
        edit_post(question, by=ada, title=question.title, body=OTHER)


def test_edit_that_began_with_an_older_text_saves_nothing(ada, otto, question):
    began_with = words_of(question).fingerprint
    edit_post(question, by=otto, title=question.title, body=OTHER, note="clearer words", began_with=began_with)
    with pytest.raises(Moved):
        edit_post(question, by=ada, title=question.title, body=THIRD, began_with=began_with)
    question.refresh_from_db()
    assert (question.body, len(kept(question))) == (OTHER, 2)
    edit_post(question, by=ada, title=question.title, body=THIRD, began_with=words_of(question).fingerprint)
    assert len(kept(question)) == 3


def test_second_click_is_no_conflict(ada, question):
    began_with = words_of(question).fingerprint
    for _ in range(2):
        edit_post(question, by=ada, title=question.title, body=OTHER, began_with=began_with)
    assert len(kept(question)) == 2


def test_return_makes_a_new_revision_even_at_once(ada, bob, answer):
    first = answer.body
    edit_answer(answer, by=bob, body=OTHER)
    for _ in range(2):
        return_to(Revision.objects.of(answer).get(number=1), by=bob)
    answer.refresh_from_db()
    assert (answer.body, answer.html) == (first, f"<p>{first}</p>\n")
    assert kept(answer) == [(1, "bob", ""), (2, "bob", ""), (3, "bob", "back to revision 1")]
    assert told(bob) == []


def test_return_of_a_post_brings_the_title_back(ada, otto, question):
    before = question.title
    edit_post(question, by=ada, title="Why do signs flip in parentheses?", body=OTHER)
    return_to(Revision.objects.of(question).get(number=1), by=otto)
    question.refresh_from_db()
    assert question.title == before
    assert told(ada) == [(f"Otto edited “{before}”: back to revision 1", question.permanent_url)]


def test_deleted_texts_do_not_return(bob, answer):
    edit_answer(answer, by=bob, body=OTHER)
    delete_answer(answer, by=bob)
    with pytest.raises(PermissionDenied):
        return_to(Revision.objects.of(answer).get(number=1), by=bob)


@pytest.mark.django_db(transaction=True)
def test_two_edits_from_the_same_text_at_once_leave_one(ada, otto, question):
    edit = partial(edit_post, question, title=question.title, began_with=words_of(question).fingerprint)
    outcomes = at_once([partial(edit, by=ada, body=OTHER), partial(edit, by=otto, body=THIRD, note="mine")])
    assert errors(outcomes) == ["Moved: "]
    question.refresh_from_db()
    assert (question.body in (OTHER, THIRD), len(kept(question))) == (True, 2)
