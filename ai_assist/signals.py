"""Facts about documents. Each is sent inside the transaction of exactly one action."""

from django.dispatch import Signal

document_indexed = Signal()
"""Arguments: `document`, which is ready now."""
