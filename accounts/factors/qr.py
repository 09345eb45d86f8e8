"""A QR code as one path of an SVG, which stands in the page: our policy lets no image be made of data."""

from dataclasses import dataclass

BORDER = 4  # modules; fewer, and some phones find nothing


@dataclass(frozen=True)
class QrCode:
    size: int  # modules along one side, the border included
    path: str


def qr_code(text: str) -> QrCode:
    from qrcode import QRCode  # slow, and few pages show one

    drawn = QRCode(border=BORDER)
    drawn.add_data(text)
    rows = drawn.get_matrix()
    dots = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return QrCode(len(rows), "".join(dots))
