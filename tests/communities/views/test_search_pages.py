"""The pages of the search."""

import pytest

from communities.actions.answering import accept_answer
from communities.actions.posting import convert_post
from communities.actions.voting import cast_vote
from communities.models import Community, Downvotes
from communities.rules import RATES
from net.limits import Rate
from tests.factories import make_answer, make_community, make_post, make_user

SCRIPTS = (
    "Ænglisc العربية Հայերեն বাংলা བོད 中文 Čeština ⲙⲉⲧ ދިވެހި Ελληνικά ગુજરાતી ქართული हिन्दी עברית "
    "ಕನ್ನಡ ខ្មែរ 한국어 ລາວ മലയാളം Монгол မြန်မာ ଓଡ଼ିଆ ਪੰਜਾਬੀ සිංහල ܠܫܢܐ தமிழ் తెలుగు ไทย አማርኛ 日本語 ᚱᚢᚾ"
)


@pytest.fixture
def solved(ada, bob, question):
    accept_answer(make_answer(bob, question, "A bracket is a <b>promise</b> about the order of signs."), by=ada)
    return question


def shown(page):
    return {
        "count": page.select_one(".search__count").get_text(strip=True),
        "titles": [title.get_text() for title in page.select(".post-row__title")],
        "marked": [mark.get_text() for mark in page.select("mark")],
        "hints": [hint.get_text(strip=True) for hint in page.select(".search__hint")],
    }


def test_results_mark_the_words_and_show_state_and_score(client, solved, read):
    page = read(client.get("/search/?q=sign+promise"))
    assert shown(page) == {
        "count": "1 post found",
        "titles": [solved.title],
        "marked": ["signs", "promise", "signs"],
        "hints": [],
    }
    row = page.select_one(".post-row")
    assert row.select_one("b") is None
    assert row.select_one(".post-row__answers").get_text() == "1 answeraccepted"
    assert row.select_one(".post-row__score").get_text() == "0 votes"
    assert row.select_one("a")["href"] == solved.get_absolute_url()
    assert row.select_one(".post-row__community").get_text() == "Algebra"


def test_result_that_is_an_answer_shows_its_state(client, solved, read):
    row = read(client.get("/search/?q=is:answer")).select_one(".post-row")
    assert row.select_one(".post-row__answers").get_text() == "answeraccepted"


def test_result_says_nothing_of_an_answer_that_nobody_has_judged(client, answer, read):
    words = [
        read(client.get(f"/search/?q={query}")).select_one(".post-row__answers") for query in ("sign", "is:answer")
    ]
    assert [word.get_text() for word in words] == ["1 answer", "answer"]


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("Take a bracket.\n\n$$\n\\begin{aligned} x &= 1 \\end{aligned}\n$$\n\nIts $x$.", "Take a bracket. … Its x."),
        ("Take a bracket.\n\n```python\nprint(1)\n```", "Take a bracket. print(1)"),
    ],
    ids=["formula", "code"],
)
def test_passages_leave_out_what_nobody_reads_in_a_line(client, ada, algebra, read, text, passage):
    make_post(ada, algebra, title="Of what does it consist?", body=text)
    page = read(client.get("/search/?q=is:question"))
    assert page.select_one(".post-row__excerpt").get_text() == passage


def test_results_of_answers_lead_to_the_answer(client, solved, read):
    page = read(client.get("/search/?q=is:answer+promise"))
    assert shown(page)["count"] == "1 answer found"
    answer = solved.answers.get()
    assert page.select_one(".post-row__title a")["href"] == answer.get_absolute_url()


def test_results_show_what_is_true_now(client, ada, bob, otto, solved, read):
    """Rows are kept in the cache."""
    answer = solved.answers.get()

    def seen():
        posts, answers = read(client.get("/search/?q=promise")), read(client.get("/search/?q=is:answer+promise"))
        there = read(client.get("/c/algebra/search/?q=promise"))
        rows = [page.select_one(".post-row") for page in (posts, answers, there)]
        assert rows[2].select_one(".post-row__community") is None
        return [
            (row.select_one(".post-row__score").get_text(), name and name.get_text())
            for row, name in ((row, row.select_one(".post-row__community")) for row in rows)
        ]

    assert seen() == [("0 votes", "Algebra"), ("0 votes", "Algebra"), ("0 votes", None)]
    Community.objects.update(name="Sums", downvotes=Downvotes.ALL)
    assert seen() == [("0 votes", "Sums"), ("0 votes", "Sums"), ("0 votes", None)]
    for kind in ("discussion", "resource"):
        convert_post(solved, by=otto, kind=kind)
        row = read(client.get("/search/?q=is:answer+promise")).select_one(".post-row__kind")
        assert row.get_text() == kind
    convert_post(solved, by=otto, kind="question")
    accept_answer(answer, by=ada)
    cast_vote(solved, by=bob, value=1)
    cast_vote(answer, by=otto, value=1)
    assert seen() == [("1 vote", "Sums"), ("1 vote", "Sums"), ("1 vote", None)]


def test_title_that_looks_like_our_own_marks_stays_a_title(client, ada, algebra, read):
    title = "<!--title--> and <!--passage--> are signs"
    make_post(ada, algebra, title=title, body="A text about zebras that is long enough to be asked.")
    page = read(client.get("/search/?q=zebras"))
    assert shown(page)["titles"] == [title]
    assert page.select_one(".post-row__excerpt").get_text() == "A text about zebras that is long enough to be asked."


def test_search_in_one_community_finds_only_there(client, ada, solved, read):
    elsewhere = make_community(make_user("olga"), ada, name="Elsewhere")
    make_post(ada, elsewhere, title="Signs of another kind")
    assert shown(read(client.get("/c/elsewhere/search/?q=signs")))["titles"] == ["Signs of another kind"]
    both = read(client.get("/search/?q=signs"))
    assert sorted(shown(both)["titles"]) == sorted(["Signs of another kind", solved.title])


def test_every_word_that_was_typed_comes_back_in_the_form(client, solved, read):
    page = read(client.get("/search/", {"q": 'foo:1 "signs flip" <i>'}))
    assert page.select_one("main input[name=q]")["value"] == 'foo:1 "signs flip" <i>'
    assert shown(page)["hints"] == [
        "There is no “foo:”; what there is: tag:, user:, is:, score:, answers:, state:, created:, in:."
    ]


def test_too_long_a_search_comes_back_with_a_sentence(client, db, read):
    response = client.get("/search/", {"q": "x" * 2000})
    page = read(response)
    assert response.status_code == 422
    assert page.select_one(".field__error").get_text(strip=True) == "Search for fewer words: 300 characters at most."
    assert page.select_one("main input[name=q]")["value"] == "x" * 2000


@pytest.mark.parametrize("text", ["", " ", "\u202eabc", SCRIPTS, "promise & | ! <-> :*", "a" * 300, "is:question"])
def test_strange_searches_are_searches(client, solved, text):
    for path in ("/search/", "/c/algebra/search/"):
        for order in ("relevance", "newest", "nonsense"):
            assert client.get(path, {"q": text, "order": order, "page": "-1"}).status_code == 200


@pytest.mark.parametrize("text", ["🙂🙃", "'; --", "& | ! <-> :*", '"', "-", "in:title", "x:1 -y:2", "the"])
def test_what_says_nothing_comes_back_with_a_sentence(client, solved, read, text):
    response = client.get("/search/", {"q": text})
    page = read(response)
    assert (response.status_code, page.select_one("main input[name=q]")["value"]) == (422, text)
    assert {len(hint.get_text(strip=True)) > 20 for hint in page.select(".search__hint")} == {True}
    assert page.select("#found, #results") == []


def test_search_is_kept_as_a_list(client_of, ada, solved, read):
    browser = client_of(ada)
    form = read(browser.get("/c/algebra/search/?q=sign+is:question&order=newest&page=1")).select_one(".save-list form")
    given = {field["name"]: field.get("value", "") for field in form.select("input")} | {"name": "Signs"}
    kept = browser.post(form["action"], given)["Location"]
    assert kept == "/c/algebra/search/?q=sign+is%3Aquestion&order=newest"
    assert shown(read(browser.get(kept)))["titles"] == [solved.title]


def test_pages_of_results_follow_each_other(client, ada, algebra, read, monkeypatch):
    monkeypatch.setattr("communities.rules.SEARCH_PER_PAGE", 2)
    for number in range(5):
        make_post(ada, algebra, title=f"Signs and their number {number}")
    titles = []
    for page in range(1, 4):
        titles += shown(read(client.get(f"/search/?q=signs&order=newest&page={page}")))["titles"]
    assert titles == [f"Signs and their number {number}" for number in (4, 3, 2, 1, 0)]
    last = read(client.get("/search/?q=signs&order=newest&page=99"))
    assert shown(last)["titles"] == titles[-1:]
    assert last.select_one(".pages [aria-current]").get_text() == "3"


def test_strangers_search_less_often_than_members(client, client_of, ada, monkeypatch):
    monkeypatch.setitem(RATES, "search", Rate(2, 24 * 3600))
    monkeypatch.setitem(RATES, "search signed out", Rate(1, 24 * 3600))
    member = client_of(ada)
    assert [client.get("/search/?q=x").status_code for _ in range(2)] == [200, 429]
    assert [member.get("/search/?q=x").status_code for _ in range(3)] == [200, 200, 429]
    assert client.get("/search/").status_code == 200
    assert client.get("/search/?q=x", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_header_searches_where_one_is(client, solved, read):
    there = read(client.get(solved.get_absolute_url())).select_one(".site-header__search")
    anywhere = read(client.get("/about/")).select_one(".site-header__search")
    assert (there["action"], there.input["aria-label"]) == ("/c/algebra/search/", "Search Algebra")
    assert (anywhere["action"], anywhere.input["aria-label"]) == ("/search/", "Search")


def similar(page):
    return [link.get_text() for link in page.select(".search__titles a")]


def test_mistyped_search_names_titles_with_similar_words(client, solved, read):
    assert similar(read(client.get("/search/?q=brakets"))) == [solved.title]
    assert similar(read(client.get("/c/algebra/search/?q=brackits+flipp"))) == [solved.title]
    assert similar(read(client.get("/search/?q=brackets"))) == []
    assert similar(read(client.get("/search/?q=quaternions"))) == []


def test_mistyped_search_names_no_titles_that_one_may_not_see(client, client_of, ada, closed, read):
    make_post(ada, closed, title="The quaternions of Hamilton")
    assert similar(read(client.get("/search/?q=quaternoins"))) == []
    assert similar(read(client_of(ada).get("/search/?q=quaternoins"))) == ["The quaternions of Hamilton"]
