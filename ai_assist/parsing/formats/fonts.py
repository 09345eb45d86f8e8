"""Fonts in which all letters are equally wide: who sets a text in one means code."""

import re

_FIXED = re.compile(
    r"mono|courier|consol|menlo|monaco|cmtt|typewriter|inconsolata|fira ?code|source ?code|cascadia", re.IGNORECASE
)


def is_fixed(name: str) -> bool:
    return bool(_FIXED.search(name))
