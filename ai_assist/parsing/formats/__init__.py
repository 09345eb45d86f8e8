"""One module for each family of formats. Each has `read(upload)`: the pages in order, then the facts.

They run in the process without rights, so whatever they may ever need is loaded with them.
"""

from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from pkgutil import walk_packages
from types import ModuleType

from ..codepages import CODEPAGES

NEEDED_LATER = (CODEPAGES,)


@dataclass(frozen=True)
class Upload:
    content: bytes
    password: str | None = None
    start: int = 1
    """The first page that is wanted, for formats that can skip the others unread."""
    language: str = ""
    """Of source code, by its extension."""

    @property
    def file(self) -> BytesIO:
        return BytesIO(self.content)


def load_whole(package: ModuleType) -> None:
    """With the modules that it would import only when a file asks for them: then no file can be opened any more."""
    for module in walk_packages(package.__path__, f"{package.__name__}."):
        if not module.name.endswith("__main__"):
            with suppress(ImportError):  # it has several ways to go, each for another library
                import_module(module.name)
