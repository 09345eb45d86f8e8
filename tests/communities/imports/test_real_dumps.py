"""Whole dumps of real sites, where there are any: all of it arrives, and says what the originals say."""

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from bs4 import BeautifulSoup
from defusedxml.ElementTree import iterparse
from django.db.models import Sum

from accounts.models import User
from communities.imports.sites import site_of_folder
from communities.models import Answer, Comment, Content, Honour, Membership, Post, PostLink, Tag

FOLDER = os.environ.get("STACKEXCHANGE_DUMPS", "")
DUMPS = sorted(path.parent for path in Path(FOLDER).glob("*/Posts.xml")) if FOLDER else []

pytestmark = pytest.mark.skipif(not DUMPS, reason="STACKEXCHANGE_DUMPS names no folder with unpacked dumps")


@pytest.mark.parametrize("folder", DUMPS, ids=lambda folder: folder.name)
def test_everything_arrives_as_it_was(import_from: Callable[..., str], folder: Path) -> None:
    assert "left out" not in import_from(folder)
    site = site_of_folder(folder)
    rows = Counter()
    for row in _rows(folder / "Posts.xml"):
        if row.get("PostTypeId") == "1":
            content: Content = Post.objects.get(origin_url=site.question(int(row.attrib["Id"])))
        elif row.get("PostTypeId") == "2":
            content = Answer.objects.get(origin_url=site.answer(int(row.attrib["Id"])))
        else:
            continue
        rows[type(content)] += 1
        rows["accepted"] += "AcceptedAnswerId" in row.attrib
        assert content.score == int(row.attrib["Score"])
        assert content.licence == row.get("ContentLicense", content.licence)
        assert _words(content.html) == _words(_without_pictures(row.attrib["Body"]))
    assert (rows[Post], rows[Answer]) == (Post.objects.count(), Answer.objects.count())
    assert rows["accepted"] == Answer.objects.filter(accepted_at__isnull=False).count()
    held = {file: _count(folder / f"{file}.xml") for file in ("Comments", "Users", "Tags", "PostLinks", "Badges")}
    numbered = User.objects.filter(origin_url__regex=r"/users/-?\d+$")
    assert held == {
        "Comments": Comment.objects.count(),
        "Users": numbered.count() if held["Users"] else 0,
        "Tags": Tag.objects.count() if held["Tags"] else 0,
        "PostLinks": PostLink.objects.count(),
        "Badges": Honour.objects.aggregate(count=Sum("count", default=0))["count"],
    }
    assert not Membership.objects.filter(user__in=numbered.filter(posts=None, answers=None, comments=None)).exists()


def _count(path: Path) -> int:
    return len(list(_rows(path))) if path.exists() else 0


def _rows(path: Path) -> list[Element]:
    return [element for _, element in iterparse(path) if element.tag == "row"]


def _without_pictures(html: str) -> str:
    soup = BeautifulSoup(html, "html.parser")
    for picture in soup.find_all("img"):
        words = str(picture.get("alt") or "")
        picture.replace_with("Image" if words in ("", "enter image description here") else words)
    return str(soup)


def _words(html: str) -> str:
    """The characters that one reads, indices on the line, without spaces."""
    soup = BeautifulSoup(html, "html.parser")
    for bar in soup.find_all(class_="code__bar"):
        bar.decompose()
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", soup.get_text()))
