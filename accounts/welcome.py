"""The first steps of a new member: what stands in their way through them. The steps themselves belong to other floors.

An app adds its steps by `add_step` in its `AppConfig.ready`; each is a page that calls `show_step` and `go_on`. A
member may skip each of them, leave at any time, and come back from the settings.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from accounts.actions import end_welcome, note_step
from accounts.models import User
from accounts.requests import MemberRequest

SKIP = "skip"
"""The name of the button that leaves a step as it is."""


def always(user: User) -> bool:
    return True


@dataclass(frozen=True)
class Step:
    """`address` is the name of its route; `is_for` says for whom there is such a step."""

    address: str
    title: str | Promise
    is_for: Callable[[User], bool] = always


@dataclass(frozen=True)
class Way:
    """All steps of one member, and the one they are at, from 0."""

    steps: tuple[Step, ...]
    at: int

    @property
    def number(self) -> int:
        return self.at + 1

    @property
    def step(self) -> Step:
        return self.steps[self.at]

    @property
    def before(self) -> Step | None:
        return self.steps[self.at - 1] if self.at else None

    @property
    def after(self) -> Step | None:
        return self.steps[self.number] if self.number < len(self.steps) else None


_steps: list[Step] = []


def add_step(step: Step) -> None:
    """Puts it at the end; twice is once."""
    if step not in _steps:
        _steps.append(step)


def way_of(user: User) -> Way | None:
    """Where a new member goes on; None for who is done, or never began."""
    steps = _steps_for(user)
    if user.welcome_since is None or user.welcome_steps >= len(steps):
        return None
    return Way(steps, user.welcome_steps)


def first_step(user: User) -> Step | None:
    return next(iter(_steps_for(user)), None)


def show_step(request: MemberRequest, template: str, form: BaseForm, **context: Any) -> HttpResponse:
    """The page of a step: 422 where its form came back."""
    context |= {"way": _way_at(request), "form": form, "skip": SKIP}
    return render(request, template, context, status=422 if form.is_bound and form.errors else 200)


def go_on(request: MemberRequest) -> HttpResponse:
    """To the next step, or home after the last one."""
    way = _way_at(request)
    if way.after is None:
        end_welcome(request.user)
        return redirect("home")
    note_step(request.user, gone=way.number)
    return redirect(way.after.address)


def _way_at(request: MemberRequest) -> Way:
    """Seen from the step whose page this is."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    steps = tuple(step for step in _steps if step.address == here or step.is_for(request.user))
    return Way(steps, next(at for at, step in enumerate(steps) if step.address == here))


def _steps_for(user: User) -> tuple[Step, ...]:
    return tuple(step for step in _steps if step.is_for(user))
