"""PostgreSQL refuses to run as root, which containers and CI do: here root's child becomes nobody."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

NOBODY = 65534


class Nobody:
    """In a user namespace of its own: the child sees itself as nobody while its files stay root's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def become(self) -> None:
        """Runs in the child, between fork and exec."""
        if sys.platform == "linux":
            os.unshare(os.CLONE_NEWUSER)
            Path("/proc/self/setgroups").write_text("deny")
            Path("/proc/self/uid_map").write_text(f"{NOBODY} 0 1")
            Path("/proc/self/gid_map").write_text(f"{NOBODY} 0 1")

    def own(self, folder: Path) -> None:
        """Nothing to do: outside of the namespace nobody is root."""

    def reachable(self, binaries: Path) -> Path:
        """Nothing to do: the child reaches what root reaches."""
        return binaries


class RealNobody(Nobody):
    """Where namespaces are refused: the child really changes its user, so files and folders must let it in."""

    def __init__(self, folder: Path) -> None:
        mark = hashlib.sha256(os.fsencode(folder.absolute())).hexdigest()[:12]
        self.aside = Path(f"/var/tmp/cairn-{mark}")  # noqa: S108 - _make_aside refuses one of somebody else's
        super().__init__(folder if _lets_others_in(folder) else self._make_aside())

    def become(self) -> None:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)

    def own(self, folder: Path) -> None:
        os.chown(folder, NOBODY, NOBODY)

    def reachable(self, binaries: Path) -> Path:
        """The folder itself, or a copy of the installation where a private home hides it."""
        if _lets_others_in(binaries):
            return binaries
        installation = binaries.parent
        copy = self._make_aside() / installation.parent.name / installation.name
        if not copy.is_dir():
            libraries = installation.parent.with_name(f"{installation.parent.name}.libs")
            if libraries.is_dir():
                shutil.copytree(libraries, self.aside / libraries.name, dirs_exist_ok=True)
            draft = copy.with_name("draft")
            shutil.copytree(
                installation,
                draft,
                symlinks=True,
                dirs_exist_ok=True,
                ignore=shutil.ignore_patterns("include"),
            )
            draft.rename(copy)
        return copy / "bin"

    def _make_aside(self) -> Path:
        """A folder where everybody may look for names they know; it must be ours."""
        self.aside.mkdir(mode=0o711, exist_ok=True)
        if self.aside.is_symlink() or self.aside.stat().st_uid != os.geteuid():
            raise PermissionError(f"{self.aside} belongs to somebody else; remove it")
        return self.aside


def choose_nobody(folder: Path) -> Nobody:
    """The way that works on this machine."""
    return Nobody(folder) if _can_unshare() else RealNobody(folder)


@cache
def _can_unshare() -> bool:
    """Try it in a child: containers often refuse user namespaces."""
    if sys.platform != "linux":
        return False
    try:
        subprocess.run(["true"], preexec_fn=Nobody(Path()).become, check=True)
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def _lets_others_in(folder: Path) -> bool:
    return all(path.stat().st_mode & 0o001 for path in (folder, *folder.parents) if path.exists())
