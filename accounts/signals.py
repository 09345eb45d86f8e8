"""Facts about members."""

from django.dispatch import Signal

profile_changed = Signal()
"""What others see of a member changed: name or picture. Arguments: `user`."""

suspension_changed = Signal()
"""Staff closed an account, or opened it again. Arguments: `user`."""

zone_changed = Signal()
"""A member lives in another time zone. Arguments: `user`, `before`, the zone they had."""
