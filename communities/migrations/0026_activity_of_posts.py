import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("communities", "0025_visits")]

    operations = [
        migrations.AddField(
            model_name="post",
            name="active_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.AddField(
            model_name="post",
            name="hot",
            field=models.FloatField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="post",
            name="viewers",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
    ]
