import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0056_xp_of_members"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="answer",
            index=django.contrib.postgres.indexes.BrinIndex(fields=["created_at"], name="answer_age"),
        ),
    ]
