"""What is found: by which words and operators, in which order, and by whom."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from communities import rules
from communities.actions.answering import accept_answer, delete_answer
from communities.actions.posting import delete_post, disassociate_post, edit_post
from communities.actions.voting import cast_vote
from communities.counts import recount_answers
from communities.models import Answer, Community, Language, Post, PostKind
from communities.searching.find import Order, search
from communities.searching.operators import OPERATORS, STATES
from tests.factories import make_answer, make_community, make_post, make_user

STRANGER = AnonymousUser()
AGES = "write an age like <1w (h, d, w, m, y) or a day like >2026-01-31."
KINDS = ", ".join(f"is:{kind}" for kind in [*PostKind.values, "answer"])
STATE_LIST = ", ".join(f"state:{name}" for name in STATES)
TEXT = "A text that is long enough to be asked and says nothing."


@pytest.fixture
def find(algebra):
    """The titles that a stranger finds; of answers their text."""

    def found(text, reader=STRANGER, community=None, order=Order.RELEVANCE):
        search_ = search(text, reader, community, order)
        if search_.conditions.wants_answers:
            return [Answer.objects.get(pk=pk).body for pk in search_.ids]
        return [Post.objects.get(pk=pk).title for pk in search_.ids]

    return found


@pytest.fixture
def ask(ada, algebra):
    return lambda title, body=TEXT, **fields: make_post(
        fields.pop("by", ada), algebra, title=title, body=body, **fields
    )


def test_find_orders_by_where_the_words_stand(find, ask, ada, bob):
    in_answer, in_accepted = ask("The first of these posts"), ask("The second one of them")
    ask("The third one of them", f"Tensor. {TEXT}")
    ask("A tensor in the title")
    make_answer(bob, in_answer, "It is a tensor, as you will see.")
    accept_answer(make_answer(bob, in_accepted, "It is a tensor, as you will see."), by=ada)
    newest = ["A tensor in the title", "The third one of them", "The second one of them", "The first of these posts"]
    title, body, accepted, answer = newest
    assert find("tensor") == [title, accepted, body, answer]
    assert find("tensor", order=Order.NEWEST) == newest


def test_find_wants_all_words_phrases_as_they_stand_and_no_excluded_ones(find, ask):
    ask("Chain rule of derivatives")
    ask("A rule about every chain")
    ask("Rules for tuning forks")
    assert find("chain rules") == ["Chain rule of derivatives", "A rule about every chain"]
    assert find('"chain rule"') == ["Chain rule of derivatives"]
    assert find("rule -chain") == ["Rules for tuning forks"]
    assert find("-chain") == ["Rules for tuning forks"]
    assert sorted(find('rule -"chain rule"')) == ["A rule about every chain", "Rules for tuning forks"]


def test_find_in_titles_only(find, ask):
    ask("The tensor of inertia")
    ask("Something of inertia", f"Tensor. {TEXT}")
    assert find("in:title tensor") == ["The tensor of inertia"]


def test_find_parts_of_dotted_names(find, ask):
    ask("What does list.append return")
    assert find("append") == find("list.append") == ["What does list.append return"]


def test_operators_narrow_what_is_found(find, ask, ada, bob, otto):
    plain = ask("A plain question asked here")
    ask("A plain discussion held here", kind="discussion", by=bob)
    liked = ask("A plain question people like")
    cast_vote(liked, by=bob, value=1)
    answer = make_answer(bob, liked)
    accept_answer(answer, by=ada)
    Post.objects.filter(pk=plain.pk).update(created_at=timezone.now() - timedelta(days=30))
    both = ["A plain question people like", "A plain question asked here"]
    assert find("is:question") == find("plain -is:discussion") == both
    assert find("user:bob") == find("user:@BOB plain") == ["A plain discussion held here"]
    assert find("score:>=1") == find("answers:1") == find("answers:>0") == find("state:accepted") == both[:1]
    assert find("is:question answers:0") == find("created:>1w") == find("is:question -state:accepted") == both[1:]
    assert find("created:<1w is:question") == both[:1]
    yesterday = (timezone.now() - timedelta(days=1)).date()
    assert find(f"is:question created:>={yesterday}") == both[:1]
    assert find(f"created:<{yesterday}") == both[1:]


def test_find_by_the_state_of_any_answer(find, ask, bob):
    post = ask("Which of the answers is good")
    ask("Nobody knows about this one")
    good, other = (
        make_answer(bob, post, "The good one of the answers."),
        make_answer(post.author, post, "It is a bad one, really."),
    )
    Answer.objects.filter(pk=good.pk).update(up=5, endorsed_at=timezone.now())
    recount_answers(post)
    assert find("state:validated") == find("answers:2 -state:stale") == [post.title]
    assert find("is:answer state:validated") == find("is:answer -state:unreviewed") == [good.body]
    assert find("is:answer state:unreviewed") == [other.body]
    assert find("state:unreviewed") == find("-state:stale answers:2") == [post.title]
    assert find("state:accepted") == find("state:supported") == []
    assert find("-state:unreviewed") == ["Nobody knows about this one"]
    delete_answer(other, by=other.author)
    assert find("state:unreviewed") == []


def test_find_tags_by_name_and_by_synonym(find, ask, algebra):
    post = ask("About the limits of sums")
    tag = algebra.tags.create(name="Limits", slug="limits", approved_at=timezone.now(), post_count=1)
    algebra.tags.create(name="Bounds", slug="bounds", approved_at=timezone.now(), synonym_of=tag)
    algebra.tags.create(name="Empty", slug="empty", approved_at=timezone.now())
    post.tagged.create(tag=tag, place=0, posted_at=post.created_at)
    ask("About the limits of lines")
    assert find("tag:limits") == find("tag:bounds limits") == ["About the limits of sums"]
    assert find("limits -tag:limits") == ["About the limits of lines"]
    assert find("tag:empty") == []


def test_find_answers_that_have_all_the_words_themselves(find, ask, ada, bob):
    post = ask("Where does the momentum go")
    both, one = (
        "The momentum goes into the wall, which is heavy.",
        "The wall of the house is not what I would begin with.",
    )
    accept_answer(make_answer(bob, post, both), by=ada)
    make_answer(ada, post, one)
    assert find("is:answer momentum wall") == [both]
    assert find("is:answer wall state:accepted") == find("is:answer user:bob") == [both]
    assert find("is:answer -momentum") == [one]
    assert find("is:answer", order=Order.NEWEST) == [one, both]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("colour:red sums", f"There is no “colour:”; what there is: {', '.join(f'{name}:' for name in OPERATORS)}."),
        ("tag:nowhere sums", "“tag:nowhere”: there is no such tag."),
        ("tag: sums", "“tag:”: write a name right behind the colon."),
        ("user:@ sums", "“user:@”: write a name right behind the colon."),
        ("user:nobody sums", "“user:nobody”: nobody has this name."),
        ("is:poem sums", f"“is:poem” is not known; what there is: {KINDS}."),
        ("in:body sums", "“in:body”: only “in:title” is known."),
        ("score:many sums", "“score:many”: write a number, like 3 or >=3."),
        ("-answers:>= sums", "“-answers:>=”: write a number, like 3 or >=3."),
        ("answers:>=-1 sums", "“answers:>=-1”: write a number, like 3 or >=3."),
        ("state:happy sums", f"“state:happy” is not known; what there is: {STATE_LIST}."),
        ("created:<1x sums", f"“created:<1x”: {AGES}"),
        ("created:<3000y sums", f"“created:<3000y”: {AGES}"),
        ("created:2026-02-30 sums", f"“created:2026-02-30”: {AGES}"),
    ],
)  # fmt: skip
def test_wrong_operator_is_named_and_the_rest_is_searched(find, ask, text, hint):
    ask("About the sums of rows")
    assert search(text, STRANGER, None, Order.RELEVANCE).hints == [hint]
    assert find(text) == ["About the sums of rows"]


NOTHING = "There is nothing in this to search for; write a word or an operator."


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("the of", "Nearly every text has these words; add one that is not in all of them."),
        ("& | ! <-> :*", NOTHING),
        ("🙂🙃", NOTHING),
        ("in:title", NOTHING),
        ("tag:nowhere", "“tag:nowhere”: there is no such tag."),
    ],
)
def test_what_nobody_can_search_for_is_said_to_be_such(find, ask, text, hint):
    ask("What is the use of it")
    found = search(text, STRANGER, None, Order.RELEVANCE)
    assert (found.is_senseless, found.hints, found.ids) == (True, [hint], [])


def test_where_nothing_may_be_seen_nothing_is_found(db):
    found = search("sums", STRANGER, None, Order.RELEVANCE)
    assert (found.is_senseless, found.hints, found.ids) == (False, [], [])


def test_find_searches_each_community_in_its_language(find, ask, ada):
    spanish = make_community(make_user("olga"), ada, name="Spanish")
    Community.objects.filter(pk=spanish.pk).update(language=Language.SPANISH)
    spanish.refresh_from_db()
    make_post(ada, spanish, title="Las canciones de la radio")
    ask("Canción: how do I say it")
    assert find("cancioncitas cancion") == []
    assert find("canción") == ["Canción: how do I say it", "Las canciones de la radio"]
    assert find("cancion") == find("las radio") == find("radio", community=spanish) == ["Las canciones de la radio"]


def test_only_members_find_what_is_private(find, closed, ada, bob, eve):
    make_answer(bob, make_post(ada, closed, title="The secret of the tensor"), "It is a tensor, between us.")
    for text in ("tensor", "in:title tensor", "user:ada", "answers:1", "is:question", "-sums"):
        assert find(text) == find(text, reader=eve) == []
        assert find(text, reader=bob) == ["The secret of the tensor"]
    for text in ("is:answer tensor", "is:answer", "is:answer user:bob"):
        assert find(text) == find(text, reader=eve) == []
        assert find(text, reader=bob) == ["It is a tensor, between us."]


def test_nobody_finds_what_is_deleted_or_stood_in_an_older_text(find, ask, ada, bob):
    post, gone = ask("About the sums of rows", f"Zirconium. {TEXT}"), ask("A question about zirconium")
    answer = make_answer(bob, post, "Zirconium is the word that nobody else says.")
    edit_post(post, by=ada, title=post.title, body=f"Nothing of it. {TEXT}")
    delete_post(gone, by=ada)
    delete_answer(answer, by=bob)
    for reader in (STRANGER, ada, bob):
        assert find("zirconium", reader=reader) == find("is:answer user:bob", reader=reader) == []
        assert find("user:ada", reader=reader) == [post.title]


def test_who_took_their_name_off_is_not_found_by_it(find, ask, ada, bob):
    post = ask("About the sums of rows")
    cast_vote(make_answer(bob, post), by=ada, value=1)
    disassociate_post(post, by=ada)
    assert find("user:ada") == []


def test_tags_of_private_communities_are_not_even_hinted_at(find, closed, eve):
    closed.tags.create(name="Secret", slug="secret", approved_at=timezone.now())
    assert search("tag:secret", eve, None, Order.NEWEST).hints == ["“tag:secret”: there is no such tag."]


@pytest.fixture
def small(monkeypatch):
    """Limits that a test can reach."""
    for name, value in {
        "TITLES": 2,
        "TEXTS": 3,
        "COMMON": 2,
        "SAMPLE": 3,
        "DEPTH": 4,
        "PER_PAGE": 2,
        "ANSWERED": 2,
    }.items():
        monkeypatch.setattr(rules, f"SEARCH_{name}", value)


def test_common_words_are_found_in_the_newest_posts_and_capped(find, ask, small):
    for number in range(8):
        ask(f"About the sums of rows {number}", f"Every text about columns {number} says columns. {TEXT}")
    newest = [f"About the sums of rows {number}" for number in (7, 6, 5)]
    assert sorted(find("columns")) == sorted(newest)
    assert search("columns", STRANGER, None, Order.RELEVANCE).is_capped
    assert find("is:question") == newest
    assert find("score:0 columns", order=Order.NEWEST) == newest


def test_rare_word_is_found_however_old(find, ask, small):
    ask("About the quaternions of Hamilton")
    for number in range(8):
        ask(f"About the sums of rows {number}")
    assert find("quaternion") == ["About the quaternions of Hamilton"]
    assert not search("quaternion", STRANGER, None, Order.RELEVANCE).is_capped


def test_narrow_operators_look_beyond_the_newest(find, ask, small, bob):
    ask("Asked by Bob long ago", by=bob)
    for number in range(8):
        ask(f"About the sums of rows {number}")
    assert find("user:bob") == ["Asked by Bob long ago"]
