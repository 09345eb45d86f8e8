"""What stands in the index was written with the title that a document had then. Nobody knows which that was where it
is not that of its file: such documents are told to the index anew.
"""

from django.db import migrations

KNOW = r"""
    UPDATE ai_assist_document SET indexed_title = title
     WHERE title = left(btrim(replace(regexp_replace(filename, '(.)\.[^.]*$', '\1'), '_', ' ')), 200)
"""


class Migration(migrations.Migration):
    dependencies = [("ai_assist", "0009_title_in_the_index")]

    operations = [
        migrations.RunSQL(KNOW, migrations.RunSQL.noop),
    ]
