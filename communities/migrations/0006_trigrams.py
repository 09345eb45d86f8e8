from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("communities", "0005_licence_of_what_was_written_here")]

    operations = [TrigramExtension()]
