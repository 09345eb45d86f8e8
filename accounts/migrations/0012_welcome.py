from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_profile_for")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="welcome_since",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="user",
            name="welcome_steps",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
        ),
    ]
