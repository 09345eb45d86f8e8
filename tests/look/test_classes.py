"""Does every class that the stylesheet dresses occur in what we send?"""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
SENDERS = ("templates/**/*.html", "static/js/*.js", "*/templatetags/*.py", "markup/*.py")
OF_HTMX = {"htmx-indicator", "htmx-request"}


def dressed() -> set[str]:
    sheets = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "static/css").rglob("*.css"))
    bare = re.sub(r"/\*.*?\*/|url\([^)]*\)|\"[^\"]*\"", "", sheets, flags=re.DOTALL)
    return set(re.findall(r"\.([a-z][\w-]*)", bare))


def test_every_dressed_class_is_worn() -> None:
    sent = "".join(path.read_text(encoding="utf-8") for sender in SENDERS for path in ROOT.glob(sender))
    # `badge--{{ state }}` and `f"avatar--{size}"` wear every variant of their class.
    open_ended = set(re.findall(r"([a-z][\w-]*-)\{", sent))
    worn = set(re.findall(r"[a-z][\w-]*", sent))
    bare = {name for name in dressed() - worn - OF_HTMX if not name.startswith(tuple(open_ended))}
    assert bare == set()
