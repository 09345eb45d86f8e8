import uuid

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.utils.timezone
import pgvector.django.vector
from django.conf import settings
from django.db import migrations, models
from pgvector.django import VectorExtension

import ai_assist.models.partial


class Migration(migrations.Migration):
    """Everything up to 0013 at once."""

    replaces = [
        ("ai_assist", "0001_documents"),
        ("ai_assist", "0002_work_on_documents"),
        ("ai_assist", "0003_list_documents"),
        ("ai_assist", "0004_askers_of_messages"),
        ("ai_assist", "0005_name_the_askers"),
        ("ai_assist", "0006_one_unanswered_message"),
        ("ai_assist", "0007_reach_of_conversations"),
        ("ai_assist", "0008_partial_uploads"),
        ("ai_assist", "0009_title_in_the_index"),
        ("ai_assist", "0010_know_the_titles"),
        ("ai_assist", "0011_tokens_written"),
        ("ai_assist", "0012_pictures_not_read"),
        ("ai_assist", "0013_key_of_generations"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("communities", "0056_xp_of_members"),
    ]

    operations = [
        VectorExtension(),
        migrations.CreateModel(
            name="Folder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "community",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="communities.community",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("community", None)),
                        fields=("owner", "name"),
                        name="folder_name_once_in_own_library",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("community__isnull", False)),
                        fields=("community", "name"),
                        name="folder_name_once_in_community",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IndexGeneration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, null=True)),
                ("embedder", models.CharField(max_length=100)),
                ("dimension", models.PositiveIntegerField()),
                ("store", models.CharField(max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[("building", "Being built"), ("current", "In use"), ("old", "Replaced")], max_length=10
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "current")), fields=("state",), name="index_generation_one_current"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "building")),
                        fields=("state",),
                        name="index_generation_one_building",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PartialUpload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255)),
                ("size", models.PositiveIntegerField()),
                ("modified", models.PositiveBigIntegerField()),
                ("received", models.PositiveIntegerField(default=0)),
                ("key", models.CharField(default=ai_assist.models.partial.partial_key, max_length=60, unique=True)),
                ("changed_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                (
                    "community",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="communities.community",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "community", "name", "size", "modified"),
                        name="partial_upload_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("received__lte", models.F("size"))),
                        name="partial_upload_not_larger_than_file",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Usage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(null=True)),
                ("bytes", models.PositiveBigIntegerField(default=0)),
                ("documents", models.PositiveIntegerField(default=0)),
                ("uploads", models.PositiveIntegerField(default=0)),
                ("ocr_pages", models.PositiveIntegerField(default=0)),
                ("questions", models.PositiveIntegerField(default=0)),
                ("tokens", models.PositiveBigIntegerField(default=0)),
                ("tokens_out", models.PositiveBigIntegerField(db_default=0, default=0)),
                (
                    "community",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="communities.community",
                    ),
                ),
                (
                    "member",
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
                "indexes": [
                    models.Index(condition=models.Q(("day__isnull", False)), fields=["day"], name="usage_of_day")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("member", "community", "day"), name="usage_once_per_day", nulls_distinct=False
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("community", None), ("member__isnull", False)),
                            models.Q(("community__isnull", False), ("member", None)),
                            _connector="OR",
                        ),
                        name="usage_of_member_or_community",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("private", "Only me"),
                            ("community", "Members of the community"),
                            ("public", "Everyone"),
                        ],
                        default="private",
                        max_length=10,
                        verbose_name="who can read it",
                    ),
                ),
                (
                    "scope",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(audience="public", then=models.Value("public")),
                            models.When(
                                audience="community",
                                then=django.db.models.functions.text.Concat(
                                    models.Value("c:"),
                                    django.db.models.functions.comparison.Cast("community_id", models.CharField()),
                                ),
                            ),
                            default=django.db.models.functions.text.Concat(
                                models.Value("u:"),
                                django.db.models.functions.comparison.Cast("owner_id", models.CharField()),
                            ),
                        ),
                        output_field=models.CharField(max_length=30),
                    ),
                ),
                ("indexed_scope", models.CharField(blank=True, max_length=30)),
                ("indexed_title", models.CharField(blank=True, max_length=200)),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("filename", models.CharField(max_length=200)),
                ("format", models.CharField(max_length=20)),
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
                    ),
                ),
                ("bytes", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("file", models.FileField(upload_to="documents")),
                ("pages", models.PositiveIntegerField(default=0)),
                ("is_paged", models.BooleanField(default=False)),
                ("chunks", models.PositiveIntegerField(default=0)),
                ("pictures", models.PositiveIntegerField(default=0)),
                ("parser_version", models.PositiveSmallIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Waiting"),
                            ("checking", "Checking the file"),
                            ("parsing", "Reading pages"),
                            ("ocr", "Reading scans"),
                            ("chunking", "Cutting into passages"),
                            ("embedding", "Learning what it says"),
                            ("indexing", "Making it findable"),
                            ("ready", "Ready"),
                            ("failed", "Failed"),
                            ("needs_password", "Needs its password"),
                            ("empty", "No text found"),
                            ("rejected", "Not accepted"),
                            ("deleting", "Being deleted"),
                        ],
                        default="received",
                        max_length=20,
                    ),
                ),
                ("error_code", models.CharField(blank=True, max_length=30)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("lease", models.PositiveIntegerField(default=0)),
                ("heartbeat_at", models.DateTimeField(null=True)),
                ("retry_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ready_at", models.DateTimeField(null=True)),
                (
                    "community",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="communities.community",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="replacement",
                        to="ai_assist.document",
                    ),
                ),
                (
                    "folder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="documents",
                        to="ai_assist.folder",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("community", None), ("replaces", None), models.Q(("state", "deleting"), _negated=True)
                        ),
                        fields=["owner", "-id"],
                        name="document_in_own_library",
                    ),
                    models.Index(
                        condition=models.Q(("replaces", None), models.Q(("state", "deleting"), _negated=True)),
                        fields=["community", "-id"],
                        name="document_in_community",
                    ),
                    models.Index(
                        condition=models.Q(
                            (
                                "state__in",
                                (
                                    "received",
                                    "checking",
                                    "parsing",
                                    "ocr",
                                    "chunking",
                                    "embedding",
                                    "indexing",
                                    "deleting",
                                ),
                            )
                        ),
                        fields=["changed_at"],
                        name="document_unfinished",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "deleting"), _negated=True),
                        fields=("owner", "community", "sha256"),
                        name="document_once_per_library",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "received",
                                    "checking",
                                    "parsing",
                                    "ocr",
                                    "chunking",
                                    "embedding",
                                    "indexing",
                                    "ready",
                                    "failed",
                                    "needs_password",
                                    "empty",
                                    "rejected",
                                    "deleting",
                                ],
                            )
                        ),
                        name="document_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ["private", "community", "public"])),
                        name="document_audience_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("audience", "community"), _negated=True),
                            ("community__isnull", False),
                            _connector="OR",
                        ),
                        name="document_of_community_is_in_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Conversation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "reach",
                    models.CharField(
                        choices=[
                            ("documents", "Chosen documents"),
                            ("folder", "A folder"),
                            ("community", "The library of a community"),
                            ("own", "All your documents"),
                        ],
                        default="own",
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="name")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "community",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="communities.community",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conversations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("documents", models.ManyToManyField(related_name="+", to="ai_assist.document")),
                (
                    "folder",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="ai_assist.folder"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["owner", "-changed_at"], name="conversation_of_owner")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reach__in", ["documents", "folder", "community", "own"])),
                        name="conversation_reach_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reach", "community"), _negated=True),
                            ("community__isnull", False),
                            _connector="OR",
                        ),
                        name="conversation_with_community_names_it",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Chunk",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("ordinal", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=10)),
                ("text", models.TextField()),
                ("heading_path", models.CharField(blank=True, max_length=500)),
                ("page_start", models.PositiveIntegerField()),
                ("page_end", models.PositiveIntegerField()),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("tokens", models.PositiveIntegerField()),
                ("scope", models.CharField(max_length=30)),
                ("words", django.contrib.postgres.search.SearchVectorField()),
                (
                    "document",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chunk_set",
                        to="ai_assist.document",
                    ),
                ),
                (
                    "generation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="ai_assist.indexgeneration",
                    ),
                ),
            ],
            options={
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["words"], name="chunk_words")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "generation", "ordinal"), name="chunk_once_per_generation"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Page",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("label", models.CharField(blank=True, max_length=200)),
                ("blocks", models.JSONField(default=list)),
                ("lines", models.JSONField(default=list)),
                ("needs_ocr", models.BooleanField(default=False)),
                (
                    "document",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="page_set",
                        to="ai_assist.document",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("needs_ocr", True)), fields=["document", "number"], name="page_to_read"
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("document", "number"), name="page_once_per_document")],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("question", models.TextField()),
                ("standalone", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting"),
                            ("streaming", "Being written"),
                            ("done", "Answered"),
                            ("refused", "Not found"),
                            ("failed", "Failed"),
                            ("cancelled", "Stopped"),
                        ],
                        default="pending",
                        max_length=10,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("html", models.TextField(blank=True)),
                ("note", models.CharField(blank=True, max_length=30)),
                ("model", models.CharField(blank=True, max_length=100)),
                ("tokens_in", models.PositiveIntegerField(default=0)),
                ("tokens_out", models.PositiveIntegerField(default=0)),
                ("retrieval", models.JSONField(default=dict)),
                (
                    "feedback",
                    models.CharField(
                        blank=True, choices=[("helpful", "Helpful"), ("unhelpful", "Not helpful")], max_length=10
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("heartbeat_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("stop_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "asker",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="message_set",
                        to="ai_assist.conversation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["conversation", "id"], name="message_of_conversation"),
                    models.Index(
                        condition=models.Q(("state__in", ("pending", "streaming"))),
                        fields=["created_at"],
                        name="message_unanswered",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["pending", "streaming", "done", "refused", "failed", "cancelled"])
                        ),
                        name="message_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("pending", "streaming"))),
                        fields=("asker",),
                        name="message_one_unanswered_per_member",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Embedding",
            fields=[
                (
                    "chunk",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="ai_assist.chunk",
                    ),
                ),
                ("scope", models.CharField(max_length=30)),
                ("vector", pgvector.django.vector.VectorField()),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ai_assist.document"
                    ),
                ),
                (
                    "generation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="ai_assist.indexgeneration",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Citation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("marker", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("heading_path", models.CharField(blank=True, max_length=500)),
                ("page", models.PositiveIntegerField()),
                ("quote", models.TextField()),
                ("passage", models.TextField()),
                (
                    "chunk",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="ai_assist.chunk",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="ai_assist.document",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="ai_assist.message",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("message", "marker"), name="citation_once_per_marker")],
            },
        ),
    ]
