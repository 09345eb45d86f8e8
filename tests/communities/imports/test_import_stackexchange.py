"""A dump that is whole: what becomes of it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from accounts.models import User
from communities.actions.community import join_community
from communities.actions.posting import edit_post
from communities.actions.voting import cast_vote
from communities.counts import recount_votes, with_drifted_votes
from communities.models import Answer, Comment, Community, Post, Vote, VoteChange
from notifications.models import Notification
from tests.communities.imports.state import everything
from tests.communities.imports.tiny import SITE, write_whole_dump
from tests.factories import make_community, make_user

Import = Callable[..., str]


def test_import_sums_up_what_it_made(import_from: Import, tea: Path) -> None:
    assert import_from(tea).splitlines() == [
        f"From {SITE} into Tea (/c/tea/).",
        "questions          2           2 new, 0 already here",
        "answers            3           3 new, 0 already here",
        "comments           2           2 new, 0 already here",
        "people             4           4 new, 0 already here",
        "tags               1           1 new, 0 already here",
        "accepted           1",
        "writers            5   members who can claim what they wrote",
    ]
    assert (Post.objects.count(), Answer.objects.count(), Comment.objects.count()) == (2, 3, 2)


def test_import_credits_author_licence_and_original(import_from: Import, tea: Path) -> None:
    import_from(tea)
    credit = ("origin_url", "licence", "author__origin_url", "author__name")
    assert set(Post.objects.values_list(*credit)) == {
        (f"{SITE}/q/1", "CC BY-SA 3.0", f"{SITE}/users/7", "Ægir Óskarsson"),
        (f"{SITE}/q/2", "CC BY-SA 4.0", f"{SITE}/users?filter=user9", "user9"),
    }
    assert set(Answer.objects.values_list(*credit)) == {
        (f"{SITE}/a/3", "CC BY-SA 3.0", f"{SITE}/users/8", "ada"),
        (f"{SITE}/a/4", "CC BY-SA 4.0", f"{SITE}/users/-1", "Community"),
        (f"{SITE}/a/6", "CC BY-SA 4.0", f"{SITE}/users", "deleted user"),
    }
    assert set(Comment.objects.values_list(*credit)) == {
        (f"{SITE}/posts/comments/1", "CC BY-SA 4.0", f"{SITE}/users/8", "ada"),
        (f"{SITE}/posts/comments/2", "CC BY-SA 4.0", f"{SITE}/users?filter=user9", "user9"),
    }


def test_import_keeps_texts_titles_and_dates(import_from: Import, tea: Path) -> None:
    import_from(tea)
    question = Post.objects.get(origin_url=f"{SITE}/q/1")
    assert question.title == "Too hot?"
    assert question.body == "How hot for *green* tea?\n\nA thermometer costs \\$5 or \\$6."
    assert question.created_at == datetime(2018, 5, 1, 23, 59, 59, 997000, tzinfo=UTC)
    assert question.edited_at == datetime(2018, 5, 3, 10, tzinfo=UTC)
    assert Answer.objects.get(origin_url=f"{SITE}/a/4").body == f"1. 80 °C, see [here]({SITE}/q/2)\n2. not H₂O at 100"
    assert Answer.objects.get(origin_url=f"{SITE}/a/3").body == "```py\nsteep(80)\n```"


def test_import_executes_nothing(import_from: Import, tea: Path) -> None:
    import_from(tea)
    assert Post.objects.get(origin_url=f"{SITE}/q/2").html == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"


def test_import_puts_comments_where_they_were_and_links_no_names(import_from: Import, tea: Path, ada: User) -> None:
    community = make_community(make_user("mina"), ada, name="Tea")
    import_from(tea)
    on_question, on_answer = Comment.objects.order_by("origin_url")
    assert (on_question.post.origin_url, on_question.answer) == (f"{SITE}/q/1", None)
    assert on_question.html == "<p>Boil it, @ada. <em>Really</em>.</p>\n"
    assert on_answer.answer is not None
    assert (on_answer.post.origin_url, on_answer.answer.origin_url) == (f"{SITE}/q/1", f"{SITE}/a/4")
    assert on_answer.html == "<p># thanks</p>\n"
    assert on_answer.post.community == community


def test_import_counts_votes_and_a_recount_agrees(import_from: Import, tea: Path) -> None:
    import_from(tea)
    votes = ("origin_url", "up", "down", "imported_up", "imported_down")
    assert set(Post.objects.values_list(*votes)) == {(f"{SITE}/q/1", 4, 1, 4, 1), (f"{SITE}/q/2", 0, 1, 0, 1)}
    assert set(Answer.objects.values_list(*votes)) == {
        (f"{SITE}/a/3", 0, 0, 0, 0),
        (f"{SITE}/a/4", 2, 0, 2, 0),
        (f"{SITE}/a/6", 1, 0, 1, 0),
    }
    assert list(with_drifted_votes(Post)) + list(with_drifted_votes(Answer)) == []
    question = Post.objects.get(origin_url=f"{SITE}/q/1")
    recount_votes(question)
    assert (question.up, question.down) == (4, 1)


def test_import_without_votes_takes_the_score(import_from: Import, tea: Path) -> None:
    (tea / "Votes.xml").unlink()
    import_from(tea)
    assert set(Post.objects.values_list("origin_url", "up", "down")) == {
        (f"{SITE}/q/1", 3, 0),
        (f"{SITE}/q/2", 0, 1),
    }


def test_votes_here_are_added_to_imported_ones(import_from: Import, tea: Path, ada: User) -> None:
    """Also when the file of votes comes later than the members."""
    votes = (tea / "Votes.xml").rename(tea / "later")
    import_from(tea)
    question = Post.objects.get(origin_url=f"{SITE}/q/1")
    join_community(question.community, by=ada)
    cast_vote(question, by=ada, value=1)
    votes.rename(tea / "Votes.xml")
    import_from(tea)
    question.refresh_from_db()
    assert (question.up, question.down, question.imported_up, question.imported_down) == (5, 1, 4, 1)


def test_import_accepts_on_the_day_of_the_vote(import_from: Import, tea: Path) -> None:
    import_from(tea)
    accepted = Answer.objects.get(accepted_at__isnull=False)
    assert accepted.origin_url == f"{SITE}/a/4"
    assert accepted.accepted_at == accepted.post.accepted_at == datetime(2018, 5, 6, tzinfo=UTC)
    assert accepted.accepted_by == accepted.post.author


def test_import_without_votes_accepts_at_once(import_from: Import, tea: Path) -> None:
    (tea / "Votes.xml").unlink()
    import_from(tea)
    accepted = Answer.objects.get(accepted_at__isnull=False)
    assert accepted.accepted_at == accepted.created_at


def test_import_counts_members_posts_and_answers(import_from: Import, tea: Path) -> None:
    import_from(tea)
    community = Community.objects.get()
    assert (community.slug, community.visibility, community.created_by.username) == ("tea", "public", "olga")
    assert (community.member_count, community.post_count) == (6, 2)
    assert dict(Post.objects.values_list("origin_url", "answer_count")) == {
        f"{SITE}/q/1": 2,
        f"{SITE}/q/2": 1,
    }


def test_writers_are_stubs_to_be_claimed(import_from: Import, tea: Path) -> None:
    make_user("ada-8")
    import_from(tea)
    stubs = User.objects.exclude(origin_url=None)
    assert {user.username for user in stubs} == {
        "gir-oskarsson-7",
        "ada-8-" + next(user.username for user in stubs if user.name == "ada")[6:],
        "community-1",
        "user9-gone",
        "deleted-user",
        "silent-reader-99",
    }
    for user in stubs:
        user.full_clean(exclude=["password"])
        assert (user.is_stub, user.is_active, user.has_usable_password(), user.email) == (
            True,
            True,
            False,
            "",
        )


def test_import_without_users_calls_them_by_number(import_from: Import, tea: Path) -> None:
    (tea / "Users.xml").unlink()
    import_from(tea)
    assert User.objects.get(origin_url=f"{SITE}/users/7").display_name == "user 7"


def test_import_tells_nobody_and_casts_no_votes(import_from: Import, tea: Path) -> None:
    import_from(tea)
    assert not any(model.objects.exists() for model in (Notification, Vote, VoteChange))


def test_importing_again_changes_nothing(import_from: Import, tea: Path) -> None:
    import_from(tea)
    before = everything()
    versions = (
        list(Post.objects.order_by("pk").values_list("version")),
        list(Answer.objects.values_list("version")),
    )
    assert "2           0 new, 2 already here" in import_from(tea)
    assert everything() == before
    assert versions == (
        list(Post.objects.order_by("pk").values_list("version")),
        list(Answer.objects.values_list("version")),
    )


def test_importing_again_keeps_what_members_changed(import_from: Import, tea: Path) -> None:
    import_from(tea)
    question = Post.objects.get(origin_url=f"{SITE}/q/1")
    edit_post(
        question,
        by=question.author,
        title="Which heat does green tea want?",
        body="I know now that 80 °C is right.",
    )
    import_from(tea)
    question.refresh_from_db()
    assert question.body == "I know now that 80 °C is right."


def test_two_sites_with_the_same_numbers_stay_apart(import_from: Import, tmp_path: Path) -> None:
    import_from(write_whole_dump(tmp_path / "tea"))
    import_from(write_whole_dump(tmp_path / "tea-meta"))
    assert Post.objects.filter(origin_url__startswith="https://tea.meta.stackexchange.com/q/").count() == 2
    assert Post.objects.count() == 4
