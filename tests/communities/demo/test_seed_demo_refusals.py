"""When the demo is not loaded."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from communities.models import Community

pytestmark = pytest.mark.django_db


def test_seeding_outside_a_local_run_is_refused(settings: Any) -> None:
    settings.IS_LOCAL = False
    with pytest.raises(CommandError, match="local run only"):
        call_command("seed_demo")
    assert not User.objects.exists()


def test_seeding_over_somebody_elses_account_is_refused() -> None:
    User.objects.create(username="ada", email="ada@somewhere.test")
    with pytest.raises(CommandError, match="ada is somebody else's account"):
        call_command("seed_demo")
    assert User.objects.count() == 1
    assert not Community.objects.exists()
