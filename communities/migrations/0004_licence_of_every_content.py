from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("communities", "0003_roles_and_trust")]

    operations = [
        migrations.RenameField("post", "origin_licence", "licence"),
        migrations.RenameField("answer", "origin_licence", "licence"),
        migrations.RenameField("comment", "origin_licence", "licence"),
    ]
