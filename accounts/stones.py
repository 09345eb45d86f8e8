"""Draws the pile of stones that stands for a member without a picture: the same name, the same pile."""

from functools import lru_cache
from hashlib import blake2b

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

SIDE = 40
GROUND = 35
GAP = 1
# Hue and saturation of stones one finds: lichen, slate, sandstone, granite, clay, heather, moss, shale.
ROCKS = ((152, 24), (212, 22), (36, 34), (28, 8), (14, 32), (288, 14), (82, 22), (190, 18))
HEIGHTS = {3: (10, 9, 7), 4: (9, 7, 6, 5)}


@lru_cache(maxsize=4096)
def pile(name: str) -> SafeString:
    """The shapes alone, on a square of 40, to stand inside an `<svg>`."""
    dice = blake2b(name.casefold().encode(), digest_size=16).digest()
    hue, saturation = ROCKS[dice[0] % len(ROCKS)]
    hue += dice[1] % 21 - 10
    heights = HEIGHTS[3 + dice[2] % 2]
    width = 27.0 + dice[3] % 5
    centre, floor = SIDE / 2, GROUND
    stones = []
    for number, height in enumerate(heights):
        roll, shade, tilt = dice[4 + 3 * number : 7 + 3 * number]
        centre += (roll % 7 - 3) / (1.5 if number else 3)
        floor -= height
        stones.append(
            (
                round(centre - width / 2, 1),
                round(floor, 1),
                width,
                height,
                round(width * 0.4, 1),
                round(height * 0.5, 1),
                f"{hue} {saturation}% {42 + shade % 5 * 5}%",
                f"{tilt % 9 - 4} {round(centre, 1)} {floor + height / 2}",
            )
        )
        floor -= GAP
        width = round(width * (0.66 + roll % 4 * 0.04), 1)
    return format_html(
        '<path d="M0 0h40v40H0z" fill="hsl({} {}% 55%)" fill-opacity=".25"/>{}',
        hue,
        saturation,
        format_html_join(
            "",
            '<rect x="{}" y="{}" width="{}" height="{}" rx="{}" ry="{}" fill="hsl({})" transform="rotate({})"/>',
            stones,
        ),
    )


def stones_svg(name: str) -> str:
    """The pile as a file of its own."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}">{pile(name)}</svg>'
