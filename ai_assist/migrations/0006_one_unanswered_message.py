import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ai_assist", "0005_name_the_askers")]

    operations = [
        migrations.AlterField(
            model_name="message",
            name="asker",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("pending", "streaming"))),
                fields=("asker",),
                name="message_one_unanswered_per_member",
            ),
        ),
    ]
