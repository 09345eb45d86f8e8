"""Finds a Chromium for the journeys, or installs one where this machine allows it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

LIGHT = "chromium-headless-shell"
"""Chromium without the parts that draw windows: the journeys take a quarter less with it."""
NAMES = (LIGHT, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
INSTALL_SECONDS = 600


class NoBrowser(Exception):
    """There is none and none can be installed; the message says what was tried."""


@cache
def chromium() -> str:
    """The path of the browser: named, on PATH, Playwright's own, or installed now. Raises NoBrowser."""
    browser = _named() or _on_path() or _of_playwright() or _install_of_playwright() or _install_of_debian()
    if browser is None:
        raise NoBrowser(
            "no Chromium: BROWSER_PATH is not set, none is on PATH, and neither Playwright nor apt installs one"
        )
    return browser


def require_chromium() -> str:
    """The path of the browser. Without one the test is skipped, saying why; in continuous integration it fails."""
    try:
        return chromium()
    except NoBrowser as error:
        if os.environ.get("CI") == "true":
            pytest.fail(str(error), pytrace=False)
        pytest.skip(str(error))


def launch_arguments() -> list[str]:
    """As root Chromium refuses its sandbox."""
    return ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []


def _named() -> str | None:
    named = os.environ.get("BROWSER_PATH")
    if named and not Path(named).is_file():
        raise NoBrowser(f"BROWSER_PATH has the value {named!r}; there is no such program")
    return named


def _on_path() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def _of_playwright() -> str | None:
    """Playwright keeps both side by side and names only the whole one."""
    with sync_playwright() as playwright:
        whole = Path(playwright.chromium.executable_path)
    light = sorted(whole.parents[2].glob("chromium_headless_shell-*/*/*headless*shell"))
    return next((str(path) for path in (*reversed(light), whole) if path.is_file()), None)


def _install_of_playwright() -> str | None:
    _try([sys.executable, "-m", "playwright", "install", "chromium"])
    return _of_playwright()


def _install_of_debian() -> str | None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    _try(["apt-get", "update", "--quiet"])
    for package in (LIGHT, "chromium"):  # older Debians have only the second
        _try(["apt-get", "install", "--quiet", "--yes", "--no-install-recommends", package])
        if browser := _on_path():
            return browser
    return None


def _try(command: list[str]) -> None:
    """Run it, its output on the console; whether it helped is seen by looking for the browser again."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        subprocess.run(command, check=False, timeout=INSTALL_SECONDS, env=environment, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        print(f"gave up after {INSTALL_SECONDS} s: {' '.join(command)}")
