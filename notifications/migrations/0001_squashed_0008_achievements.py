import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Everything up to 0008 at once."""

    replaces = [
        ("notifications", "0001_initial"),
        ("notifications", "0002_edits"),
        ("notifications", "0003_following"),
        ("notifications", "0004_role_kind"),
        ("notifications", "0005_judgement_kinds"),
        ("notifications", "0006_deletions"),
        ("notifications", "0007_document_kind"),
        ("notifications", "0008_achievements"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Notification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("answer", "Answer"),
                            ("comment", "Comment"),
                            ("accept", "Accepted answer"),
                            ("endorse", "Endorsement"),
                            ("doubt", "Doubt about an answer"),
                            ("mention", "Mention"),
                            ("edit", "Edit"),
                            ("deletion", "Deletion"),
                            ("post", "New post"),
                            ("reminder", "Reminder"),
                            ("role", "Role"),
                            ("document", "Document"),
                            ("achievement", "Achievement"),
                        ],
                        max_length=20,
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                ("url", models.CharField(max_length=300)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notifications",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["recipient", "-id"], name="inbox"),
                    models.Index(condition=models.Q(("read_at", None)), fields=["recipient"], name="inbox_unread"),
                    models.Index(fields=["url"], name="notification_target", opclasses=["varchar_pattern_ops"]),
                ],
            },
        ),
    ]
