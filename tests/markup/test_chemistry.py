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
        ("A -> B v + C ^", r"\mathrm{A}\longrightarrow \mathrm{B}\downarrow +\mathrm{C}\uparrow "),
        ("AgCl (v)", r"\mathrm{AgCl}\ \downarrow "),
        (r"A <=>[\Delta][cat] B", r"\mathrm{A}\xrightleftharpoons[\text{cat}]{\Delta }\mathrm{B}"),
        ("A ->[I-] B", r"\mathrm{A}\xrightarrow{\mathrm{I}^{-}}\mathrm{B}"),
        ("A <-[][50 °C, Pt] B", r"\mathrm{A}\xleftarrow[50\ \text{°C,}\ \mathrm{Pt}]{}\mathrm{B}"),
        ("A ->[+ H2][- CO2] B", r"\mathrm{A}\xrightarrow[-\ \mathrm{C}\mathrm{O}_{2}]{+\mathrm{H}_{2}}\mathrm{B}"),
        (r"A ->[h\nu] B", r"\mathrm{A}\xrightarrow{h\nu}\mathrm{B}"),
        (r"A ->[\pu{5 s}][{two words}] B", r"\mathrm{A}\xrightarrow[\text{two words}]{5~\mathrm{s}}\mathrm{B}"),
        (r"A ->[$p^2$] B", r"\mathrm{A}\xrightarrow{p^2}\mathrm{B}"),
        ("A <=>> B", r"\mathrm{A}\mathrel{\underset{\leftarrow}{\longrightarrow}}\mathrm{B}"),
        ("A <<=>[x] B", r"\mathrm{A}\mathrel{\overset{\text{x}}{\overset{\rightarrow}{\xleftarrow{}}}}\mathrm{B}"),
        ("A <--> B", r"\mathrm{A}\rightleftarrows \mathrm{B}"),
        (r"A\bond{~}B\bond{3}C", r"\mathrm{A}{\text{┄}}\mathrm{B}{\equiv}\mathrm{C}"),
        ("[Hg^{II}I4]^2-", r"[\mathrm{Hg}^{\mathrm{II}}\mathrm{I}_{4}]^{2-}"),
        ("OCO^{.-} + NO^*", r"\mathrm{OC}\mathrm{O}^{\bullet-}+\mathrm{N}\mathrm{O}^{*}"),
        ("^0_{-1}e- + ^1_0n", r"{}^{0}_{-1}\mathrm{e}^{-}+{}^{1}_{0}\mathrm{n}"),
        ("H2O_{(aq)}, KOH", r"\mathrm{H}_{2}\mathrm{O}\,\mathrm{(aq)}{,}\ \mathrm{KOH}"),
        ("CuSO4 * 5 H2O", r"\mathrm{CuS}\mathrm{O}_{4}\cdot 5\,\mathrm{H}_{2}\mathrm{O}"),
        (r"\mu-Cl", r"\mu {-}\mathrm{Cl}"),
    ],
)
def test_chemistry_is_written_as_mathematics(source: str, tex: str) -> None:
    assert as_tex(source) == tex
    assert formula_html(rf"\ce{{{source}}}", display=False).startswith('<math display="inline">')


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("x", "x"),
        ("heavy water", "heavy"),
        (r"A + \frac12 B", r"\frac12"),
        ("Cl^-3", "3"),
        ("H2O + ^2-", "^2-"),
        ("H2^", "^"),
        ("A ->[\\x] B", "->[\\x]"),
        (r"A\bond{~-}B", r"\bond{~-}B"),
        ("CnH2n", "n"),
        ("C_n-1", "-1"),
        ("pH", "pH"),
        ("C2nH", "2nH"),
        ("A <=> " + "x" * 50, "x" * 20),
    ],
)
def test_chemistry_that_is_not_understood_is_refused_by_its_name(source: str, part: str) -> None:
    assert as_tex(source) is None
    html = formula_html(rf"\ce{{{source}}}", display=False)
    assert words(html) == rf"$\ce{{{source}}}$ Formula not shown: in \ce “{part}” is not supported"


def test_empty_chemistry_is_refused() -> None:
    assert words(formula_html(r"\ce{}", display=False)) == r"$\ce{}$ Formula not shown: this \ce is empty"


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
