"""Fills in who voted, where and on whose text; taking it back leaves the columns to the migration before."""

from django.db import migrations

FILL = """
    UPDATE communities_votechange AS change
       SET community_id = post.community_id, voter_id = vote.voter_id,
           author_id = coalesce(answer.author_id, post.author_id)
      FROM communities_vote AS vote
      JOIN communities_post AS post ON post.id = vote.post_id
      LEFT JOIN communities_answer AS answer ON answer.id = vote.answer_id
     WHERE vote.id = change.vote_id
"""


class Migration(migrations.Migration):
    dependencies = [("communities", "0016_vote_log_names_people")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
