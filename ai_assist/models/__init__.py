"""Documents, their passages, and what was asked of them."""

from ai_assist.models.chunk import Chunk, Embedding, IndexGeneration
from ai_assist.models.conversation import Citation, Conversation, Message, MessageState, Reach
from ai_assist.models.document import ENDED, WITH_THE_LINK, WORKING, Audience, Document, State, scopes_of
from ai_assist.models.folder import Folder
from ai_assist.models.page import Page
from ai_assist.models.partial import PartialUpload
from ai_assist.models.usage import Usage

__all__ = [
    "ENDED",
    "WITH_THE_LINK",
    "WORKING",
    "Audience",
    "Chunk",
    "Citation",
    "Conversation",
    "Document",
    "Embedding",
    "Folder",
    "IndexGeneration",
    "Message",
    "MessageState",
    "Page",
    "PartialUpload",
    "Reach",
    "State",
    "Usage",
    "scopes_of",
]
