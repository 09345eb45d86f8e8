"""What this floor contributes to the archive of a member: what they wrote, and what they did with texts of others.

What a text of somebody else is called stands there only where the member may still read it.
"""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.mydata.archive import front_matter
from accounts.mydata.own import table
from accounts.mydata.parts import Folder, Rows, Table, take_along
from communities import models

NAME_WORDS = 60  # characters of a title in the name of a file
TIMES = ("created_at", "edited_at", "deleted_at")


def contribute() -> None:
    _texts()
    _deeds()
    _things_kept()
    _places()


def _texts() -> None:
    take_along(Folder("posts", _("Your posts, one file each."), _posts, _post_file), models.Post)
    take_along(Folder("answers", _("Your answers and replies, one file each."), _answers, _answer_file), models.Answer)
    written = ("post_id", "answer_id", "kind", "body", "licence", *TIMES)
    table("comments", _("Your comments."), models.Comment, "author", *written)
    saved = ("post_id", "answer_id", "comment_id", "number", "title", "body", "tags", "note", "created_at")
    table("revisions", _("What you saved, also in texts of others."), models.Revision, "editor", *saved)
    suggested = ("post_id", "answer_id", "title", "body", "tags", "note", "created_at", "decided_at", "reason")
    table("suggestions", _("Edits that you suggested."), models.Suggestion, "author", *suggested)
    drafts = ("community__slug", "kind", "post_id", "answer_id", "fields", "saved_at", "deleted_at")
    table("drafts", _("What you began to write."), models.Draft, "author", *drafts)
    take_along(Folder("pictures", _("Pictures for your texts."), _pictures, _picture_file), models.Picture)


def _deeds() -> None:
    take_along(Table("votes", _("Your votes."), _votes), models.Vote)
    table("vote-changes", _("Each time that you voted."), models.VoteChange, "voter", "vote_id", "value", "at")
    judged = ("answer_id", "outcome", "reason", "created_at", "cleared_at")
    table("outcomes", _("How answers of others went for you, and reports."), models.Reaction, "by", *judged)
    endorsed = ("answer_id", "role", "created_at", "confirmed_at", "withdrawn_at")
    table("endorsements", _("Answers that you endorsed."), models.Endorsement, "by", *endorsed)
    verdicts = ("suggestion_id", "weight", "reason", "created_at")
    table("verdicts", _("What you said of suggested edits."), models.Verdict, "by", *verdicts)
    table("deflections", _("Posts that answered you before you asked."), models.Deflection, "person", "post_id", "at")
    table(
        "names-taken-off", _("Questions that you took your name off."), models.Disassociation, "person", "post_id", "at"
    )
    table("redactions", _("Texts that you took out of a history."), models.Redaction, "by", "reason", "created_at")
    table("callouts", _("Your calls to everyone."), models.Callout, "by", "community__slug", "post_id", "day")
    tags = ("community__slug", "name", "wiki", "created_at")
    table("tags", _("Tags that you proposed."), models.Tag, "proposed_by", *tags)
    table("visits", _("Posts that you read."), models.Visit, "membership__user", "post_id", "read_at")
    attended = ("membership__community__slug", "day", "minutes")
    table("days-of-reading", _("How long you were in communities."), models.Attendance, "membership__user", *attended)


def _things_kept() -> None:
    kept = ("post_id", "answer_id", "collection", "note", "remind_on", "created_at", "removed_at")
    table("bookmarks", _("Your bookmarks."), models.Bookmark, "owner", *kept)
    followed = ("community__slug", "tag__name", "post_id", "person__username", "level", "created_at")
    table("follows", _("What you follow."), models.Follow, "follower", *followed)
    table("lists", _("Lists that you keep."), models.SavedList, "owner", "name", "address", "created_at")


def _places() -> None:
    mine = ("community__slug", "community__name", "role", "trust_level", "joined_at", "xp", "level")
    table("memberships", _("Your communities."), models.Membership, "user", *mine)
    founded = ("name", "slug", "tagline", "about", "created_at")
    table("founded", _("Communities that you founded."), models.Community, "created_by", *founded)
    left = ("community__slug", "created_at")
    honours = ("site", "name", "grade", "count")
    table("honours", _("Badges that you brought from elsewhere."), models.Honour, "member", *honours)
    table("left-as-reader", _("Communities that you left while you could only read."), models.Silenced, "person", *left)


def _posts(member: User) -> QuerySet[models.Post]:
    return models.Post.objects.filter(author=member).select_related("community").order_by("pk")


def _post_file(post: models.Post) -> tuple[str, str]:
    facts = {
        "id": post.pk,
        "community": post.community.slug,
        "kind": post.kind,
        "title": post.title,
        "tags": [found.tag.name for found in post.tagged.select_related("tag").order_by("place")],
        "score": post.score,
        **_facts(post),
    }
    return f"{post.pk}-{slugify(post.title)[:NAME_WORDS]}.md", front_matter(facts, post.body)


def _answers(member: User) -> QuerySet[models.Answer]:
    readable = models.Post.objects.visible_to(member).filter(pk=OuterRef("post"))
    answers = models.Answer.objects.filter(author=member).select_related("post__community").order_by("pk")
    return answers.annotate(asked=Subquery(readable.values("title")))


def _answer_file(answer: models.Answer) -> tuple[str, str]:
    facts = {
        "id": answer.pk,
        "community": answer.post.community.slug,
        "post_id": answer.post_id,
        "post": answer.asked,  # type: ignore[attr-defined]  # annotated
        "score": answer.score,
        "accepted_at": answer.accepted_at,
        **_facts(answer),
    }
    return f"{answer.pk}.md", front_matter(facts, answer.body)


def _facts(content: models.Content) -> dict[str, Any]:
    return {"licence": content.licence, **{name: getattr(content, name) for name in TIMES}}


def _pictures(member: User) -> QuerySet[models.Picture]:
    return models.Picture.objects.filter(owner=member).order_by("pk")


def _picture_file(picture: models.Picture) -> tuple[str, Any]:
    return f"{picture.key}.webp", picture.file


def _votes(member: User) -> Rows:
    readable = models.Post.objects.visible_to(member).filter(pk=OuterRef("post"))
    votes = models.Vote.objects.filter(voter=member).annotate(on=Subquery(readable.values("title")))
    return votes.order_by("pk").values(
        "id", "post_id", "answer_id", "on", "value", "reason", "created_at", "changed_at"
    )
