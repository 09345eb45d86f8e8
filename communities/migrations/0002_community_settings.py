from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("communities", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="community",
            name="downvotes",
            field=models.CharField(
                choices=[("off", "Nothing"), ("answers", "Answers"), ("all", "Answers and posts")],
                default="answers",
                max_length=10,
                verbose_name="what can be voted down",
            ),
        ),
        migrations.AddField(
            model_name="community",
            name="has_second_answers",
            field=models.BooleanField(default=True, verbose_name="one member may give two answers"),
        ),
        migrations.AddField(
            model_name="community",
            name="language",
            field=models.CharField(
                choices=[
                    ("simple", "Several languages"),
                    ("arabic", "Arabic"),
                    ("danish", "Danish"),
                    ("dutch", "Dutch"),
                    ("english", "English"),
                    ("finnish", "Finnish"),
                    ("french", "French"),
                    ("german", "German"),
                    ("greek", "Greek"),
                    ("hindi", "Hindi"),
                    ("hungarian", "Hungarian"),
                    ("indonesian", "Indonesian"),
                    ("italian", "Italian"),
                    ("norwegian", "Norwegian"),
                    ("portuguese", "Portuguese"),
                    ("romanian", "Romanian"),
                    ("russian", "Russian"),
                    ("spanish", "Spanish"),
                    ("swedish", "Swedish"),
                    ("turkish", "Turkish"),
                ],
                default="english",
                max_length=12,
                verbose_name="language",
            ),
        ),
        migrations.AddField(
            model_name="community",
            name="licence",
            field=models.CharField(
                choices=[
                    ("CC BY-SA 4.0", "CC BY-SA 4.0: everybody may reuse it, naming the author"),
                    ("internal", "Internal: for members only"),
                ],
                default="CC BY-SA 4.0",
                max_length=20,
                verbose_name="licence",
            ),
        ),
        migrations.AddConstraint(
            model_name="community",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "language__in",
                        [
                            "simple",
                            "arabic",
                            "danish",
                            "dutch",
                            "english",
                            "finnish",
                            "french",
                            "german",
                            "greek",
                            "hindi",
                            "hungarian",
                            "indonesian",
                            "italian",
                            "norwegian",
                            "portuguese",
                            "romanian",
                            "russian",
                            "spanish",
                            "swedish",
                            "turkish",
                        ],
                    )
                ),
                name="community_language_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="community",
            constraint=models.CheckConstraint(
                condition=models.Q(("licence__in", ["CC BY-SA 4.0", "internal"])), name="community_licence_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="community",
            constraint=models.CheckConstraint(
                condition=models.Q(("downvotes__in", ["off", "answers", "all"])), name="community_downvotes_known"
            ),
        ),
    ]
