from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_export")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="profile_for",
            field=models.CharField(
                choices=[
                    ("everybody", "Everybody"),
                    ("signed-in", "Members who are signed in"),
                    ("circle", "Members of my communities"),
                ],
                db_default="everybody",
                default="everybody",
                max_length=9,
                verbose_name="who sees my profile",
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="is_listed",
            field=models.BooleanField(db_default=True, default=True, verbose_name="search engines may list my profile"),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("profile_for__in", ["everybody", "signed-in", "circle"])),
                name="profile_for_known",
            ),
        ),
    ]
