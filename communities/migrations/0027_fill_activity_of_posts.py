"""A post was active last when it was written or answered; taking it back leaves the column to the migration before."""

from django.db import migrations

FILL = """
    UPDATE communities_post AS post
       SET active_at = greatest(post.created_at, (SELECT max(answer.created_at) FROM communities_answer AS answer
                                                   WHERE answer.post_id = post.id AND answer.deleted_at IS NULL))
"""


class Migration(migrations.Migration):
    dependencies = [("communities", "0026_activity_of_posts")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
