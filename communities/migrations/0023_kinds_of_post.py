from django.db import migrations, models

KINDS = [
    ("question", "Question"),
    ("discussion", "Discussion"),
    ("resource", "Resource"),
    ("announcement", "Announcement"),
]


class Migration(migrations.Migration):
    dependencies = [("communities", "0022_judgements")]

    operations = [
        migrations.RemoveConstraint(model_name="post", name="post_kind_known"),
        migrations.AlterField(
            model_name="post",
            name="kind",
            field=models.CharField(choices=KINDS, default="question", max_length=12, verbose_name="kind"),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", [value for value, _ in KINDS])), name="post_kind_known"
            ),
        ),
    ]
