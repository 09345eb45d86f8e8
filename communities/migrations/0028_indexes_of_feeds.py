from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("communities", "0027_fill_activity_of_posts")]

    operations = [
        migrations.RemoveIndex(
            model_name="post",
            name="post_unanswered",
        ),
        migrations.RemoveIndex(
            model_name="post",
            name="post_newest",
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("deleted_at", None), ("is_answered", False), ("kind", "question")),
                fields=["community", "-created_at", "-id"],
                name="post_unanswered",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("deleted_at", None)), fields=["community", "-active_at", "-id"], name="post_active"
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("deleted_at", None), ("hot__gt", 0)),
                fields=["community", "-hot", "-id"],
                name="post_hot",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("deleted_at", None), ("accepted_at__isnull", False)),
                fields=["-created_at", "-id"],
                name="post_solved",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(condition=models.Q(("deleted_at", None)), fields=["created_at"], name="post_age"),
        ),
    ]
