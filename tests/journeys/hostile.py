"""What hostile content tries besides running scripts, and a page of no site to try it on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, Route

ABROAD = "http://abroad.test"
BLANK = "http://blank.test/"

# Ways to make a reader's browser ask another host.
VECTORS = [
    '<img src="{}/1">',
    '<img srcset="{}/2 2x">',
    '<picture><source srcset="{}/3"><img></picture>',
    '<video poster="{}/4"></video>',
    '<audio src="{}/5" autoplay></audio>',
    '<video><source src="{}/6"></video>',
    '<iframe src="{}/7"></iframe>',
    '<object data="{}/8"></object>',
    '<embed src="{}/9">',
    '<link rel="stylesheet" href="{}/10">',
    '<link rel="prefetch" href="{}/11">',
    '<style>@import "{}/12";</style>',
    "<p style=\"background: url('{}/13')\">x</p>",
    '<svg><image href="{}/14" /></svg>',
    '<input type="image" src="{}/15">',
    '<table background="{}/16"><tr><td>x</td></tr></table>',
    "![x]({}/17)",
    "![x][r]\n\n[r]: {}/18",
    '[![x]({}/19 "y")](/z)',
    "$\\includegraphics{{{}/20}}$",
    "<img src='{}/21?",
]
VECTORS = [vector.format(ABROAD) for vector in VECTORS]

# Elements that htmx would turn into requests in the reader's name.
GADGETS = [
    '<p {hx}-post="/preview/" {hx}-trigger="load">x</p>',
    '<p {hx}-get="/" {hx}-trigger="revealed">x</p>',
    '<p {hx}-put="/preview/" {hx}-trigger="click from:body">x</p>',
    '<p {hx}-patch="/preview/" {hx}-trigger="every 50ms">x</p>',
    '<p {hx}-trigger="mouseover" {hx}-get="/">x</p>',
    '<button type="button" {hx}-post="/preview/" class="gadget">x</button>',
    '<a {hx}-delete="/preview/" class="gadget">x</a>',
    '<form {hx}-post="/preview/" {hx}-trigger="load"><input name="body" value="x"></form>',
]
GADGETS = [gadget.format(hx=prefix) for gadget in GADGETS for prefix in ("hx", "data-hx")]

COUNT = "window.fired = 0; window.fire = () => { window.fired += 1; };"
STIR = """root => {
  document.addEventListener("click", event => event.preventDefault());
  let bad = 0;
  for (const element of document.querySelectorAll(`${root} *`)) {
    if (element.href?.baseVal ?? element.href) {
      bad += !["http:", "https:", "mailto:"].includes(new URL(element.href, document.baseURI).protocol);
    }
    for (const kind of ["mouseover", "mouseenter", "focus", "toggle", "click"]) {
      element.dispatchEvent(new MouseEvent(kind, { bubbles: true, cancelable: true }));
    }
  }
  return bad + window.fired;
}"""
"""Points at, focuses and clicks all below `root`; how often something fired or could have been followed."""


@dataclass
class Blank:
    page: Page
    foreign: list[str] = field(default_factory=list)

    def stir(self) -> int:
        fired: int = self.page.evaluate(STIR, "body")
        return fired


@contextmanager
def blank_page(chromium: Browser, body: str, policy: str = "") -> Iterator[Blank]:
    """A page with this body, on which `fire()` counts. Nothing reaches the network; what would have is in `foreign`."""
    context = chromium.new_context()
    context.add_init_script(COUNT)
    blank = Blank(context.new_page())

    def answer(route: Route) -> None:
        if route.request.url == BLANK:
            headers = {"Content-Type": "text/html; charset=utf-8"}
            if policy:
                headers["Content-Security-Policy"] = policy
            route.fulfill(headers=headers, body=f"<!doctype html><title>x</title><body>{body}")
            return
        if route.request.url.startswith(ABROAD):
            blank.foreign.append(route.request.url)
        route.abort()

    context.route("**", answer)
    blank.page.goto(BLANK)
    try:
        yield blank
    finally:
        context.close()
