from django.db import migrations

RECOUNT = """
    UPDATE communities_post AS post
       SET answer_state = counted.state, is_answered = counted.helps
      FROM (
               SELECT post_id, max(state) AS state,
                      bool_or(score >= 1 OR accepted_at IS NOT NULL OR endorsed_at IS NOT NULL) AS helps
                 FROM communities_answer WHERE deleted_at IS NULL GROUP BY post_id
           ) AS counted
     WHERE post.id = counted.post_id
"""


class Migration(migrations.Migration):
    """What the posts show of their answers' states, from the answers that are there."""

    dependencies = [("communities", "0012_answer_state")]

    operations = [migrations.RunSQL(RECOUNT, reverse_sql=migrations.RunSQL.noop)]
