"""The admin pages of communities, for superusers: reading, finding, renaming. Content is changed by its authors."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from communities.models import Answer, Comment, Community, Membership, Post, Tag


class ReadOnlyAdmin(admin.ModelAdmin):
    """What is shown here is changed through actions, which keep counts, inboxes and versions right."""

    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Community)
class CommunityAdmin(ReadOnlyAdmin):
    list_display = ("name", "visibility", "member_count", "post_count", "created_at")
    list_filter = ("visibility",)
    search_fields = ("name", "slug")


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    list_display = ("user", "community", "role", "joined_at")
    list_filter = ("role",)
    list_select_related = ("user", "community")
    search_fields = ("user__username", "community__name")


@admin.register(Tag)
class TagAdmin(ReadOnlyAdmin):
    list_display = ("name", "community", "is_topic", "synonym_of", "post_count", "approved_at")
    list_filter = ("is_topic",)
    list_select_related = ("community", "synonym_of")
    search_fields = ("name", "community__name")


class ContentAdmin(ReadOnlyAdmin):
    search_fields = ["id", "author__username"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).order_by("-pk")


@admin.register(Post)
class PostAdmin(ContentAdmin):
    list_display = ("title", "community", "author", "score", "answer_count", "created_at", "deleted_at")
    list_select_related = ("author", "community")
    search_fields = ["id", "title", "author__username"]


@admin.register(Answer)
class AnswerAdmin(ContentAdmin):
    list_display = ("id", "post", "author", "score", "accepted_at", "created_at", "deleted_at")
    list_select_related = ("author", "post")


@admin.register(Comment)
class CommentAdmin(ContentAdmin):
    list_display = ("id", "post", "author", "created_at", "deleted_at")
    list_select_related = ("author", "post")
