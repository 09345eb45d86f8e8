"""The HTML of an imported post as Markdown that one would have written oneself."""

import re
from urllib.parse import urljoin, urlsplit

from bs4 import Tag
from bs4.element import Comment, NavigableString, PageElement
from markdownify import ATX, MarkdownConverter

from communities.imports.escaping import escape
from communities.imports.scripts import lowered, raised
from communities.imports.sites import Site

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = frozenset(
    ("p", "div", "ul", "ol", "li", "blockquote", "pre", "table", "tr", "td", "th", "hr", "dl", "dt", "dd", *HEADINGS)
)
LINKABLE = frozenset(("http", "https", "ftp", "mailto"))
LANGUAGE = re.compile(r"\blang(?:uage)?-([a-z0-9+#-]+)|<?!?-*\s*language:\s*(?:lang-)?([a-z0-9+#-]+)", re.IGNORECASE)
NO_LANGUAGE = frozenset(("default", "none", "all", "override"))
BARE_ADDRESS_AT_END = re.compile(r"://([^\s<>]*)\Z")
EMPTY_DESCRIPTIONS = frozenset(("", "enter image description here", "alt text"))
IMAGE = "Image"


class TooDeep(Exception):
    """The elements lie within each other deeper than any text needs."""


def to_markdown(html: str, site: Site) -> str:
    """Markdown that shows what the HTML shows. Raises TooDeep."""
    try:
        text: str = _Converter(site).convert(html)
    except RecursionError as error:
        raise TooDeep from error
    return text.strip()


class _Converter(MarkdownConverter):
    """Methods are named after the element that they convert; markdownify's own types know only a few of them."""

    def __init__(self, site: Site) -> None:
        super().__init__(heading_style=ATX, bullets="-", code_language_callback=_language)
        self.site = site

    def process_text(self, el: NavigableString, parent_tags: set[str] | None = None) -> str:
        self._begins_line = _begins_line(el)
        text: str = super().process_text(el, parent_tags)  # type: ignore[misc]
        following = el.next_sibling
        if text.endswith("!") and isinstance(following, Tag) and following.name == "a":
            text = text[:-1] + "\\!"
        if isinstance(following, Tag) and BARE_ADDRESS_AT_END.search(text):  # or what follows would belong to the link
            text = BARE_ADDRESS_AT_END.sub(r"\\://\1", text)
        return text

    def escape(self, text: str, parent_tags: set[str]) -> str:
        text = escape(text, begins_line=self._begins_line)
        return re.sub(r"(?<!\\)([\[\]])", r"\\\1", text) if "a" in parent_tags else text

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        address = self._address(el.get("href"))
        if not address or not text.strip() or "_noformat" in parent_tags:
            return text
        before, words, after = _edges(text)
        only = el.find("img")
        if isinstance(only, Tag) and self._address(only.get("src")) == address and not el.get_text(strip=True):
            return text
        if el.get_text() == address:
            return f"{before}<{address}>{after}"
        title = "" if "post-tag" in _classes(el) else _title(el)
        return f"{before}[{words}]({_target(address)}{title}){after}"

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        address = self._address(el.get("src"))
        words = " ".join(str(el.get("alt") or "").split())
        words = IMAGE if words.lower() in EMPTY_DESCRIPTIONS else escape(words, begins_line=False)
        words = re.sub(r"(?<!\\)([\[\]])", r"\\\1", words)
        return f"![{words}]({_target(address)}{_title(el)})" if address else words

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """One breaks the line; several together are a new paragraph."""
        if "_inline" in parent_tags:
            return " "
        if _is_break(_beside(el, forwards=True)):
            return ""
        return "\n\n" if _is_break(_beside(el, forwards=False)) else "  \n"

    def convert_ol(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Inside an item only a list that begins with 1 may follow its words without a blank line."""
        block: str = super().convert_list(el, text, parent_tags)  # type: ignore[misc]
        return "\n" + block if "li" in parent_tags and el.get("start", "1") != "1" else block

    def convert_strong(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return _emphasised(el, text, "**", parent_tags)

    convert_b = convert_strong

    def convert_em(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return _emphasised(el, text, "*", parent_tags)

    convert_i = convert_em

    def convert_strike(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return _emphasised(el, text, "~~", parent_tags)

    convert_s = convert_del = convert_strike

    def convert_sub(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return lowered(text.strip("*"))

    def convert_sup(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return raised(text.strip("*"))

    def convert_dt(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"\n\n**{text.strip()}**\n\n" if text.strip() else ""

    def convert_dd(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"\n\n{text.strip()}\n\n"

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        block: str = super().convert_pre(el, text, parent_tags)  # type: ignore[misc]
        longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
        fence = "`" * max(3, longest + 1)
        return re.sub(r"\A(\n*)```|```(\n*)\Z", lambda match: (match[1] or "") + fence + (match[2] or ""), block)

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        cell: str = super().convert_td(el, re.sub(r"(?<!\\)\|", r"\\|", text), parent_tags)  # type: ignore[misc]
        return cell

    convert_th = convert_td

    def _address(self, value: object) -> str:
        """A whole address; empty when it is none that can be linked."""
        try:
            address = urljoin(self.site.address + "/", str(value or "").strip())
            return address.replace(" ", "%20") if value and urlsplit(address).scheme in LINKABLE else ""
        except ValueError:
            return ""


def _begins_line(el: PageElement) -> bool:
    """Whether a text stands where a line begins: nothing but the openings of inline elements before it."""
    while el.previous_sibling is None and el.parent is not None and el.parent.name not in BLOCKS:
        el = el.parent
    before = _beside(el, forwards=False)
    return before is None or _is_break(before) or (isinstance(before, Tag) and before.name in BLOCKS)


def _beside(el: PageElement, *, forwards: bool) -> PageElement | None:
    """The nearest sibling that shows something."""
    siblings = el.next_siblings if forwards else el.previous_siblings
    return next((near for near in siblings if isinstance(near, Tag) or (_is_text(near) and str(near).strip())), None)


def _is_text(el: PageElement) -> bool:
    return isinstance(el, NavigableString) and not isinstance(el, Comment)


def _is_break(el: PageElement | None) -> bool:
    return isinstance(el, Tag) and el.name == "br"


def _emphasised(el: Tag, text: str, mark: str, parent_tags: set[str]) -> str:
    """Marks around the words, inside spaces and, where a word goes on directly, inside punctuation."""
    before, words, after = _edges(text)
    if not words or "_noformat" in parent_tags or "\n\n" in words:
        return text
    if not after and _starts_with_word(el.next_sibling):
        bare = words.rstrip(".,;:!?)\"'”’…")
        words, after = bare, words[len(bare) :]
        if not words or re.search(r"[^\w]\Z", words):
            return text
    if not before and _ends_with_word(el.previous_sibling):
        bare = words.lstrip("(\"'“‘")
        words, before = bare, words[: len(words) - len(bare)]
        if not re.match(r"\w", words):
            return text
    return f"{before}{mark}{words}{mark}{after}"


def _starts_with_word(el: PageElement | None) -> bool:
    return el is not None and re.match(r"\w", el.get_text()) is not None


def _ends_with_word(el: PageElement | None) -> bool:
    return el is not None and re.search(r"\w\Z", el.get_text()) is not None


def _edges(text: str) -> tuple[str, str, str]:
    """What is before the words, the words, what is after them."""
    words = text.strip()
    start = text.find(words) if words else len(text)
    return text[:start], words, text[start + len(words) :]


def _target(address: str) -> str:
    return f"<{address}>" if address.count("(") != address.count(")") else address


def _title(el: Tag) -> str:
    title = " ".join(str(el.get("title") or "").split()).replace('"', "'")
    return f' "{title}"' if title else ""


def _classes(el: Tag) -> list[str]:
    return [str(name) for name in el.get_attribute_list("class") if name]


def _language(el: Tag) -> str:
    """The language that a block of code names: in its class, its child's, or a comment before it."""
    child = el.find("code")
    hints = _classes(el) + (_classes(child) if isinstance(child, Tag) else [])
    before = next((near for near in el.previous_siblings if str(near).strip()), None)
    if isinstance(before, Comment):
        hints.append(str(before))
    for hint in hints:
        match = LANGUAGE.search(hint)
        name = (match[1] or match[2]).lower() if match else ""
        if name and name not in NO_LANGUAGE:
            return name
    return ""
