#!/usr/bin/env python
"""Runs a management command; locally with this checkout's own PostgreSQL and Valkey around it."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from config.local import environment, services
from config.local.dotenv import MalformedLine
from config.local.ports import NoFreePort


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        started = environment.complete(command=sys.argv[1] if len(sys.argv) > 1 else "help")
    except (environment.CannotStart, MalformedLine, NoFreePort, *services.Failed) as error:
        sys.exit(str(error))
    try:
        settings.INSTALLED_APPS  # noqa: B018 - reads the settings, so that a wrong value is one sentence
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    finally:
        if started:
            started.stop()


if __name__ == "__main__":
    main()
