"""Pictures to upload, good and bad."""

import struct
import zlib
from io import BytesIO

from PIL import Image

PAYLOAD = b"<script>alert(document.domain)</script>"


def picture(kind: str = "PNG", size: tuple[int, int] = (640, 400), **options) -> bytes:
    output = BytesIO()
    Image.new("RGB", size, "teal").save(output, kind, **options)
    return output.getvalue()


def half_red_half_blue(**options) -> bytes:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (400, 400), "red")
    image.paste("blue", (200, 0, 400, 400))
    output = BytesIO()
    image.save(output, "JPEG", quality=95, **options)
    return output.getvalue()


def png_chunk(name: bytes, content: bytes) -> bytes:
    body = name + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that says it has this many pixels."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    pixels = zlib.compress(bytes(min((width // 8 + 1) * height, 50_000_000)), 9)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", pixels) + png_chunk(b"IEND", b"")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"

NOT_READABLE = {
    "svg": SVG,
    "html": HTML,
    "gif header and html": b"GIF89a" + HTML,
    "png header only": b"\x89PNG\r\n\x1a\n",
    "truncated png": picture("PNG", (900, 900))[:400],
    "truncated jpeg": picture("JPEG")[:300],
    "tiff, which we do not take": picture("TIFF"),
    "pdf": b"%PDF-1.7\n1 0 obj",
    "noise": bytes(range(256)) * 20,
    "damaged pixels": picture("PNG").replace(b"IDAT", b"IDAx"),
}
