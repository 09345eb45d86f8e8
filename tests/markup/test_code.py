"""Code blocks: label, colours, copy button, a region that the keyboard can scroll."""

import pytest
from pygments.lexers import get_all_lexers

from markup import render
from markup.highlight import HIGHLIGHT_CLASSES
from markup.languages import LABELS, LEXERS
from tests.markup.reading import Start, tags, words


def test_render_fence_shows_language_button_and_scroll_region() -> None:
    html = render("```python\nreturn 'x'  # why\n```")
    assert html == (
        '<div class="code"><div class="code__bar"><span class="code__language">Python</span>'
        '<button type="button" class="code__copy" hidden="">Copy</button></div>'
        '<pre role="group" aria-label="Python" tabindex="0"><code class="language-python">'
        '<span class="hl-keyword">return </span><span class="hl-string">\'x\'  </span>'
        '<span class="hl-comment"># why\n</span></code></pre></div>\n'
    )


@pytest.mark.parametrize(
    ("name", "label"),
    [("py", "Python"), ("JS", "JavaScript"), ("c++", "C++"), ("r", "R"), ("sql {.x}", "SQL"), ("klingon", "klingon")],
)
def test_render_fence_labels_the_language(name: str, label: str) -> None:
    assert f'<span class="code__language">{label}</span>' in render(f"```{name}\nx\n```")


def test_render_code_keeps_every_character_in_every_language() -> None:
    code = "a <b> & \"c\" 'd' \\n {x} $y$ @z\n\n\tif 1:\n    # ü 😀 */ -->\n"
    for lexer in sorted(LEXERS):
        alias = next(aliases[0] for name, aliases, _, _ in get_all_lexers(plugins=False) if name == lexer)
        html = render(f"```{alias}\n{code}```")
        label = LABELS.get(lexer, lexer)
        assert words(html) == f"{label}Copy{code}\n", lexer
        assert {tag["class"] for tag in tags(html) if tag.tag == "span"} <= HIGHLIGHT_CLASSES | {"code__language"}


def test_languages_are_known_to_the_highlighter() -> None:
    assert {name for name, _, _, _ in get_all_lexers(plugins=False)} >= LEXERS
    assert set(LABELS) <= LEXERS


def test_render_language_name_cannot_leave_its_attribute() -> None:
    html = render('```"><img/src=x/onerror=alert(1)>\nx\n```')
    assert "img" not in {tag.tag for tag in tags(html)}
    assert Start("code") in tags(html)


def test_render_code_is_neither_mathematics_nor_mention() -> None:
    html = render("`$x$ @ada` and\n\n```\n$$x$$ @ada\n```\n\n    $x$\n", mentions={"ada": "/a"})
    assert not {"math", "a"} & {tag.tag for tag in tags(html)}
