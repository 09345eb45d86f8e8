"""Style sheets use tokens that exist: a browser says nothing of one that does not."""

import re

from django.conf import settings

STATIC = settings.BASE_DIR / "static"


def test_every_custom_property_that_is_used_is_set_somewhere():
    sheets = "".join(path.read_text() for path in (STATIC / "css").rglob("*.css"))
    scripts = "".join(path.read_text() for path in (STATIC / "js").rglob("*.js"))
    known = {*re.findall(r"(--[\w-]+)\s*:", sheets), *re.findall(r'setProperty\("(--[\w-]+)"', scripts)}
    assert set(re.findall(r"var\((--[\w-]+)", sheets)) - known == set()
