from django.db import migrations, models


class Migration(migrations.Migration):
    """A search in any script may be kept as a list."""

    dependencies = [("communities", "0037_age_without_order")]

    operations = [
        migrations.AlterField(
            model_name="savedlist",
            name="address",
            field=models.CharField(max_length=4000),
        ),
    ]
