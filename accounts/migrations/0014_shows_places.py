from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0013_leaving")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="shows_places",
            field=models.BooleanField(
                db_default=True,
                default=True,
                verbose_name="show where I take part, and what I contributed there",
            ),
        ),
    ]
