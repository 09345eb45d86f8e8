"""From what forms and actions refuse to the problem that a program gets."""

from typing import Any

from django import forms

from ai_assist.allowances import UsedUp
from net.problems import Problem


def checked(form: forms.Form) -> dict[str, Any]:
    """What the form makes of what was sent. Raises Problem, which names the fields."""
    if form.is_valid():
        return form.cleaned_data
    raise unfit({name: " ".join(map(str, sentences)) for name, sentences in form.errors.items()})


def unfit(sentences: dict[str, str]) -> Problem:
    """By the names of the fields."""
    faults = [{"where": ["body", name], "detail": sentence} for name, sentence in sentences.items()]
    return Problem(422, " ".join(sentences.values()), errors=faults)


def too_much(used_up: UsedUp) -> Problem:
    return Problem(429, str(used_up), retry_after=used_up.retry_after)
