"""What is shown of what was found: the words marked, near where they stand."""

import pytest
from django.contrib.auth.models import AnonymousUser

from communities.actions.answering import accept_answer
from communities.models import Community, Language
from communities.searching.find import Order, search
from communities.searching.passages import Text, marked
from markup import render
from tests.factories import make_answer, make_post

FILLER = "Nothing that anybody would look for stands here, sentence after sentence. " * 10


@pytest.fixture
def passage(algebra):
    """Of one text, or of a post; the words in it between signs that are easy to read."""

    def found(query, body, post=None):
        text = Text(algebra.language, "A title", render(body), post)
        ((_title, html),) = marked(search(query, AnonymousUser(), None, Order.RELEVANCE), [text])
        return html.replace("<mark>", "[").replace("</mark>", "]")

    return found


def test_passage_is_from_where_the_words_stand(passage):
    body = f"{FILLER}The **momentum** of a [heavy wall](https://example.org/wall) is nothing. {FILLER}"
    assert "The [momentum] of a heavy [wall] is nothing." in passage("momentum walls", body)


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("The **momentum** of *a* ~~heavy~~ wall", "The [momentum] of a heavy wall"),
        (
            'The momentum\n\n- is `p[0] < "m" * v`\n- of [that][1]\n\n[1]: https://example.org',
            "The [momentum] is <code>{}</code> of that",
        ),
        ("# Momentum\n\n| is | it |\n|--|--|\n| so | big? |", "[Momentum] is · it | so · big?"),
        ("Momentum:\n\n```python\nvector<b and c>\n```", "[Momentum]: <code>vector&lt;b and c&gt;</code>"),
        (
            "Momentum:\n\n```\none = 1\n\ntwo = 2\nthree\nfour\n```",
            "[Momentum]: <code>one = 1</code> <code>two = 2</code> <code>three</code> …",
        ),
        ("Call list.momentum and/or 2.5.momentum", "Call list.[momentum] and/or 2.5.[momentum]"),
        ("Momentum[^1] of @ada\n\n[^1]: A note.", "[Momentum] of @ada"),
        (
            'Momentum $\\foo$ is ![A "wall" > 2](https://example.org/x.png)',
            "[Momentum] <code>$\\foo$</code> is A &quot;wall&quot; &gt; 2",
        ),
    ],
    ids=[
        "emphasis",
        "list, code and link",
        "heading and table",
        "block of code",
        "lines of code",
        "dots",
        "footnote",
        "what is not shown",
    ],
)
def test_passage_reads_as_the_page_does(passage, body, shown):
    assert passage("momentum", body) == shown.format("p[0] &lt; &quot;m&quot; * v")


X_SQUARED = '<math display="inline"><msup><mi>x</mi><mn>2</mn></msup></math>'


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("The momentum $x^2$ of $$x^2$$", f"The [momentum] {X_SQUARED} of {X_SQUARED}"),
        ("The momentum $" + "x + " * 60 + "x$ of it", "The [momentum] … of it"),
        ("The momentum\n\n$$\n\\begin{aligned} x &= 1 \\end{aligned}\n$$\n\nof it", "The [momentum] … of it"),
    ],
    ids=["short", "long", "several lines"],
)
def test_passage_shows_a_formula_whole_or_leaves_it_out(passage, body, shown):
    assert passage("momentum", body) == shown


def test_passage_never_cuts_a_formula(passage):
    for before in range(60):
        html = passage("momentum", f"Momentum {'x' * before}{'東$x^2$' * 40} {FILLER}")
        assert html.count("math") == 2 * html.count(X_SQUARED)
        assert html.isprintable()


def test_passage_of_a_text_that_is_cut_within_a_formula_ends_there(passage):
    html = passage("momentum", "The momentum is. " + "$\\frac{x^2}{2}$ " * 200 + "End")
    assert html.count("</math>") == html.count("<math ")


def test_passage_marks_the_word_and_not_one_that_begins_like_it(passage):
    body = f"A category of categories in a category, categorically. {FILLER[:500]} Then the cat sleeps."
    assert "Then the [cat] sleeps" in passage("cats", body)


def test_passage_joins_places_that_are_apart(passage):
    body = f"The zebra is here. {FILLER[:400]} The yak is there."
    first, _, second = passage("zebra yak", body).partition(" … ")
    assert ("[zebra]" in first, "[yak]" in second) == (True, True)


def test_passage_is_from_where_most_of_the_words_stand(passage):
    apart = f"The zebra is here. {FILLER[:300]} The yak is there. {FILLER[:300]}"
    assert "The [yak] meets the [zebra]." in passage("zebra yak", f"{apart} The yak meets the zebra. {FILLER[:300]}")


def test_passage_marks_what_is_spelt_in_another_way_than_its_stem(passage, algebra):
    Community.objects.filter(pk=algebra.pk).update(language=Language.SPANISH)
    algebra.refresh_from_db()
    assert passage("canciones", f"No entiendo la canción. {FILLER}").startswith("… entiendo la [canción].")


def test_passage_marks_a_phrase_only_where_it_stands_so(passage):
    body = f"Rules and rules, chains and chains. {FILLER[:400]} The chain rule of Leibniz."
    assert "The [chain] [rule] of Leibniz" in passage('"chain rule"', body)
    assert "The [chain] [rule] of [Leibniz]" in passage('"chain rule of Leibniz"', body)


def test_passage_comes_from_answers_for_words_that_the_post_lacks(passage, ada, bob, algebra):
    post = make_post(ada, algebra, title="Where does the tensor go", body="Tell me, and how it comes back to the pond.")
    make_answer(ada, post, "The zebra says: into the tensor of the first answer.")
    accept_answer(make_answer(bob, post, "The zebra says: into the tensor of the second."), by=ada)
    first, _, second = passage("tensor", post.body, post.pk).partition("[tensor] of the second.")
    assert ("[tensor]" in first, "[tensor] of the first" in second) == (False, True)
    assert passage("ponds", post.body, post.pk) == "Tell me, and how it comes back to the [pond]."


def test_passage_of_a_text_without_spaces_is_short(passage):
    body = f"{'。東京タワー' * 50}。momentum。{'東京タワー。' * 50}"
    html = passage("momentum", body)
    assert ("momentum" in html, len(html) < 250) == (True, True)


def test_passage_of_words_in_the_title_is_the_beginning(passage):
    assert passage("titles", FILLER) == f"{FILLER[:180].rpartition(' ')[0]} …"


def test_passage_without_a_marked_word_is_the_beginning(passage):
    assert passage("sourceless", FILLER) == f"{FILLER[:180].rpartition(' ')[0]} …"


def test_passage_that_begins_or_ends_within_code_shows_it_as_code(passage):
    html = passage("momentum", f"Momentum `{'word ' * 60}` and")
    assert (html.count("<code>"), html.endswith("</code> …")) == (1, True)


def test_passage_of_many_and_strange_words_is_a_passage(passage):
    assert passage("a+b (c* [d x-y-z " + "word " * 40, "Some (c* word of [d stands here.")
    assert "[quotation]" in passage("'quotation''s' \\", "It's a quotation mark.")


def test_long_phrase_takes_no_longer_than_a_short_one(passage):
    """Without a limit each further word trebles the ways to look for it: this would not end."""
    words = " ".join("b" * 150)
    assert passage(f'"{words} z"', f"{words} and something else")
