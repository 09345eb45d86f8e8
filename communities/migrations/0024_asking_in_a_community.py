from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0023_kinds_of_post"),
    ]

    operations = [
        migrations.AddField(
            model_name="community",
            name="asking_hints",
            field=models.TextField(blank=True, max_length=2000, verbose_name="hints"),
        ),
        migrations.AddField(
            model_name="community",
            name="asking_hints_html",
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AddField(
            model_name="community",
            name="question_template",
            field=models.TextField(blank=True, max_length=2000, verbose_name="what a question should say"),
        ),
    ]
