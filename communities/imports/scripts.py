"""Raised and lowered text without HTML: H₂O, x², V_out, 10^(−3/2), 1st."""

import re

DIGITS = "0123456789+-−=()"
RAISED = str.maketrans(DIGITS + "nix*", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱˣ*")
LOWERED = str.maketrans(DIGITS + "aeoxnijk", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₒₓₙᵢⱼₖ")
LONGEST = 12  # longer text is small print, not an index
ORDINAL = re.compile(r"(st|nd|rd|th|tm|®|™|o|°)", re.IGNORECASE)


def raised(text: str) -> str:
    inner = text.strip()
    if re.fullmatch(r"[0-9+\-−=()nix*]+", inner):
        return inner.translate(RAISED)
    if not _is_index(inner) or ORDINAL.fullmatch(inner):
        return text
    return f"^{inner}" if re.fullmatch(r"\w", inner) else f"^({inner})"


def lowered(text: str) -> str:
    inner = text.strip()
    if re.fullmatch(r"[0-9+\-−=()aeoxnijk]", inner) or re.fullmatch(r"[0-9+\-−=()]+", inner):
        return inner.translate(LOWERED)
    return f"_{inner}" if _is_index(inner) and re.fullmatch(r"\w+", inner) else text


def _is_index(text: str) -> bool:
    return 0 < len(text) <= LONGEST and " " not in text and "](" not in text
