"""Reading a dump, however large it is."""

import tracemalloc
from pathlib import Path

from communities.imports.dump import Dump
from tests.communities.imports.tiny import POSTS, row_text, write_dump


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    folder = write_dump(tmp_path / "tea", Posts=[])
    row = row_text(POSTS[0] | {"Body": "x" * 2_000}) + "\n"
    (folder / "Posts.xml").write_text("<posts>\n" + row * 8_000 + "</posts>", encoding="utf-8")
    dump = Dump(folder, say=print)
    tracemalloc.start()
    try:
        assert sum(len(batch) for batch in dump.batches("Posts.xml", "all")) == 8_000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (folder / "Posts.xml").stat().st_size > 16_000_000
    assert peak < 5_000_000


def test_rows_may_be_spread_over_lines(tmp_path: Path) -> None:
    folder = write_dump(tmp_path / "tea", Posts=[])
    (folder / "Posts.xml").write_text('<posts><row Id="1"\n  Score="2" />\n<row Id="2" /></posts>', encoding="utf-8")
    rows = [row for batch in Dump(folder, say=print).batches("Posts.xml", "all") for row in batch]
    assert [(row.line, row.values) for row in rows] == [(1, {"Id": "1", "Score": "2"}), (3, {"Id": "2"})]
