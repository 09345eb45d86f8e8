"""Is the one stylesheet and the one script a page loads made of all their parts?"""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from config.static import JOINED, join

STATIC = Path(settings.BASE_DIR) / "static"


def test_find_stylesheet_gives_the_joined_file() -> None:
    found = finders.find("css/cairn.css")
    assert found == str(JOINED / "css/cairn.css")
    text = Path(found).read_text(encoding="utf-8")
    assert "@import" not in text
    for part in STATIC.joinpath("css").rglob("*.css"):
        if part.name != "cairn.css":
            assert part.read_text(encoding="utf-8") in text, f"{part.name} is not imported by cairn.css"


def test_find_script_gives_every_part_as_a_block() -> None:
    found = finders.find("js/cairn.js")
    assert found == str(JOINED / "js/cairn.js")
    text = Path(found).read_text(encoding="utf-8")
    assert re.findall(r"^(?:import|export)\b", text, re.MULTILINE) == []
    for part in STATIC.joinpath("js").glob("*.js"):
        if part.name != "cairn.js":
            assert f"{{\n{part.read_text(encoding='utf-8')}}}\n" in text, f"{part.name} is not imported by cairn.js"


def test_every_rule_stands_in_a_layer() -> None:
    for part in STATIC.joinpath("css").rglob("*.css"):
        source = re.sub(r"/\*.*?\*/", "", part.read_text(encoding="utf-8"), flags=re.DOTALL).strip()
        if part.name != "cairn.css":
            assert re.fullmatch(r"(@font-face \{[^}]*\}\s*)*@layer [a-z]+ \{.*\n\}", source, re.DOTALL), part.name


def test_components_use_colours_only_through_tokens() -> None:
    for part in STATIC.joinpath("css/components").glob("*.css"):
        if part.name == "code.css":  # the highlighter's own palette, tested beside it
            continue
        named = set(
            re.findall(
                r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb)a?\(",
                part.read_text(encoding="utf-8"),
            )
        )
        assert named == set(), part.name


def test_script_parts_are_short() -> None:
    long = {part.name: part.read_text(encoding="utf-8").count("\n") for part in STATIC.joinpath("js").glob("*.js")}
    assert {name: lines for name, lines in long.items() if lines >= 60} == {}


def test_join_keeps_the_order_of_the_layers_first() -> None:
    css = re.sub(r"/\*.*?\*/", "", join("css/cairn.css"), flags=re.DOTALL).strip()
    assert css.startswith("@layer reset, tokens, base, layout, components, utilities;")


def test_find_missing_file_gives_nothing() -> None:
    assert finders.find("css/missing.css") is None
