"""The archive of one member: README.txt, a JSON file for each table, a folder for each kind of text or upload."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.mydata.parts import Folder, Table, all_parts

AT_ONCE = 500  # rows in memory
NAME_MAX = 100
ENDING = 30  # characters of a long name that stand at its end
NOT_PLAIN = re.compile(r"[^\w.-]+|\.{2,}")

Tell = Callable[[], None]


def count(member: User) -> int:
    """How many rows there are to write."""
    return sum(part.rows(member).count() for part in all_parts())


def write_archive(file: IO[bytes], member: User, tell: Tell) -> None:
    """`tell` is called after each row."""
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", _readme(member))
        for part in all_parts():
            if isinstance(part, Table):
                _write_table(archive, part, member, tell)
            else:
                _write_folder(archive, part, member, tell)


def safe_name(name: str) -> str:
    """A file of this name stands where it is put, on every system."""
    plain = NOT_PLAIN.sub("-", name).strip(".-") or "file"
    return plain if len(plain) <= NAME_MAX else plain[: NAME_MAX - ENDING] + plain[-ENDING:]


def front_matter(facts: dict[str, Any], body: str) -> str:
    """Markdown that says above the text what it is. Each value is written as JSON, which is YAML, too."""
    lines = [f"{name}: {json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)}" for name, value in facts.items()]
    return "\n".join(["---", *lines, "---", "", body, ""])


def _readme(member: User) -> str:
    head = _("What Cairn holds of %(name)s (@%(username)s), as of %(day)s.") % {
        "name": member.display_name,
        "username": member.username,
        "day": timezone.now().strftime("%Y-%m-%d %H:%M UTC"),
    }
    about = _(
        "Tables are JSON. Texts are Markdown with some facts above them. Times are UTC unless they say otherwise."
    )
    lines = [f"{part.name}{'.json' if isinstance(part, Table) else '/'}: {part.says}" for part in all_parts()]
    return "\n".join([head, "", about, "", *lines, ""])


def _write_table(archive: ZipFile, table: Table, member: User, tell: Tell) -> None:
    with archive.open(f"{table.name}.json", "w", force_zip64=True) as out:
        out.write(b"[")
        for number, row in enumerate(table.rows(member).iterator(chunk_size=AT_ONCE)):
            named = {name.replace("__", "_"): value for name, value in row.items()}
            line = json.dumps(named, cls=DjangoJSONEncoder, ensure_ascii=False)
            out.write((",\n" if number else "\n").encode() + line.encode())
            tell()
        out.write(b"\n]\n")


def _write_folder(archive: ZipFile, folder: Folder, member: User, tell: Tell) -> None:
    for name, content in _files(folder, member):
        path = f"{folder.name}/{safe_name(name)}"
        if isinstance(content, str):
            archive.writestr(path, content)
        else:
            with suppress(FileNotFoundError):  # its line stands in the table all the same
                _copy(archive, path, content)
        tell()


def _files(folder: Folder, member: User) -> Iterator[tuple[str, str | FieldFile]]:
    for row in folder.rows(member).iterator(chunk_size=AT_ONCE):
        yield folder.file(row)


def _copy(archive: ZipFile, path: str, upload: FieldFile) -> None:
    """As it is: what members upload is mostly pressed already."""
    entry = ZipInfo(path, date_time=timezone.now().timetuple()[:6])
    entry.compress_type = ZIP_STORED
    with upload.storage.open(str(upload.name)) as source, archive.open(entry, "w", force_zip64=True) as out:
        shutil.copyfileobj(source, out)
