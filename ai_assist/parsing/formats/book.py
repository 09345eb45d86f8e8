"""EPUB: web pages in an archive, in the order in which its spine names them. Nothing is unpacked to a disk."""

import posixpath
import stat
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile, ZipInfo

from lxml import etree

from ..blocks import Facts, Page, Unreadable
from ..sections import in_sections
from . import Upload, web

CONTAINER = "META-INF/container.xml"
RIGHTS = {"META-INF/rights.xml", "META-INF/sinf.xml"}
"""Its texts are encrypted for one reader."""


def read(upload: Upload) -> Iterator[Page | Facts]:
    with ZipFile(upload.file) as archive:
        members = {member.filename: member for member in archive.infolist() if not _is_link(member)}
        if members.keys() & RIGHTS:
            raise Unreadable("unsupported")
        package_name = _xml(archive.read(CONTAINER)).find(".//{*}rootfile").get("full-path")
        package = _xml(archive.read(members[package_name]))
        number = 0
        for name in _spine(package, posixpath.dirname(package_name)):
            if name not in members:
                continue
            tree = web.tree_of(archive.read(members[name]))
            for page in in_sections(web.blocks_of(tree), first=number + 1) if tree is not None else ():
                number = page.number
                yield page
        yield Facts(_said(package, "title"), is_paged=False, language=_said(package, "language"))


def _spine(package: Any, folder: str) -> Iterator[str]:
    """Names in the archive. What leads out of it is just no name in it."""
    items = {item.get("id"): item.get("href", "") for item in package.iter("{*}item")}
    for reference in package.iter("{*}itemref"):
        href = unquote(items.get(reference.get("idref"), "").partition("#")[0])
        if href:
            yield posixpath.normpath(posixpath.join(folder, href))


def _is_link(member: ZipInfo) -> bool:
    return stat.S_ISLNK(member.external_attr >> 16)


def _xml(content: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    return etree.fromstring(content, parser)


def _said(package: Any, name: str) -> str:
    found = package.find(f".//{{http://purl.org/dc/elements/1.1/}}{name}")
    return " ".join((found.text or "").split()) if found is not None else ""
