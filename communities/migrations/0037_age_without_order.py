import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0036_saved_lists"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="post",
            name="post_age",
        ),
        migrations.AddIndex(
            model_name="post",
            index=django.contrib.postgres.indexes.BrinIndex(fields=["created_at"], name="post_age"),
        ),
    ]
