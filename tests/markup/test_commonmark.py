"""The examples of the CommonMark specification, through the parser alone and through the whole pipeline."""

import json
from pathlib import Path

import pytest
from markdown_it.renderer import RendererHTML

from markup import render
from markup.parser import build_parser
from tests.markup.commonmark_differences import expected_pieces
from tests.markup.reading import End, Piece, Start, pieces, without_gaps

DATA = Path(__file__).parent / "data"
EXAMPLES = json.loads((DATA / "commonmark-0.31.2.json").read_text())
DIFFERENCES = json.loads((DATA / "commonmark_differences.json").read_text())


def test_parse_specification_examples_are_complete() -> None:
    assert [example["example"] for example in EXAMPLES] == list(range(1, 653))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["example"]))
def test_parse_specification_example_gives_its_html(example: dict[str, str]) -> None:
    """Our parser with every extension but one: the specification says that a bare address is no link."""
    parser = build_parser(RendererHTML)
    parser.options["html"] = True
    parser.disable("autolinks")
    found = without_gaps(pieces(parser.render(example["markdown"])))
    assert found == without_gaps(pieces(example["html"]))


def test_render_specification_examples_differ_only_as_listed() -> None:
    found: dict[str, list[int]] = {}
    for example in EXAMPLES:
        expected, reasons = expected_pieces(example["markdown"], example["html"])
        assert without_colours(pieces(render(example["markdown"]))) == expected, example["example"]
        for reason in reasons:
            found.setdefault(reason, []).append(example["example"])
    assert found == DIFFERENCES


def without_colours(found: list[Piece]) -> list[Piece]:
    """Colours split the text of a code block; test_code.py looks at them."""
    plain: list[Piece] = []
    coloured: list[bool] = []
    for piece in found:
        if isinstance(piece, Start) and piece.tag == "span":
            coloured.append(piece["class"].startswith("hl-"))
            plain.extend([] if coloured[-1] else [piece])
        elif isinstance(piece, End) and piece.tag == "span":
            plain.extend([] if coloured.pop() else [piece])
        elif plain and isinstance(piece, str) and isinstance(plain[-1], str):
            plain[-1] += piece
        else:
            plain.append(piece)
    return without_gaps(plain)
