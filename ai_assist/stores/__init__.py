"""Where the vectors of passages are kept and found, by name."""

from ai_assist.stores.pgvector import PgVector
from ai_assist.stores.store import Item, Near, Store, StoreAway

__all__ = ["STORES", "Item", "Near", "Store", "StoreAway", "store"]

STORES = ("pgvector", "pinecone")


def store(name: str) -> Store:
    """The store that a generation names."""
    if name == "pinecone":
        from ai_assist.stores.pinecone import PineconeStore  # its SDK takes half a second

        return PineconeStore()
    return PgVector()
