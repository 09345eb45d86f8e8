"""How rare each achievement is among the members who were active lately."""

from django.db import connection, transaction
from django.utils import timezone

from gamification import rules
from gamification.models import Rarity

MEASURE = """
    WITH active AS (
        SELECT person.id FROM accounts_user person
         WHERE person.is_active AND (person.origin_url IS NULL OR person.last_login IS NOT NULL)
           AND (person.last_login >= %(since)s
                OR EXISTS (SELECT FROM gamification_dailyxp day
                            WHERE day.user_id = person.id AND day.utc_date >= %(since)s::date))
    )
    INSERT INTO gamification_rarity (key, tier, holders, active)
    SELECT award.key, award.tier, count(DISTINCT award.user_id), (SELECT count(*) FROM active)
      FROM gamification_award award JOIN active ON active.id = award.user_id
     WHERE award.revoked_at IS NULL
     GROUP BY award.key, award.tier
"""


def measure_rarity() -> None:
    """Of those who signed in or earned XP in the last 90 days, how many have each tier. Idempotent."""
    with transaction.atomic(), connection.cursor() as cursor:
        Rarity.objects.all().delete()
        cursor.execute(MEASURE, {"since": timezone.now() - rules.RARITY_LOOKS_BACK})
