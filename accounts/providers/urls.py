from django.urls import path

from accounts.providers import views

# allauth looks for the last three by these names.
urlpatterns = [
    path("with/<slug:provider_id>/", views.begin, name="provider_begin"),
    path("with/github/callback/", views.back_from_github, name="github_callback"),
    path("with/<slug:provider_id>/callback/", views.back_from_openid, name="openid_connect_callback"),
    path("join/", views.JoinWith.as_view(), name="socialaccount_signup"),
]
