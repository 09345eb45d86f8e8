"""A community with one of everything, and the address of each route in it."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from ai_assist.actions.folders import make_folder
from ai_assist.models import Audience, Document, Folder
from communities.actions.answering import delete_answer
from communities.actions.commenting import delete_comment
from communities.actions.endorsing import endorse_answer
from communities.actions.posting import delete_post
from communities.models import Answer, Comment, Community, Picture, Post, Revision, Suggestion, Tag
from tests.factories import (
    make_answer,
    make_comment,
    make_delivery,
    make_document,
    make_page,
    make_picture,
    make_post,
    make_suggestion,
    make_tag,
)
from webhooks.models import Delivery

GONE = "This one was deleted again by its author"


@dataclass(frozen=True)
class Place:
    """What stands, by Ada and Bob, and what they deleted."""

    community: Community
    post: Post
    answer: Answer
    comment: Comment
    on_answer: Comment
    deleted_post: Post
    deleted_answer: Answer
    deleted_comment: Comment
    tag: Tag
    picture: Picture
    suggestion: Suggestion
    on_answer_suggested: Suggestion
    folder: Folder
    document: Document
    delivery: Delivery

    @property
    def revision(self) -> Revision:
        """The only one of the post."""
        return Revision.objects.of(self.post).get()

    def address(self, name: str) -> str:
        """Of the route of this name; what can be restored is what was deleted."""
        post, answer = self.post, self.answer
        slug, pks = self.community.slug, (post.pk, answer.pk)
        given: dict[str, tuple[object, ...]] = {
            "community_role": (slug, self.community.memberships.get(user=self.post.author).pk),
            "tags": (slug,),
            "tag_create": (slug,),
            **dict.fromkeys(
                ("tag", "tag_edit", "tag_follow", "tag_merge", "tag_separate", "tag_judge"), (slug, self.tag.slug)
            ),
            "post_ask": (slug,),
            "post_similar": (slug,),
            "post": (slug, post.pk),
            "post_detail": (slug, post.pk, post.slug),
            "answer": (slug, *pks),
            "comment": (slug, post.pk, self.comment.pk),
            "comment_on_answer": (slug, *pks, self.on_answer.pk),
            "post_restore": (self.deleted_post.pk,),
            "answer_restore": (self.deleted_answer.pk,),
            "comment_restore": (self.deleted_comment.pk,),
            "answer_create": (post.pk,),
            "suggestion": (slug, post.pk, self.suggestion.pk),
            "suggestion_on_answer": (slug, *pks, self.on_answer_suggested.pk),
            "picture_add": (slug,),
            "picture": (self.picture.key,),
            "endorsement_withdraw": (answer.endorsements.get().pk,),
            "ai_assist:read_from": (self.document.uuid,),
            **dict.fromkeys(("ai_assist:read", "ai_assist:read_picture"), (self.document.uuid, 1)),
            **dict.fromkeys(("webhooks:webhooks", "webhooks:webhook_create"), (slug,)),
            **dict.fromkeys(
                ("webhooks:delivery", "webhooks:delivery_resend"),
                (slug, self.delivery.webhook_id, self.delivery.uuid),
            ),
            **dict.fromkeys(("ai_assist:folder_edit", "ai_assist:folder_delete"), (self.folder.pk,)),
        }
        by_noun = {"community": slug, "post": post.pk, "answer": answer.pk, "comment": self.comment.pk}
        by_noun["suggestion"] = self.suggestion.pk
        by_noun["revision"] = self.revision.pk
        by_noun |= {"ai_assist:community": slug, "ai_assist:document": self.document.uuid}
        by_noun["gamification:community_board"] = slug
        if name.startswith("webhooks:webhook"):
            given.setdefault(name, (slug, self.delivery.webhook_id))
        noun = name.partition("_")[0] if ":" not in name else "_".join(name.split("_")[:2])
        return reverse(full_name(name), args=given.get(name) or (by_noun[noun],))


def full_name(route: str) -> str:
    """Those without the name of an app are of communities."""
    return route if ":" in route else f"communities:{route}"


def furnish(community: Community, ada: User, bob: User) -> Place:
    post = make_post(ada, community)
    picture = make_picture(ada, community)
    answer = make_answer(bob, post)
    place = Place(
        community=community,
        post=post,
        answer=answer,
        comment=make_comment(ada, post),
        on_answer=make_comment(ada, answer),
        deleted_post=make_post(ada, community, title=GONE),
        deleted_answer=make_answer(bob, post, GONE),
        deleted_comment=make_comment(ada, post, GONE),
        tag=make_tag(community, "Signs", wiki=picture.get_absolute_url()),
        picture=picture,
        suggestion=make_suggestion(bob, post),
        on_answer_suggested=make_suggestion(ada, answer),
        folder=make_folder(by=ada, name="Lectures", community=community),
        document=make_document(ada, community, audience=Audience.PUBLIC),
        delivery=make_delivery(community, post),
    )
    make_page(place.document, ("prose", "A minus before brackets turns every sign."))
    endorse_answer(answer, by=community.created_by)
    delete_post(place.deleted_post, by=ada)
    delete_answer(place.deleted_answer, by=bob)
    delete_comment(place.deleted_comment, by=ada)
    return place
