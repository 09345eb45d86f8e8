r"""Chemical formulas: what `\ce` says, or its source with the reason."""

import pytest

from markup import rules
from markup.chemistry import as_tex
from markup.formulas import formula_html
from tests.markup.reading import words


@pytest.mark.parametrize(
    ("source", "tex"),
    [
        ("H2O", r"\mathrm{H}_{2}\mathrm{O}"),
        ("SO4^2-", r"\mathrm{S}\mathrm{O}_{4}^{2-}"),
        ("NaCl", r"\mathrm{NaCl}"),
        ("[AgCl2]-", r"[\mathrm{Ag}\mathrm{Cl}_{2}]^{-}"),
        ("H_2O", r"\mathrm{H}_{2}\mathrm{O}"),
        ("CuSO4*5H2O", r"\mathrm{CuS}\mathrm{O}_{4}\cdot 5\,\mathrm{H}_{2}\mathrm{O}"),
        ("^{227}_{90}Th+", r"{}^{227}_{90}\mathrm{Th}^{+}"),
        ("^14C", r"{}^{14}\mathrm{C}"),
        ("HC#CH", r"\mathrm{HC}{\equiv}\mathrm{CH}"),
        ("Ca(OH)2(aq)", r"\mathrm{Ca}(\mathrm{OH})_{2}\,\mathrm{(aq)}"),
        ("1/2 O2 + 2e- -> O^{2-}", r"1/2\,\mathrm{O}_{2}+2\,\mathrm{e}^{-}\longrightarrow \mathrm{O}^{2-}"),
        ("N2 + 3H2 <=> 2NH3", r"\mathrm{N}_{2}+3\,\mathrm{H}_{2}\rightleftharpoons 2\,\mathrm{N}\mathrm{H}_{3}"),
        ("C_nH_{2n+2}", r"\mathrm{C}_{n}\mathrm{H}_{2n+2}"),
        ("NO_$x$", r"\mathrm{N}\mathrm{O}_{x}"),
        ("(C2H4)_n", r"(\mathrm{C}_{2}\mathrm{H}_{4})_{n}"),
        ("$n+1$ H2O", r"n+1\,\mathrm{H}_{2}\mathrm{O}"),
        ("aA + 2n B", r"a\,\mathrm{A}+2n\,\mathrm{B}"),
        ("MgSO4*xH2O", r"\mathrm{MgS}\mathrm{O}_{4}\cdot x\,\mathrm{H}_{2}\mathrm{O}"),
        ("Fe^n+", r"\mathrm{Fe}^{n+}"),
        ("A ->[heat] B v", r"\mathrm{A}\xrightarrow{\text{heat}}\mathrm{B}\downarrow "),
        ("A ->[H2O] B ^", r"\mathrm{A}\xrightarrow{\mathrm{H}_{2}\mathrm{O}}\mathrm{B}\uparrow "),
    ],
)
def test_chemistry_is_written_as_mathematics(source: str, tex: str) -> None:
    assert as_tex(source) == tex
    assert formula_html(rf"\ce{{{source}}}", display=False).startswith('<math display="inline">')


@pytest.mark.parametrize(
    "source",
    [
        "",
        "x",
        "water",
        r"\frac12",
        "Cl^-3",
        "^2-",
        "H2^",
        "A <=>[heat] B",
        "A ->[\\x] B",
        "CnH2n",
        "C_n-1",
        "pH",
        "C2nH",
    ],
)
def test_chemistry_that_is_not_understood_is_refused(source: str) -> None:
    assert as_tex(source) is None
    html = formula_html(rf"\ce{{{source}}}", display=False)
    assert words(html) == rf"$\ce{{{source}}}$ Formula not shown: this kind of \ce is not supported"


@pytest.mark.parametrize("source", ["H+H", "Na+2", "H2O+CO2 -> H2CO3", "(A)+(B)"])
def test_sign_that_may_add_or_charge_is_refused_with_the_way_to_write_it(source: str) -> None:
    html = formula_html(rf"\ce{{{source}}}", display=False)
    said = r"in \ce a + that adds stands between spaces, and one that is a charge before a space"
    assert words(html) == rf"$\ce{{{source}}}$ Formula not shown: {said}"


def test_chemistry_stands_within_mathematics() -> None:
    html = formula_html(r"\frac{[\ce{NH3}]^2}{[\ce{N2}]} \\ \ce{H2}", display=True)
    assert words(html).replace(" ", "") == "[NH3]2[N2]H2"
    assert formula_html(r"a \\ce{H}", display=True) == formula_html(r"a \\ c e H", display=True)


def test_chemistry_never_grows_beyond_what_a_formula_may_be() -> None:
    html = formula_html(rf"\ce{{{'->[H]' * 500}}}", display=True)
    assert words(html).endswith(f"Formula not shown: longer than {rules.MAX_FORMULA_CHARACTERS} characters")
