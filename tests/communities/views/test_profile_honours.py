"""Honours from elsewhere on a profile: who sees which."""

import pytest
from bs4 import BeautifulSoup

from communities import rules
from communities.models import Community, Grade, Honour
from tests.factories import make_stub


def earn(member, community: Community, name: str, *, grade: Grade = Grade.BRONZE, count: int = 1) -> None:
    site = "https://tea.example"
    Honour.objects.create(member=member, community=community, site=site, name=name, grade=grade, count=count)


def shown(client) -> list[tuple[str, list[str]]]:
    page = BeautifulSoup(client.get("/members/euler/").content, "html.parser")
    return [
        (dt.get_text(), [" ".join(li.get_text().split()) for li in dt.find_next_sibling("dd").find_all("li")])
        for dt in page.select(".honours dt")
    ]


@pytest.fixture
def euler(db):
    return make_stub("euler")


def test_profile_lists_honours_by_grade_with_counts_and_their_site(euler, algebra, client_of):
    earn(euler, algebra, "Supporter")
    earn(euler, algebra, "Teacher <b>", count=2)
    earn(euler, algebra, "Unsung Hero", grade=Grade.GOLD)
    assert shown(client_of(None)) == [("Gold", ["Unsung Hero"]), ("Bronze", ["Teacher <b> × 2,", "Supporter"])]
    page = BeautifulSoup(client_of(None).get("/members/euler/").content, "html.parser")
    assert page.select_one(".honours").find_previous_sibling("p").get_text() == "tea.example"


def test_honours_of_a_private_community_are_for_those_inside(euler, closed, client_of, ada, eve):
    earn(euler, closed, "Teacher")
    assert [shown(client_of(reader)) for reader in (ada, eve, None)] == [[("Bronze", ["Teacher"])], [], []]


def test_profile_lists_at_most_sixty_honours_the_rarest_first(euler, algebra, client_of):
    for number in range(rules.HONOURS_SHOWN):
        earn(euler, algebra, f"Honour {number}")
    earn(euler, algebra, "Unsung Hero", grade=Grade.GOLD)
    gold, (_, bronze) = shown(client_of(None))
    assert (gold, len(bronze)) == (("Gold", ["Unsung Hero"]), rules.HONOURS_SHOWN - 1)
