"""A case: opened by a pattern, which holds XP; decided by a person, who lets them count or takes them back."""

from collections import Counter
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import Answer, Post
from gamification import ledger, rules
from gamification.dues import ENTRY_STANDS, IS_IN_QUESTION
from gamification.fairness.evidence import evidence_of
from gamification.fairness.notices import tell_voided
from gamification.fairness.patterns import Finding
from gamification.ledger import Scope, lock_people, lock_rows
from gamification.models import Case, Decision, Entry, Favour, Source
from gamification.releasing import WAITS_STILL
from gamification.summing import lower_levels, sum_up

Day = tuple[int, date]

_STANDS = f"entry.status <> 'void' AND {ENTRY_STANDS}"
HOLD = f"""
    WITH concerned AS (
        SELECT entry.id, CASE WHEN entry.status = 'posted' THEN 'posted'
                              WHEN other.was IS NOT NULL THEN other.was
                              WHEN {WAITS_STILL} THEN 'held' ELSE 'posted' END AS was
          FROM gamification_favour favour
               JOIN gamification_entry entry
                 ON entry.user_id = favour.receiver_id AND entry.actor_id = favour.giver_id
               JOIN accounts_user voter ON voter.id = entry.actor_id
               JOIN communities_community community ON community.id = entry.community_id
               LEFT JOIN communities_membership member
                      ON member.user_id = entry.actor_id AND member.community_id = entry.community_id
               LEFT JOIN LATERAL (
                   SELECT held.was FROM gamification_heldentry held
                          JOIN gamification_case open ON open.id = held.case_id AND open.decided_at IS NULL
                    WHERE held.entry_id = entry.id LIMIT 1) other ON true
         WHERE favour.case_id = %(case)s AND entry.rule = ANY(%(rules)s) AND entry.written_at >= %(since)s AND {_STANDS}
           FOR NO KEY UPDATE OF entry
    ),
    linked AS (
        INSERT INTO gamification_heldentry (case_id, entry_id, was)
        SELECT %(case)s, concerned.id, concerned.was FROM concerned
            ON CONFLICT DO NOTHING
    )
    UPDATE gamification_entry entry SET status = 'held' FROM concerned
     WHERE entry.id = concerned.id AND entry.status = 'posted'
 RETURNING entry.user_id, entry.utc_date
"""
VOID = f"""
    WITH taken AS (
        INSERT INTO gamification_entry (
            user_id, community_id, actor_id, rule, rule_version, amount, source_type, source_id, idempotency_key,
            reversal_of_id, batch_id, status, occurred_at, utc_date, local_date, written_at)
        SELECT entry.user_id, entry.community_id, entry.actor_id, entry.rule, entry.rule_version, -entry.amount,
               entry.source_type, entry.source_id, entry.idempotency_key || ':reversed',
               entry.id, %(batch)s, 'void', entry.occurred_at, entry.utc_date, entry.local_date, %(now)s
          FROM gamification_heldentry held JOIN gamification_entry entry ON entry.id = held.entry_id
         WHERE held.case_id = %(case)s AND {_STANDS}
            ON CONFLICT DO NOTHING
        RETURNING user_id, utc_date, amount
    ),
    marked AS (
        UPDATE gamification_entry entry SET status = 'void' FROM gamification_heldentry held
         WHERE held.case_id = %(case)s AND held.entry_id = entry.id
    )
    SELECT user_id, utc_date, amount FROM taken
"""
BROUGHT = """
    SELECT entry.user_id, entry.community_id
      FROM gamification_favour favour
           JOIN gamification_entry entry ON entry.user_id = favour.receiver_id AND entry.actor_id = favour.giver_id
     WHERE favour.case_id = %(case)s AND entry.rule = ANY(%(rules)s) AND entry.written_at >= %(since)s
       AND entry.reversal_of_id IS NULL
     GROUP BY entry.user_id, entry.community_id HAVING sum(entry.amount) > 0
"""
"""Whom these favours brought more than they took, and where: also by votes that were taken back in the meantime."""
RELEASE = f"""
    UPDATE gamification_entry entry SET status = 'posted' FROM gamification_heldentry held
     WHERE held.case_id = %(case)s AND held.entry_id = entry.id AND held.was = 'posted' AND entry.status = 'held'
       AND NOT {IS_IN_QUESTION.format("entry")}
 RETURNING entry.user_id, entry.utc_date
"""


class AlreadyDecided(Exception):
    """Somebody else was quicker."""


def open_case(finding: Finding) -> Case | None:
    """Holds what the people found gave each other in the time looked at, and what they give from now on.

    None when such a case is open. Nothing else happens to anybody.
    """
    try:
        with transaction.atomic():
            case = Case.objects.create(kind=finding.kind, key=finding.key, evidence=evidence_of(finding))
            case.people.set(finding.people)
            Favour.objects.bulk_create(
                Favour(case=case, giver_id=habit.giver, receiver_id=habit.receiver) for habit in finding.habits
            )
            _work_out(case, _hold(case, since=case.opened_at - rules.HABITS_WITHIN))
    except IntegrityError as error:
        if "one_open_case" in str(error):
            return None
        raise
    return case


def can_decide(person: User, case: Case | None = None) -> bool:
    """Staff who were given this right, but nobody about themselves."""
    may = person.is_active and person.is_staff and person.has_perm("gamification.change_case")
    return may and (case is None or not case.people.filter(pk=person.pk).exists())


def decide_case(case: Case, *, by: User, decision: Decision, why: str) -> None:
    """Void: what was held is taken back for good by one batch of reversals, levels sink with it, and who loses by it
    is told why. Release: it counts again, unless another open case or another reason holds it. Votes and texts stay.

    Locks the case, then entries, texts and people. Raises PermissionDenied, and AlreadyDecided.
    """
    with transaction.atomic():
        locked = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
        if not can_decide(by, locked):
            raise PermissionDenied(_("Cases are decided by staff who may, and by nobody about themselves."))
        if locked.decided_at is not None:
            raise AlreadyDecided
        days = _hold(locked, since=locked.opened_at)
        locked.decided_at, locked.decided_by = timezone.now(), by
        locked.decision, locked.why = decision, why
        locked.save(update_fields=["decided_at", "decided_by", "decision", "why"])
        if decision == Decision.RELEASE:
            _work_out(locked, days + _ask(RELEASE, case=locked.pk))
            return
        _void(locked, days)


def _void(case: Case, days: list[Day]) -> None:
    """Who gets back points that others took from them loses nothing, no level either, and is told nothing."""
    taken = _ask(VOID, case=case.pk, batch=case.batch_id, now=timezone.now())
    since = case.opened_at - rules.HABITS_WITHIN
    brought = _ask(BROUGHT, case=case.pk, rules=list(rules.GIVEN), since=since)
    _work_out(case, days + [(person, day) for person, day, _amount in taken])
    lost: Counter[int] = Counter()
    for person, _day, amount in taken:
        lost[person] -= amount
    losing = lower_levels(brought) | {person for person in lost if lost[person] > 0}
    for person in User.objects.filter(pk__in=losing).order_by("pk"):
        there = [community for whose, community in brought if whose == person.pk]
        tell_voided(person, max(0, lost[person.pk]), case.why, there)


def _hold(case: Case, *, since: datetime) -> list[Day]:
    return _ask(HOLD, case=case.pk, rules=list(rules.GIVEN), since=since, now=timezone.now())


def _work_out(case: Case, days: list[Day]) -> None:
    """The sums; before them, who rescued the questions concerned by whose thanks: those that wait come last."""
    sources = Entry.objects.filter(pk__in=case.held.values("entry"))
    answers = Answer.objects.filter(pk__in=sources.filter(source_type=Source.ANSWER).values("source_id"))
    questions = sorted(
        {*answers.values_list("post", flat=True)}
        | {*sources.filter(source_type=Source.POST).values_list("source_id", flat=True)}
    )
    lock_rows(Post, questions)
    lock_people(case.favours.values_list("receiver", flat=True))
    ledger.settle(ledger.ACCEPTANCES, Scope(questions=questions))
    sum_up(days)


def _ask(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
