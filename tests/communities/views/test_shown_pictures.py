"""A picture is shown as long as a text that stands shows it."""

from collections.abc import Callable

import pytest

from communities.actions.answering import delete_answer
from communities.actions.commenting import delete_comment
from communities.actions.community import describe_community, guide_asking
from communities.actions.drafting import save_draft
from communities.actions.posting import delete_post, edit_post, restore_post
from communities.actions.redacting import put_back, redact
from communities.actions.suggesting import reject_suggestion, suggest_edit
from communities.actions.tagging import describe_tag
from communities.drafts import Place
from communities.models import DraftKind, Picture, Revision
from tests.factories import make_answer, make_comment, make_picture, make_post, make_tag

PLAIN = "Without the picture it is as clear as it was with the picture."


@pytest.fixture
def added(ada, algebra) -> Picture:
    return make_picture(ada, algebra)


@pytest.fixture
def line(added) -> str:
    return f"![A graph]({added.get_absolute_url()}) and a little more text"


@pytest.fixture
def seen_by(added, client_of) -> Callable[..., list[bool]]:
    """Who of these people is shown it."""
    return lambda *people: [client_of(one).get(added.get_absolute_url()).status_code == 200 for one in people]


def test_picture_of_no_text_is_shown_to_its_owner_and_moderators(ada, bob, otto, question, line, seen_by):
    save_draft(Place(DraftKind.ANSWER, question), by=ada, fields={"body": line}, known=None)
    assert seen_by(ada, bob, otto, None) == [True, False, True, False]


def test_picture_goes_and_comes_back_with_its_post(ada, bob, otto, algebra, line, seen_by):
    post = make_post(ada, algebra, body=line)
    assert seen_by(bob, None) == [True, True]
    delete_post(post, by=otto)
    assert seen_by(ada, bob, otto, None) == [True, False, True, False]
    restore_post(post, by=otto)
    assert seen_by(bob, None) == [True, True]


def test_picture_goes_with_the_last_text_that_shows_it(ada, bob, otto, question, line, seen_by):
    answer = make_answer(bob, question, line)
    on_answer, comment = make_comment(ada, answer, line), make_comment(ada, question, line)
    for take, text, left in (
        (delete_comment, comment, True),
        (delete_answer, answer, False),  # and the comment below it
    ):
        take(text, by=otto)
        assert (text, seen_by(None)) == (text, [left])
    assert on_answer.is_deleted is False


def test_picture_of_an_answer_or_a_comment_goes_with_the_post_above(ada, otto, algebra, line, seen_by):
    post = make_post(ada, algebra)
    make_comment(ada, make_answer(ada, post, line), line)
    assert seen_by(None) == [True]
    delete_post(post, by=otto)
    assert seen_by(None) == [False]


def test_picture_stays_in_the_history_until_it_is_taken_out(ada, bob, otto, algebra, line, seen_by, client_of, read):
    def preview() -> int:
        return len(read(client_of(ada).post("/c/algebra/preview/", {"body": line})).select("img"))

    post = make_post(ada, algebra, body=line)
    edit_post(post, by=otto, title=post.title, body=PLAIN, note="a face")
    assert seen_by(bob, None) == [True, True]
    slip = Revision.objects.of(post).get(number=1)
    redact(slip, by=otto, reason="a face")
    assert seen_by(ada, bob, otto, None) == [False] * 4
    assert preview() == 0
    put_back(slip, by=otto)
    assert seen_by(bob, None) == [True, True]
    assert preview() == 1


def test_picture_of_a_suggestion_is_shown_to_those_who_read_it_while_it_waits(ada, bob, mina, question, seen_by):
    hers = make_picture(bob, question.community)
    body = f"![A graph]({hers.get_absolute_url()}) and a little more text"
    suggestion = suggest_edit(question, (question.title, body), by=bob, note="a drawing")
    assert seen_by(mina, None) == [False, False]
    assert [one.pk for one in Picture.objects.visible_to(ada)].count(hers.pk) == 1
    reject_suggestion(suggestion, by=ada, reason="it says nothing new")
    assert [one.pk for one in Picture.objects.visible_to(ada)].count(hers.pk) == 0


def test_text_of_another_community_shows_nothing(ada, bob, closed, line, seen_by):
    make_post(ada, closed, body=line)
    assert seen_by(bob, None) == [False, False]


@pytest.mark.parametrize("where", ["about", "hints", "wiki"])
def test_picture_about_a_community_or_a_tag_goes_when_the_text_no_longer_shows_it(otto, algebra, line, seen_by, where):
    tag = make_tag(algebra, "Signs")
    for text, shown in ((line, True), (PLAIN, False)):
        if where == "about":
            describe_community(algebra, by=otto, name="Algebra", tagline="x", about=text, visibility="public")
        elif where == "hints":
            guide_asking(algebra, by=otto, question_template="", asking_hints=text)
        else:
            describe_tag(tag, by=otto, name="Signs", wiki=text, is_topic=False, parent=None)
        assert (text, seen_by(None)) == (text, [shown])
