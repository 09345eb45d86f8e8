"""Hostile and broken files: each gets its code, in time and within the memory, and nothing outside is touched."""

import json
import os
import struct
import zlib
from io import BytesIO

import docx
import pytest

from ai_assist.parsing import Unreadable, check, limits
from tests.ai_assist.parsing.office import archive, replaced, saved
from tests.ai_assist.parsing.paper import lines, pdf
from tests.ai_assist.parsing.reading import blocks_of, outcome, refused

PDF = pdf(lines("Text."))
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + bytes(200)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PNG = b"\x89PNG\r\n\x1a\n"
CONTENT = "word/document.xml"


def word(body: str = "", *, entities: str = "") -> bytes:
    source = f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'
    return replaced(saved(docx.Document()), CONTENT, f"<?xml version='1.0'?>{entities}{source}".encode())


def png_of(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return PNG + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


def saying(size: int, content: bytes) -> bytes:
    """The same archive of one file, whose directory says something else about its size."""
    place = content.rindex(b"PK\x01\x02")
    return content[: place + 24] + struct.pack("<I", size) + content[place + 28 :]


def spaces(megabytes: int) -> bytes:
    return b" " * megabytes * 1024 * 1024


@pytest.mark.parametrize(
    ("content", "filename", "code"),
    [
        (b"", "a.pdf", "empty"),
        (b" \n\n ", "a.txt", "empty"),
        (b"<html><body><p hidden>x</p></body></html>", "a.html", "empty"),
        (EXE, "a.pdf", "wrong_type"),
        (EXE, "a.txt", "wrong_type"),
        (EXE, "a.exe", "unsupported"),
        (PDF, "a.txt.", "unsupported"),
        (PDF, "pdf", "unsupported"),
        (PDF, "a.docx", "wrong_type"),
        (PDF, "a.txt", "wrong_type"),
        (b"<html>" + PDF, "a.pdf", "wrong_type"),
        (SVG, "a.svg", "unsupported"),
        (SVG, "a.png", "wrong_type"),
        (PNG + b"not really", "a.png", "corrupt_file"),
        (png_of(30_000, 30_000), "a.png", "too_large_unpacked"),
        (png_of(600, 600), "a.png", "corrupt_file"),
        (archive({"a.txt": "x"}), "a.pdf", "wrong_type"),
        (archive({"a.txt": "x"}), "a.docx", "wrong_type"),
        (PDF + archive({"a.txt": "x"}), "a.pdf", "wrong_type"),
        (b"text" + archive({"a.txt": "x"}), "a.txt", "wrong_type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "a.docx", "unsupported"),
        (saved(docx.Document())[:-30], "a.docx", "corrupt_file"),
        (saved(docx.Document())[:500], "a.docx", "corrupt_file"),
        (archive({CONTENT: "<w:document"}), "a.docx", "corrupt_file"),
        (b"not json", "a.ipynb", "corrupt_file"),
        (b"[" * 100_000, "a.ipynb", "corrupt_file"),
        (json.dumps({"nbformat": 4}).encode(), "a.ipynb", "corrupt_file"),
        (archive({"META-INF/container.xml": "<container/>"}), "a.epub", "corrupt_file"),
        (archive({"META-INF/container.xml": "", "META-INF/rights.xml": ""}), "a.epub", "unsupported"),
    ],
)
def test_read_refuses(content, filename, code):
    assert refused(content, filename, within=10) == code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (replaced(saved(docx.Document()), CONTENT, spaces(199)), "too_large_unpacked"),
        (saying(210_000_000, archive({CONTENT: os.urandom(3_000_000)})), "too_large_unpacked"),
        (archive({CONTENT: ""} | {f"{number}": "" for number in range(10_000)}), "too_large_unpacked"),
    ],
    ids=["ratio", "total", "count"],
)
def test_check_refuses_bombs_by_their_directory(content, code):
    with pytest.raises(Unreadable) as refusal:
        check(BytesIO(content), "bomb.docx")
    assert refusal.value.code == code
    assert refused(content, "bomb.docx", within=1) == code


def test_read_of_an_archive_that_lies_about_its_sizes_is_refused():
    content = saying(1000, archive({CONTENT: spaces(150)}))
    assert refused(content, "a.docx", within=5) == "corrupt_file"


def test_read_of_an_archive_with_a_second_directory_is_refused():
    content = archive({CONTENT: ""})
    end = content.rindex(b"PK\x05\x06")
    hidden = content[:end] + b"PK\x06\x07" + bytes(16) + content[end:]
    assert refused(hidden, "a.docx") == "too_large_unpacked"


def test_read_of_an_encrypted_member_is_refused():
    content = bytearray(archive({CONTENT: "x"}))
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(content), "a.docx") == "unsupported"


def test_read_does_not_expand_entities():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    content = word("<w:p><w:r><w:t>&l11;</w:t></w:r></w:p>", entities=f'<!DOCTYPE d [<!ENTITY l0 "ha">{laughs}]>')
    assert refused(content, "a.docx", within=5) in ("empty", "corrupt_file")


def test_read_does_not_follow_references_to_files(tmp_path):
    (tmp_path / "canary").write_text("bad")
    entities = f'<!DOCTYPE d [<!ENTITY file SYSTEM "file://{tmp_path}/canary">]>'
    content = word("<w:p><w:r><w:t>good&file;</w:t></w:r></w:p>", entities=entities)
    assert blocks_of(content, "a.docx") == [("prose", "good")]


def test_read_of_more_paragraphs_than_fit_ends_within_its_memory(monkeypatch):
    monkeypatch.setattr(limits, "MEMORY", limits.MEMORY // 4)
    body = "".join(f"<w:p><w:r><w:t>{number:x}</w:t></w:r></w:p>" for number in range(750_000))
    assert refused(word(body), "a.docx") == "memory"


@pytest.mark.parametrize("unit", ["<div>", "<table><tr><td>", "<ul><li>", "<span>"])
def test_read_of_a_page_that_is_nested_without_end_stops(unit):
    assert outcome(unit.encode() * 100_000 + b"deep", "a.html") in (None, "empty", "corrupt_file")


@pytest.mark.parametrize("unit", ["> ", "- ", "[", "*a_", "$", "`", "<a ", "!["])
def test_read_of_markdown_that_keeps_parsers_busy_ends(unit):
    assert outcome(unit.encode() * 30_000, "a.md") in (None, "empty", "corrupt_file")


def test_read_of_more_text_than_a_library_needs_is_refused():
    assert refused((b"x" * 999 + b"\n\n") * 5_100, "a.txt") == "too_large_unpacked"


@pytest.mark.parametrize(
    "filename", ["a/../../b.pdf", "x" * 300 + ".pdf", "a\x00.pdf", "..\\a.PDF", "-rf.pdf", "ö\n;.pdf"]
)
def test_read_takes_nothing_but_the_ending_from_a_name(filename):
    assert blocks_of(PDF, filename) == [("prose", "Text.")]


def test_read_of_damaged_pdf_has_a_code_whatever_the_parser_stumbles_over():
    for step in range(5):
        damaged = bytearray(pdf(lines("One."), lines("Two.")))
        for place in range(9 + step, len(damaged), 97 + step):
            damaged[place] ^= 0x15
        assert outcome(bytes(damaged), "a.pdf") in (None, "corrupt_file", "empty")
