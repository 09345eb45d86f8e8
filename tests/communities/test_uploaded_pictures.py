"""Whatever is uploaded, what is kept is a picture that only holds pixels, or a sentence says why not."""

import os
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from functools import partial
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

import pixels
from accounts.pictures import BadPicture as BadSquare
from accounts.pictures import square_picture
from communities import rules
from communities.pictures import BadPicture, encode
from tests.accounts.pictures import NOT_READABLE, PAYLOAD, bomb, half_red_half_blue, picture
from tests.pixels.bombs import slow_jpeg

UNREADABLE = "“{}” is not a picture that we can read. Choose a JPEG, PNG, WebP or GIF."
TOO_LARGE = "“{}” is larger than 5 MB. Choose a smaller picture."
TOO_MANY = "“{}” has more than 25 million pixels. Choose a smaller picture."
MOVES = "“{}” moves. Choose a picture that stands still."
TOO_SLOW = "“{}” takes too long to read. Choose a simpler picture."
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(500)


def read(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def moving(kind: str) -> bytes:
    output = BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(output, kind, save_all=True, append_images=frames[1:], duration=100)
    return output.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_picture_of_each_kind_keeps_its_size(kind):
    encoded = encode(picture(kind), "x")
    image = read(encoded.content)
    assert (image.format, image.size, (encoded.width, encoded.height)) == ("WEBP", (640, 400), (640, 400))


@pytest.mark.parametrize("make", [square_picture, partial(encode, name="x")], ids=["of a member", "of a text"])
def test_pictures_are_decoded_one_after_the_other(make):
    with ThreadPoolExecutor(1) as pool:
        with pixels.ONE_AT_A_TIME:
            made = pool.submit(make, picture())
            with pytest.raises(NotYet):
                made.result(timeout=0.3)
        assert made.result(timeout=10)


def test_large_picture_is_made_smaller_and_keeps_its_shape():
    encoded = encode(picture("JPEG", (4800, 2400)), "x")
    assert (encoded.width, encoded.height, read(encoded.content).size) == (2400, 1200, (2400, 1200))


def test_drawing_keeps_each_pixel_and_what_shines_through():
    drawing = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    drawing.putpixel((3, 4), (200, 10, 30, 255))
    output = BytesIO()
    drawing.save(output, "PNG")
    kept = read(encode(output.getvalue(), "x").content)
    assert (kept.getpixel((3, 4)), kept.getpixel((0, 0))[3]) == ((200, 10, 30, 255), 0)


def test_drawing_of_noise_is_kept_as_a_photograph_is(monkeypatch):
    monkeypatch.setattr(rules, "PICTURE_KEPT_MAX", 100_000)
    output = BytesIO()
    Image.frombytes("RGB", (300, 300), os.urandom(300 * 300 * 3)).save(output, "PNG")
    assert len(encode(output.getvalue(), "x").content) < 150_000 < len(output.getvalue())


def test_picture_keeps_no_metadata():
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    facts = PngImagePlugin.PngInfo()
    facts.add_text("Comment", "taken at home")
    for upload in (
        picture("JPEG", exif=exif, comment=b"taken at home", icc_profile=b"taken at home" * 20),
        picture("PNG", pnginfo=facts, exif=exif, icc_profile=b"taken at home" * 20),
        picture("WEBP", exif=exif, xmp=b"taken at home", icc_profile=b"taken at home" * 20),
        picture("GIF", comment=b"taken at home"),
    ):
        kept = encode(upload + PAYLOAD, "x").content
        assert (b"taken at home" in kept, PAYLOAD in kept) == (False, False)
        assert set(read(kept).info) <= {"loop", "background", "timestamp", "duration"}


def test_picture_is_turned_as_the_camera_was_held():
    exif = Image.Exif()
    exif[0x0112] = 6  # to be shown turned by 90 degrees clockwise: left becomes top
    image = read(encode(half_red_half_blue(exif=exif), "x").content).convert("RGB")
    top, bottom = image.getpixel((200, 40)), image.getpixel((200, 360))
    assert (top[0] > 200 > top[2], bottom[2] > 200 > bottom[0]) == (True, True)


BAD = {
    **{name: (content, UNREADABLE) for name, content in NOT_READABLE.items()},
    "heic": (HEIC, UNREADABLE),
    "fifty thousand by fifty thousand": (bomb(50_000, 50_000), TOO_MANY),
    "just too many pixels": (bomb(5001, 5000), TOO_MANY),
    "photograph of 20 MB": (picture("JPEG") + bytes(20 * 1024 * 1024), TOO_LARGE),
    "moving gif": (moving("GIF"), MOVES),
    "moving webp": (moving("WEBP"), MOVES),
    "moving png": (moving("PNG"), MOVES),
}


@pytest.mark.parametrize(("content", "sentence"), BAD.values(), ids=BAD)
def test_what_cannot_be_used_is_refused_with_one_sentence_that_names_it(content, sentence):
    with pytest.raises(BadPicture) as refusal:
        encode(content, "beach.jpg")
    assert str(refusal.value) == sentence.format("beach.jpg")


def test_picture_that_takes_too_long_is_refused_with_a_sentence(monkeypatch):
    monkeypatch.setattr(pixels, "CPU_SECONDS", 1)
    with pytest.raises(BadPicture) as refusal:
        encode(slow_jpeg(), "beach.jpg")
    assert str(refusal.value) == TOO_SLOW.format("beach.jpg")
    monkeypatch.setattr(pixels, "SECONDS", 0.001)
    with pytest.raises(BadSquare) as refusal_of_square:
        square_picture(picture())
    assert str(refusal_of_square.value) == "This picture takes too long to read. Choose a simpler one."


def test_name_in_the_sentence_is_short_and_turns_nothing_around():
    with pytest.raises(BadPicture) as refusal:
        encode(b"", "\u202egpj.\x00" + "x" * 300)
    assert str(refusal.value) == UNREADABLE.format("gpj." + "x" * 56)
