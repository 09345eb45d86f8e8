"""What is erased of a member who left. Each app says it in its `AppConfig.ready`; a floor test holds it complete.

The row of the member stays, empty and without a name: whoever voted, answered or accepted is still one person, so no
score moves. See docs/adr/0019-an-empty-row-for-who-left.md.
"""

from collections.abc import Callable

from django.db.models import Model

from accounts.models import Leaving, User

Step = Callable[[User, Leaving], None]
Obstacle = Callable[[User], list[str]]

_steps: list[Step] = []
_obstacles: list[Obstacle] = []
_erased: set[type[Model]] = set()
_kept: dict[type[Model], str] = {}


def erase_by(step: Step, *models: type[Model]) -> None:
    """`step` takes away what these models say of the person. It may be called again after it was interrupted."""
    if step not in _steps:
        _steps.append(step)
    _erased.update(models)


def keep(reason: str, *models: type[Model]) -> None:
    """Says of models that lead to a member why their rows stay, leading to an empty one."""
    _kept.update(dict.fromkeys(models, reason))


def hold_back(obstacle: Obstacle) -> None:
    """`obstacle` gives sentences that say what a member has to do before they can go."""
    if obstacle not in _obstacles:
        _obstacles.append(obstacle)


def all_steps() -> list[Step]:
    """Those of the higher floors first: they still need to know who it was."""
    return _steps[::-1]


def obstacles(member: User) -> list[str]:
    return [sentence for obstacle in _obstacles for sentence in obstacle(member)]


def is_settled(model: type[Model]) -> bool:
    """Somebody has thought of what becomes of it."""
    return model in _erased or model in _kept
