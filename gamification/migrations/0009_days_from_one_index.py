from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("gamification", "0008_days_ask_for_nobody"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="entry",
            index=models.Index(
                fields=["user", "utc_date"],
                include=("id", "community", "actor", "rule", "amount", "status", "reversal_of", "occurred_at"),
                name="entries_by_day",
            ),
        ),
        RemoveIndexConcurrently(model_name="entry", name="entries_of_day"),
    ]
