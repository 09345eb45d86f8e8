import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

import communities.models.callout

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
    """Everything up to 0056 at once: a new database is made in a fraction of the time."""

    replaces = [
        ("communities", "0001_initial"),
        ("communities", "0002_community_settings"),
        ("communities", "0003_roles_and_trust"),
        ("communities", "0004_licence_of_every_content"),
        ("communities", "0005_licence_of_what_was_written_here"),
        ("communities", "0006_trigrams"),
        ("communities", "0007_search_documents"),
        ("communities", "0008_documents_stored_narrow"),
        ("communities", "0009_documents_of_posts"),
        ("communities", "0010_title_trigrams"),
        ("communities", "0011_tags"),
        ("communities", "0012_answer_state"),
        ("communities", "0013_recount_answers"),
        ("communities", "0014_pictures"),
        ("communities", "0015_vote_reason"),
        ("communities", "0016_vote_log_names_people"),
        ("communities", "0017_name_people_in_vote_log"),
        ("communities", "0018_vote_log_always_names_people"),
        ("communities", "0019_revisions"),
        ("communities", "0020_redactions"),
        ("communities", "0021_following"),
        ("communities", "0022_judgements"),
        ("communities", "0023_kinds_of_post"),
        ("communities", "0024_asking_in_a_community"),
        ("communities", "0025_visits"),
        ("communities", "0026_activity_of_posts"),
        ("communities", "0027_fill_activity_of_posts"),
        ("communities", "0028_indexes_of_feeds"),
        ("communities", "0029_looks_at_a_community"),
        ("communities", "0030_comment_kinds"),
        ("communities", "0031_callouts"),
        ("communities", "0032_bookmarks"),
        ("communities", "0033_drafts"),
        ("communities", "0034_deflections"),
        ("communities", "0035_suggestions"),
        ("communities", "0036_saved_lists"),
        ("communities", "0037_age_without_order"),
        ("communities", "0038_longer_list_addresses"),
        ("communities", "0039_rewordings"),
        ("communities", "0040_links_of_posts"),
        ("communities", "0041_honours"),
        ("communities", "0042_disassociations"),
        ("communities", "0043_silenced"),
        ("communities", "0044_tags_of_suggestions"),
        ("communities", "0045_tags_of_waiting_suggestions"),
        ("communities", "0046_telling_of_comments"),
        ("communities", "0047_merged_tags"),
        ("communities", "0048_texts_that_name_pictures"),
        ("communities", "0049_drafts_of_suggestions"),
        ("communities", "0050_ai_use_of_answers"),
        ("communities", "0051_reasons_of_deletion"),
        ("communities", "0052_news_of_lists"),
        ("communities", "0053_purge_what_authors_delete"),
        ("communities", "0054_pictures_taken_out"),
        ("communities", "0055_titles_without_directions"),
        ("communities", "0056_xp_of_members"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name="Community",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("tagline", models.CharField(max_length=120, verbose_name="in one line")),
                ("about", models.TextField(blank=True, max_length=10000, verbose_name="about")),
                ("about_html", models.TextField(blank=True, editable=False)),
                ("markup_version", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "question_template",
                    models.TextField(blank=True, max_length=2000, verbose_name="what a question should say"),
                ),
                ("asking_hints", models.TextField(blank=True, max_length=2000, verbose_name="hints")),
                ("asking_hints_html", models.TextField(blank=True, editable=False)),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("public", "Everyone can read, members write"),
                            ("private", "Only members can read and write"),
                        ],
                        default="public",
                        max_length=10,
                        verbose_name="who can read",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("simple", "Several languages"),
                            ("arabic", "Arabic"),
                            ("danish", "Danish"),
                            ("dutch", "Dutch"),
                            ("english", "English"),
                            ("finnish", "Finnish"),
                            ("french", "French"),
                            ("german", "German"),
                            ("greek", "Greek"),
                            ("hindi", "Hindi"),
                            ("hungarian", "Hungarian"),
                            ("indonesian", "Indonesian"),
                            ("italian", "Italian"),
                            ("norwegian", "Norwegian"),
                            ("portuguese", "Portuguese"),
                            ("romanian", "Romanian"),
                            ("russian", "Russian"),
                            ("spanish", "Spanish"),
                            ("swedish", "Swedish"),
                            ("turkish", "Turkish"),
                        ],
                        default="english",
                        max_length=12,
                        verbose_name="language",
                    ),
                ),
                (
                    "licence",
                    models.CharField(
                        choices=[
                            ("CC BY-SA 4.0", "CC BY-SA 4.0: everybody may reuse it, naming the author"),
                            ("internal", "Internal: for members only"),
                        ],
                        default="CC BY-SA 4.0",
                        max_length=20,
                        verbose_name="licence",
                    ),
                ),
                (
                    "downvotes",
                    models.CharField(
                        choices=[("off", "Nothing"), ("answers", "Answers"), ("all", "Answers and posts")],
                        default="answers",
                        max_length=10,
                        verbose_name="what can be voted down",
                    ),
                ),
                (
                    "has_second_answers",
                    models.BooleanField(default=True, verbose_name="one member may give two answers"),
                ),
                ("has_ai_use", models.BooleanField(default=True, verbose_name="AI may use validated answers")),
                ("invite_key", models.CharField(editable=False, max_length=32, null=True, unique=True)),
                ("member_count", models.PositiveIntegerField(default=0, editable=False)),
                ("post_count", models.PositiveIntegerField(default=0, editable=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "communities",
                "indexes": [models.Index(fields=["-member_count", "id"], name="community_directory")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("visibility__in", ["public", "private"])), name="community_visibility_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "language__in",
                                [
                                    "simple",
                                    "arabic",
                                    "danish",
                                    "dutch",
                                    "english",
                                    "finnish",
                                    "french",
                                    "german",
                                    "greek",
                                    "hindi",
                                    "hungarian",
                                    "indonesian",
                                    "italian",
                                    "norwegian",
                                    "portuguese",
                                    "romanian",
                                    "russian",
                                    "spanish",
                                    "swedish",
                                    "turkish",
                                ],
                            )
                        ),
                        name="community_language_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("licence__in", ["CC BY-SA 4.0", "internal"])),
                        name="community_licence_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("downvotes__in", ["off", "answers", "all"])),
                        name="community_downvotes_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                ("address", models.CharField(max_length=4000)),
                ("default_since", models.DateTimeField(editable=False, null=True)),
                ("news_since", models.DateTimeField(editable=False, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_lists",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("news_since__isnull", False)), fields=["news_since"], name="saved_list_news"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "name"), name="saved_list_name_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("default_since__isnull", False)),
                        fields=("owner",),
                        name="one_default_list_per_member",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("body", models.TextField(verbose_name="text")),
                ("html", models.TextField(editable=False)),
                ("markup_version", models.PositiveSmallIntegerField(editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("origin_url", models.CharField(blank=True, editable=False, max_length=300, null=True, unique=True)),
                ("licence", models.CharField(blank=True, editable=False, max_length=20)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("edited_at", models.DateTimeField(editable=False, null=True)),
                ("deleted_at", models.DateTimeField(editable=False, null=True)),
                (
                    "deleted_for",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("misplaced", "It does not belong here"),
                            ("spam", "It is spam"),
                            ("illegal", "It breaks the law"),
                            ("private", "It gives away personal data"),
                        ],
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("purged_at", models.DateTimeField(editable=False, null=True)),
                ("up", models.PositiveIntegerField(default=0, editable=False)),
                ("down", models.PositiveIntegerField(default=0, editable=False)),
                ("imported_up", models.PositiveIntegerField(default=0, editable=False)),
                ("imported_down", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "score",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            models.F("up"), "-", models.F("down")
                        ),
                        output_field=models.IntegerField(),
                    ),
                ),
                (
                    "quality",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(models.F("up"), "+", models.Value(2.0)),
                            "/",
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(models.F("up"), "+", models.F("down")),
                                "+",
                                models.Value(4.0),
                            ),
                        ),
                        output_field=models.FloatField(),
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("question", "Question"),
                            ("discussion", "Discussion"),
                            ("resource", "Resource"),
                            ("announcement", "Announcement"),
                        ],
                        default="question",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                ("answer_count", models.PositiveIntegerField(default=0, editable=False)),
                ("accepted_at", models.DateTimeField(editable=False, null=True)),
                (
                    "answer_state",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Stale"),
                            (1, "Unreviewed"),
                            (2, "Supported"),
                            (3, "Accepted"),
                            (4, "Endorsed"),
                            (5, "Validated"),
                        ],
                        editable=False,
                        null=True,
                    ),
                ),
                ("is_answered", models.BooleanField(default=False, editable=False)),
                ("active_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("viewers", models.PositiveIntegerField(default=0, editable=False)),
                ("hot", models.FloatField(default=0, editable=False)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="posts",
                        to="communities.community",
                    ),
                ),
                (
                    "deleted_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("body__contains", "/pictures/")),
                        fields=["body"],
                        name="post_pictures",
                        opclasses=["gin_trgm_ops"],
                    ),
                    models.Index(
                        condition=models.Q(
                            models.Q(
                                ("deleted_for", "spam"),
                                ("deleted_for", "illegal"),
                                ("deleted_for", "private"),
                                ("deleted_by", models.F("author")),
                                _connector="OR",
                            ),
                            ("purged_at", None),
                        ),
                        fields=["deleted_at"],
                        name="post_to_purge",
                    ),
                    models.Index(
                        condition=models.Q(("deleted_at", None)),
                        fields=["community", "-created_at", "-id"],
                        name="post_feed",
                    ),
                    models.Index(
                        condition=models.Q(("deleted_at", None), ("is_answered", False), ("kind", "question")),
                        fields=["community", "-created_at", "-id"],
                        name="post_unanswered",
                    ),
                    models.Index(
                        condition=models.Q(("deleted_at", None)),
                        fields=["community", "-active_at", "-id"],
                        name="post_active",
                    ),
                    models.Index(
                        condition=models.Q(("deleted_at", None), ("hot__gt", 0)),
                        fields=["community", "-hot", "-id"],
                        name="post_hot",
                    ),
                    models.Index(
                        condition=models.Q(("deleted_at", None), ("accepted_at__isnull", False)),
                        fields=["-created_at", "-id"],
                        name="post_solved",
                    ),
                    django.contrib.postgres.indexes.BrinIndex(fields=["created_at"], name="post_age"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["title"], name="post_title_trigrams", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deleted_for", ""),
                            models.Q(
                                ("deleted_at__isnull", False),
                                ("deleted_for__in", ["misplaced", "spam", "illegal", "private"]),
                            ),
                            _connector="OR",
                        ),
                        name="post_deleted_for_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("purged_at", None),
                            models.Q(("body", ""), ("deleted_at__isnull", False), ("html", "")),
                            _connector="OR",
                        ),
                        name="purged_post_is_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["question", "discussion", "resource", "announcement"])),
                        name="post_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Honour",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("site", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=60)),
                (
                    "grade",
                    models.PositiveSmallIntegerField(choices=[(1, "Gold"), (2, "Silver"), (3, "Bronze"), (4, "Other")]),
                ),
                ("count", models.PositiveIntegerField()),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="honours", to="communities.community"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="honours",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("member", "site", "name", "grade"), name="honour_once"),
                    models.CheckConstraint(condition=models.Q(("grade__in", [1, 2, 3, 4])), name="honour_grade_known"),
                    models.CheckConstraint(condition=models.Q(("count__gte", 1)), name="honour_was_earned"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("owner", "Owner"),
                            ("moderator", "Moderator"),
                            ("mentor", "Mentor"),
                            ("member", "Member"),
                            ("read-only", "Reads only"),
                        ],
                        default="member",
                        max_length=10,
                    ),
                ),
                (
                    "trust_level",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "New"), (1, "Known"), (2, "Trusted"), (3, "Leading")], default=0, editable=False
                    ),
                ),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("looked_at", models.DateTimeField(editable=False, null=True)),
                ("new_since", models.DateTimeField(editable=False, null=True)),
                ("xp", models.IntegerField(db_default=0, default=0, editable=False)),
                ("level", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="communities.community",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("community", "user"), name="member_once"),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["owner", "moderator", "mentor", "member", "read-only"])),
                        name="membership_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("trust_level__in", [0, 1, 2, 3])), name="membership_trust_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Picture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=32, unique=True)),
                ("file", models.FileField(upload_to="pictures")),
                ("width", models.PositiveSmallIntegerField()),
                ("height", models.PositiveSmallIntegerField()),
                ("bytes", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("used_at", models.DateTimeField(null=True)),
                ("taken_out_at", models.DateTimeField(null=True)),
                (
                    "community",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="communities.community",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pictures",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("used_at", None)), fields=["created_at"], name="picture_unused"),
                    models.Index(
                        condition=models.Q(("taken_out_at__isnull", False)),
                        fields=["taken_out_at"],
                        name="picture_taken_out",
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("community", "owner", "sha256"), name="picture_once")],
            },
        ),
        migrations.CreateModel(
            name="Rewording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("done_to", models.BigIntegerField(default=0)),
                ("moved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "community",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="communities.community"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Silenced",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "community",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="communities.community",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("community", "person"), name="silenced_once")],
            },
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                ("slug", models.CharField(editable=False, max_length=40)),
                ("is_topic", models.BooleanField(default=False, editable=False)),
                ("wiki", models.TextField(blank=True, max_length=3000, verbose_name="what it is about")),
                ("wiki_html", models.TextField(blank=True, editable=False)),
                ("markup_version", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("post_count", models.PositiveIntegerField(default=0, editable=False)),
                ("approved_at", models.DateTimeField(editable=False, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tags",
                        to="communities.community",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="children",
                        to="communities.tag",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "synonym_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="synonyms",
                        to="communities.tag",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["community", "-post_count", "slug"], name="tag_directory")],
                "constraints": [
                    models.UniqueConstraint(fields=("community", "slug"), name="tag_once_per_community"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("synonym_of", None), models.Q(("is_topic", False), ("parent", None)), _connector="OR"
                        ),
                        name="synonym_stands_in_no_tree",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("parent", None), ("is_topic", True), _connector="OR"),
                        name="only_topics_stand_in_the_tree",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_topic", False), ("approved_at__isnull", False), _connector="OR"),
                        name="topic_is_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("parent", models.F("id")), _negated=True),
                            models.Q(("synonym_of", models.F("id")), _negated=True),
                        ),
                        name="tag_is_not_its_own_parent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("body", models.TextField(verbose_name="text")),
                ("html", models.TextField(editable=False)),
                ("markup_version", models.PositiveSmallIntegerField(editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("origin_url", models.CharField(blank=True, editable=False, max_length=300, null=True, unique=True)),
                ("licence", models.CharField(blank=True, editable=False, max_length=20)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("edited_at", models.DateTimeField(editable=False, null=True)),
                ("deleted_at", models.DateTimeField(editable=False, null=True)),
                (
                    "deleted_for",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("misplaced", "It does not belong here"),
                            ("spam", "It is spam"),
                            ("illegal", "It breaks the law"),
                            ("private", "It gives away personal data"),
                        ],
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("purged_at", models.DateTimeField(editable=False, null=True)),
                ("up", models.PositiveIntegerField(default=0, editable=False)),
                ("down", models.PositiveIntegerField(default=0, editable=False)),
                ("imported_up", models.PositiveIntegerField(default=0, editable=False)),
                ("imported_down", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "score",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            models.F("up"), "-", models.F("down")
                        ),
                        output_field=models.IntegerField(),
                    ),
                ),
                (
                    "quality",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(models.F("up"), "+", models.Value(2.0)),
                            "/",
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(models.F("up"), "+", models.F("down")),
                                "+",
                                models.Value(4.0),
                            ),
                        ),
                        output_field=models.FloatField(),
                    ),
                ),
                ("accepted_at", models.DateTimeField(editable=False, null=True)),
                ("endorsed_at", models.DateTimeField(editable=False, null=True)),
                ("reworked_at", models.DateTimeField(editable=False, null=True)),
                ("stale_at", models.DateTimeField(editable=False, null=True)),
                ("worked_count", models.PositiveIntegerField(default=0, editable=False)),
                ("witness_count", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "state",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(models.Q(("stale_at__isnull", False)), then=models.Value(0)),
                            models.When(
                                models.Q(
                                    models.Q(("endorsed_at__isnull", False), ("up__gte", models.F("down"))),
                                    models.Q(
                                        ("accepted_at__isnull", False),
                                        django.db.models.lookups.GreaterThanOrEqual(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    models.F("up"), "+", models.Value(2.0)
                                                ),
                                                "/",
                                                django.db.models.expressions.CombinedExpression(
                                                    django.db.models.expressions.CombinedExpression(
                                                        models.F("up"), "+", models.F("down")
                                                    ),
                                                    "+",
                                                    models.Value(4.0),
                                                ),
                                            ),
                                            models.Value(0.71),
                                        ),
                                        ("up__gte", 3),
                                    ),
                                    models.Q(("accepted_at__isnull", False), ("witness_count__gte", 2)),
                                    _connector="OR",
                                ),
                                then=models.Value(5),
                            ),
                            models.When(models.Q(("endorsed_at__isnull", False)), then=models.Value(4)),
                            models.When(models.Q(("accepted_at__isnull", False)), then=models.Value(3)),
                            models.When(
                                models.Q(
                                    django.db.models.lookups.GreaterThanOrEqual(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("up"), "+", models.Value(2.0)
                                            ),
                                            "/",
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    models.F("up"), "+", models.F("down")
                                                ),
                                                "+",
                                                models.Value(4.0),
                                            ),
                                        ),
                                        models.Value(0.71),
                                    ),
                                    ("up__gte", 3),
                                ),
                                then=models.Value(2),
                            ),
                            default=models.Value(1),
                        ),
                        output_field=models.PositiveSmallIntegerField(
                            choices=[
                                (0, "Stale"),
                                (1, "Unreviewed"),
                                (2, "Supported"),
                                (3, "Accepted"),
                                (4, "Endorsed"),
                                (5, "Validated"),
                            ]
                        ),
                    ),
                ),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "deleted_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="communities.post"
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("body__contains", "/pictures/")),
                        fields=["body"],
                        name="answer_pictures",
                        opclasses=["gin_trgm_ops"],
                    ),
                    models.Index(
                        condition=models.Q(
                            models.Q(
                                ("deleted_for", "spam"),
                                ("deleted_for", "illegal"),
                                ("deleted_for", "private"),
                                ("deleted_by", models.F("author")),
                                _connector="OR",
                            ),
                            ("purged_at", None),
                        ),
                        fields=["deleted_at"],
                        name="answer_to_purge",
                    ),
                    models.Index(
                        condition=models.Q(("stale_at__isnull", False)), fields=["-stale_at"], name="answer_stale"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deleted_for", ""),
                            models.Q(
                                ("deleted_at__isnull", False),
                                ("deleted_for__in", ["misplaced", "spam", "illegal", "private"]),
                            ),
                            _connector="OR",
                        ),
                        name="answer_deleted_for_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("purged_at", None),
                            models.Q(("body", ""), ("deleted_at__isnull", False), ("html", "")),
                            _connector="OR",
                        ),
                        name="purged_answer_is_empty",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("accepted_at__isnull", False)),
                        fields=("post",),
                        name="one_accepted_answer_per_post",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at", None), ("accepted_by", None)),
                            models.Q(
                                ("accepted_at__isnull", False), ("accepted_by__isnull", False), ("deleted_at", None)
                            ),
                            _connector="OR",
                        ),
                        name="accepted_says_who_and_stands",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("minutes", models.PositiveSmallIntegerField(default=1)),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "membership",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendances",
                        to="communities.membership",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["day"], name="attendance_by_day")],
                "constraints": [models.UniqueConstraint(fields=("membership", "day"), name="attendance_once")],
            },
        ),
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="document",
                        serialize=False,
                        to="communities.post",
                    ),
                ),
                ("title_words", django.contrib.postgres.search.SearchVectorField()),
                ("words", django.contrib.postgres.search.SearchVectorField()),
                (
                    "community",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="communities.community",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["community", "-post"], name="document_newest"),
                    django.contrib.postgres.indexes.GinIndex(fields=["title_words"], name="document_title_words"),
                    django.contrib.postgres.indexes.GinIndex(fields=["words"], name="document_words"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Disassociation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="communities.post"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Deflection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deflections",
                        to="communities.post",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("post", "person"), name="deflection_once")],
            },
        ),
        migrations.CreateModel(
            name="Callout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.CharField(max_length=300)),
                ("day", models.DateField(default=communities.models.callout.today)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="communities.community",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="communities.post"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("told_at", None)), fields=["created_at"], name="callout_waiting")
                ],
                "constraints": [models.UniqueConstraint(fields=("community", "day"), name="one_callout_a_day")],
            },
        ),
        migrations.CreateModel(
            name="PostLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(choices=[("duplicate", "Asked before as"), ("related", "Related")], max_length=10),
                ),
                ("origin", models.CharField(blank=True, editable=False, max_length=200)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "other",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="linked_from",
                        to="communities.post",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="communities.post",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["other", "kind", "-created_at"], name="link_to_post")],
                "constraints": [
                    models.UniqueConstraint(fields=("post", "other", "kind"), name="link_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["duplicate", "related"])), name="link_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("post", models.F("other")), _negated=True),
                        name="post_is_not_linked_to_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PostTag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("posted_at", models.DateTimeField()),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tagged",
                        to="communities.post",
                    ),
                ),
                (
                    "merged_from",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="merged",
                        to="communities.tag",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tagged",
                        to="communities.tag",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["tag", "-posted_at", "-post"], name="tag_feed"),
                    models.Index(
                        condition=models.Q(("merged_from__isnull", False)), fields=["merged_from"], name="tag_merged"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("post", "tag"), name="tag_once_per_post"),
                    models.UniqueConstraint(fields=("post", "place"), name="one_tag_in_a_place"),
                    models.CheckConstraint(condition=models.Q(("place__lt", 5)), name="five_tags_at_most"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Follow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.CharField(
                        choices=[("all", "Everything, in the inbox"), ("digest", "In the digest"), ("off", "Nothing")],
                        default="all",
                        max_length=6,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "community",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follows",
                        to="communities.community",
                    ),
                ),
                (
                    "follower",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follows",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followed_by",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follows",
                        to="communities.post",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follows",
                        to="communities.tag",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("follower", "community", "tag", "post", "person"),
                        name="follow_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("community__isnull", False), ("person", None), ("post", None), ("tag", None)),
                            models.Q(("community", None), ("person", None), ("post", None), ("tag__isnull", False)),
                            models.Q(("community", None), ("person", None), ("post__isnull", False), ("tag", None)),
                            models.Q(("community", None), ("person__isnull", False), ("post", None), ("tag", None)),
                            _connector="OR",
                        ),
                        name="follow_has_exactly_one_target",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["all", "digest", "off"])), name="follow_level_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person", None), models.Q(("person", models.F("follower")), _negated=True), _connector="OR"
                        ),
                        name="nobody_follows_oneself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("read_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "membership",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visits",
                        to="communities.membership",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="visits", to="communities.post"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("membership", "post"), name="visit_once")],
            },
        ),
        migrations.CreateModel(
            name="Endorsement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("owner", "Owner"),
                            ("moderator", "Moderator"),
                            ("mentor", "Mentor"),
                            ("member", "Member"),
                            ("read-only", "Reads only"),
                        ],
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="endorsements",
                        to="communities.answer",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="endorsements",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("answer", "by"),
                        name="one_standing_endorsement",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                            models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="withdrawn_says_who",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("body", models.TextField(verbose_name="text")),
                ("html", models.TextField(editable=False)),
                ("markup_version", models.PositiveSmallIntegerField(editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("origin_url", models.CharField(blank=True, editable=False, max_length=300, null=True, unique=True)),
                ("licence", models.CharField(blank=True, editable=False, max_length=20)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("edited_at", models.DateTimeField(editable=False, null=True)),
                ("deleted_at", models.DateTimeField(editable=False, null=True)),
                (
                    "deleted_for",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("misplaced", "It does not belong here"),
                            ("spam", "It is spam"),
                            ("illegal", "It breaks the law"),
                            ("private", "It gives away personal data"),
                        ],
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("purged_at", models.DateTimeField(editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("clarify", "Ask to clarify"),
                            ("improve", "Suggest something better"),
                            ("talk", "Just say it"),
                        ],
                        default="talk",
                        max_length=10,
                    ),
                ),
                ("resolved_at", models.DateTimeField(editable=False, null=True)),
                (
                    "answer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="communities.answer",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "deleted_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "resolved_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="communities.post"
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("body__contains", "/pictures/")),
                        fields=["body"],
                        name="comment_pictures",
                        opclasses=["gin_trgm_ops"],
                    ),
                    models.Index(
                        condition=models.Q(
                            models.Q(
                                ("deleted_for", "spam"),
                                ("deleted_for", "illegal"),
                                ("deleted_for", "private"),
                                ("deleted_by", models.F("author")),
                                _connector="OR",
                            ),
                            ("purged_at", None),
                        ),
                        fields=["deleted_at"],
                        name="comment_to_purge",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deleted_for", ""),
                            models.Q(
                                ("deleted_at__isnull", False),
                                ("deleted_for__in", ["misplaced", "spam", "illegal", "private"]),
                            ),
                            _connector="OR",
                        ),
                        name="comment_deleted_for_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("purged_at", None),
                            models.Q(("body", ""), ("deleted_at__isnull", False), ("html", "")),
                            _connector="OR",
                        ),
                        name="purged_comment_is_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["clarify", "improve", "talk"])), name="comment_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("resolved_at", None), ("resolved_by", None)),
                            models.Q(
                                ("kind", "clarify"), ("resolved_at__isnull", False), ("resolved_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="resolved_says_who_and_was_to_clarify",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Bookmark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("collection", models.CharField(blank=True, max_length=60, verbose_name="collection")),
                ("note", models.TextField(blank=True, max_length=500, verbose_name="note")),
                ("remind_on", models.DateField(blank=True, null=True, verbose_name="remind me on")),
                ("reminded_at", models.DateTimeField(editable=False, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("removed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "answer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bookmarks",
                        to="communities.answer",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bookmarks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bookmarks", to="communities.post"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("removed_at", None)), fields=["owner", "-id"], name="bookmark_list"
                    ),
                    models.Index(
                        condition=models.Q(("remind_on__isnull", False), ("reminded_at", None), ("removed_at", None)),
                        fields=["remind_on"],
                        name="bookmark_reminders",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "post", "answer"), name="bookmark_once", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reaction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("worked", "Worked for me"), ("outdated", "Outdated"), ("wrong", "Wrong or unsafe")],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("owner", "Owner"),
                            ("moderator", "Moderator"),
                            ("mentor", "Mentor"),
                            ("member", "Member"),
                            ("read-only", "Reads only"),
                        ],
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("cleared_at", models.DateTimeField(null=True)),
                (
                    "answer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reactions",
                        to="communities.answer",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reactions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cleared_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("answer", "by", "outcome"), name="react_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cleared_at", None), ("outcome", "worked"), ("reason", "")),
                            models.Q(("outcome__in", ("outdated", "wrong")), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="reports_have_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cleared_at", None), ("cleared_by", None)),
                            models.Q(("cleared_at__isnull", False), ("cleared_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="cleared_says_who",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.SmallIntegerField()),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("incorrect", "Incorrect"),
                            ("unclear", "Unclear"),
                            ("incomplete", "Incomplete"),
                            ("outdated", "Outdated"),
                            ("off-topic", "Off topic"),
                        ],
                        max_length=10,
                    ),
                ),
                ("generation", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "answer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="votes",
                        to="communities.answer",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="votes",
                        to="communities.post",
                    ),
                ),
                (
                    "voter",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="votes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("post", "voter", "answer"), name="vote_once", nulls_distinct=False),
                    models.CheckConstraint(condition=models.Q(("value__in", (-1, 0, 1))), name="vote_value_known"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reason__in", ["", "incorrect", "unclear", "incomplete", "outdated", "off-topic"])
                        ),
                        name="vote_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), ("value", -1), _connector="OR"),
                        name="only_down_votes_have_reasons",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(blank=True, max_length=150)),
                ("body", models.TextField()),
                ("tags", models.CharField(blank=True, max_length=210)),
                (
                    "size",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Length("body"),
                        output_field=models.PositiveIntegerField(),
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200)),
                ("origin_url", models.CharField(max_length=300, null=True, unique=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "answer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="communities.answer",
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="communities.comment",
                    ),
                ),
                (
                    "editor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="communities.post",
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("body__contains", "/pictures/")),
                        fields=["body"],
                        name="revision_pictures",
                        opclasses=["gin_trgm_ops"],
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("post", "answer", "comment", "number"),
                        name="revision_number_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="revisions_count_from_one"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Telling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "answer",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="communities.answer",
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="communities.comment",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="communities.post",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("post", "answer", "comment"), name="told_once", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VoteChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.SmallIntegerField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="communities.community",
                    ),
                ),
                (
                    "vote",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="communities.vote"
                    ),
                ),
                (
                    "voter",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["voter", "at"], name="votes_of_voter")],
            },
        ),
        migrations.CreateModel(
            name="Redaction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=200)),
                ("sealed", models.BinaryField(null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="redactions",
                        to="communities.revision",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)),
                        fields=("revision",),
                        name="one_redaction_in_force_per_revision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone_at", None), ("undone_by", None)),
                            models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="undone_redaction_says_who",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(blank=True, max_length=150)),
                ("body", models.TextField()),
                ("tags", models.CharField(blank=True, max_length=210)),
                ("note", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "answer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="suggestions",
                        to="communities.answer",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suggestions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "base",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="communities.revision"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="suggestions",
                        to="communities.post",
                    ),
                ),
                (
                    "revision",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suggestion",
                        to="communities.revision",
                    ),
                ),
                (
                    "reworked_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["post"], name="suggestion_of_post")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at", None)),
                        fields=("post", "answer", "author"),
                        name="one_waiting_suggestion_per_text_and_person",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("reason", ""), ("revision", None)),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(
                                    models.Q(("reason", ""), ("revision__isnull", False)),
                                    models.Q(("revision", None), models.Q(("reason", ""), _negated=True)),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="decided_suggestion_says_who_and_what",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("post", "Post"),
                            ("answer", "Answer"),
                            ("comment-on-post", "Comment"),
                            ("comment-on-answer", "Comment on an answer"),
                            ("post-edit", "Edit of a post"),
                            ("answer-edit", "Edit of an answer"),
                            ("comment-edit", "Edit of a comment"),
                            ("post-suggestion", "Suggested edit of a post"),
                            ("answer-suggestion", "Suggested edit of an answer"),
                            ("suggestion-rework", "Rework of a suggested edit"),
                        ],
                        max_length=20,
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("fields", models.JSONField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("deleted_at", models.DateTimeField(null=True)),
                (
                    "answer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="communities.answer",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="communities.comment",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="communities.community"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="communities.post"
                    ),
                ),
                (
                    "suggestion",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="communities.suggestion",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["saved_at"], name="draft_saved")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("deleted_at", None)),
                        fields=("author", "community", "kind", "post", "answer", "comment", "suggestion", "number"),
                        name="draft_once_per_place_and_number",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "post",
                                    "answer",
                                    "comment-on-post",
                                    "comment-on-answer",
                                    "post-edit",
                                    "answer-edit",
                                    "comment-edit",
                                    "post-suggestion",
                                    "answer-suggestion",
                                    "suggestion-rework",
                                ],
                            )
                        ),
                        name="draft_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Verdict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("weight", models.PositiveSmallIntegerField()),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "suggestion",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="verdicts",
                        to="communities.suggestion",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("suggestion", "by"), name="one_verdict_per_person")],
            },
        ),
        migrations.RunSQL(NARROW, AS_USUAL),
    ]
