"""Whatever is uploaded, what is kept is a small square that only holds pixels."""

from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from accounts.pictures import BadPicture, square_picture
from tests.accounts.pictures import NOT_READABLE, PAYLOAD, bomb, half_red_half_blue, picture

NOT_A_PICTURE = "This file is not a picture that we can read. Choose a JPEG, PNG, WebP or GIF."
TOO_MANY_PIXELS = "This picture has more than 25 million pixels. Choose a smaller one."
TOO_LARGE = "This picture is larger than 5 MB. Choose a smaller one."


def read(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_picture_of_each_kind_becomes_a_square(kind):
    image = read(square_picture(picture(kind)))
    assert (image.format, image.size) == ("WEBP", (256, 256))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "RGBA", "I;16"])
def test_picture_of_each_mode_becomes_a_square(mode):
    output = BytesIO()
    Image.new(mode, (300, 300)).save(output, "JPEG" if mode == "CMYK" else "PNG")
    assert read(square_picture(output.getvalue())).size == (256, 256)


def test_picture_keeps_no_metadata():
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    facts = PngImagePlugin.PngInfo()
    facts.add_text("Comment", "taken at home")
    for upload in (
        picture("JPEG", exif=exif, comment=b"taken at home", icc_profile=b"taken at home" * 20),
        picture("PNG", pnginfo=facts, exif=exif),
        picture("WEBP", exif=exif, xmp=b"taken at home"),
    ):
        assert b"taken at home" in upload  # the control: it was there
        kept = square_picture(upload)
        assert b"taken at home" not in kept
        assert set(read(kept).info) <= {"loop", "background", "timestamp", "duration"}


def test_picture_is_turned_as_the_camera_was_held():
    exif = Image.Exif()
    exif[0x0112] = 6  # to be shown turned by 90 degrees clockwise: left becomes top
    image = read(square_picture(half_red_half_blue(exif=exif))).convert("RGB")
    top, bottom = image.getpixel((128, 40)), image.getpixel((128, 216))
    assert top[0] > 200 > top[2]
    assert bottom[2] > 200 > bottom[0]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_polyglot_loses_what_is_no_picture(kind):
    upload = picture(kind, comment=PAYLOAD) if kind in ("JPEG", "GIF") else picture(kind)
    kept = square_picture(upload + PAYLOAD)
    assert PAYLOAD not in kept


@pytest.mark.parametrize("upload", NOT_READABLE.values(), ids=NOT_READABLE)
def test_unreadable_file_is_refused_with_a_sentence(upload):
    with pytest.raises(BadPicture) as refusal:
        square_picture(upload)
    assert str(refusal.value) == NOT_A_PICTURE


@pytest.mark.parametrize("size", [(5001, 5000), (20_000, 20_000), (60_000, 60_000)])
def test_bomb_is_refused_before_it_is_unpacked(size):
    upload = bomb(*size)
    assert len(upload) < 100_000
    with pytest.raises(BadPicture) as refusal:
        square_picture(upload)
    assert str(refusal.value) == TOO_MANY_PIXELS


def test_largest_allowed_picture_is_taken():
    assert read(square_picture(bomb(5000, 5000))).size == (256, 256)


def test_file_beyond_five_megabytes_is_refused():
    with pytest.raises(BadPicture) as refusal:
        square_picture(picture() + bytes(6 * 1024 * 1024))
    assert str(refusal.value) == TOO_LARGE
