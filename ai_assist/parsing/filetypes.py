"""Which files are read, and whether one is what its name says: by extension and content, before any parser sees it."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from .archives import ends_as_archive, names_in
from .blocks import Unreadable

HEAD = 4096
OFFICE_BEFORE_2007 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Also what an encrypted document of today looks like from outside."""
HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
TEXT_CONTROLS = frozenset(b"\t\n\v\f\r\x1b\b")

_EXTENSIONS = {
    "c": ".c .h",
    "cpp": ".cc .cpp .cxx .hh .hpp",
    "cobol": ".cbl .cob",
    "csharp": ".cs",
    "elixir": ".ex .exs",
    "go": ".go",
    "haskell": ".hs",
    "java": ".java",
    "js": ".js .mjs .cjs",
    "jsx": ".jsx",
    "kotlin": ".kt .kts",
    "latex": ".tex",
    "lua": ".lua",
    "perl": ".pl .pm",
    "php": ".php",
    "powershell": ".ps1",
    "proto": ".proto",
    "python": ".py",
    "r": ".r",
    "rst": ".rst",
    "ruby": ".rb",
    "rust": ".rs",
    "scala": ".scala",
    "solidity": ".sol",
    "swift": ".swift",
    "ts": ".ts",
    "tsx": ".tsx",
    "vb.net": ".bas .vb",
}
LANGUAGES = {extension: language for language, names in _EXTENSIONS.items() for extension in names.split()}
"""Source code, by the name that Pygments and Markdown fences know."""


@dataclass(frozen=True)
class FileType:
    """How a file is read. `reader` names a module in `formats`; `part` a file that an archive of the kind holds."""

    reader: str
    signature: str = "text"
    part: str = ""
    language: str = ""


TYPES = {
    ".pdf": FileType("pdf", "pdf"),
    ".docx": FileType("word", "zip", "word/document.xml"),
    ".pptx": FileType("slides", "zip", "ppt/presentation.xml"),
    ".xlsx": FileType("sheets", "zip", "xl/workbook.xml"),
    ".epub": FileType("book", "zip", "META-INF/container.xml"),
    ".csv": FileType("values"),
    ".tsv": FileType("values"),
    ".ipynb": FileType("notebook"),
    ".png": FileType("photo", "png"),
    ".jpg": FileType("photo", "jpeg"),
    ".jpeg": FileType("photo", "jpeg"),
    ".webp": FileType("photo", "webp"),
    ".heic": FileType("photo", "heif"),
    ".heif": FileType("photo", "heif"),
    ".md": FileType("markdown"),
    ".markdown": FileType("markdown"),
    ".html": FileType("web"),
    ".htm": FileType("web"),
    ".xhtml": FileType("web"),
    ".txt": FileType("plain"),
    ".text": FileType("plain"),
    **{extension: FileType("source", language=language) for extension, language in LANGUAGES.items()},
}
"""Nothing else is read. SVG is not, because browsers run scripts in it."""


def type_of(file: BinaryIO, filename: str) -> FileType:
    """Looks at the ends of the file and, if it is an archive, at its directory: some milliseconds, however large.

    Raises Unreadable: `unsupported`, `wrong_type`, `empty`, `too_large_unpacked` or `corrupt_file`.
    """
    filetype = TYPES.get(PurePath(filename).suffix.lower())
    if filetype is None:
        raise Unreadable("unsupported")
    file.seek(0)
    head = file.read(HEAD)
    if not head:
        raise Unreadable("empty")
    signature = _signature(head)
    if filetype.signature == "zip" and signature == "office_before_2007":
        raise Unreadable("unsupported")
    if signature != filetype.signature:
        raise Unreadable("wrong_type")
    if filetype.signature == "zip":
        if filetype.part not in names_in(file):
            raise Unreadable("wrong_type")
    elif ends_as_archive(file):  # one file, two meanings: whoever opens it next may see the other one
        raise Unreadable("wrong_type")
    return filetype


def _signature(head: bytes) -> str:
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(OFFICE_BEFORE_2007):
        return "office_before_2007"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp" and head[8:12] in HEIF_BRANDS:
        return "heif"
    return "text" if _is_text(head) else "unknown"


def _is_text(head: bytes) -> bool:
    """No controls that no text has. UTF-16 and UTF-32 say by their first bytes that they are full of zeros."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return True
    return all(byte >= 32 or byte in TEXT_CONTROLS for byte in head)
