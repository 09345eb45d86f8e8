"""Looks into the directory of a zip archive without unpacking anything, and refuses what would not fit.

The parsers read archives with `zipfile`, which finds the directory at the same place: at the end of the file.
"""

import struct
from collections.abc import Iterator
from typing import BinaryIO

from .blocks import Unreadable
from .limits import MEMBERS_MAX, RATIO_MATTERS_FROM, RATIO_MAX, UNPACKED_MAX

END = struct.Struct("<4s4H2LH")
"""End of the directory: signature, two disks, two counts, size, offset, length of the comment."""
END_SIGNATURE = b"PK\x05\x06"
COMMENT_MAX = 65535
ZIP64_LOCATOR = b"PK\x06\x07"
ZIP64_LOCATOR_SIZE = 20
MEMBER = struct.Struct("<4s4B4HL2L5H2L")
"""A line of the directory, up to the name."""
MEMBER_SIGNATURE = b"PK\x01\x02"
ENCRYPTED = 1
UTF8 = 0x800


def ends_as_archive(file: BinaryIO) -> bool:
    """The last thing in the file is the end of a zip directory, comment included, as those who unpack it look for."""
    tail, _ = _tail(file)
    position = tail.rfind(END_SIGNATURE)
    if position < 0 or len(tail) - position < END.size:
        return False
    comment: int = END.unpack_from(tail, position)[-1]
    return position + END.size + comment == len(tail)


def names_in(file: BinaryIO) -> set[str]:
    """The names of the files in the archive.

    Raises Unreadable: `too_large_unpacked` for a bomb, `unsupported` when a file in it is encrypted, `corrupt_file`.
    """
    names = set()
    unpacked = 0
    packed = file.seek(0, 2)
    for number, (name, size, is_encrypted) in enumerate(_members(file)):
        if is_encrypted:
            raise Unreadable("unsupported")
        names.add(name)
        unpacked += size
        if number >= MEMBERS_MAX or unpacked > UNPACKED_MAX:
            raise Unreadable("too_large_unpacked")
    if unpacked > RATIO_MATTERS_FROM and unpacked > RATIO_MAX * packed:
        raise Unreadable("too_large_unpacked")
    return names


def _members(file: BinaryIO) -> Iterator[tuple[str, int, bool]]:
    tail, start = _tail(file)
    position = tail.rfind(END_SIGNATURE)
    if position < 0 or len(tail) - position < END.size:
        raise Unreadable("corrupt_file")
    if tail[max(0, position - ZIP64_LOCATOR_SIZE) :].startswith(ZIP64_LOCATOR):
        raise Unreadable("too_large_unpacked")  # a second directory, for archives beyond 4 GB
    size = END.unpack_from(tail, position)[5]
    if size > start + position:
        raise Unreadable("corrupt_file")
    file.seek(start + position - size)
    left = size
    while left > 0:
        line = file.read(MEMBER.size)
        if len(line) < MEMBER.size or not line.startswith(MEMBER_SIGNATURE):
            raise Unreadable("corrupt_file")
        fields = MEMBER.unpack(line)
        flags, unpacked, (name, extra, comment) = fields[5], fields[11], fields[12:15]
        encoding = "utf-8" if flags & UTF8 else "cp437"
        yield file.read(name).decode(encoding, "replace"), unpacked, bool(flags & ENCRYPTED)
        file.seek(extra + comment, 1)
        left -= MEMBER.size + name + extra + comment


def _tail(file: BinaryIO) -> tuple[bytes, int]:
    """The end of the file, as long as the longest comment allows, and where it starts."""
    size = file.seek(0, 2)
    start = max(0, size - COMMENT_MAX - END.size)
    file.seek(start)
    return file.read(), start
