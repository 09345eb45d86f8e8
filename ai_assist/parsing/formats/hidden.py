"""What a web page contains and does not show: it must not speak to a machine behind the back of its readers."""

import re
from typing import Any

_NOT_SHOWN = (
    "script style template noscript head svg canvas iframe object embed audio video map select datalist "
    "button input textarea nav dialog"
)
NOT_SHOWN = frozenset(_NOT_SHOWN.split())
"""Elements that are no text of the document: programs, drawings, and what one operates the page with."""

_HIDES = re.compile(
    r"""display:none|visibility:(?:hidden|collapse)|content-visibility:hidden|opacity:0?\.?0*(?:;|!|$)"""
    r"""|font-size:(?:0|0?\.\d+|1px)(?:px|em|rem|pt|%)?(?:;|!|$)"""
    r"""|(?:left|top|right|bottom|text-indent|margin-left):-\d{3,}"""
    r"""|clip:rect\(|clip-path:inset\((?:50|100)%|(?:^|;)(?:max-)?(?:width|height):[01](?:px)?(?:;|!|$)"""
    r"""|transform:scale\(0"""
)
_PALE = re.compile(
    r"(?:^|;)color:(?:white|#fff(?:fff)?(?:ff)?|#fefefe|transparent|rgba?\(255,255,255|rgba\([\d,]+,0(?:\.0+)?\))"
)
_BACKGROUND = re.compile(r"background(?:-color|-image)?:(?!none|white|#fff|transparent|inherit|initial)")
_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,2000})\}")
_SIMPLE = re.compile(r"^[a-z0-9]*[.#][\w-]+$|^[a-z0-9]+$", re.IGNORECASE)


class Hidden:
    """Knows the style sheet in the page as far as it hides single tags, classes and ids."""

    def __init__(self, sheets: str) -> None:
        self.selectors = {
            selector.strip().lower()
            for selectors, style in _RULE.findall(sheets[:500_000])
            if _HIDES.search(_compact(style))
            for selector in selectors.split(",")
            if _SIMPLE.match(selector.strip())
        }

    def has(self, element: Any) -> bool:
        """The element shows nothing. Comments and instructions are elements to lxml, too."""
        tag = element.tag
        if not isinstance(tag, str) or tag in NOT_SHOWN or element.get("hidden") is not None:
            return True
        if element.get("aria-hidden", "").strip().lower() == "true":  # icons, and formulas that stand there twice
            return True
        if self.selectors and self._by_sheet(element):
            return True
        style = _compact(element.get("style", ""))
        return bool(style) and (bool(_HIDES.search(style)) or self._is_pale(element, style))

    def _by_sheet(self, element: Any) -> bool:
        names = [f".{name}" for name in element.get("class", "").lower().split()[:20]]
        if element.get("id"):
            names.append(f"#{element.get('id').lower()}")
        return any({name, element.tag + name} & self.selectors for name in names) or element.tag in self.selectors

    def _is_pale(self, element: Any, style: str) -> bool:
        """White on white. On a ground of its own, or of what it stands in, white can be read."""
        if not _PALE.search(style):
            return False
        return not any(
            _BACKGROUND.search(_compact(one.get("style", ""))) for one in (element, *element.iterancestors())
        )


def _compact(style: str) -> str:
    return re.sub(r"/\*.*?\*/|\s+", "", style[:5000].lower(), flags=re.DOTALL)
