from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0003_following"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notification",
            name="kind",
            field=models.CharField(
                choices=[
                    ("answer", "Answer"),
                    ("comment", "Comment"),
                    ("accept", "Accepted answer"),
                    ("mention", "Mention"),
                    ("edit", "Edit"),
                    ("post", "New post"),
                    ("reminder", "Reminder"),
                    ("role", "Role"),
                ],
                max_length=20,
            ),
        ),
    ]
