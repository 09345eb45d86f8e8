"""What each operator of the search means. One that makes no sense becomes a hint; the rest is searched all the same."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities import rules
from communities.models import Answer, AnswerState, PostKind, PostTag, Tag
from communities.models.community import CommunityQuerySet
from communities.models.content import NOT_DELETED
from communities.models.tag import tag_slug
from communities.searching.query import Operator

COMPARED = re.compile(r"(>=|<=|>|<|=)?(.+)")
LOOKUPS = {">=": "gte", "<=": "lte", ">": "gt", "<": "lt", "=": "exact", None: "exact"}
YOUNGER = {">=": "lte", "<=": "gte", ">": "lt", "<": "gt", "=": "gte", None: "gte"}
NUMBER = re.compile(r"-?\d{1,6}", re.ASCII)
AGE = re.compile(r"(\d{1,4})([hdwmy])", re.ASCII)
DAYS = {"h": 1 / 24, "d": 1, "w": 7, "m": 30, "y": 365}
ANSWER = "answer"
WANTS_ANSWERS = Operator("is", ANSWER)


class Senseless(Exception):
    """Says in one sentence what is wrong with an operator."""


@dataclass
class Conditions:
    """What is asked beside words. `own` is true of the post, or of the answer where answers are wanted.

    `is_narrow`: few posts are left, and an index knows them. `communities` are those that are searched.
    """

    communities: CommunityQuerySet
    own: list[Q] = field(default_factory=list)
    post: list[Q] = field(default_factory=list)
    is_narrow: bool = False
    wants_answers: bool = False
    only_titles: bool = False
    hints: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether anything is asked at all."""
        return bool(self.own or self.post or self.wants_answers)


def conditions(operators: Iterable[Operator], communities: CommunityQuerySet) -> Conditions:
    operators = list(operators)
    found = Conditions(communities, wants_answers=WANTS_ANSWERS in operators)
    for operator in operators:
        try:
            OPERATORS.get(operator.name, _unknown)(operator, found)
        except Senseless as error:
            found.hints.append(str(error))
    return found


def _unknown(operator: Operator, found: Conditions) -> None:
    raise Senseless(
        _("There is no “%(name)s:”; what there is: %(names)s.")
        % {"name": operator.name, "names": ", ".join(f"{name}:" for name in OPERATORS)}
    )


def _user(operator: Operator, found: Conditions) -> None:
    name = operator.value.removeprefix("@")
    if not name:
        raise _no_name(operator)
    user = User.objects.active().filter(username__iexact=name).first()
    if user is None:
        raise Senseless(_("“%(operator)s”: nobody has this name.") % {"operator": operator})
    found.own.append(_turned(operator, Q(author=user)))
    if not operator.is_excluded:
        found.is_narrow = True


def _tag(operator: Operator, found: Conditions) -> None:
    """Each community has tags of its own; the word is looked for in all. A synonym means what it stands for."""
    if not operator.value:
        raise _no_name(operator)
    named = Tag.objects.approved().filter(slug=tag_slug(operator.value), community__in=found.communities)
    tags = Tag.objects.filter(Q(pk__in=named.filter(synonym_of=None)) | Q(synonyms__in=named))
    counts = dict(tags.values_list("pk", "post_count"))
    if not counts:
        raise Senseless(_("“%(operator)s”: there is no such tag.") % {"operator": operator})
    carrying = Q(pk__in=PostTag.objects.filter(tag__in=counts).values("post"))
    found.post.append(_turned(operator, carrying))
    if not operator.is_excluded and sum(counts.values()) <= rules.SEARCH_DEPTH:
        found.is_narrow = True


def _no_name(operator: Operator) -> Senseless:
    return Senseless(_("“%(operator)s”: write a name right behind the colon.") % {"operator": operator})


def _is(operator: Operator, found: Conditions) -> None:
    if operator == WANTS_ANSWERS:
        return
    if operator.value in PostKind.values:
        found.post.append(_turned(operator, Q(kind=operator.value)))
    else:
        raise _not_one_of(operator, [*PostKind.values, ANSWER])


def _in(operator: Operator, found: Conditions) -> None:
    if operator.value != "title" or operator.is_excluded:
        raise Senseless(_("“%(operator)s”: only “in:title” is known.") % {"operator": operator})
    found.only_titles = True


def _score(operator: Operator, found: Conditions) -> None:
    found.own.append(_turned(operator, _number(operator, "score")))


def _answers(operator: Operator, found: Conditions) -> None:
    found.post.append(_turned(operator, _number(operator, "answer_count", is_counted=True)))


def _state(operator: Operator, found: Conditions) -> None:
    """Of an answer, or of the best answer of a post; accepted answers are so whatever else they are."""
    if operator.value not in STATES:
        raise _not_one_of(operator, list(STATES))
    if operator.value == "accepted":
        condition = Q(accepted_at__isnull=False)
    elif found.wants_answers:
        condition = Q(state=STATES[operator.value])
    else:
        condition = _has_answer(STATES[operator.value])
    found.own.append(_turned(operator, condition))


def _has_answer(state: int) -> Q:
    """The post knows the state of its best answer; for that of another one its answers are asked."""
    such = Answer.objects.filter(NOT_DELETED, post=OuterRef("pk"), state=state)
    return Q(answer_state=state) | Q(Exists(such), answer_state__gt=state)


STATES = {state.name.lower(): state.value for state in AnswerState}


def _created(operator: Operator, found: Conditions) -> None:
    sign, value = _compared(operator)
    if age := AGE.fullmatch(value):
        condition = Q(**{f"created_at__{YOUNGER[sign]}": _ago(operator, days=int(age[1]) * DAYS[age[2]])})
    else:
        begin, end = _day(operator, value)
        condition = {
            "<": Q(created_at__lt=begin),
            "<=": Q(created_at__lt=end),
            ">": Q(created_at__gte=end),
            ">=": Q(created_at__gte=begin),
        }.get(sign or "=", Q(created_at__gte=begin, created_at__lt=end))
    found.own.append(_turned(operator, condition))


def _ago(operator: Operator, *, days: float) -> datetime:
    try:
        return timezone.now() - timedelta(days=days)
    except OverflowError:
        raise _no_time(operator) from None


def _day(operator: Operator, value: str) -> tuple[datetime, datetime]:
    try:
        begin = datetime.combine(date.fromisoformat(value), time(), UTC)
        return begin, begin + timedelta(days=1)
    except (ValueError, OverflowError):
        raise _no_time(operator) from None


def _no_time(operator: Operator) -> Senseless:
    return Senseless(
        _("“%(operator)s”: write an age like <1w (h, d, w, m, y) or a day like >2026-01-31.") % {"operator": operator}
    )


def _number(operator: Operator, column: str, *, is_counted: bool = False) -> Q:
    """What is counted is never less than nothing."""
    sign, value = _compared(operator)
    if not NUMBER.fullmatch(value) or (is_counted and int(value) < 0):
        raise Senseless(_("“%(operator)s”: write a number, like 3 or >=3.") % {"operator": operator})
    return Q(**{f"{column}__{LOOKUPS[sign]}": int(value)})


def _compared(operator: Operator) -> tuple[str | None, str]:
    found = COMPARED.fullmatch(operator.value)
    return (found[1], found[2]) if found else (None, "")


def _not_one_of(operator: Operator, values: list[str]) -> Senseless:
    return Senseless(
        _("“%(operator)s” is not known; what there is: %(values)s.")
        % {"operator": operator, "values": ", ".join(f"{operator.name}:{value}" for value in values)}
    )


def _turned(operator: Operator, condition: Q) -> Q:
    return ~condition if operator.is_excluded else condition


OPERATORS: dict[str, Callable[[Operator, Conditions], None]] = {
    "tag": _tag,
    "user": _user,
    "is": _is,
    "score": _score,
    "answers": _answers,
    "state": _state,
    "created": _created,
    "in": _in,
}
