from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ai_assist", "0006_one_unanswered_message"),
        ("communities", "0054_pictures_taken_out"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="reach",
            field=models.CharField(
                choices=[
                    ("documents", "Chosen documents"),
                    ("folder", "A folder"),
                    ("community", "The library of a community"),
                    ("own", "All your documents"),
                ],
                default="own",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.CheckConstraint(
                condition=models.Q(("reach__in", ["documents", "folder", "community", "own"])),
                name="conversation_reach_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reach", "community"), _negated=True), ("community__isnull", False), _connector="OR"
                ),
                name="conversation_with_community_names_it",
            ),
        ),
    ]
