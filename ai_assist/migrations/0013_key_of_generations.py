"""Generations that are there keep their names at the store: they get no key."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ai_assist", "0012_pictures_not_read")]

    operations = [
        migrations.AddField(
            model_name="indexgeneration",
            name="key",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="indexgeneration",
            name="key",
            field=models.UUIDField(default=uuid.uuid4, editable=False, null=True),
        ),
    ]
