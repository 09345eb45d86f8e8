"""Under which licence a text stands: its community's at the moment of writing, shown with a link to its deed."""

import pytest

from communities.models import Licence, Post
from tests.factories import make_answer, make_comment, make_post


def shown(page) -> list[tuple[str, str | None]]:
    """Words and link of the licences on the page, in order."""
    places = [place for place in page.select(".byline__origin") if place.get_text() != "original"]
    return [(place.get_text().strip(), place.a and place.a["href"]) for place in places]


def test_public_posts_and_answers_show_the_creative_commons_deed(ada, bob, question, client, read):
    answer = make_answer(bob, question)
    comment = make_comment(ada, answer)
    assert {question.licence, answer.licence, comment.licence} == {"CC BY-SA 4.0"}
    deed = ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/")
    assert shown(read(client.get(question.get_absolute_url()))) == [deed, deed]


def test_private_communities_begin_internal_and_say_it_in_words(ada, closed, client_of, read):
    post = make_post(ada, closed)
    assert (closed.licence, post.licence) == (Licence.INTERNAL, "internal")
    assert shown(read(client_of(ada).get(post.get_absolute_url()))) == [("for members only", None)]


def test_new_licence_of_the_community_leaves_old_texts_alone(ada, algebra, question):
    algebra.licence = Licence.INTERNAL
    algebra.save()
    newer = make_post(ada, algebra, title="Written after the licence changed")
    question.refresh_from_db()
    assert (question.licence, newer.licence) == ("CC BY-SA 4.0", "internal")


@pytest.mark.parametrize(
    ("licence", "deed"),
    [
        ("CC BY-SA 2.5", "https://creativecommons.org/licenses/by-sa/2.5/"),
        ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC BY-NC-SA 3.0", "https://creativecommons.org/licenses/by-nc-sa/3.0/"),
        ("CC BY-SA 4.0/../x", ""),
        ("internal", ""),
        ("", ""),
    ],
)
def test_deed_of_a_licence(licence, deed):
    assert Post(licence=licence).deed_url == deed
