"""Documents, folders and conversations for programs: the same actions, rights and limits as on the pages."""

from ninja import Router

from ai_assist import rules
from ai_assist.api import conversations, documents, folders, messages
from net.uploads import Room

FILE = Room(1, rules.FILE_MAX + rules.MB)
ROOMS = {"documents": FILE, "documents/<uuid:uuid>/file": FILE}
"""What an address takes in one request: a file that is a little too large is still refused with a sentence."""

router = Router()
for part in (documents.router, folders.router, conversations.router, messages.router):
    router.add_router("", part)
