"""Pictures in office documents: which are large enough that there may be something to read on them."""

from typing import Any

EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
"""Of a drawing in a text."""
PIXEL = 9525
"""Units of length of these formats."""
WIDTH, HEIGHT = 200, 80


def is_large(width: int, height: int) -> bool:
    return width >= WIDTH * PIXEL and height >= HEIGHT * PIXEL


def is_to_be_read(extent: Any) -> bool:
    """The drawing has a picture, not shapes with text of their own."""
    width, height = (int(side) if side.isdigit() else 0 for side in (extent.get("cx", ""), extent.get("cy", "")))
    return is_large(width, height) and next(extent.getparent().iter("{*}blip"), None) is not None
