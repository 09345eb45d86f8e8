from django.db import migrations

AS_THEY_WERE = """
    UPDATE communities_suggestion AS suggestion SET tags = base.tags
      FROM communities_revision AS base
     WHERE base.id = suggestion.base_id AND suggestion.answer_id IS NULL
"""


class Migration(migrations.Migration):
    """Nobody could suggest other tags before."""

    dependencies = [("communities", "0044_tags_of_suggestions")]

    operations = [migrations.RunSQL(AS_THEY_WERE, migrations.RunSQL.noop)]
