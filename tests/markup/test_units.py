r"""Quantities: what `\pu` says, or its source with the reason."""

import pytest

from markup.formulas import formula_html
from markup.units import quantity_as_tex
from tests.markup.reading import words


@pytest.mark.parametrize(
    ("source", "tex"),
    [
        ("123 kJ mol-1", r"123~\mathrm{kJ}\,\mathrm{mol}^{-1}"),
        ("123 kJ*mol^-1", r"123~\mathrm{kJ}{\cdot}\mathrm{mol}^{-1}"),
        ("9.81 m/s^2", r"9.81~\mathrm{m}/\mathrm{s}^{2}"),
        ("8,3 J//mol K", r"8{,}3~\frac{\mathrm{J}}{\mathrm{mol}\,\mathrm{K}}"),
        ("1.2e-3 mol", r"1.2\cdot 10^{-3}~\mathrm{mol}"),
        ("1.2E3 mol", r"1.2\times 10^{3}~\mathrm{mol}"),
        ("1.0x10^5 Pa", r"1.0\times 10^{5}~\mathrm{Pa}"),
        ("10^5 Pa", r"10^{5}~\mathrm{Pa}"),
        ("-25 °C", r"-25~{}^{\circ}\mathrm{C}"),
        ("10%", r"10~\%"),
        ("5 µm", r"5~\mathrm{µm}"),
        ("kg m2", r"\mathrm{kg}\,\mathrm{m}^{2}"),
        ("5", "5"),
    ],
)
def test_quantity_is_written_as_mathematics(source: str, tex: str) -> None:
    assert quantity_as_tex(source) == tex
    assert formula_html(rf"\pu{{{source}}}", display=False).startswith('<math display="inline">')


@pytest.mark.parametrize(
    "source", ["", "1/2 mol", "2-3 g", "J/(mol K)", "m//s//s", "m/", "/s", "5 m^", "1 000 m", "- 5 K", r"\frac12 m"]
)
def test_quantity_that_is_not_understood_is_refused(source: str) -> None:
    assert quantity_as_tex(source) is None
    html = formula_html(rf"\pu{{{source}}}", display=False)
    assert words(html) == rf"$\pu{{{source}}}$ Formula not shown: this kind of \pu is not supported"
