"""From what forms refuse to the problem that a program gets."""

from typing import Any

from django import forms

from net.problems import Problem


def checked(form: forms.Form, where: str = "body") -> dict[str, Any]:
    """What the form makes of what was sent. Raises Problem, which names the fields."""
    if form.is_valid():
        return form.cleaned_data
    raise unfit({name: " ".join(map(str, sentences)) for name, sentences in form.errors.items()}, where)


def unfit(sentences: dict[str, str], where: str = "body") -> Problem:
    """By the names of the fields, in this part of the request."""
    faults = [{"where": [where, name], "detail": sentence} for name, sentence in sentences.items()]
    return Problem(422, " ".join(sentences.values()), errors=faults)
