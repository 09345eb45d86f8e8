"""What many readers see alike is rendered once and kept in the cache.

A fragment is a pure function of (object, its version, the reader's standing towards it, language, templates): the key
says all of it, so nothing is ever invalidated. Fetch objects with `visible_to` before asking for their fragments.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import cache as remember
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

KEPT_SECONDS = 24 * 3600
TEMPLATES = Path(settings.BASE_DIR) / "templates"

Identity = tuple[int, int, str]
"""(id, version, standing) of one fragment."""


@remember
def _templates_digest() -> str:
    """Changes with any template, so that an upgrade never shows old markup."""
    digest = hashlib.sha256()
    for path in sorted(TEMPLATES.rglob("*.html")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def fragments(
    template: str, wanted: Iterable[Identity], load: Callable[[list[int]], Mapping[int, dict[str, Any]]]
) -> dict[int, SafeString]:
    """HTML by id. `load` gets the ids that the cache lacks and returns their template contexts."""
    stem = f"{template}:{_templates_digest()}:{get_language()}"
    keys = {f"{stem}:{pk}:{version}:{standing}": pk for pk, version, standing in wanted}
    found: dict[str, str] = cache.get_many(keys)
    missing = [key for key in keys if key not in found]
    if missing:
        contexts = load([keys[key] for key in missing])
        with timezone.override("UTC"):
            made = {key: render_to_string(template, contexts[keys[key]]) for key in missing if keys[key] in contexts}
        cache.set_many(made, KEPT_SECONDS)
        found |= made
    return {keys[key]: mark_safe(html) for key, html in found.items()}  # noqa: S308 (rendered by templates above)
