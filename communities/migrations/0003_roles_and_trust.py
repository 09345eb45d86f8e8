from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("communities", "0002_community_settings")]

    operations = [
        migrations.RemoveConstraint(
            model_name="membership",
            name="membership_role_known",
        ),
        migrations.AddField(
            model_name="membership",
            name="trust_level",
            field=models.PositiveSmallIntegerField(
                choices=[(0, "New"), (1, "Known"), (2, "Trusted"), (3, "Leading")], default=0, editable=False
            ),
        ),
        migrations.AlterField(
            model_name="membership",
            name="role",
            field=models.CharField(
                choices=[
                    ("owner", "Owner"),
                    ("moderator", "Moderator"),
                    ("mentor", "Mentor"),
                    ("member", "Member"),
                    ("read-only", "Reads only"),
                ],
                default="member",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["owner", "moderator", "mentor", "member", "read-only"])),
                name="membership_role_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(("trust_level__in", [0, 1, 2, 3])), name="membership_trust_known"
            ),
        ),
    ]
