"""The one list of what HTML may leave the pipeline. Applied last, to everything."""

import re

import nh3

from .highlight import HIGHLIGHT_CLASSES

_TEXT_TAGS = frozenset(
    [
        "a",
        "blockquote",
        "br",
        "button",
        "code",
        "del",
        "div",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "img",
        "input",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "span",
        "strong",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_MATH_TAGS = frozenset(
    [
        "math",
        "menclose",
        "merror",
        "mfrac",
        "mi",
        "mmultiscripts",
        "mn",
        "mo",
        "mover",
        "mpadded",
        "mphantom",
        "mprescripts",
        "mroot",
        "mrow",
        "mspace",
        "msqrt",
        "mstyle",
        "msub",
        "msubsup",
        "msup",
        "mtable",
        "mtd",
        "mtext",
        "mtr",
        "munder",
        "munderover",
    ]
)
TAGS = _TEXT_TAGS | _MATH_TAGS

_LANGUAGE = r"language-[a-z0-9+-]{1,30}"
_ID = r"user-content-[a-z0-9-]{1,60}"
_EM = r"-?\d{1,2}(\.\d{1,5})?em"
_FLAG = r"true|false"
_SIZE = r"\d(\.\d{1,3})?em"
_PICTURE = r"/pictures/[A-Za-z0-9_-]{22}\.webp"
_LEVEL = {"displaystyle": _FLAG, "scriptlevel": "[0123]"}
_SIDES = "math-(left|right|flush-(left|right)|(line|dash)-(left|right|top|bottom))"
_WORD = r"[^<>]{0,60}"

_SHARED = {"aria-label": _WORD}
_SCROLLS = {**_SHARED, "role": "group", "tabindex": "0"}
_DIRECTION = {"dir": "rtl"}
_ALIGN = r"align-(left|right|center)"

# Tag, attribute, and the values it may have in full. Of a class attribute every single name is compared.
ATTRIBUTES: dict[str, dict[str, str]] = {
    "a": {
        "href": r"[\s\S]*",
        "title": r"[\s\S]*",
        "class": "footnote-back|image-link|marker|mention",
        "id": _ID,
        **_SHARED,
    },
    "blockquote": _DIRECTION,
    "button": {"type": "button", "class": "code__copy", "hidden": ""},
    "code": {"class": _LANGUAGE},
    "div": {"class": "code|code__bar|math|table", **_DIRECTION, **_SCROLLS},
    "img": {
        "src": _PICTURE,
        "alt": r"[\s\S]*",
        "title": r"[\s\S]*",
        "width": r"\d{1,4}",
        "height": r"\d{1,4}",
        "loading": "lazy",
    },
    "input": {"type": "checkbox", "disabled": "", "checked": "", **_SHARED},
    "li": {"class": "task", "id": _ID},
    "ol": {"class": "tasks", "start": r"\d{1,9}", **_DIRECTION},
    "p": {"class": "plain-reason"},
    "pre": {"class": "plain", **_SCROLLS},
    "section": {"class": "footnotes", **_DIRECTION, **_SHARED},
    "span": {
        "class": "|".join(
            (
                "code__language",
                "math",
                "math-error",
                "math-error__reason",
                *sorted(HIGHLIGHT_CLASSES),
            )
        ),
        **_SCROLLS,
    },
    "sup": {"class": "footnote-mark"},
    "td": {"class": _ALIGN},
    "th": {"class": _ALIGN},
    "ul": {"class": "tasks", **_DIRECTION},
    "math": {"display": "block|inline"},
    "menclose": {"notation": r"[a-z ]{1,60}"},
    "mfrac": {"linethickness": r"\d(\.\d{1,2})?(pt|em|px)?", **_LEVEL},
    "mi": {"mathvariant": "normal"},
    "mo": {
        "accent": _FLAG,
        "fence": _FLAG,
        "form": "prefix|infix|postfix",
        "largeop": _FLAG,
        "lspace": _EM,
        "maxsize": _SIZE,
        "minsize": _SIZE,
        "movablelimits": _FLAG,
        "rspace": _EM,
        "separator": _FLAG,
        "stretchy": _FLAG,
    },
    "mover": {"accent": _FLAG},
    "mpadded": {
        "depth": _EM,
        "height": _EM,
        "lspace": _EM,
        "voffset": _EM,
        "width": _EM,
    },
    "mrow": _LEVEL,
    "mspace": {"class": r"math-back-\d{1,2}", "depth": _EM, "height": _EM, "width": _EM},
    "mstyle": _LEVEL,
    "mtable": {"class": _SIDES, **_LEVEL},
    "mtd": {"class": _SIDES},
    "mtext": {"mathvariant": "bold|italic|bold-italic|monospace|sans-serif"},
    "munder": {"accentunder": _FLAG},
}
URL_SCHEMES = frozenset(("http", "https", "mailto"))
LINK_REL = "nofollow ugc noopener"

_VALUES = {tag: {name: re.compile(values) for name, values in names.items()} for tag, names in ATTRIBUTES.items()}


def _keep_value(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "rel":  # written by the sanitizer itself, always as LINK_REL
        return value
    allowed = _VALUES.get(tag, {}).get(attribute)
    if allowed is None:
        return None
    if attribute == "class":
        return " ".join(name for name in value.split() if allowed.fullmatch(name)) or None
    return value if allowed.fullmatch(value) else None


_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags={"script", "style"},
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
    attribute_filter=_keep_value,
    url_schemes=set(URL_SCHEMES),
    link_rel=LINK_REL,
    set_tag_attribute_values={
        "button": {"type": "button"},
        "input": {"type": "checkbox", "disabled": ""},
    },
)


def sanitize(html: str) -> str:
    """Only what the list names. What the renderer wrote comes out of a second pass unchanged."""
    return _CLEANER.clean(html)
