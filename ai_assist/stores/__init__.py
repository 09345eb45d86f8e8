"""Where the vectors of passages are kept and found, by name."""

from ai_assist.stores.pgvector import PgVector
from ai_assist.stores.store import Item, Near, Store, StoreAway

__all__ = ["STORES", "Item", "Near", "Store", "StoreAway", "store"]

STORES = {"pgvector": PgVector}


def store(name: str) -> Store:
    """The store that a generation names."""
    return STORES[name]()
