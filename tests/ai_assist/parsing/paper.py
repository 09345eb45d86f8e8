"""Small PDF files, written by hand so that each test says what is on the page."""

import zlib

FONTS = {"F1": "Helvetica", "F2": "Courier", "F3": "Helvetica-Bold", "F4": "CMMI10"}
SLANTED = b"""\
1 begincodespacerange <00> <FF> endcodespacerange
1 beginbfrange <41> <5A> <D835DC34> endbfrange
1 beginbfrange <20> <3F> <0020> endbfrange"""
"""What the letters of F5 mean: those that Unicode has for formulas."""


def line(text: str, x: float, y: float, size: float = 12, *, font: str = "F1", mode: int = 0) -> str:
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT {mode} Tr /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET\n"


def lines(*texts: str, top: float = 700, size: float = 12) -> str:
    return "".join(line(text, 72, top - 14 * number, size) for number, text in enumerate(texts))


def row(*cells: str, y: float, step: float = 120) -> str:
    return "".join(line(text, 72 + step * number, y) for number, text in enumerate(cells))


def rule(x: float, y: float, to_x: float, to_y: float) -> str:
    return f"{x} {y} m {to_x} {to_y} l S\n"


def picture(side: int = 1000) -> str:
    """Draws the one picture that every page knows, over all of it."""
    return f"q 612 0 0 792 0 0 cm /Im{side} Do Q\n"


def pdf(*pages: str | bytes, title: str = "", catalog: str = "", form: str = "", turn: int = 0) -> bytes:
    """Each page by its drawing commands; bytes are a stream that is compressed already. `/Fm Do` draws the form."""
    fonts = " ".join(
        f"/{name} << /Type /Font /Subtype /Type1 /BaseFont /{base} /Encoding /WinAnsiEncoding >>"
        for name, base in FONTS.items()
    )
    count = len(pages)
    fonts += f" /F5 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode {7 + 2 * count} 0 R >>"
    kids = " ".join(f"{7 + 2 * number} 0 R" for number in range(count))
    own = f"/Resources << /Font << {fonts} >> >>" if form else ""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        f"<< /Type /Pages /Count {count} /Kids [{kids}] >>".encode(),
        f"<< /Title ({title}) >>".encode(),
        _image(1000),
        _image(20),
        f"<< /Subtype /Form /BBox [0 0 612 792] {own} /Length {len(form)} >>\nstream\n{form}\nendstream".encode(),
    ]
    for number, page in enumerate(pages):
        things = "/XObject << /Im1000 4 0 R /Im20 5 0 R /Fm 6 0 R >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Rotate {turn} /Contents {8 + 2 * number} 0 R "
            f"/Resources << /Font << {fonts} >> {things} >> >>".encode()
        )
        content = page.encode("cp1252") if isinstance(page, str) else page
        filters = "" if isinstance(page, str) else "/Filter /FlateDecode"
        objects.append(b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), filters.encode(), content))
    objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(SLANTED), SLANTED))
    return _file(objects)


def gigabyte_of_spaces() -> bytes:
    """As a stream that is compressed already: what a megabyte packs to, many times over."""
    packer = zlib.compressobj(9)
    megabyte = b" " * 1024 * 1024
    start = packer.compress(megabyte) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(megabyte) + packer.flush(zlib.Z_FULL_FLUSH)
    end = zlib.compressobj(9, wbits=-zlib.MAX_WBITS).flush()
    checksum = 1
    for _ in range(1024):
        checksum = zlib.adler32(megabyte, checksum)
    return start + again * 1023 + end + checksum.to_bytes(4)


def _image(side: int) -> bytes:
    grey = zlib.compress(b"\x80" * side * side)
    head = f"/Type /XObject /Subtype /Image /Width {side} /Height {side} /ColorSpace /DeviceGray /BitsPerComponent 8"
    return f"<< {head} /Filter /FlateDecode /Length {len(grey)} >>\nstream\n".encode() + grey + b"\nendstream"


def _file(objects: list[bytes]) -> bytes:
    content, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 3 0 R >>\nstartxref\n{len(content)}\n%%EOF\n"
    return content + start + trailer.encode()
