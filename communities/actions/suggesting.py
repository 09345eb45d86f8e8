"""Suggested edits: suggesting, reworking, and deciding together."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities import permissions, rules
from communities.actions.locking import lock_content
from communities.actions.rewriting import write_text
from communities.actions.telling import tell_about_suggestion, tell_about_verdict
from communities.actions.unfit import Unfit
from communities.history import Moved, Text, Words, latest_revision, words_of
from communities.models import Answer, Membership, Post, Suggestion, Tag, Verdict
from communities.signals import suggestion_approved
from communities.tagging import choose, put_tags


def suggest_edit(
    content: Post | Answer,
    text: Text,
    *,
    by: User,
    note: str,
    began_with: str = "",
    tags: Sequence[str] | None = None,
) -> Suggestion:
    """A text that waits for a verdict, one a person and text; its author is told. The same again is the same.

    `tags` of a post are slugs (None: as they are); what the community does not have is left out. Locks the text, then
    the person. Raises `Moved` when it no longer says what `began_with` names.
    """
    with transaction.atomic():
        locked = lock_content(content)
        if not permissions.can_suggest(_membership(by, locked), locked):
            raise PermissionDenied(_("You can change this yourself, or you only read here."))
        if began_with and began_with != words_of(locked).fingerprint:
            raise Moved
        wanted = _wanted(locked, text, tags)
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        waiting = Suggestion.objects.waiting().filter(author=by)
        if twin := waiting.filter(**_thing(locked)).first():
            if (twin.text, tuple(twin.slugs)) != (wanted.text, wanted.tags):
                raise Unfit(_("Your last suggestion for this text still waits; you can rework it."))
            return twin
        if waiting.count() >= rules.SUGGESTIONS_WAITING:
            said = _("%(most)s of your suggestions wait already; come back when one of them is decided.")
            raise Unfit(said % {"most": rules.SUGGESTIONS_WAITING})
        suggestion = Suggestion(**_thing(locked), author=by, base=latest_revision(locked), note=note)
        _write(suggestion, wanted)
        suggestion.save()
        tell_about_suggestion(suggestion)
    return suggestion


def rework_suggestion(
    suggestion: Suggestion,
    text: Text,
    *,
    by: User,
    note: str,
    began_with: str = "",
    tags: Sequence[str] | None = None,
) -> None:
    """Puts another text in its place, on top of what is read now; verdicts so far are void. Its author stays.

    Who suggested may, and who decides alone.
    """
    with transaction.atomic():
        content, locked = _lock(suggestion)
        if locked.decided_at is not None:
            raise Unfit(_("It has been decided meanwhile."))
        if not permissions.can_rework(_membership(by, content), locked, by):
            raise PermissionDenied(_("Only who suggested this, or who decides about it, can rework it."))
        if began_with and began_with != words_of(content).fingerprint:
            raise Moved
        _write(locked, _wanted(content, text, tags))
        locked.note, locked.base = note, latest_revision(content)
        locked.reworked_by = by if by.pk != locked.author_id else locked.reworked_by
        locked.save()
        locked.verdicts.all().delete()


def approve_suggestion(suggestion: Suggestion, *, by: User) -> None:
    """Says yes. With enough weight it becomes a revision by who suggested it. Idempotent, also for two at once.

    Locks text and suggestion. Tells who suggested and the author, announces `suggestion_approved`. Raises `Moved` when
    the text is another than the one it began with.
    """
    with transaction.atomic():
        content, locked = _lock(suggestion)
        weight = _checked_weight(by, content, locked)
        if locked.decided_at is not None:
            return
        if locked.base_id != latest_revision(content).pk:
            raise Moved
        if _said(locked, by, weight, "") < rules.SUGGESTION_DECIDED_AT:
            return
        before = words_of(content)
        if isinstance(content, Post) and locked.tags != locked.base.tags:
            _put_suggested_tags(content, locked, by)
        locked.revision = write_text(content, before, locked.text, editor=locked.author, note=locked.note, is_step=True)
        _decide(locked, by)
        tell_about_verdict(locked, by)
        suggestion_approved.send(Suggestion, suggestion=locked)


def reject_suggestion(suggestion: Suggestion, *, by: User, reason: str) -> None:
    """Says no, and why. With enough weight it is rejected; who suggested is told. Idempotent."""
    if not reason.strip():
        raise PermissionDenied(_("Say why; who suggested this will read it."))
    with transaction.atomic():
        content, locked = _lock(suggestion)
        weight = _checked_weight(by, content, locked)
        if locked.decided_at is not None:
            return
        if _said(locked, by, weight, reason) < rules.SUGGESTION_DECIDED_AT:
            return
        locked.reason = reason
        _decide(locked, by)
        tell_about_verdict(locked, by)


def withdraw_suggestion(suggestion: Suggestion, *, by: User) -> None:
    """Takes one's own suggestion back before it is decided. Idempotent."""
    with transaction.atomic():
        _content, locked = _lock(suggestion)
        if locked.author_id != by.pk:
            raise PermissionDenied(_("Only who suggested this can take it back."))
        if locked.decided_at is None:
            locked.reason = _("taken back")
            _decide(locked, by)


def _wanted(content: Post | Answer, text: Text, tags: Sequence[str] | None) -> Words:
    """What it should say; raises when it says so already."""
    (title, body), before = text, words_of(content)
    slugs = before.tags
    if isinstance(content, Post) and tags is not None:
        slugs = tuple(tag.slug for tag in choose(content.community, tags).tags)
    wanted = Words(body, title, slugs)
    if wanted == before:
        raise Unfit(_("This is what it says already: change something, then suggest it."))
    return wanted


def _write(suggestion: Suggestion, wanted: Words) -> None:
    suggestion.title, suggestion.body = wanted.text
    suggestion.tags = ", ".join(wanted.tags)


def _put_suggested_tags(post: Post, suggestion: Suggestion, by: User) -> None:
    """Those that the community still has. What is only proposed was not seen by who suggested, so it stays."""
    me = _membership(by, post)
    unseen = Tag.objects.proposed().filter(tagged__post=post).values_list("slug", flat=True)
    known = [tag.slug for tag in choose(post.community, [*suggestion.slugs, *unseen]).tags]
    if me is not None:
        put_tags(post, known[: rules.TAGS_MAX], me=me)


def _decide(suggestion: Suggestion, by: User) -> None:
    suggestion.decided_at, suggestion.decided_by = timezone.now(), by
    suggestion.save()


def _said(suggestion: Suggestion, by: User, weight: int, reason: str) -> int:
    """One's last word counts. Returns the weight of all who say the same and may still say it."""
    Verdict.objects.update_or_create(suggestion=suggestion, by=by, defaults={"weight": weight, "reason": reason})
    alike = suggestion.verdicts.exclude(reason="") if reason else suggestion.verdicts.filter(reason="")
    content = suggestion.content
    return sum(
        min(verdict.weight, permissions.weight_of_verdict(_membership(verdict.by, content), content))
        for verdict in alike.select_related("by")
    )


def _lock(suggestion: Suggestion) -> tuple[Post | Answer, Suggestion]:
    """The text first."""
    content = lock_content(suggestion.content)
    rows = Suggestion.objects.select_for_update(of=("self",), no_key=True)
    locked = rows.select_related("author", "post__community", "post__author", "answer__author").get(pk=suggestion.pk)
    return content, locked


def _checked_weight(by: User, content: Post | Answer, suggestion: Suggestion) -> int:
    weight = _weight(by, content, suggestion)
    if not weight or content.is_deleted:
        raise PermissionDenied(_("Only its author, mentors and members whom the community trusts decide about edits."))
    return weight


def _weight(by: User, content: Post | Answer, suggestion: Suggestion) -> int:
    return 0 if suggestion.author_id == by.pk else permissions.weight_of_verdict(_membership(by, content), content)


def _membership(by: User, content: Post | Answer) -> Membership | None:
    return Membership.objects.of(by, content.post.community_id)


def _thing(content: Post | Answer) -> dict[str, Post | Answer | None]:
    return {"post": content.post, "answer": content if isinstance(content, Answer) else None}
