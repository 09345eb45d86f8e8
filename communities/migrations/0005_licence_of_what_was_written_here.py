from django.db import migrations

PRIVATE = "UPDATE communities_community SET licence = 'internal' WHERE visibility = 'private'"
POSTS = """
    UPDATE communities_post AS content SET licence = community.licence
      FROM communities_community AS community
     WHERE community.id = content.community_id AND content.licence = '' AND content.origin_url IS NULL
"""
BELOW_POSTS = """
    UPDATE communities_{noun} AS content SET licence = community.licence
      FROM communities_post AS post JOIN communities_community AS community ON community.id = post.community_id
     WHERE post.id = content.post_id AND content.licence = '' AND content.origin_url IS NULL
"""


class Migration(migrations.Migration):
    """Nobody could choose a licence before: what is private was never meant for everybody."""

    dependencies = [("communities", "0004_licence_of_every_content")]

    operations = [
        migrations.RunSQL(PRIVATE, migrations.RunSQL.noop),
        migrations.RunSQL(POSTS, migrations.RunSQL.noop),
        migrations.RunSQL(BELOW_POSTS.format(noun="answer"), migrations.RunSQL.noop),
        migrations.RunSQL(BELOW_POSTS.format(noun="comment"), migrations.RunSQL.noop),
    ]
