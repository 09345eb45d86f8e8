"""What moderators do with tags: approve, rename, place in the tree, merge."""

import pytest
from django.core.exceptions import PermissionDenied

from communities.actions.posting import edit_post, publish_post
from communities.actions.tagging import approve_tag, create_topic, describe_tag, merge_tags, reject_tag, separate_tag
from communities.models import Membership, Post, Role, Tag
from communities.topics import parents_for, topic_tree
from tests.communities.actions.test_tagging import shown
from tests.factories import make_post, make_tag


@pytest.fixture
def tree(algebra) -> dict[str, Tag]:
    """One chain of three levels, and a root beside it."""
    root = make_tag(algebra, "Root", is_topic=True)
    middle = make_tag(algebra, "Middle", is_topic=True, parent=root)
    leaf = make_tag(algebra, "Leaf", is_topic=True, parent=middle)
    return {"root": root, "middle": middle, "leaf": leaf, "other": make_tag(algebra, "Other", is_topic=True)}


def described(tag: Tag, by, **changes) -> Tag:
    given = {"name": tag.name, "is_topic": tag.is_topic, "parent": tag.parent, "wiki": tag.wiki}
    return describe_tag(tag, by=by, **given | changes)


def test_every_verb_is_refused_to_all_but_moderators(ada, bob, eve, algebra):
    tag, other, proposed = make_tag(algebra, "A"), make_tag(algebra, "B"), make_tag(algebra, "C", approved_at=None)
    Membership.objects.filter(user=bob).update(role=Role.MENTOR)
    before = list(Tag.objects.order_by("pk").values())
    for person in (ada, bob, eve):
        for verb in (
            lambda by: create_topic(algebra, by=by, name="New", parent=None, wiki=""),
            lambda by: described(tag, by, name="Renamed"),
            lambda by: merge_tags(tag, by=by, into=other),
            lambda by: separate_tag(tag, by=by),
            lambda by: approve_tag(proposed, by=by),
            lambda by: reject_tag(proposed, by=by),
        ):
            with pytest.raises(PermissionDenied) as refusal:
                verb(person)
            assert str(refusal.value) == "Only moderators can change tags."
    assert list(Tag.objects.order_by("pk").values()) == before


def test_approved_tag_appears_and_rejected_one_is_gone(ada, otto, algebra):
    post = make_post(ada, algebra, tags=["rare", "silly"])
    rare, silly = Tag.objects.get(slug="rare"), Tag.objects.get(slug="silly")
    approve_tag(rare, by=otto)
    reject_tag(silly, by=otto)
    reject_tag(rare, by=otto)
    rare.refresh_from_db()
    post.refresh_from_db()
    assert (shown(post), post.version, rare.approved_by) == (["rare"], 2, otto)
    assert list(Tag.objects.all()) == [rare]


def test_renamed_tag_leaves_its_address_as_a_synonym_and_can_go_back(ada, otto, algebra):
    tag = make_tag(algebra, "Signs")
    post = make_post(ada, algebra, tags=["signs"])
    described(tag, otto, name="Plus and minus", wiki="About *marks*.")
    tag.refresh_from_db()
    post.refresh_from_db()
    assert (tag.slug, tag.wiki_html) == ("plus-and-minus", "<p>About <em>marks</em>.</p>\n")
    assert (shown(post), post.version) == (["Plus and minus"], 2)
    assert Tag.objects.get(slug="signs").synonym_of == tag
    described(tag, otto, name="Signs")
    assert sorted(Tag.objects.values_list("slug", "synonym_of")) == [("plus-and-minus", tag.pk), ("signs", None)]


def test_name_of_another_tag_is_refused(otto, algebra):
    tag = make_tag(algebra, "Signs")
    make_tag(algebra, "Taken")
    with pytest.raises(PermissionDenied) as refusal:
        described(tag, otto, name="taken")
    assert str(refusal.value) == "There is another tag of this name; merge the two."


def test_tree_has_three_levels_and_no_ring(otto, algebra, tree):
    def names(steps) -> list[tuple[str, int]]:
        return [(topic.name, depth) for topic, depth in steps]

    assert names(topic_tree(tree.values())) == [("Other", 0), ("Root", 0), ("Middle", 1), ("Leaf", 2)]
    assert names(parents_for(algebra, None)) == [("Other", 0), ("Root", 0), ("Middle", 1)]
    assert names(parents_for(algebra, tree["middle"])) == [("Other", 0), ("Root", 0)]
    assert names(parents_for(algebra, tree["root"])) == []
    for tag, parent in (("root", "leaf"), ("root", "root"), ("other", "leaf"), ("root", "other")):
        with pytest.raises(PermissionDenied) as refusal:
            described(tree[tag], otto, parent=tree[parent])
        assert str(refusal.value) == "A topic can't stand below itself, nor on a fourth level."
    assert described(tree["other"], otto, parent=tree["middle"]).parent == tree["middle"]


def test_topic_with_topics_below_it_stays_one(otto, tree):
    with pytest.raises(PermissionDenied) as refusal:
        described(tree["root"], otto, is_topic=False)
    assert str(refusal.value) == "Other topics stand below this one; move them first."


def test_created_topic_may_be_a_tag_that_was_there(ada, otto, algebra):
    post = make_post(ada, algebra, tags=["signs"])
    topic = create_topic(algebra, by=otto, name="Signs", parent=None, wiki="")
    assert (topic.is_topic, topic.proposed_by, topic.approved_by, shown(post)) == (True, ada, otto, ["Signs"])


def test_merge_moves_posts_synonyms_and_topics_and_stays_a_synonym(ada, otto, algebra, tree):
    into = tree["other"]
    old = make_tag(algebra, "Old word", synonym_of=tree["middle"])
    only, both = (
        publish_post(algebra, by=ada, kind="question", title=f"About {tags}", body="x" * 40, tags=tags)
        for tags in (["middle"], ["other", "middle", "root"])
    )
    merge_tags(tree["middle"], by=otto, into=into)
    merge_tags(tree["middle"], by=otto, into=into)
    assert (shown(only), shown(both)) == (["Other"], ["Other", "Root"])
    facts = {tag.slug: (tag.synonym_of, tag.parent, tag.post_count) for tag in Tag.objects.all()}
    assert facts == {
        "root": (None, None, 1),
        "middle": (into, None, 0),
        "leaf": (None, into, 0),
        "other": (None, None, 2),
        old.slug: (into, None, 0),
    }
    assert list(Post.objects.order_by("pk").values_list("version", flat=True)) == [2, 2]


def test_separated_tag_is_back_on_the_posts_it_came_from(ada, otto, algebra):
    minus, less, signs, _rules = (make_tag(algebra, name) for name in ("Minus", "Less", "Signs", "Rules"))
    own, theirs, both, rewritten = (
        make_post(ada, algebra, title=f"About {tags}, the {n}th of them", tags=tags)
        for n, tags in enumerate((["minus"], ["less"], ["signs", "minus"], ["minus"]))
    )
    merge_tags(less, by=otto, into=minus)
    merge_tags(minus, by=otto, into=signs)
    edit_post(rewritten, by=ada, title=rewritten.title, body=f"{rewritten.body} Really.", tags=["signs", "rules"])
    for _ in range(2):
        separate_tag(minus, by=otto)
    posts = [own, theirs, both, rewritten]
    assert [shown(post) for post in posts] == [["Minus"], ["Signs"], ["Signs"], ["Signs", "Rules"]]
    separate_tag(less, by=otto)
    assert [shown(post) for post in posts] == [["Minus"], ["Less"], ["Signs"], ["Signs", "Rules"]]
    facts = {tag.slug: (tag.synonym_of, tag.post_count) for tag in Tag.objects.all()}
    assert facts == {"minus": (None, 1), "less": (None, 1), "signs": (None, 2), "rules": (None, 1)}
    assert list(Post.objects.order_by("pk").values_list("version", flat=True)) == [3, 4, 2, 3]


def test_merge_into_what_cannot_take_it_is_refused(otto, algebra, closed, tree):
    plain, synonym = make_tag(algebra, "Plain"), make_tag(algebra, "Word", synonym_of=tree["other"])
    abroad, waiting = make_tag(closed, "Abroad"), make_tag(algebra, "Waiting", approved_at=None)
    elsewhere = "Choose another tag of this community to merge it into."
    for tag, into, said in (
        (plain, plain, elsewhere),
        (plain, synonym, elsewhere),
        (plain, abroad, elsewhere),
        (plain, waiting, elsewhere),
        (synonym, plain, elsewhere),
        (tree["other"], plain, "A topic can only be merged into another topic."),
        (tree["root"], tree["leaf"], "The topics below this one don't fit below the other; move them first."),
        (tree["root"], tree["middle"], "The topics below this one don't fit below the other; move them first."),
    ):
        with pytest.raises(PermissionDenied) as refusal:
            merge_tags(tag, by=otto, into=into)
        assert str(refusal.value) == said
