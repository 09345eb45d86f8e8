"""Tags of a post: synonyms replaced, new ones made or proposed, counted with the posts that stand."""

import pytest
from django.core.exceptions import PermissionDenied

from communities.actions.posting import delete_post, edit_post, restore_post
from communities.counts import recount_community
from communities.models import Membership, Post, Role, Tag, Trust, tag_slug
from communities.tagging import slugs_of
from tests.factories import make_post, make_tag


def shown(post: Post) -> list[str]:
    return [tag["name"] for tag in Post.objects.with_tags().get(pk=post.pk).shown_tags]


def counts(community) -> dict[str, int]:
    return dict(Tag.objects.filter(community=community).values_list("slug", "post_count"))


def trust(person, community, level: Trust) -> None:
    Membership.objects.filter(user=person, community=community).update(trust_level=level)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Linear algebra", "linear-algebra"),
        ("#Matrices", "matrices"),
        ("C++", "c++"),
        (".NET", ".net"),
        ("Ａｌｇｅｂｒａ", "algebra"),
        ("тригонометрия", "тригонометрия"),
        ("गणित", "गणित"),
        ("a/b?c", "a-b-c"),
        ("..", ""),
        ("#", ""),
        ("\x00", ""),
    ],
)
def test_slug_keeps_letters_marks_and_digits_of_any_script(name, slug):
    assert tag_slug(name) == slug


def test_publish_keeps_the_order_and_replaces_synonyms(ada, algebra):
    signs, minus = make_tag(algebra, "Signs"), make_tag(algebra, "Minus")
    make_tag(algebra, "Negative", synonym_of=minus)
    post = make_post(ada, algebra, tags=["negative", "signs", "minus"])
    assert (slugs_of(post), shown(post)) == (["minus", "signs"], ["Minus", "Signs"])
    assert counts(algebra) == {"minus": 1, "signs": 1, "negative": 0}
    assert signs.tagged.get().posted_at == post.created_at


def test_new_tag_of_a_trusted_member_stands_and_others_propose(ada, bob, algebra):
    trust(bob, algebra, Trust.TRUSTED)
    proposing, making = make_post(ada, algebra, tags=["rare"]), make_post(bob, algebra, tags=["good"])
    assert (slugs_of(proposing), shown(proposing), shown(making)) == (["rare"], [], ["good"])
    facts = Tag.objects.order_by("slug").values_list("slug", "proposed_by", "approved_by")
    assert list(facts) == [("good", bob.pk, bob.pk), ("rare", ada.pk, None)]


def test_mentors_make_tags_whatever_their_trust(ada, algebra):
    Membership.objects.filter(user=ada).update(role=Role.MENTOR)
    assert shown(make_post(ada, algebra, tags=["good"])) == ["good"]


def test_tags_of_another_community_are_new_here(ada, algebra, closed):
    make_tag(closed, "Secret")
    post = make_post(ada, algebra, tags=["secret"])
    assert shown(post) == []
    assert post.tagged.get().tag.community == algebra


def test_too_many_and_no_topic_are_refused_whole(ada, algebra):
    make_tag(algebra, "Signs", is_topic=True)
    make_tag(algebra, "Other")
    for tags, said in (
        (["signs", "b", "c", "d", "e", "f"], "A post carries at most 5 tags."),
        (["other"], "A post in this community needs one of its topics as a tag."),
        ([], "A post in this community needs one of its topics as a tag."),
    ):
        with pytest.raises(PermissionDenied) as refusal:
            make_post(ada, algebra, tags=tags)
        assert str(refusal.value) == said
    assert (Post.objects.count(), counts(algebra)) == (0, {"signs": 0, "other": 0})


def test_edit_changes_tags_alone_and_shows_it(ada, algebra):
    for name in ("One", "Two", "Three"):
        make_tag(algebra, name)
    post = make_post(ada, algebra, tags=["one", "two"])
    edited = edit_post(post, by=ada, title=post.title, body=post.body, tags=["three", "one"])
    assert (shown(post), edited.version) == (["Three", "One"], 2)
    assert counts(algebra) == {"one": 1, "two": 0, "three": 1}
    again = edit_post(post, by=ada, title=post.title, body=post.body, tags=["three", "one"])
    assert again.version == 2
    edit_post(post, by=ada, title=post.title, body=f"{post.body} More.")
    assert shown(post) == ["Three", "One"]


def test_counts_follow_deletion_and_agree_with_the_recount(ada, algebra):
    make_tag(algebra, "Signs")
    post, other = make_post(ada, algebra, tags=["signs"]), make_post(ada, algebra, title="Another one", tags=["signs"])
    seen = [counts(algebra)["signs"]]
    for change in (delete_post, delete_post, restore_post, restore_post):
        change(post, by=ada)
        seen.append(counts(algebra)["signs"])
    assert seen == [2, 1, 1, 2, 2]
    delete_post(other, by=ada)
    Tag.objects.update(post_count=40)
    recount_community(algebra)
    assert counts(algebra) == {"signs": 1}
