from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("communities", "0028_indexes_of_feeds")]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="looked_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="membership",
            name="new_since",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
