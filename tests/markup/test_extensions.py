"""What Cairn's Markdown has beyond CommonMark: tables, tasks, footnotes, bare addresses, mentions."""

import pytest

from markup import mentioned, pictured, render, rules
from tests.markup.reading import Start, pieces, tags, words

REL = 'rel="nofollow ugc noopener"'


def link(address: str, text: str) -> str:
    return f'<a href="{address}" {REL}>{text}</a>'


def test_render_table_aligns_by_class_and_scrolls() -> None:
    html = render("| a | b | c |\n|:--|--:|:-:|\n| 1 | `x` | **y** |")
    assert tags(html)[0] == Start("div").with_attributes(
        **{"class": "table", "role": "group", "aria-label": "Table", "tabindex": "0"}
    )
    assert [tag["class"] for tag in tags(html) if tag.tag == "td"] == ["align-left", "align-right", "align-center"]
    assert words(html).split() == ["a", "b", "c", "1", "x", "y"]


def test_render_strikethrough_is_deleted_text() -> None:
    assert render("~~gone~~ ~here~") == "<p><del>gone</del> ~here~</p>\n"


def test_render_task_list_has_disabled_boxes_with_their_state() -> None:
    html = render("- [ ] open\n- [x] **done**\n- [X] also\n- [y] none\n")
    boxes = [tag for tag in tags(html) if tag.tag == "input"]
    assert [dict(box.attributes) for box in boxes] == [
        {"type": "checkbox", "disabled": "", "aria-label": "Not done"},
        {"type": "checkbox", "disabled": "", "checked": "", "aria-label": "Done"},
        {"type": "checkbox", "disabled": "", "checked": "", "aria-label": "Done"},
    ]
    assert [tag["class"] for tag in tags(html) if tag.tag in ("ul", "li")] == ["tasks", "task", "task", "task", ""]
    assert "[y] none" in words(html)


def test_render_task_that_is_a_link_keeps_its_link() -> None:
    assert "<input" not in render("- [x] a\n\n[x]: https://example.org")


def test_render_nested_task_list_marks_only_its_own_list() -> None:
    html = render("1. one\n   - [ ] inner\n2. two")
    assert [(tag.tag, tag["class"]) for tag in tags(html) if tag.tag in ("ol", "ul", "li")] == [
        ("ol", ""),
        ("li", ""),
        ("ul", "tasks"),
        ("li", "task"),
        ("li", ""),
    ]


def test_render_footnote_links_there_and_back_with_own_ids() -> None:
    html = render("One[^n], two[^n] and three[^m].\n\n[^n]: Note *n*.\n[^m]: Note m.")
    ids = [tag["id"] for tag in tags(html) if tag["id"]]
    targets = [tag["href"] for tag in tags(html) if tag.tag == "a"]
    assert len(ids) == len(set(ids)) == 4
    assert all(identifier.startswith("user-content-fn") for identifier in ids)
    assert {target.removeprefix("#") for target in targets} == set(ids)
    assert words(html).split("\n")[0] == "One1, two1 and three2."
    assert "Note n." in words(html)


def test_render_footnotes_of_two_texts_do_not_share_ids() -> None:
    first, second = render("a[^1]\n\n[^1]: x"), render("b[^1]\n\n[^1]: x")
    assert not {tag["id"] for tag in tags(first) if tag["id"]} & {tag["id"] for tag in tags(second) if tag["id"]}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("https://example.org/a_b_c", link("https://example.org/a_b_c", "https://example.org/a_b_c")),
        ("(https://example.org/x).", f"({link('https://example.org/x', 'https://example.org/x')})."),
        ("https://e.org/a_(b)", link("https://e.org/a_(b)", "https://e.org/a_(b)")),
        ("https://e.org/?a=1&amp;b=2;", link("https://e.org/?a=1&amp;amp;b=2", "https://e.org/?a=1&amp;amp;b=2") + ";"),
        ("**https://e.org/**", f"<strong>{link('https://e.org/', 'https://e.org/')}</strong>"),
        ("http://localhost:8000/x", link("http://localhost:8000/x", "http://localhost:8000/x")),
        ("www.example.org/x, ok", link("http://www.example.org/x", "www.example.org/x") + ", ok"),
        ("ada@example.org.", link("mailto:ada@example.org", "ada@example.org") + "."),
        ("numpy.py and main.rs", "numpy.py and main.rs"),
        ("ftp://example.org xhttp://e.org", "ftp://example.org xhttp://e.org"),
        ("`https://example.org`", "<code>https://example.org</code>"),
        ("[https://a.org](https://b.org)", link("https://b.org", "https://a.org")),
        ("http://", "http://"),
        ("a@b", "a@b"),
        ("javascript://e.org/%0aalert(1)", "javascript://e.org/%0aalert(1)"),
    ],
)
def test_render_bare_address_becomes_a_link(source: str, expected: str) -> None:
    assert render(source) == f"<p>{expected}</p>\n"


def test_render_image_becomes_a_link_and_words_inside_a_link() -> None:
    assert render('![a *b*](https://e.org/p.png "t")') == (
        f'<p><a class="image-link" href="https://e.org/p.png" title="t" {REL}>a b</a></p>\n'
    )
    assert render("[![alt](https://e.org/p.png)](https://f.org)") == f"<p>{link('https://f.org', 'alt')}</p>\n"


OWN = "/pictures/aaaaaaaaaaaaaaaaaaaaaa.webp"


def test_render_picture_of_ours_is_shown_with_its_size_and_words() -> None:
    shown = f'<img src="{OWN}" alt="{{}}"{{}} width="40" height="30" loading="lazy">'
    pictures = {OWN: (40, 30)}
    assert (
        tags(render(f'![a *b* $x$ `c` "d"]({OWN} "t")', pictures=pictures))[1]
        == tags(shown.format("a b $x$ c &quot;d&quot;", ' title="t"'))[0]
    )
    assert [tag.tag for tag in tags(render(f"[![a]({OWN})](https://f.org)", pictures=pictures))] == ["p", "a", "img"]
    assert [tag.tag for tag in tags(render(f"![a]({OWN}) ![a][r]\n\n[r]: {OWN}"))] == ["p", "a", "a"]


def test_render_more_pictures_than_a_text_may_show_are_links() -> None:
    found = tags(render(f"![a]({OWN}) " * (rules.MAX_PICTURES + 1), pictures={OWN: (40, 30)}))
    assert [tag.tag for tag in found] == ["p", *["img"] * rules.MAX_PICTURES, "a"]


def test_pictured_names_each_image_once_and_none_in_code() -> None:
    source = f"![a]({OWN}) ![b](/x) `![c](/y)` [![d](/z)](/w) ![e]({OWN}) ![f][r]\n\n    ![g](/v)\n\n[r]: /r"
    assert pictured(source) == [OWN, "/x", "/z", "/r"]


def test_render_mention_links_only_known_members_in_ordinary_text() -> None:
    source = "@Ada, (@ada.) @bob! x@ada `@ada` [@ada](/x) https://e.org/@ada ada@ada.org @ada@e.org"
    html = render(source, mentions={"ada": "/members/ada/"})
    mentions = [tag for tag in tags(html) if tag["class"] == "mention"]
    assert [tag["href"] for tag in mentions] == ["/members/ada/"] * 2
    assert words(html).strip() == source.replace("`", "").replace("[@ada](/x)", "@ada")


def test_mentioned_lists_each_name_once_in_lower_case() -> None:
    source = (
        "@Bob and @ada, @bob.\n\n> @x.y-z_1- @a @"
        + "n" * 31
        + "\n\n```\n@code\n```\n`@inline` mail@host.org[^1]\n\n[^1]: @note"
    )
    assert mentioned(source) == ["bob", "ada", "x.y-z_1", "note"]


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\u202a", "&#x202E;", "&#8238;"])
def test_render_direction_control_is_shown(character: str) -> None:
    for source in (f"a{character}b", f"```\na{character}b\n```", f'[a](/x "{character}")', f"`a{character}`"):
        html = render(source)
        assert not any(ord(found) in (0x202A, 0x202E, 0x2066) for found in html)
        assert "⟦U+20" in html or "&amp;#" in html


def test_render_unprintable_characters_are_replaced() -> None:
    assert render("a\x00b\ud800c\x1bd") == "<p>a\ufffdb\ufffdc\ufffdd</p>\n"


def test_render_raw_html_is_shown_as_text() -> None:
    html = render("<b>x</b>\n\n<script>alert(1)</script>\n\n<!-- c -->")
    assert {tag.tag for tag in tags(html)} == {"p"}
    assert [piece for piece in pieces(html) if isinstance(piece, str) and piece.strip()] == [
        "<b>x</b>",
        "<script>alert(1)</script>",
        "<!-- c -->",
    ]
