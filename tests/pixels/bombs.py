"""Small files that ask for much and are well-formed all the same."""

from io import BytesIO

from PIL import Image


def slow_jpeg(scans: int = 20_000) -> bytes:
    """Few bytes, not too many pixels: but each of the passes in which a progressive JPEG comes goes over all of them,
    so it takes a quarter of an hour."""
    output = BytesIO()
    Image.new("L", (4000, 4000), 128).save(output, "JPEG", progressive=True, quality=95)
    content = output.getvalue()
    last_scan, end = content[content.rindex(b"\xff\xda") : -2], content[-2:]
    return content[:-2] + last_scan * scans + end
