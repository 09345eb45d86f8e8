"""Lets a week pass for the votes cast so far: else the members would soon have cast all that they have for a day."""

import django

django.setup()

from django.db.models import F
from django.utils import timezone

from communities import rules
from communities.models import VoteChange

VoteChange.objects.filter(at__gt=timezone.now() - rules.VOTE_WEEK).update(at=F("at") - rules.VOTE_WEEK)
