"""Taking an achievement back: for fraud, by moderators, with a reason. An unvote never does."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from gamification import ledger
from gamification.achievements.catalogue import ON
from gamification.achievements.telling import tell_revoked
from gamification.achievements.weighing import amounts_of
from gamification.ledger import Scope
from gamification.models import Award, Tier
from gamification.summing import lower_levels


def revoke_award(award: Award, *, by: User, reason: str) -> Award:
    """The award counts no more, its XP are taken back, with the levels that they reached, and its member hears why.
    It is not given again.

    Idempotent: the first time counts. Locks the award, then the person.
    """
    with transaction.atomic():
        locked = Award.objects.select_for_update(no_key=True, of=("self",)).select_related("user").get(pk=award.pk)
        if not locked.is_revoked:
            locked.revoked_at, locked.revoked_by, locked.revoked_for = timezone.now(), by, reason
            locked.save(update_fields=["revoked_at", "revoked_by", "revoked_for"])
            ledger.settle(ledger.AWARDS, Scope(awards=[locked.pk]))
            lower_levels([(locked.user_id, locked.community_id)])
            tell_revoked(locked)
    return locked


def unfounded(member: User, *, since: datetime) -> list[Award]:
    """What was given since then and would not be given today, for staff to judge: votes of others may be gone, too."""
    amounts = {(found.key, found.community): found.amount for found in amounts_of(member)}
    given = Award.objects.of(member).standing().filter(at__gte=since, key__in=ON).select_related("community", "user")
    return [
        award
        for award in given.order_by("pk")
        if amounts.get((award.key, award.community_id), 0) < ON[award.key].tiers[Tier(award.tier)]
    ]
