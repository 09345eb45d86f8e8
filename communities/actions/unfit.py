"""What was written, and not who wrote it, is refused."""

from django.core.exceptions import PermissionDenied


class Unfit(PermissionDenied):
    """With one sentence. It can be mended, so a form with it comes back filled."""
