"""Founding, describing, joining and leaving a community."""

import secrets

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from communities import permissions, rules
from communities.actions.unfit import Unfit
from communities.models import Community, Licence, Membership, Rewording, Role, Silenced, Trust, Visibility
from communities.signals import language_changed, member_joined, member_left
from communities.writing import write_about
from notifications.actions import withdraw

SLUG_TRIES = 50


def create_community(*, by: User, name: str, tagline: str, about: str, visibility: str) -> Community:
    """Founds a community with `by` as its owner. The address comes from the name, numbered when it is taken.

    The same words twice within minutes are one community (a double click). Locks the founder.
    """
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        since = timezone.now() - rules.SAME_TEXT_WINDOW
        words = {"name": name, "tagline": tagline, "about": about, "visibility": visibility}
        if twin := Community.objects.filter(created_by=by, created_at__gt=since, **words).first():
            return twin
        return _found(by=by, **words)


def _found(*, by: User, name: str, tagline: str, about: str, visibility: str) -> Community:
    stem = slugify(name)[:50] or "community"
    for number in range(1, SLUG_TRIES):
        slug = stem if number == 1 else f"{stem}-{number}"
        if Community.objects.filter(slug=slug).exists():
            continue
        community = Community(created_by=by, name=name, slug=slug, tagline=tagline, visibility=visibility)
        community.licence = Licence.INTERNAL if community.is_private else Licence.CC_BY_SA_4
        write_about(community, about)
        try:
            with transaction.atomic():
                community.invite_key = _invite_key(community)
                community.member_count = 1
                community.save()
                Membership.objects.create(community=community, user=by, role=Role.OWNER, trust_level=Trust.KNOWN)
        except IntegrityError:  # somebody took the address in this moment
            continue
        return community
    raise Unfit(_("There are too many communities of this name; choose another."))


def describe_community(community: Community, *, by: User, name: str, tagline: str, about: str, visibility: str) -> None:
    """Changes how a community presents itself and who can read it; its address stays. Owners only.

    What becomes private leaves the inboxes of those outside. Locks the community also against `lock_readers`.
    """
    with transaction.atomic():
        locked = Community.objects.select_for_update().get(pk=community.pk)
        if not permissions.can_manage(Membership.objects.of(by, locked)):
            raise PermissionDenied(_("Only owners can change the community."))
        was_private = locked.is_private
        locked.name, locked.tagline, locked.visibility = name, tagline, visibility
        locked.invite_key = locked.invite_key or _invite_key(locked)
        write_about(locked, about)
        locked.save()
        if locked.is_private and not was_private:
            members = User.objects.filter(memberships__community=locked)
            withdraw(url=locked.get_absolute_url(), but_for=members)


def set_house_rules(
    community: Community,
    *,
    by: User,
    language: str,
    licence: str,
    has_ai_use: bool,
    downvotes: str,
    has_second_answers: bool,
) -> None:
    """Decides how a community is searched, what may be done with its texts, and what members may do. Owners only.

    Another language announces `language_changed`: a worker then writes anew what is searched.
    """
    with transaction.atomic():
        locked = Community.objects.select_for_update(no_key=True).get(pk=community.pk)
        if not permissions.can_manage(Membership.objects.of(by, locked)):
            raise PermissionDenied(_("Only owners can change the community."))
        is_new_language = locked.language != language
        locked.language, locked.licence, locked.downvotes = language, licence, downvotes
        locked.has_ai_use, locked.has_second_answers = has_ai_use, has_second_answers
        locked.save(update_fields=["language", "licence", "has_ai_use", "downvotes", "has_second_answers"])
        if is_new_language:
            anew = {"done_to": 0, "moved_at": timezone.now()}
            rewording, _is_new = Rewording.objects.update_or_create(community=locked, defaults=anew)
            language_changed.send(Rewording, rewording=rewording)


def guide_asking(community: Community, *, by: User, question_template: str, asking_hints: str) -> None:
    """Changes what the ask form of the community begins with and says beside it. Owners only."""
    with transaction.atomic():
        locked = Community.objects.select_for_update(no_key=True).get(pk=community.pk)
        if not permissions.can_manage(Membership.objects.of(by, locked)):
            raise PermissionDenied(_("Only owners can change the community."))
        locked.question_template, locked.asking_hints = question_template, asking_hints
        write_about(locked, locked.about)
        locked.save()


def renew_invite(community: Community, *, by: User) -> None:
    """Makes a new invitation link; the old one is worth nothing from now on. Owners only."""
    if not permissions.can_manage(Membership.objects.of(by, community)):
        raise PermissionDenied(_("Only owners can make invitation links."))
    community.invite_key = secrets.token_urlsafe(16)
    community.save(update_fields=["invite_key"])


def join_community(community: Community, *, by: User, invite_key: str | None = None) -> Membership:
    """Makes `by` a member. Idempotent. A private community wants the key of its invitation link.

    Who joins a new community is known there at once: nobody could have made themselves known yet. Who left while they
    could only read comes back so. Announces `member_joined`.
    """
    with transaction.atomic():
        locked = Community.objects.select_for_update(no_key=True).get(pk=community.pk)
        member = Membership.objects.of(by, locked)
        if member is not None:
            return member
        if locked.is_private and (not invite_key or invite_key != locked.invite_key):
            raise PermissionDenied(_("This community is private; its owner can send you an invitation link."))
        trust = Trust.KNOWN if locked.is_new else Trust.NEW
        silenced, _counts = Silenced.objects.filter(community=locked, person=by).delete()
        role = Role.READ_ONLY if silenced else Role.MEMBER
        member = Membership.objects.create(community=locked, user=by, trust_level=trust, role=role)
        Community.objects.filter(pk=locked.pk).update(member_count=F("member_count") + 1)
        member_joined.send(Membership, membership=member)
    return member


def leave_community(community: Community, *, by: User) -> None:
    """Ends a membership; what the person wrote stays. Idempotent. The last owner can't leave.

    From a private community nothing stays in the person's inbox. Locks the membership before the community, as
    publishing a post does. Announces `member_left`.
    """
    with transaction.atomic():
        member = Membership.objects.select_for_update(of=("self",)).of(by, community)
        locked = Community.objects.select_for_update(no_key=True).get(pk=community.pk)
        if member is None:
            return
        owners = Membership.objects.filter(community=locked, role=Role.OWNER).count()
        if not permissions.can_leave(member, owners):
            raise PermissionDenied(_("You are the only owner; a community needs one."))
        if not member.is_writer:
            Silenced.objects.create(community=locked, person=by)
        member.delete()
        Community.objects.filter(pk=locked.pk).update(member_count=F("member_count") - 1)
        if locked.is_private:
            withdraw(url=locked.get_absolute_url(), recipient=by)
        member_left.send(Membership, membership=member)


def _invite_key(community: Community) -> str | None:
    return secrets.token_urlsafe(16) if community.visibility == Visibility.PRIVATE else None
