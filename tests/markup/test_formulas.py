"""Formulas: shown as MathML that says the same, or as their source with a reason; prices stay prices."""

import json
import re
from pathlib import Path

import pytest
from latex2mathml.converter import convert

from markup import render, rules
from markup.formulas import formula_html
from tests.markup.reading import tags, words

COMMANDS = json.loads((Path(__file__).parent / "data" / "katex_commands.json").read_text())

BAR = '<mo stretchy="false" lspace="0em" rspace="0em">|</mo>'


def mathml(tex: str) -> str:
    """The inside of a formula without the rows around it, which group and do not show."""
    html = formula_html(tex, display=True)
    assert html.startswith('<math display="block">'), html
    return re.sub(r"</?(?:math|mrow)[^>]*>", "", html)


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("x+1", "<mi>x</mi><mo>+</mo><mn>1</mn>"),
        (r"\frac{1}{2}", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
        (r"\tfrac12", '<mstyle displaystyle="false" scriptlevel="0"><mfrac><mn>1</mn><mn>2</mn></mfrac></mstyle>'),
        (r"\sqrt{x}", "<msqrt><mi>x</mi></msqrt>"),
        (r"\sqrt[3]{x}", "<mroot><mi>x</mi><mn>3</mn></mroot>"),
        ("x_1^2", "<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>"),
        ("f'", "<msup><mi>f</mi><mi>′</mi></msup>"),
        (r"a \pm b", "<mi>a</mi><mo>±</mo><mi>b</mi>"),
        (r"a \implies b", "<mi>a</mi><mo>⟹</mo><mi>b</mi>"),
        (r"p \sim q", "<mi>p</mi><mo>∼</mo><mi>q</mi>"),
        (r"\alpha\infty", "<mi>α</mi><mi>∞</mi>"),
        (r"\mathbb{R}\mathbb N", "<mi>ℝ</mi><mi>ℕ</mi>"),
        (r"\mathbf{Ab1}", "<mi>𝐀</mi><mi>𝐛</mi><mn>𝟏</mn>"),
        (r"\mathcal{LB}", "<mi>ℒ</mi><mi>ℬ</mi>"),
        (r"\mathfrak{gC}", "<mi>𝔤</mi><mi>ℭ</mi>"),
        (r"\boldsymbol{\alpha}", "<mi>𝜶</mi>"),
        (r"\mathit{h}", "<mi>ℎ</mi>"),
        (r"\mathrm{HO}", '<mi mathvariant="normal">H</mi><mi mathvariant="normal">O</mi>'),
        (r"\sin x", '<mi>sin</mi><mspace width="0.167em"></mspace><mi>x</mi>'),
        (r"\sin(x)", '<mi>sin</mi><mo stretchy="false">(</mo><mi>x</mi><mo stretchy="false">)</mo>'),
        (
            r"2\ln x",
            '<mn>2</mn><mspace width="0.167em"></mspace><mi>ln</mi><mspace width="0.167em"></mspace><mi>x</mi>',
        ),
        (r"\text{if } x", "<mtext>if\xa0</mtext><mi>x</mi>"),
        (r"\text{50\% of $y$}", "<mtext>50%\xa0of\xa0</mtext><mi>y</mi>"),
        (r"\textbf{a}", '<mtext mathvariant="bold">a</mtext>'),
        (r"\not= \not\in \neq", "<mo>≠</mo><mo>∉</mo><mo>≠</mo>"),
        (r"\sum_{i}^{n}", "<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover>"),
        (r"\int_0^1", "<msubsup><mo>∫</mo><mn>0</mn><mn>1</mn></msubsup>"),
        (r"\vec{v}", '<mover accent="true"><mi>v</mi><mo stretchy="true">→</mo></mover>'),
        (r"\overline{AB}", '<menclose notation="top"><mi>A</mi><mi>B</mi></menclose>'),
        (r"\cancel{x}", '<menclose notation="updiagonalstrike"><mi>x</mi></menclose>'),
        (r"a\,b\!", '<mi>a</mi><mspace width="0.167em"></mspace><mi>b</mi><mspace width="-0.167em"></mspace>'),
        (r"\mkern18mu", '<mspace width="1em"></mspace>'),
        (r"\color{red}{x}", '<mstyle mathcolor="red"><mi>x</mi></mstyle>'),
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
    assert '<munder><mo movablelimits="true"' in formula_html(r"\lim_{x \to 0} x", display=True)


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
    ],
)
def test_formula_table_has_its_rows_and_cells(tex: str, rows: list[str]) -> None:
    html = formula_html(tex, display=True)
    cells = [re.findall(r"<mtd[^>]*>(.*?)</mtd>", row) for row in re.findall(r"<mtr[^>]*>(.*?)</mtr>", html)]
    assert [" ".join(words(cell) for cell in row) for row in cells] == rows


def test_formula_array_has_lines_between_cells_and_rows() -> None:
    html = formula_html(r"\begin{array}{|c|c|} \hline p & q \\ \hline 1 & 2 \\ 3 & 4 \end{array}", display=True)
    assert [tag["rowlines"] for tag in tags(html) if tag.tag == "mtr"] == ["solid", "", ""]
    assert [tag["columnlines"] for tag in tags(html) if tag.tag == "mtd"] == ["solid", ""] * 3


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
        (r"\Alpha", r"\Alpha is not supported"),
        (r"x + \Braket{a}", r"\Braket is not supported"),
        (r"\ce{H2O}", r"\ce is not supported"),
        (r"\frac{1}{", "a { without its }"),
        (r"x}", "a } without its {"),
        (r"\frac{a}", "braces are missing around a part"),
        (r"x^\binom{n}{k}", "braces are missing around a part"),
        ("x^2^3", "two superscripts in a row"),
        ("x_2_3", "two subscripts in a row"),
        (r"\left( x", r"\left without \right"),
        (r"\begin{matrix} x", r"\begin without \end"),
        (r"\frac", "incomplete or unknown notation"),
        (r"\begin{tikzpicture} x \end{tikzpicture}", "the environment tikzpicture is not supported"),
        (r"\begin{array}{c@{}c} a & b \end{array}", "only the columns l, c, r and | are supported in an array"),
        ("a & b", "& outside of a table"),
        (r"\text{a {b} c}", r"only plain words are supported inside \text"),
        (r"\text{\alpha}", r"only plain words are supported inside \text"),
        (r"\text{$x}", r"only plain words are supported inside \text"),
        (r"\hspace{999em}", "the length 999em is too large"),
        (r"\kern-3em\kern-3em", "too much negative space"),
        (r"\!" * 30, "too much negative space"),
        ("{" * 60 + "}" * 60, "nested too deeply"),
        (r"\sqrt" * 800 + "x", "nested too deeply"),
        ("x" * 4097, "longer than 4096 characters"),
        ("&#x202e;", "a bare # is not supported"),
        (r"\href{javascript:alert(1)}{x}", r"\href is not supported"),
        (r"\style{color:red}{x}", r"\style is not supported"),
        (r"\class{button}{x}", r"\class is not supported"),
        (r"\unicode{x202e}", r"\unicode is not supported"),
        (r"\def\a{\a\a}\a", r"\def is not supported"),
        (r"\newcommand{\x}{y}\x", r"\newcommand is not supported"),
        (r"\rule{9em}{9em}", r"\rule is not supported"),
        (r"\smash{x}", r"\smash is not supported"),
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


def test_formula_commands_that_the_converter_echoes_are_all_refused() -> None:
    """It writes 213 of the 948 commands into its output as if their names were text."""
    echoed = [tex for tex in COMMANDS["rendered"] + COMMANDS["refused"] if _echoes(tex)]
    assert len(echoed) == 213
    assert set(echoed) <= set(COMMANDS["refused"])


def _echoes(tex: str) -> bool:
    name = re.match(r"\\[A-Za-z]+", tex)
    try:
        return bool(name) and name[0] in convert(tex)
    except Exception:
        return False


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
        (r"$\text{price \$5}$ x", []),
        ("text $$x$$ text", ["x"]),
        ("$$\nx\n+ y\n$$", ["x+y"]),
        ("para\n$$\na\n- b\n$$\nmore", ["a−b"]),
        ("- item\n\n  $$\n  x\n  $$", ["x"]),
        ("> $$\n> x\n> $$", ["x"]),
        ("$a_1$ *b* $c_2$", ["a1", "c2"]),
        ("$a * b$ and $c * d$", ["a*b", "c*d"]),
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
