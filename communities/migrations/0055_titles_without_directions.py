from django.db import migrations

TURNS = {"turns": r"[\u202A-\u202E\u2066-\u2069]"}
POSTS = """
    UPDATE communities_post SET title = regexp_replace(title, %(turns)s, '', 'g'), version = version + 1
     WHERE title ~ %(turns)s
"""
LISTS = """
    UPDATE communities_savedlist AS list SET name = regexp_replace(name, %(turns)s, '', 'g')
     WHERE name ~ %(turns)s
       AND NOT EXISTS (SELECT FROM communities_savedlist AS other
                        WHERE other.owner_id = list.owner_id AND other.id <> list.id
                          AND regexp_replace(other.name, %(turns)s, '', 'g')
                              = regexp_replace(list.name, %(turns)s, '', 'g'))
"""
COMMUNITIES = """
    UPDATE communities_community
       SET name = regexp_replace(name, %(turns)s, '', 'g'), tagline = regexp_replace(tagline, %(turns)s, '', 'g')
     WHERE name ~ %(turns)s OR tagline ~ %(turns)s
"""


class Migration(migrations.Migration):
    """Forms take none any more. What they were before, nobody can say: there is no way back, and none is needed."""

    dependencies = [("communities", "0054_pictures_taken_out")]

    operations = [migrations.RunSQL([(sql, TURNS)], migrations.RunSQL.noop) for sql in (POSTS, LISTS, COMMUNITIES)]
