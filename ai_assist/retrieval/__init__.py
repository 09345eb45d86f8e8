"""From a question to the passages that may answer it, among those that the person asking may read."""

from ai_assist.retrieval.hit import Hit
from ai_assist.retrieval.search import search

__all__ = ["Hit", "search"]
