r"""Commands that authors know and the converter does not, in words that it knows; and what stands for what it lacks.

Sizes and colours are dropped, as everywhere in a text; `\clap` and `\smash` keep what they hold in its place.
"""

WAVE_ABOVE, WAVE_BELOW, CHECK_ABOVE, STRUCK = "\ue001", "\ue002", "\ue003", "\ue004"
"""Private characters set over or under a group: mathml.py draws there what no command of the converter draws."""

_SIZES = (
    *("tiny", "sixptsize", "scriptsize", "footnotesize", "small", "normalsize"),
    *("large", "Large", "LARGE", "huge", "Huge"),
)
_HUES = {
    "": ("blue", "gray", "green", "kaBlue", "kaGreen", "orange", "pink", "purple", "red"),
    "ABCDE": ("blue", "gold", "gray", "green", "maroon", "purple", "red", "teal"),
    "ABC": ("mint",),
    "FGHI": ("gray",),
}
_COLOURS = (hue + shade for shades, hues in _HUES.items() for hue in hues for shade in (shades or ("",)))

_SAME = {
    "allowbreak": "",
    "nobreak": "",
    "centerdot": r"\cdot",
    "sdot": r"\cdot",
    "dotsb": r"\cdots",
    "dotsi": r"\cdots",
    "dotsm": r"\cdots",
    "dotsx": r"\ldots",
    "dotsc": r"\ldots",
    "dotso": r"\ldots",
    "mathellipsis": r"\ldots",
    "DOTSB": "",
    "DOTSI": "",
    "DOTSX": "",
    "varvdots": r"\vdots",
    "enskip": r"\hspace{0.5em}",
    "intop": r"\int\limits",
    "smallint": r"{\textstyle\int}",
    "shortmid": r"\mid",
    "nshortmid": r"\nmid",
    "shortparallel": r"\parallel",
    "nshortparallel": r"\nparallel",
    "smallfrown": r"\frown",
    "smallsmile": r"\smile",
    "smallsetminus": r"\setminus",
    "thickapprox": r"\approx",
    "thicksim": r"\sim",
    "varpropto": r"\propto",
    "ordinarycolon": ":",
    "varliminf": r"\operatorname*{lim\,inf}",
    "varlimsup": r"\operatorname*{lim\,sup}",
    "varinjlim": r"\operatorname*{inj\,lim}",
    "varprojlim": r"\operatorname*{proj\,lim}",
    "TeX": r"\text{TeX}",
    "LaTeX": r"\text{LaTeX}",
    "KaTeX": r"\text{KaTeX}",
    "AA": r"\text{Å}",
    "aa": r"\text{å}",
    "textcopyright": r"\text{©}",
    "textregistered": r"\text{®}",
    "xleftequilibrium": r"\xleftrightharpoons",
    "xrightequilibrium": r"\xrightleftharpoons",
}
_WITH_ARGUMENTS = {
    "mathnormal": "{#1}",
    "mathsfit": r"\mathsf{#1}",
    "pmb": r"\boldsymbol{#1}",
    "substack": r"\begin{subarray}{c}#1\end{subarray}",
    "textmd": r"\text{#1}",
    "textnormal": r"\text{#1}",
    "textup": r"\text{#1}",
    "vcenter": "{#1}",
    "textcolor": "{#2}",
    "colorbox": r"\text{#2}",
    "fcolorbox": r"\fbox{#3}",
    "clap": r"\text{#1}",
    "mathclap": "{#1}",
    "smash": "{#1}",
    "TextOrMath": "{#2}",
    "phase": r"{\angle\underline{#1}}",
    "xrightleftarrows": r"\mathrel{\overset{#1}{⇄}}",
    "r": r"\mathring{#1}",
    "u": r"\breve{#1}",
    "v": r"\check{#1}",
    "widetilde": rf"\overset{{{WAVE_ABOVE}}}{{#1}}",
    "utilde": rf"\underset{{{WAVE_BELOW}}}{{#1}}",
    "widecheck": rf"\overset{{{CHECK_ABOVE}}}{{#1}}",
    "sout": rf"\overset{{{STRUCK}}}{{#1}}",
}
MACROS: dict[str, str] = {
    **dict.fromkeys(_SIZES, ""),
    **dict.fromkeys(_COLOURS, "{#1}"),
    **_SAME,
    **_WITH_ARGUMENTS,
}

DEFINITIONS = frozenset(
    [
        *(r"\def", r"\gdef", r"\edef", r"\xdef", r"\let", r"\futurelet", r"\global", r"\long"),
        *(r"\newcommand", r"\renewcommand", r"\providecommand", r"\newenvironment", r"\DeclareMathOperator"),
    ]
)
"""One formula could define what makes the next one long, or say something else than it reads."""

REFERENCES = frozenset((r"\ref", r"\eqref"))

ENVIRONMENTS: dict[str, str] = {
    **dict.fromkeys(("align", "align*", "alignat", "alignat*", "alignedat", "flalign", "flalign*", "split"), "aligned"),
    **dict.fromkeys(("gather", "gather*", "multline", "multline*"), "gathered"),
    **{f"{kind}matrix*": f"{kind}matrix" for kind in ("", "p", "b", "B", "v", "V")},
    "smallmatrix": "matrix",
}
"""Those that number their lines or choose a width, and their relatives that do not."""
