from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("gamification", "0009_days_from_one_index")]

    operations = [
        migrations.AddField(
            model_name="player",
            name="shows_earned",
            field=models.BooleanField(db_default=True, default=True),
        ),
    ]
