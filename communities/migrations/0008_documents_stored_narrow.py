from django.db import migrations

NARROW = """
    ALTER TABLE communities_searchdocument ALTER COLUMN title_words SET STORAGE MAIN;
    ALTER TABLE communities_searchdocument ALTER COLUMN words SET STORAGE EXTERNAL;
    ALTER TABLE communities_searchdocument SET (toast_tuple_target = 256);
"""
AS_USUAL = """
    ALTER TABLE communities_searchdocument RESET (toast_tuple_target);
    ALTER TABLE communities_searchdocument ALTER COLUMN words SET STORAGE EXTENDED;
    ALTER TABLE communities_searchdocument ALTER COLUMN title_words SET STORAGE EXTENDED;
"""


class Migration(migrations.Migration):
    """A match is passed by its narrow row; the words of a whole thread are read for the few that are ranked."""

    dependencies = [("communities", "0007_search_documents")]

    operations = [migrations.RunSQL(NARROW, AS_USUAL)]
