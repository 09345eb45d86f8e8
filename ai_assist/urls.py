from django.urls import path

from ai_assist.views import answers, conversations, documents, folders, library, reading, streams, uploading, usage

app_name = "ai_assist"

urlpatterns = [
    path("library/", library.own, name="library"),
    path("library/upload/", uploading.to_own, name="upload"),
    path("library/parts/", uploading.part_to_own, name="part"),
    path("library/sample/", uploading.sample_to_own, name="sample"),
    path("library/folders/", folders.in_own, name="folder_create"),
    path("library/folders/<int:pk>/", folders.edit, name="folder_edit"),
    path("library/folders/<int:pk>/delete/", folders.delete, name="folder_delete"),
    path("library/usage/", usage.own, name="usage"),
    path("c/<slug:slug>/library/", library.of_community, name="community_library"),
    path("c/<slug:slug>/library/upload/", uploading.to_community, name="community_upload"),
    path("c/<slug:slug>/library/parts/", uploading.part_to_community, name="community_part"),
    path("c/<slug:slug>/library/sample/", uploading.sample_to_community, name="community_sample"),
    path("c/<slug:slug>/library/folders/", folders.in_community, name="community_folder_create"),
    path("c/<slug:slug>/library/usage/", usage.of_community, name="community_usage"),
    path("documents/<uuid:uuid>/", documents.detail, name="document"),
    path("documents/<uuid:uuid>/state/", documents.state, name="document_state"),
    path("documents/<uuid:uuid>/file", documents.download, name="document_file"),
    path("documents/<uuid:uuid>/read/", reading.find, name="read_from"),
    path("documents/<uuid:uuid>/read/<int:number>/", reading.show, name="read"),
    path("documents/<uuid:uuid>/read/<int:number>/picture", reading.picture, name="read_picture"),
    path("documents/<uuid:uuid>/edit/", documents.edit, name="document_edit"),
    path("documents/<uuid:uuid>/retry/", documents.retry, name="document_retry"),
    path("documents/<uuid:uuid>/replace/", documents.replace, name="document_replace"),
    path("documents/<uuid:uuid>/password/", documents.unlock, name="document_password"),
    path("documents/<uuid:uuid>/delete/", documents.delete, name="document_delete"),
    path("conversations/", conversations.mine, name="conversations"),
    path("conversations/new/", conversations.begin, name="conversation_new"),
    path("conversations/<uuid:uuid>/", conversations.show, name="conversation"),
    path("conversations/<uuid:uuid>/rename/", conversations.rename, name="conversation_rename"),
    path("conversations/<uuid:uuid>/delete/", conversations.delete, name="conversation_delete"),
    path("questions/<uuid:uuid>/", answers.show, name="question"),
    path("questions/<uuid:uuid>/stop/", answers.stop, name="answer_stop"),
    path("questions/<uuid:uuid>/judge/", answers.judge, name="answer_judge"),
    path("questions/<uuid:uuid>/pass-on/", answers.pass_on, name="question_pass_on"),
    path("streams/answers/<uuid:uuid>/", streams.answer, name="answer_stream"),
    path("streams/answers/<uuid:uuid>/wait/", streams.wait, name="answer_wait"),
]
