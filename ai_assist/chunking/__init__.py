"""Cuts what a document says into passages. Pure Python: no database, no model, and the same passages every time."""

from ai_assist.chunking.cut import cut
from ai_assist.chunking.passage import BlockText, PageText, Passage

__all__ = ["BlockText", "PageText", "Passage", "cut"]
