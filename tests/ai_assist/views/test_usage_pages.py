"""What was used: by oneself, by a community for its moderators, and by everybody for those who run the site."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from ai_assist import rules
from ai_assist.models import Usage
from tests.factories import make_community, make_user


def today():
    return timezone.now().date()


@pytest.fixture
def algebra(otto, ada):
    community = make_community(otto, ada)
    for day, questions in ((today(), 3), (today() - timedelta(days=29), 40), (today() - timedelta(days=30), 500)):
        Usage.objects.create(member=ada, day=day, questions=questions, tokens=12_000, tokens_out=2_000)
    Usage.objects.create(member=ada, documents=7, bytes=50 * rules.MB)
    Usage.objects.create(community=community, day=today(), questions=9, tokens=1_000_000)
    Usage.objects.create(member=otto, day=today(), questions=6)
    return community


def used(page) -> dict[str, str]:
    rows = page.select(".usage__row")
    return {row.select_one(".usage__name").get_text(): row.select_one(".usage__amount").get_text() for row in rows}


def by_day(page) -> list[list[str]]:
    return [[cell.get_text() for cell in row.select("td")] for row in page.select(".usage__table tbody tr")]


def test_own_page_shows_today_what_is_kept_and_thirty_days(
    algebra, ada, client_of, read, django_assert_max_num_queries
):
    browser = client_of(ada)
    with django_assert_max_num_queries(5):
        page = read(browser.get("/library/usage/"))
    assert used(page) == {
        "Questions": "3 of 100",
        "Tokens of the chat model": "12,000 of 200,000",
        "Scanned pages": "0 of 200",
        "Uploads": "0 of 50",
        "Documents": "7 of 200",
        "Files": "50.0\xa0MB of 500.0\xa0MB",
    }
    assert page.select_one("progress[aria-label=Files]")["value"] == str(50 * rules.MB)
    assert by_day(page) == [["3", "12,000", "0", "0"], ["40", "12,000", "0", "0"]]
    assert page.select(f"a[href='/c/{algebra.slug}/library/usage/']") == []


def test_moderators_see_what_their_community_used(algebra, otto, ada, client_of, read):
    address = f"/c/{algebra.slug}/library/usage/"
    own = read(client_of(otto).get("/library/usage/"))
    assert own.select_one(f".card a[href='{address}']").get_text() == "Algebra"
    page = read(client_of(otto).get(address))
    assert used(page)["Questions"] == "9 of 1,000"
    assert by_day(page) == [["9", "1,000,000", "0", "0"]]
    refused = client_of(ada).get(address)
    assert refused.status_code == 403
    assert read(refused).select_one(".sorry__text").get_text() == "Only moderators see what the community used."
    for person, leads_to in ((otto, address), (ada, "/library/usage/")):
        library = read(client_of(person).get(f"/c/{algebra.slug}/library/"))
        assert library.select_one(".allowance a")["href"] == leads_to


def test_staff_see_sums_and_cost(algebra, ada, client_of, read, settings):
    settings.AI_PRICES = (Decimal("0.50"), Decimal(100))
    browser = client_of(make_user("grace", is_staff=True, is_superuser=True))
    page = read(browser.get("/admin/ai_assist/usage/"))
    tables = [
        [[cell.get_text() for cell in row.select("th, td")] for row in table.select("tbody tr")]
        for table in page.select("#content table")
    ]
    assert tables == [
        [["ada", "43", "24,000", "4,000", "0.41", "0", "0"], ["otto", "6", "0", "0", "0.00", "0", "0"]],
        [[algebra.slug, "9", "1,000,000", "0", "0.50", "0", "0"]],
    ]
    assert (
        "49 questions and 24,000 tokens, 4,000 of them written. Cost: 0.41." in page.select_one("#content").get_text()
    )
    settings.AI_PRICES = None
    assert "nobody knows the cost" in read(browser.get("/admin/ai_assist/usage/")).select_one("#content").get_text()
