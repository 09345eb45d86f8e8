from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("members/<str:username>/", views.profile, name="profile"),
    path("members/<str:username>/avatar/", views.avatar, name="avatar"),
    path("settings/", views.edit_settings, name="settings"),
    path("claim/<str:token>/", views.claim, name="claim"),
]
