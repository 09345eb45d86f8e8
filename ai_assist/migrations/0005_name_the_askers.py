"""Fills in who asked; taking it back leaves the column to the migration before."""

from django.db import migrations

FILL = """
    UPDATE ai_assist_message AS message
       SET asker_id = conversation.owner_id
      FROM ai_assist_conversation AS conversation
     WHERE conversation.id = message.conversation_id
"""


class Migration(migrations.Migration):
    dependencies = [("ai_assist", "0004_askers_of_messages")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
