from django.db import migrations

BATCH = 1_000
NEXT = "SELECT max(id) FROM (SELECT id FROM communities_post WHERE id > %s ORDER BY id LIMIT %s) AS batch"
WRITE = """
    INSERT INTO communities_searchdocument (post_id, community_id, title_words, words)
    SELECT post.id, post.community_id, to_tsvector(language, translate(title, './', '  ')),
           setweight(to_tsvector(language, translate(title, './', '  ')), 'A')
           || setweight(to_tsvector(language, coalesce(answers.accepted, '')), 'B')
           || setweight(to_tsvector(language, translate(left(body, 50000), './', '  ')), 'C')
           || setweight(to_tsvector(language, coalesce(answers.others, '')), 'D')
      FROM communities_post AS post
      JOIN (SELECT id, language::regconfig AS language FROM communities_community) AS community
        ON community.id = post.community_id
      LEFT JOIN LATERAL (
        SELECT left(string_agg(translate(answer.body, './', '  '), ' ')
                    FILTER (WHERE accepted_at IS NOT NULL), 50000) AS accepted,
               left(string_agg(translate(answer.body, './', '  '), ' ' ORDER BY quality DESC, id)
                    FILTER (WHERE accepted_at IS NULL), 50000) AS others
          FROM communities_answer AS answer WHERE post_id = post.id AND deleted_at IS NULL
      ) AS answers ON true
     WHERE post.id > %s AND post.id <= %s AND deleted_at IS NULL
"""


def write_documents(apps, schema_editor):
    """What was written before there was a search is found, too."""
    with schema_editor.connection.cursor() as cursor:
        last = 0
        while True:
            cursor.execute(NEXT, [last, BATCH])
            (end,) = cursor.fetchone()
            if end is None:
                return
            cursor.execute(WRITE, [last, end])
            last = end


class Migration(migrations.Migration):
    dependencies = [("communities", "0008_documents_stored_narrow")]

    operations = [migrations.RunPython(write_documents, migrations.RunPython.noop)]
