from django.urls import path

from communities.views import answers, comments, community, pictures, posts, preview, tags, votes

app_name = "communities"

urlpatterns = [
    path("communities/", community.directory, name="directory"),
    path("communities/new/", community.create, name="community_create"),
    path("c/<slug:slug>/", community.home, name="community_home"),
    path("c/<slug:slug>/about/", community.about, name="community_about"),
    path("c/<slug:slug>/settings/", community.settings, name="community_settings"),
    path("c/<slug:slug>/invitation/", community.invitation, name="community_invitation"),
    path("c/<slug:slug>/join/", community.join, name="community_join"),
    path("c/<slug:slug>/join/<str:invite_key>/", community.join, name="community_invite"),
    path("c/<slug:slug>/leave/", community.leave, name="community_leave"),
    path("c/<slug:slug>/preview/", preview.in_community, name="community_preview"),
    path("c/<slug:slug>/pictures/", pictures.add, name="picture_add"),
    path("c/<slug:slug>/ask/", posts.ask, name="post_ask"),
    path("c/<slug:slug>/posts/<int:pk>/", posts.detail, name="post"),
    path("c/<slug:slug>/posts/<int:pk>/<slug:title>/", posts.detail, name="post_detail"),
    path("c/<slug:slug>/posts/<int:pk>/answers/<int:answer>/", answers.find, name="answer"),
    path("c/<slug:slug>/posts/<int:pk>/comments/<int:comment>/", comments.find, name="comment"),
    path(
        "c/<slug:slug>/posts/<int:pk>/answers/<int:answer>/comments/<int:comment>/",
        comments.find,
        name="comment_on_answer",
    ),
    path("c/<slug:slug>/tags/", tags.directory, name="tags"),
    path("c/<slug:slug>/tags/<str:tag>/", tags.detail, name="tag"),
    path("posts/<int:pk>/edit/", posts.edit, name="post_edit"),
    path("posts/<int:pk>/delete/", posts.delete, name="post_delete"),
    path("posts/<int:pk>/restore/", posts.restore, name="post_restore"),
    path("posts/<int:pk>/vote/", votes.post_vote, name="post_vote"),
    path("posts/<int:pk>/answers/", answers.create, name="answer_create"),
    path("posts/<int:pk>/comments/", comments.on_post, name="post_comment"),
    path("answers/<int:pk>/edit/", answers.edit, name="answer_edit"),
    path("answers/<int:pk>/delete/", answers.delete, name="answer_delete"),
    path("answers/<int:pk>/restore/", answers.restore, name="answer_restore"),
    path("answers/<int:pk>/vote/", votes.answer_vote, name="answer_vote"),
    path("answers/<int:pk>/accept/", answers.accept, name="answer_accept"),
    path("answers/<int:pk>/comments/", comments.on_answer, name="answer_comment"),
    path("comments/<int:pk>/edit/", comments.edit, name="comment_edit"),
    path("comments/<int:pk>/delete/", comments.delete, name="comment_delete"),
    path("comments/<int:pk>/restore/", comments.restore, name="comment_restore"),
    path("pictures/<slug:key>.webp", pictures.show, name="picture"),
    path("preview/", preview.preview, name="preview"),
]
