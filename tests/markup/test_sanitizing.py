"""Nothing leaves the pipeline that is not on the list, whatever goes in."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markup import mentioned, plain_text, render
from markup.allowlist import ATTRIBUTES, LINK_REL, TAGS, sanitize
from tests.markup.payloads import PAYLOADS, RAW
from tests.markup.reading import tags

FROZEN_TAGS = """
    a blockquote br button code del div em h1 h2 h3 h4 h5 h6 hr img input li ol p pre section span
    strong sup table tbody td th thead tr ul math menclose merror mfrac mi mmultiscripts mn mo mover mpadded
    mphantom mprescripts mroot mrow mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover
"""
FROZEN_ATTRIBUTES = """
    accent accentunder alt aria-label checked class depth dir disabled display
    displaystyle fence form height hidden href id largeop linethickness loading lspace mathvariant
    maxsize minsize movablelimits notation rel role rspace scriptlevel separator src start
    stretchy tabindex title type voffset width
"""
FROZEN_CLASSES = re.compile(
    r"align-(left|right|center)|code|code__(bar|copy|language)|footnotes|footnote-(mark|back)|image-link|math"
    r"|math-error|math-error__reason|mention|plain|plain-reason|table|tasks?|language-[a-z0-9+-]{1,30}"
    r"|math-(left|right|flush-(left|right)|(line|dash)-(left|right|top|bottom)|back-\d{1,2})"
    r"|hl-(builtin|comment|deleted|escape|inserted|keyword|name|number|string|type|variable)"
)
DANGEROUS_START = re.compile(r"[\x00-\x20]*(?!https?:|mailto:)[a-z][a-z0-9+.\t\n\r-]*:", re.IGNORECASE)


def assert_harmless(html: str) -> None:
    for tag in tags(html):
        assert tag.tag in FROZEN_TAGS.split(), html
        for name, value in tag.attributes:
            assert name in FROZEN_ATTRIBUTES.split(), html
            if name == "class":
                assert all(FROZEN_CLASSES.fullmatch(word) for word in value.split()), html
            elif name == "id":
                assert re.fullmatch(r"user-content-fn(ref)?-[0-9a-f]{8}-\d+", value), html
            elif name == "src":
                assert re.fullmatch(r"/pictures/[A-Za-z0-9_-]{22}\.webp", value), html
            elif name == "href":
                assert not DANGEROUS_START.match(value), html
            elif name == "rel":
                assert value == LINK_REL
            elif name == "type":
                assert (tag.tag, value) in (("button", "button"), ("input", "checkbox")), html
        if tag.tag == "input":
            assert "disabled" in dict(tag.attributes)


def test_allowlist_is_the_frozen_one() -> None:
    assert set(FROZEN_TAGS.split()) == TAGS
    assert {name for names in ATTRIBUTES.values() for name in names} | {"rel"} == set(FROZEN_ATTRIBUTES.split())
    assert set(ATTRIBUTES) <= TAGS


def test_payloads_are_many() -> None:
    assert len(PAYLOADS) > 2000
    assert len(RAW) > 100


def test_render_payloads_leave_only_what_is_allowed() -> None:
    for payload in PAYLOADS:
        html = render(payload, mentions={"x": "/members/x/"})
        assert_harmless(html)
        assert sanitize(html) == html


def test_sanitize_alone_leaves_only_what_is_allowed() -> None:
    """As if everything before it had failed: live HTML goes in."""
    for payload in [*RAW, *PAYLOADS]:
        found = sanitize(payload)
        assert_harmless(found)
        assert_harmless(sanitize(found))


@pytest.mark.parametrize(
    ("forged", "kept"),
    [
        (
            '<button type="submit" formaction="/x" class="code__copy evil">x</button>',
            '<button class="code__copy" type="button">x</button>',
        ),
        ('<span class="button hl-string vote__score">x</span>', '<span class="hl-string">x</span>'),
        ('<div class="toast" role="dialog" tabindex="5" style="position:fixed">x</div>', "<div>x</div>"),
        ('<a id="main" name="body" target="_top" href="/x">x</a>', f'<a href="/x" rel="{LINK_REL}">x</a>'),
        ('<li id="user-content-a">x</li><li id="user-content-A b">y</li>', '<li id="user-content-a">x</li><li>y</li>'),
        ('<input type="password" value="x">', '<input disabled="" type="checkbox">'),
        ('<mspace width="900em"></mspace>', ""),
        (
            '<math href="javascript:x" class="y"><mi mathvariant="bold" style="x">a</mi></math>',
            "<math><mi>a</mi></math>",
        ),
        ('<p hx-get="/x" data-hx-post="/y" aria-hidden="true" onclick="x">a</p>', "<p>a</p>"),
        ('<img src="https://e.org/x.png"><iframe src="/x"></iframe>', "<img>"),
        (
            '<img src="/pictures/aaaaaaaaaaaaaaaaaaaaaa.webp?x=1" srcset="/x 2x" onerror="x" width="99999" alt="a">',
            '<img alt="a">',
        ),
        (
            '<img src="/pictures/aaaaaaaaaaaaaaaaaaaaaa.webp" loading="eager" style="x" height="40">',
            '<img src="/pictures/aaaaaaaaaaaaaaaaaaaaaa.webp" height="40">',
        ),
    ],
)
def test_sanitize_strips_what_is_forged(forged: str, kept: str) -> None:
    assert tags(sanitize(forged)) == tags(kept)


MARKDOWN = st.lists(
    st.sampled_from(
        [
            "*",
            "_",
            "`",
            "```\n",
            "~~~\n",
            "$",
            "$$",
            "[",
            "]",
            "(",
            ")",
            "<",
            ">",
            "&",
            "#",
            "- ",
            "1. ",
            "> ",
            "|",
            "---",
            "\n",
            "\n\n",
            "    ",
            "\t",
            "!",
            "[^1]",
            "[^1]: ",
            "\\",
            "@ada",
            "https://",
            "www.",
            ":",
            "javascript:",
            "<script>",
            "onerror=",
            "{",
            "}",
            "^",
            "_",
            r"\frac",
            r"\text{",
            r"\begin{matrix}",
            r"\left(",
            "&amp;",
            "&#0;",
            "\x00",
            "\u202e",
            "\ud800",
            "é",
            "😀",
            "a",
            " ",
            '"',
            "'",
            "[x] ",
        ]
    )
    | st.text(max_size=5),
    max_size=60,
).map("".join)


@settings(max_examples=400, deadline=None)
@given(MARKDOWN)
def test_render_never_raises_and_stays_on_the_list(source: str) -> None:
    html = render(source, mentions={"ada": "/members/ada/"})
    assert_harmless(html)
    assert sanitize(html) == html
    assert len(plain_text(source, 80)) <= 80
    assert all(name == name.lower() for name in mentioned(source))


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec=None), max_size=300))
def test_render_takes_any_text(source: str) -> None:
    html = render(source)
    assert_harmless(html)
    assert sanitize(html) == html
