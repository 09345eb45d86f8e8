"""What an @ or a # may mean: members and tags of this community, and only for its members."""

import pytest

from communities.actions.community import join_community
from communities.models import Membership, Tag
from communities.rules import COMPLETIONS, RATES
from net.limits import Rate
from tests.factories import make_tag, make_user

ADDRESS = "/c/algebra/completions/"


@pytest.fixture
def suggested(client_of, read):
    """What this person is offered for this word, and what is said aloud."""

    def ask(person, word: str, address: str = ADDRESS) -> tuple[list[str], str]:
        page = read(client_of(person).get(address, {"word": word}))
        options = [option["data-text"] for option in page.select("[role=option]")]
        return options, page.select_one("#live").get_text().strip()

    return ask


def test_members_are_found_by_the_beginning_of_either_name(ada, bob, otto, eve, algebra, suggested):
    for username, name in (("grace", "Otilia"), ("x_otto", "Xaver"), ("Ottilie", "")):
        join_community(algebra, by=make_user(username, name=name))
    assert suggested(ada, "@ot") == (["@Ottilie", "@grace", "@otto"], "3 suggestions: arrows choose, Enter takes one")
    assert suggested(ada, "@OTTO") == (["@otto"], "1 suggestion: Enter takes it")
    assert suggested(ada, "@ev")[0] == []  # not a member
    assert suggested(ada, "@ad")[0] == []  # oneself


def test_members_who_are_gone_or_left_are_not_suggested(ada, bob, otto, algebra, suggested):
    bob.is_active = False
    bob.save()
    Membership.objects.filter(user=otto).delete()
    assert (suggested(ada, "@bo")[0], suggested(ada, "@ot")[0]) == ([], [])


def test_tags_are_those_that_everybody_sees_the_most_used_first(ada, algebra, closed, suggested):
    linear = make_tag(algebra, "Linear algebra", post_count=2)
    make_tag(algebra, "Lines", post_count=7)
    make_tag(algebra, "Linearity", approved_at=None)
    make_tag(algebra, "Lin", synonym_of=linear)
    make_tag(closed, "Linen")
    assert suggested(ada, "#LIN")[0] == ["#lines", "#linear-algebra"]


@pytest.mark.parametrize("word", ["", "@", "#", "ada", "bob", "@%", "@_", "#%", "@" + "o" * 200])
def test_words_that_mean_nothing_get_nothing(ada, bob, algebra, suggested, word):
    make_tag(algebra, "Lines")
    assert suggested(ada, word) == ([], "")


def test_suggestions_are_eight_at_most(ada, algebra, suggested):
    for number in range(COMPLETIONS + 1):
        join_community(algebra, by=make_user(f"zoe{number}"))
        make_tag(algebra, f"zeta {number}")
    assert (len(suggested(ada, "@zoe")[0]), len(suggested(ada, "#zeta")[0])) == (8, 8)
    assert Tag.objects.count() == 9


def test_outsiders_and_who_only_reads_are_told_nothing(ada, bob, eve, algebra, closed, client_of, suggested):
    Membership.objects.filter(user=bob, community=algebra).update(role="read-only")
    asked = {"word": "@ot"}
    assert [client_of(person).get(ADDRESS, asked).status_code for person in (eve, None, bob)] == [403, 403, 403]
    hidden = f"/c/{closed.slug}/completions/"
    assert [client_of(person).get(hidden, asked).status_code for person in (eve, None)] == [404, 404]
    assert suggested(ada, "@ot", hidden)[0] == ["@otto"]


def test_asking_too_often_is_refused(ada, algebra, client_of, monkeypatch):
    monkeypatch.setitem(RATES, "completion", Rate(1, 24 * 3600))
    browser = client_of(ada)
    assert [browser.get(ADDRESS, {"word": "@o"}).status_code for _ in range(2)] == [200, 429]
