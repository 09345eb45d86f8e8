"""What would be under other rules: nothing differs under the same ones, and what differs adds up by hand."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from communities.actions.answering import accept_answer
from communities.actions.voting import cast_vote
from gamification.models import DailyXP, Entry
from gamification.rules import RULES
from tests.addresses import table_digests
from tests.factories import make_answer, make_post
from tests.gamification.book import DAY, settle, xp


@pytest.fixture
def busy(ada, bob, otto, algebra) -> None:
    """A pair brings thirty a day: Bob has four votes of Ada, of forty; one of Otto, who accepted him, of thirty-five.

    Four of his answers settled two days ago.
    """
    answers = [make_answer(bob, make_post(ada, algebra, title=f"Question number {n} of hers")) for n in range(4)]
    settle(*answers, by=2 * DAY)
    for answer in answers:
        cast_vote(answer, by=ada, value=1)
    cast_vote(answers[0], by=otto, value=1)
    accept_answer(make_answer(bob, make_post(otto, algebra, title="A question by who owns this")), by=otto)


def replay(tmp_path: Path, draft: str, *options: str) -> list[str]:
    file = tmp_path / "draft.toml"
    file.write_text(draft, encoding="utf-8")
    said = StringIO()
    call_command("replay_xp", "--rules", str(file), *options, stdout=said)
    return said.getvalue().splitlines()


def test_same_rules_make_no_difference_and_nothing_is_written(busy, tmp_path):
    said = StringIO()
    call_command("replay_xp", "--print-rules", stdout=said)
    before = table_digests()
    for draft in ("", said.getvalue()):
        assert replay(tmp_path, draft) == [
            "2 members with XP in the last 90 days: 0 would gain, 0 would lose, +0 XP altogether."
        ]
    assert table_digests() == before
    assert all(f"[{key}]" in said.getvalue() for key in RULES)


@pytest.mark.parametrize(
    ("draft", "difference"),
    [
        ("[caps]\npair_a_day = 20", -20),
        ("[caps]\npair_a_day = 40\npair_a_month = 35", 10),
        ("[caps]\nsoft_a_day = 25", -15),
        ("[A2]\nxp = 6", -6),  # Otto brings thirty all the same
        ("[A4]\nxp = 15", -5),
        ("[A4]\nis_soft = true\n[caps]\nsoft_a_day = 50", -10),
        ("[A1]\ntimes_a_day = 2", -8),
        ("[A1.amounts]\n4 = 5", 4),
    ],
)
def test_draft_differs_by_what_one_works_out_by_hand(busy, bob, tmp_path, draft, difference):
    was = xp(bob)
    sign = "gain" if difference > 0 else "lose"
    lines = replay(tmp_path, draft)
    assert f"Would {sign} most:" in lines
    (line,) = [line.split() for line in lines if " bob (" in line]
    assert line[0] == f"{difference:+d}"
    assert (line[2], line[4].rstrip("),")) == (f"({was}", str(was + difference))


def test_days_before_the_first_one_are_left_out(busy, tmp_path):
    days = set(DailyXP.objects.values_list("utc_date", flat=True))
    assert max(days) - min(days) == timedelta(days=2)
    assert replay(tmp_path, "[A1]\nxp = 9", "--days", "2")[0].endswith("+0 XP altogether.")
    assert replay(tmp_path, "[A1]\nxp = 9", "--days", "3")[0].endswith("+20 XP altogether.")


@pytest.mark.parametrize(
    ("draft", "sentence"),
    [
        ("[A9]\nxp = 1", "[A9] is nothing that has rules; known are Q1, Q2"),
        ("[A2]\npoints = 1", "[A2] has no points; known are xp, asker, times_a_day, is_soft, amounts."),
        ("[caps]\nhour = 1", "[caps] has no hour; known are soft_a_day, pair_a_day, pair_a_month."),
        ("[A2]\nxp = '12'", "[A2] xp is '12'; it has to be of the kind int."),
        ("[A5.amounts]\nten = 12", "[A5] amounts says ten = 12; both have to be whole numbers."),
        ("A2 = 12", "[A2] is nothing that has rules"),
        ("[A2", "This is no TOML: "),
    ],
)
def test_draft_that_nobody_understands_is_named(db, tmp_path, draft, sentence):
    with pytest.raises(CommandError) as refused:
        replay(tmp_path, draft)
    assert sentence in str(refused.value)
    assert Entry.objects.count() == 0
