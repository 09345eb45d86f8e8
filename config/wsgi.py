"""The door for web servers: `granian --interface wsgi config.wsgi:application`."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("CAIRN_PROCESS", "web")

from django.core.wsgi import get_wsgi_application  # after the name of the process is set

application = get_wsgi_application()
