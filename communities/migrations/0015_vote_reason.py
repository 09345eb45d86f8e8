from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("communities", "0014_pictures")]

    operations = [
        migrations.AddField(
            model_name="vote",
            name="reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("incorrect", "Incorrect"),
                    ("unclear", "Unclear"),
                    ("incomplete", "Incomplete"),
                    ("outdated", "Outdated"),
                    ("off-topic", "Off topic"),
                ],
                default="",
                max_length=10,
            ),
            preserve_default=False,
        ),
        migrations.RemoveConstraint(model_name="vote", name="no_downvote_on_posts"),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__in", ["", "incorrect", "unclear", "incomplete", "outdated", "off-topic"])),
                name="vote_reason_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), ("value", -1), _connector="OR"), name="only_down_votes_have_reasons"
            ),
        ),
    ]
