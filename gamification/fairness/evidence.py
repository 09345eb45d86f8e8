"""What was counted when a case was opened: kept as numbers, told in words with links."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.dateparse import parse_datetime
from django.utils.safestring import SafeString

from accounts.models import User
from communities.models import Answer, Post
from gamification import rules
from gamification.achievements.catalogue import ON
from gamification.achievements.revoking import unfounded
from gamification.fairness.patterns import Finding
from gamification.models import Case, Entry, Source

MODELS: dict[str, type[Post] | type[Answer]] = {Source.POST: Post, Source.ANSWER: Answer}


def evidence_of(finding: Finding) -> list[dict[str, Any]]:
    """One favour after another; of its texts the last few."""
    return [
        {
            "giver": habit.giver,
            "receiver": habit.receiver,
            "votes": habit.votes,
            "of_giver": habit.of_giver,
            "ups": habit.ups,
            "of_receiver": habit.of_receiver,
            "offered": round(habit.offered, 3),
            "liked": round(habit.liked, 3),
            "usual": round(habit.usual, 3),
            "bursts": habit.bursts,
            "first": habit.first.isoformat(),
            "last": habit.last.isoformat(),
            "texts": [
                list(source)
                for source in Entry.objects.filter(pk__in=habit.entries)
                .order_by("-occurred_at", "-pk")
                .values_list("source_type", "source_id")[: rules.CASE_TEXTS]
            ],
        }
        for habit in finding.habits
    ]


def in_words(case: Case) -> SafeString:
    """Who favoured whom, how often, when, and where; for those who decide."""
    people = User.objects.in_bulk({favour[who] for favour in case.evidence for who in ("giver", "receiver")})
    favours = [
        favour
        | {
            "giver": people[favour["giver"]],
            "receiver": people[favour["receiver"]],
            "share": _percent(favour["votes"], favour["of_giver"]),
            "share_of_receiver": _percent(favour["ups"], favour["of_receiver"]),
            "offered": round(100 * favour["offered"]),
            "liked": round(100 * favour["liked"]),
            "usual": round(100 * favour["usual"]),
            "first": parse_datetime(favour["first"]),
            "last": parse_datetime(favour["last"]),
            "texts": _texts(favour["texts"]),
        }
        for favour in case.evidence
    ]
    since = case.opened_at - rules.HABITS_WITHIN
    receivers = {favour["receiver"].pk: favour["receiver"] for favour in favours}
    awards = [(ON[award.key].name, award) for person in receivers.values() for award in unfounded(person, since=since)]
    here = {"case": case, "favours": favours, "awards": awards, "numbers": rules}
    return render_to_string("gamification/_evidence.html", here)


def _texts(sources: list[tuple[str, int]]) -> list[Post | Answer]:
    found = {
        (noun, text.pk): text
        for noun, model in MODELS.items()
        for text in model._base_manager.select_related(
            *(["community"] if model is Post else ["post__community"])
        ).filter(pk__in=[pk for of, pk in sources if of == noun])
    }
    return [found[noun, pk] for noun, pk in sources if (noun, pk) in found]


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0
