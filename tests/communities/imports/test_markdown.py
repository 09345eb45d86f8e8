"""HTML of imported posts as Markdown."""

import pytest
from bs4 import BeautifulSoup

import markup
from communities.imports.comment_text import comment_to_markdown
from communities.imports.markdown import TooDeep, to_markdown
from communities.imports.sites import Site

SITE = Site("https://tea.stackexchange.com")


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>a <em>b</em> <strong>c</strong> <strike>d</strike></p>", "a *b* **c** ~~d~~"),
        ("<p><strong>Note:</strong>text, un<em>(really)</em>said</p>", "**Note**:text, un(*really*)said"),
        ("<h2>Head</h2><p>a<br>b<br><br>c</p><hr>", "## Head\n\na  \nb\n\nc\n\n---"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ol start='3'><li><p>a</p><pre><code>b</code></pre></li></ol>", "3. a\n\n   ```\n   b\n   ```"),
        ("<ul><li>a<ol start='3'><li>b</li></ol></li></ul>", "- a\n\n  3. b"),
        ("<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>", "> a\n>\n> > b"),
        ("<p><code>a`b</code> <kbd>Ctrl</kbd></p>", "`` a`b `` `Ctrl`"),
        (
            "<pre class='lang-js prettyprint-override'><code>a\n\n\n\nb\n</code></pre>",
            "```js\na\n\n\n\nb\n```",
        ),
        ("<!-- language: lang-py -->\n<pre><code>a</code></pre>", "```py\na\n```"),
        ("<!-- language: default -->\n<pre><code>a</code></pre>", "```\na\n```"),
        ("<pre><code>```\na\n```</code></pre>", "````\n```\na\n```\n````"),
        (
            "<p>H<sub>2</sub>O, x<sup>2</sup>, x<sup>n+1</sup>, 1<sup>st</sup>, V<sub>out</sub></p>",
            "H₂O, x², xⁿ⁺¹, 1st, V_out",
        ),
        ("<p><sub>all of this is small print</sub></p>", "all of this is small print"),
        (
            "<p><a href='/q/5'>five</a> <a href='//a.b/c d'>e</a></p>",
            f"[five]({SITE.address}/q/5) [e](https://a.b/c%20d)",
        ),
        ("<p><a href='http://a.b/c_(d'>x</a></p>", "[x](<http://a.b/c_(d>)"),
        ("<p><a href='https://a.b/c_d'>https://a.b/c_d</a></p>", "<https://a.b/c_d>"),
        ("<p><a href='javascript:alert(1)'>x</a></p>", "x"),
        ("<p>wow!<a href='http://a.b/'>x</a></p>", "wow\\![x](http://a.b/)"),
        (
            "<p><img src='http://a.b/i.png' alt='enter image description here'></p>",
            "![Image](http://a.b/i.png)",
        ),
        (
            "<p><a href='http://a.b/i.png'><img src='http://a.b/i.png' alt='A [cup]'></a></p>",
            "![A \\[cup\\]](http://a.b/i.png)",
        ),
        (
            "<table><tr><th>a|b</th></tr><tr><td><code>c|d</code></td></tr></table>",
            "| a\\|b |\n| --- |\n| `c\\|d` |",
        ),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "**a**\n\nb"),
    ],
)
def test_html_becomes_the_markdown_one_would_write(html: str, markdown: str) -> None:
    assert to_markdown(html, SITE) == markdown


@pytest.mark.parametrize(
    "text",
    [
        "# 1 reason",
        "1. no list",
        "- no list",
        "> no quotation",
        "a *b* _c_ __d__ `e` ~~f~~ g_h_i 2 * 3",
        "[a](b/c) ![a](b) [^1] [x]: y",
        "<b>not bold</b> &amp; &#35; a<b",
        "C:\\*new \\alpha, at the end \\",
        "a\n---",
        "a\n===",
        "a | b\n--- | ---",
        "$5 here and $10 there; from $60k to $70k",
        "[ ] to do",
        "a ^[b] c",
    ],
)
def test_text_that_looks_like_markdown_is_shown_as_it_is(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    shown = markup.render(to_markdown(f"<p>{escaped}</p>", SITE))
    assert BeautifulSoup(shown, "html.parser").find_all(True, recursive=False)[0].name == "p"
    assert BeautifulSoup(shown, "html.parser").find_all(["em", "strong", "code", "del", "a", "math", "table"]) == []
    assert " ".join(BeautifulSoup(shown, "html.parser").get_text().split()) == " ".join(text.split())


@pytest.mark.parametrize("formula", ["$x_1 + y_2$", "$n$", "$f(x)$", "$$\\frac{a*b}{c}$$", "$\\{1\\}$", "$a<b$"])
def test_formulas_stay_formulas(formula: str) -> None:
    html = f"<p>So {formula.replace('<', '&lt;')} holds.</p>"
    assert to_markdown(html, SITE) == f"So {formula} holds."


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("*a* `b$` [c](http://d.e/f_g)", "*a* `b$` [c](http://d.e/f_g)"),
        ("# no heading, $5 or $6", "\\# no heading, \\$5 or \\$6"),
        (
            "[tag:green-tea] and [meta-tag:bug]",
            "[green-tea]({0}/green-tea) and [bug]({0}/bug)".format(f"{SITE.address}/questions/tagged"),
        ),
        ("as on [coffee.se]", "as on [coffee.se](https://coffee.stackexchange.com)"),
        ("a <b> &amp; ![x](y)", "a \\<b> \\&amp; \\![x](y)"),
    ],
)
def test_comments_keep_their_own_markup_and_get_no_other(text: str, markdown: str) -> None:
    assert comment_to_markdown(text, SITE) == markdown


def test_elements_too_deep_within_each_other_are_refused() -> None:
    with pytest.raises(TooDeep):
        to_markdown("<blockquote>" * 10_000 + "a", SITE)
