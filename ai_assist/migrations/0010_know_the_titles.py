"""What stands in the index was written with the title of its document."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("ai_assist", "0009_title_in_the_index")]

    operations = [
        migrations.RunSQL("UPDATE ai_assist_document SET indexed_title = title", migrations.RunSQL.noop),
    ]
