"""The files of the demo, as they are read."""

from pathlib import Path

import pytest

from communities.demo.threads import Change, Malformed, Note, read_thread

THREAD = """+++
title = "Why is the sky not violet?"
kind = "question"
author = "jun"
days_ago = 3
tags = ["light", "colour"]
+++
Short waves scatter more.

+++
comment = "mina"
+++
More than which?

+++
answer = "noor"
hours_later = 2
up = 4
accepted = true
+++
Your eye answers that.

+++
comment = "jun"
kind = "improve"
+++
Say which waves.
"""


def test_thread_holds_its_answers_and_the_comments_of_each(tmp_path: Path) -> None:
    thread = read_thread(_file(tmp_path, THREAD))
    assert (thread.author, thread.days_ago, thread.body) == ("jun", 3, "Short waves scatter more.")
    assert thread.tags == ["light", "colour"]
    assert thread.notes == [Note("mina", "More than which?")]
    assert [(reply.author, reply.up, reply.accepted) for reply in thread.replies] == [("noor", 4, True)]
    assert thread.replies[0].notes == [Note("jun", "Say which waves.", "improve")]


def test_thread_holds_what_texts_said_before_and_what_is_suggested(tmp_path: Path) -> None:
    changes = (
        '+++\nearlier = "why so"\n+++\nShort waves.\n\n+++\nsuggests = "noor"\nnote = "longer"\n+++\nLong waves.\n\n'
    )
    first, _, rest = THREAD.partition("+++\ncomment")
    thread = read_thread(_file(tmp_path, f"{first}{changes}+++\ncomment{rest}"))
    assert thread.changes == [Change("why so", "Short waves."), Change("longer", "Long waves.", by="noor")]
    assert thread.notes == [Note("mina", "More than which?")]


@pytest.mark.parametrize(
    "broken",
    [
        THREAD.replace("days_ago = 3\n", "days_ago = 3\n+++\n", 1),
        THREAD.replace('author = "jun"', "author = jun"),
        THREAD.replace("up = 4", "ups = 4"),
        "Words before the header.\n" + THREAD,
    ],
    ids=["fence missing", "not TOML", "unknown key", "text before the header"],
)
def test_broken_file_is_named(tmp_path: Path, broken: str) -> None:
    with pytest.raises(Malformed, match=r"01-sky\.md: "):
        read_thread(_file(tmp_path, broken))


def _file(folder: Path, text: str) -> Path:
    path = folder / "01-sky.md"
    path.write_text(text, encoding="utf-8")
    return path
