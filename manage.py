#!/usr/bin/env python
"""Runs a management command; locally with this checkout's own PostgreSQL and Valkey around it."""

import os
import signal
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from config.local import environment, services
from config.local.dotenv import MalformedLine
from config.local.ports import NoFreePort


def main() -> None:
    """Ctrl-C and a termination signal both unwind, so that what was started is stopped."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        environment.complete(command=sys.argv[1] if len(sys.argv) > 1 else "help")
        settings.INSTALLED_APPS  # noqa: B018 - reads the settings, so that a wrong value is one sentence
        execute_from_command_line(sys.argv)
    except (
        environment.CannotStart,
        ImproperlyConfigured,
        MalformedLine,
        NoFreePort,
        *services.Failed,
    ) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        environment.stop_services()


if __name__ == "__main__":
    main()
