"""Formulas: shown as MathML that says the same, or as their source with a reason; prices stay prices."""

import json
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markup import render, rules
from markup.allowlist import sanitize
from markup.formulas import formula_html
from tests.markup.reading import tags, words

COMMANDS = json.loads((Path(__file__).parent / "data" / "katex_commands.json").read_text())

BAR = '<mo stretchy="false" lspace="0em" rspace="0em">|</mo>'
THIN = '<mspace width="0.1667em"></mspace>'
APPLY = '<mo lspace="0.1667em">\u2061</mo>'
"""Says that a function applies to what follows, and takes a thin space."""


def mathml(tex: str) -> str:
    """The inside of a formula without what groups and does not show."""
    html = formula_html(tex, display=True)
    assert html.startswith('<math display="block">'), html
    return re.sub(r"</?(?:math|mrow)[^>]*>|<mspace></mspace>", "", html)


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("x+1", "<mi>x</mi><mo>+</mo><mn>1</mn>"),
        (r"\frac{1}{2}", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
        (r"\tfrac12", '<mfrac displaystyle="false"><mn>1</mn><mn>2</mn></mfrac>'),
        (r"\sqrt{x}", "<msqrt><mi>x</mi></msqrt>"),
        (r"\sqrt[3]{x}", "<mroot><mi>x</mi><mn>3</mn></mroot>"),
        ("x_1^2", "<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>"),
        ("f'", "<msup><mi>f</mi><mo>′</mo></msup>"),
        (r"a \pm b", "<mi>a</mi><mo>±</mo><mi>b</mi>"),
        (r"a \to b", '<mi>a</mi><mo stretchy="false">→</mo><mi>b</mi>'),
        (r"p \sim q", '<mi>p</mi><mo form="infix">∼</mo><mi>q</mi>'),
        (r"\alpha\infty", "<mi>α</mi><mi>∞</mi>"),
        (r"\mathbb{R}\mathbb N", "<mi>ℝ</mi><mi>ℕ</mi>"),
        (r"\mathbf{Ab1}", "<mi>𝐀𝐛𝟏</mi>"),
        (r"\mathcal{LB}", "<mi>ℒℬ</mi>"),
        (r"\mathfrak{gC}", "<mi>𝔤ℭ</mi>"),
        (r"\boldsymbol{\alpha}", "<mi>𝜶</mi>"),
        (r"\mathit{h}", "<mi>ℎ</mi>"),
        (r"\mathrm{HO}", "<mi>HO</mi>"),
        (r"\mathrm{H}", '<mi mathvariant="normal">H</mi>'),
        (r"\sin x", f"<mi>sin</mi>{APPLY}<mi>x</mi>"),
        (r"\sin(x)", '<mi>sin</mi><mo>\u2061</mo><mo stretchy="false">(</mo><mi>x</mi><mo stretchy="false">)</mo>'),
        (r"2\ln x", f"<mn>2</mn>{THIN}<mi>ln</mi>{APPLY}<mi>x</mi>"),
        (r"\text{if } x", "<mtext>if\xa0</mtext><mi>x</mi>"),
        (r"\text{50\% of $y$}", "<mtext>50%\xa0of\xa0</mtext><mi>y</mi>"),
        (r"\textbf{a}", '<mtext mathvariant="bold">a</mtext>'),
        (r"a \ne b \not\in c", "<mi>a</mi><mo>≠</mo><mi>b</mi><mo>∉</mo><mi>c</mi>"),
        (r"\sum_{i}^{n}", '<munderover><mo lspace="0em" rspace="0em">∑</mo><mi>i</mi><mi>n</mi></munderover>'),
        (r"\int_0^1", '<msubsup><mo lspace="0em" rspace="0em">∫</mo><mn>0</mn><mn>1</mn></msubsup>'),
        (r"\vec{v}", '<mover accent="true"><mi>v</mi><mo stretchy="false">\u20d7</mo></mover>'),
        (r"\overline{AB}", '<menclose notation="top"><mi>A</mi><mi>B</mi></menclose>'),
        (r"\cancel{x}", '<menclose notation="updiagonalstrike"><mi>x</mi></menclose>'),
        (r"a\,b\!", f'<mi>a</mi>{THIN}<mi>b</mi><mspace class="math-back-3"></mspace>'),
        (r"\mkern18mu", '<mspace width="1em"></mspace>'),
        (r"\color{red}{x}", "<mi>x</mi>"),
        (r"\textcolor{red}{x}\blueD{y}", "<mi>x</mi><mi>y</mi>"),
        (r"\widetilde{ab}", '<mover accent="true"><mi>a</mi><mi>b</mi><mo stretchy="true">\u0303</mo></mover>'),
        (r"\sout{x}", '<menclose notation="horizontalstrike"><mi>x</mi></menclose>'),
        (r"\textbf{\textit{a}}", '<mtext mathvariant="bold-italic">a</mtext>'),
        (r"p \thicksim q", '<mi>p</mi><mo form="infix">∼</mo><mi>q</mi>'),
        (r"\xrightleftarrows{k}", '<mover><mo stretchy="false" lspace="0em">⇄</mo><mi>k</mi></mover>'),
        (r"x = 1 \tag{2}", '<mi>x</mi><mo>=</mo><mn>1</mn><mspace width="2em"></mspace><mtext>(2)</mtext>'),
        (r"\{a\}", '<mo stretchy="false">{</mo><mi>a</mi><mo stretchy="false">}</mo>'),
        (r"|x|", f"{BAR}<mi>x</mi>{BAR}"),
        (r"90^\circ", "<msup><mn>90</mn><mo>∘</mo></msup>"),
        (r"a<b>c", "<mi>a</mi><mo>&lt;</mo><mi>b</mi><mo>&gt;</mo><mi>c</mi>"),
    ],
)
def test_formula_is_shown_as_written(tex: str, expected: str) -> None:
    assert mathml(tex) == expected


def test_formula_limits_stand_under_their_operator() -> None:
    displayed, in_line = (formula_html(r"\lim_{x \to 0} x", display=display) for display in (True, False))
    assert [tag.tag for tag in tags(displayed) if tag.tag.startswith(("mu", "ms"))] == ["munder", "mspace"]
    assert [tag.tag for tag in tags(in_line) if tag.tag.startswith(("mu", "ms"))] == ["msub", "mspace"]


@pytest.mark.parametrize(
    ("tex", "rows"),
    [
        (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", ["1 2", "3 4"]),
        (r"\begin{bmatrix} a \\ b \end{bmatrix}", ["a", "b"]),
        (r"\begin{vmatrix} a & b \end{vmatrix}", ["a b"]),
        (r"\begin{aligned} a &= b \\ &= c \end{aligned}", ["a =b", " =c"]),
        (r"\begin{align*} a &= b \end{align*}", ["a =b"]),
        (r"\begin{align} a &= b \label{x} \end{align}", ["a =b"]),
        (r"\begin{gather} a \\ b \end{gather}", ["a", "b"]),
        (r"\begin{cases} 1 & x > 0 \\ 0 & \text{else} \end{cases}", ["1 x>0", "0 else"]),
        (r"\begin{dcases} 1 & a \\ 0 & b \end{dcases}", ["1 a", "0 b"]),
        (r"\begin{array}{|c c|r|} \hline p & q & r \\ \hline 1 & 2 & 3 \end{array}", ["p q r", "1 2 3"]),
        (r"\begin{equation} \begin{split} a &= b \end{split} \end{equation}", ["a =b"]),
        (r"\begin{smallmatrix} a & b \end{smallmatrix}", ["a b"]),
        (r"\begin{eqnarray} a &=& b \\[2ex] c &=& d \\ \end{eqnarray}", ["a = b", "c = d"]),
        (r"\begin{array}{l@{ }r} a & b \end{array}", ["a b"]),
        (r"\begin{pmatrix*}[r] 1 \\ -1 \end{pmatrix*}", ["1", "−1"]),
        (r"\begin{alignat}{2} a &= b \end{alignat}", ["a =b"]),
        (r"\sum_{\substack{i \\ j}} x", ["i", "j"]),
        (r"a = b \\ c = d", ["a=b", "c=d"]),
    ],
)
def test_formula_table_has_its_rows_and_cells(tex: str, rows: list[str]) -> None:
    html = formula_html(tex, display=True)
    cells = [re.findall(r"<mtd[^>]*>(.*?)</mtd>", row) for row in re.findall(r"<mtr[^>]*>(.*?)</mtr>", html)]
    assert [" ".join(words(cell) for cell in row) for row in cells] == rows


def test_formula_array_has_the_lines_of_its_author() -> None:
    html = formula_html(r"\begin{array}{|c:c|} \hline p & q \\ \hline 1 & 2 \\ \hline \end{array}", display=True)
    assert [tag["class"] for tag in tags(html) if tag.tag in ("mtable", "mtd")] == [
        "math-line-left math-line-top",
        "math-dash-right",
        "math-line-right",
        "math-line-top math-dash-right math-line-bottom",
        "math-line-top math-line-right math-line-bottom",
    ]


def test_formula_aligned_equations_meet_at_their_sign() -> None:
    html = formula_html(r"\begin{aligned} a &= b \end{aligned}", display=True)
    assert [tag["class"] for tag in tags(html) if tag.tag == "mtd"] == [
        "math-right math-flush-right",
        "math-left math-flush-left",
    ]


@pytest.mark.parametrize(
    ("tex", "base"),
    [
        (r"\begin{bmatrix}a\end{bmatrix}^T", "[a]"),
        (r"\binom{n}{k}^2", "(nk)"),
        (r"\begin{vmatrix}a\end{vmatrix}_1", "|a|"),
    ],
)
def test_formula_exponent_of_brackets_takes_the_whole_of_them(tex: str, base: str) -> None:
    html = formula_html(tex, display=True)
    inner = re.search(r"<msu[pb]><mrow>(.*)</mrow><m[in]>[T12]</m[in]></msu[pb]>", html)
    assert inner
    assert words(inner[1]) == base


@pytest.mark.parametrize(
    ("tex", "reason"),
    [
        (r"\alhpa", r"\alhpa is not supported"),
        (r"\frac{1}{", "a { without its }"),
        (r"x}", "a } without its {"),
        (r"\frac{a}", "expected argument but reached end of input"),
        ("x^2^3", "two superscripts or two subscripts in a row"),
        ("x_2_3", "two superscripts or two subscripts in a row"),
        (r"\left( x", 'expected closing token "\\right", but reached end of input'),
        (r"\begin{matrix} x", 'expected closing token "\\end{...}", but reached end of input'),
        (r"\frac", "expected argument but reached end of input"),
        (r"\begin{tikzpicture} x \end{tikzpicture}", "the environment tikzpicture is not supported"),
        (r"\begin{array}{cp{9em}} a & b \end{array}", "only the columns l, c, r, | and : are supported in an array"),
        ("a & b", 'found "&", which may only appear in a table-like environment'),
        (r"\text{\alpha}", "not valid in text mode"),
        (r"\text{$x}", r"one $ alone inside \text"),
        (r"\hspace{999em}", "the length 999em is too large"),
        (r"\kern-3em\kern-3em", "too much negative space"),
        (r"\!" * 30, "too much negative space"),
        ("{" * 60 + "}" * 60, "nested too deeply"),
        ("x" * 4097, "longer than 4096 characters"),
        ("&#x202e;", "invalid parameter number. Must be 1-9"),
        ("x\ue001", "a character without meaning"),
        (r"\href{javascript:alert(1)}{x}", r"\href is not supported"),
        (r"\style{color:red}{x}", r"\style is not supported"),
        (r"\class{button}{x}", r"\class is not supported"),
        (r"\unicode{x202e}", r"\unicode is not supported"),
        (r"\def\a{\a\a}\a", r"\def is not supported"),
        (r"\newcommand{\x}{y}\x", r"\newcommand is not supported"),
        (r"\rule{9em}{9em}", r"\rule is not supported"),
        (r"\raisebox{9em}{x}", "the length 9em is too large"),
    ],
)
def test_formula_that_cannot_be_shown_stays_visible_with_its_reason(tex: str, reason: str) -> None:
    html = formula_html(tex, display=False)
    assert words(html) == f"${tex}$ Formula not shown: {reason}"
    assert [(tag.tag, tag["class"]) for tag in tags(html)] == [
        ("span", "math-error"),
        ("code", ""),
        ("span", "math-error__reason"),
    ]


@pytest.mark.parametrize("tex", COMMANDS["rendered"])
def test_formula_of_known_command_shows_no_command(tex: str) -> None:
    html = formula_html(tex, display=False)
    assert html.startswith("<math")
    assert "\\" not in words(html).removeprefix("\\" if tex == r"\backslash" else "")


@pytest.mark.parametrize("tex", COMMANDS["refused"])
def test_formula_of_unknown_command_is_refused(tex: str) -> None:
    assert words(formula_html(tex, display=False)).startswith(f"${tex}$ Formula not shown: ")


def test_formula_commands_are_nearly_all_of_katex() -> None:
    assert (len(COMMANDS["rendered"]), len(COMMANDS["refused"])) == (920, 28)


@pytest.mark.parametrize(
    "unit",
    [
        r"\hat",
        r"\sqrt ",
        r"\not",
        r"\frac1",
        r"\lim_",
        r"\sum^",
        r"\int_",
        r"\left.",
        r"\mathbf ",
        "'",
        "x^",
        r"\bigl(",
    ],
)
def test_formula_of_thousands_of_parts_is_answered_from_a_small_stack(unit: str) -> None:
    """The converter is recursive: where its stack ends, the process would."""
    tex = unit * (rules.MAX_FORMULA_CHARACTERS // len(unit) - 1) + " x"
    before = threading.stack_size(512 * 1024)
    with ThreadPoolExecutor(1) as pool:
        html = pool.submit(formula_html, tex, display=True).result()
    threading.stack_size(before)
    assert html.startswith(("<math", '<span class="math-error">'))


@pytest.mark.parametrize(
    ("tex", "shown"),
    [
        ("(" * 60 + "x", "(" * 60 + "x"),
        ("(a" * 60, "(a" * 60),
        (r"\sin(" * 40, "sin\u2061(" * 40),
        (r"\bigl(" * 60 + "x", "(" * 60 + "x"),
        (r"\{[\lfloor" * 20, "{[⌊" * 20),
        (r"\sqrt[3]{x}" * 12, "x3" * 12),
        (r"\lBrace" * 20, "Formula not shown: too many brackets"),
    ],
)
def test_formula_of_open_brackets_is_answered_at_once(tex: str, shown: str) -> None:
    """The converter would read what follows twice for each of them: 2⁶⁰ times."""
    assert words(formula_html(tex, display=True)).removeprefix(f"$${tex}$$ ") == shown


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*COMMANDS["rendered"], *"{}[]()^_&'x1 ", r"\\", r"\left", r"\right"]), max_size=30))
def test_formula_of_any_commands_is_shown_or_refused(parts: list[str]) -> None:
    html = formula_html("".join(parts), display=True)
    assert html.startswith(('<math display="block">', '<span class="math-error">'))
    assert tags(sanitize(html)) == tags(html)


@pytest.mark.parametrize(
    "source",
    [
        "costs $5 and $10",
        "$5, $6",
        "US$ and CA$",
        "$20 and he has 30$",
        "between $5-$10",
        "$ x $",
        "a $ b",
        r"\$x\$",
        r"\$5 and $6",
        "$$",
        "$$ $$",
        "1$x$2",
        "`$x$`",
        "$HOME and $PATH",
        "$100k worth of dollars$",
    ],
)
def test_render_dollars_that_are_no_formula_stay_text(source: str) -> None:
    html = render(source)
    assert not {"math", "span"} & {tag.tag for tag in tags(html)}
    assert words(html).strip() == source.replace("\\", "").replace("`", "")


@pytest.mark.parametrize(
    ("source", "formulas"),
    [
        ("$x$", ["x"]),
        ("a$x$, the $n$th", ["x", "n"]),
        ("$2x$ and $3$", ["2x", "3"]),
        (r"$\text{price \$5}$ x", ["price\xa0$5"]),
        ("text $$x$$ text", ["x"]),
        ("$$\nx\n+ y\n$$", ["x+y"]),
        ("para\n$$\na\n- b\n$$\nmore", ["a−b"]),
        ("- item\n\n  $$\n  x\n  $$", ["x"]),
        ("> $$\n> x\n> $$", ["x"]),
        ("$a_1$ *b* $c_2$", ["a1", "c2"]),
        ("$a * b$ and $c * d$", ["a∗b", "c∗d"]),
        ("| a |\n|---|\n| $x$ |", ["x"]),
        ("$x\ny$", ["xy"]),
        ("*$x$*", ["x"]),
    ],
)
def test_render_finds_the_formulas(source: str, formulas: list[str]) -> None:
    assert [words(found) for found in re.findall(r"<math.*?</math>", render(source))] == formulas


def test_render_unclosed_display_formula_stays_text() -> None:
    assert render("$$\nx\n\ny") == "<p>$$\nx</p>\n<p>y</p>\n"


def test_render_display_formula_can_be_scrolled_by_keyboard() -> None:
    first = tags(render("$$x$$"))[0]
    assert (first.tag, first["class"], first["tabindex"], first["aria-label"]) == ("div", "math", "0", "Formula")


def test_render_shows_the_formulas_beyond_the_limit_as_source() -> None:
    html = render("$x$ " * (rules.MAX_FORMULAS + 3))
    assert html.count("<math") == rules.MAX_FORMULAS
    assert html.count('class="math-error"') == 3
    assert html.count("too many formulas in one text") == 1
