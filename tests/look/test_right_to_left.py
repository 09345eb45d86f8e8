"""Does the layout turn round where writing runs from right to left? Sides are named by where a line begins and ends."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
OF_THEIR_OWN = {"code.css", "formula.css", "prose.css"}
"""Mathematics and code run from left to right everywhere, and what people write as it is written."""
SIDE = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)[\w-]*|left|right"
    r"|border-(?:top|bottom)-(?:left|right)-radius)\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)


def test_sides_are_named_by_the_line_and_not_by_the_screen():
    physical = []
    for sheet in sorted((ROOT / "static/css").rglob("*.css")):
        if sheet.name in OF_THEIR_OWN:
            continue
        bare = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
        physical += [f"{sheet.name}: {found}" for found in SIDE.findall(bare)]
    assert physical == []
