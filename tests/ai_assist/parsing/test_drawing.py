"""Pages and pictures drawn anew, with the places of their words; and text that is recognised in them."""

import zlib
from base64 import b64decode
from io import BytesIO

import docx
import pytest
from PIL import Image, ImageDraw

from ai_assist.parsing import Block, Drawn, Placed, Unreadable, ocr, paragraphs, render
from tests.ai_assist.parsing.office import saved
from tests.ai_assist.parsing.paper import gigabyte_of_spaces, line, lines, pdf, picture
from tests.ai_assist.parsing.test_office import HEIC
from tests.ai_assist.parsing.test_pdf import encrypted
from tests.ai_assist.parsing.test_refusals import png_of


def image_of(drawn: Drawn) -> Image.Image:
    image = Image.open(BytesIO(drawn.content))
    assert (image.format, image.size) == ("WEBP", (drawn.width, drawn.height))
    return image


SPACE = ("",) * 8
"""Lines that make a picture as high as it is wide: a low one is enlarged before it is read, which takes long."""


def photo(*texts: str, kind: str = "PNG", **options) -> bytes:
    image = Image.new("RGB", (800, 60 + 90 * len(texts)), "white")
    for number, text in enumerate(texts):
        ImageDraw.Draw(image).text((40, 40 + 90 * number), text, "black", font_size=40)
    output = BytesIO()
    image.save(output, kind, **options)
    return output.getvalue()


def refused_to_draw(content: bytes, filename: str, **options) -> str:
    with pytest.raises(Unreadable) as refusal:
        render(content, filename, width=300, **options)
    return refusal.value.code


def places(drawn: Drawn) -> dict[str, tuple[float, ...]]:
    sides = ((word.text, (word.left, word.top, word.right, word.bottom)) for word in drawn.words)
    return {text: tuple(round(side, 2) for side in box) for text, box in sides}


def test_render_draws_the_page_and_says_where_its_words_are():
    drawn = render(pdf(lines("No."), line("Groups", 61, 396, 36) + line("end", 306, 396, 36)), "a.pdf", 2, width=600)
    assert (drawn.width, drawn.height) == (600, 777)
    assert places(drawn) == {"Groups": (0.1, 0.47, 0.29, 0.51), "end": (0.5, 0.47, 0.59, 0.5)}
    darkest = min(image_of(drawn).convert("L").crop((60, 357, 190, 396)).tobytes())
    assert darkest < 40


def test_render_of_a_word_over_two_lines_places_each_half():
    drawn = render(pdf(lines("A pile of sto-", "nes. A well-known one.")), "a.pdf", width=600)
    assert [word.text for word in drawn.words] == ["A", "pile", "of", "sto-", "nes.", "A", "well-known", "one."]
    above, below = places(drawn)["sto-"], places(drawn)["nes."]
    assert above[0] > below[2]
    assert above[3] <= below[1]


def test_render_places_letters_beyond_the_first_plane():
    drawn = render(pdf(line("A", 72, 700, font="F5") + line("end", 306, 396)), "a.pdf", width=600)
    assert [word.text for word in drawn.words] == ["𝐴", "end"]


def test_render_of_a_turned_page_turns_the_places_too():
    drawn = render(pdf(line("Groups", 61, 396, 36), turn=90), "a.pdf", width=792)
    assert (drawn.width, drawn.height) == (792, 612)
    assert places(drawn) == {"Groups": (0.49, 0.1, 0.53, 0.29)}


def test_render_of_a_page_that_is_very_long_stays_small():
    content = pdf(lines("Text.")).replace(b"[0 0 612 792]", b"[0 0 99 14000]")
    drawn = render(content, "a.pdf", width=2000)
    assert (drawn.width, drawn.height) == (57, 8000)


def test_render_of_an_encrypted_page_wants_its_password():
    content = encrypted(pdf(lines("Secret.")), "open sesame")
    assert refused_to_draw(content, "a.pdf") == "needs_password"
    assert [word.text for word in render(content, "a.pdf", width=300, password="open sesame").words] == ["Secret."]


def test_render_of_a_picture_turns_it_upright_and_tells_nothing_else_about_it():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Camera of Ada"  # lies on its side
    drawn = render(photo("Groups", kind="JPEG", exif=exif), "a.jpg", width=2000)
    assert (drawn.width, drawn.height, drawn.words) == (150, 800, [])
    assert dict(image_of(drawn).getexif()) == {}
    assert b"Ada" not in drawn.content


def test_render_of_a_picture_from_a_phone():
    drawn = render(zlib.decompress(b64decode(HEIC)), "a.heic", width=2000)
    assert image_of(drawn).convert("L").getextrema()[0] > 240
    assert drawn.width == 64


@pytest.mark.parametrize(
    ("content", "filename", "code"),
    [
        (saved(docx.Document()), "a.docx", "unsupported"),
        (b"%PDF-1.7\nnot really", "a.pdf", "corrupt_file"),
        (png_of(30_000, 30_000), "a.png", "too_large_unpacked"),
        (photo("Groups")[:-400], "a.png", "corrupt_file"),
    ],
)
def test_render_refuses(content, filename, code):
    assert refused_to_draw(content, filename) == code


def test_render_of_a_page_that_unpacks_to_a_gigabyte_stays_within_its_memory():
    assert refused_to_draw(pdf(gigabyte_of_spaces()), "bomb.pdf") == "memory"


def test_ocr_reads_picture_after_picture_and_refuses_what_is_none():
    drawn = render(pdf(picture() + lines("Every group is a set.", size=24)), "scan.pdf", width=800)
    read = ocr([photo("A group has one unit.", "It is unique.", *SPACE), drawn.content, photo(*SPACE), b"no picture"])
    first, second, none = (next(read) for _ in range(3))
    assert [each.text for each in first] == ["A group has one unit.", "It is unique."]
    assert [each.text for each in second] == ["Every group is a set."]
    assert none == []
    [upper, lower] = first
    assert (upper.left, upper.top) == pytest.approx((0.05, 0.05), abs=0.02)
    assert upper.bottom < lower.top
    with pytest.raises(Unreadable) as refusal:
        next(read)
    assert refusal.value.code == "corrupt_file"


def test_paragraphs_joins_lines_that_stand_close():
    texts = [("A group is asso-", 0.1), ("ciative and", 0.13), ("has a unit.", 0.16), ("Next.", 0.25)]
    made = paragraphs(Placed(text, 0.1, top, 0.5, top + 0.02) for text, top in texts)
    assert made == [Block("ocr", "A group is associative and has a unit."), Block("ocr", "Next.")]
