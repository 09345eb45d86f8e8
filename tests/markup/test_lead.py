"""The first paragraph of a text, as lists show it."""

import markup
from markup.lead import MAX_HTML_CHARACTERS, lead


def test_lead_keeps_formulas_and_emphasis_and_drops_links_and_footnotes():
    html = markup.render("Solve $x$ with [this](https://a.example) **now**[^1].\n\nMore.\n\n[^1]: Aside.")

    assert lead(html).startswith("Solve <")
    assert "<math" in lead(html)
    assert lead(html).endswith("with this <strong>now</strong>. More.")


def test_lead_of_a_text_without_paragraphs_is_empty():
    assert lead(markup.render("```\nx = 1\n```")) == ""


def test_lead_of_a_very_long_paragraph_is_empty():
    assert lead(f"<p>{'a' * (MAX_HTML_CHARACTERS + 1)}</p>") == ""
    assert lead(f"<p>{'a' * MAX_HTML_CHARACTERS}</p>") == "a" * MAX_HTML_CHARACTERS


def test_lead_lets_nothing_through_that_the_pipeline_would_not():
    assert (
        lead('<p><script>alert(1)</script><img src=x onerror=alert(1)><em id="user-content-x">a</em></p>')
        == "<em>a</em>"
    )


def test_lead_goes_on_through_a_formula_until_there_is_enough():
    html = markup.render("For\n\n$$x = 2$$\n\nI wrote this.\n\n" + "More words. " * 20 + "\n\nThe end.")

    assert "For <math" in lead(html)
    assert 'display="block"' not in lead(html)
    assert "I wrote this. More words." in lead(html)
    assert "The end." not in lead(html)


def test_lead_has_an_ellipsis_for_a_formula_of_several_lines():
    html = markup.render("For\n\n$$\\begin{pmatrix}1 & 2\\\\3 & 4\\end{pmatrix}$$\n\nI wrote this.")

    assert lead(html) == "For … I wrote this."
