"""Where everything is."""

from django.contrib import admin
from django.urls import URLResolver, include, path
from django.urls.resolvers import RoutePattern

from accounts.language_page import language
from accounts.views import appearance
from config import views, watching

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler429 = "config.views.too_often"
handler500 = "config.views.server_error"

# The API stands there by its name alone: what it is made of takes 12 MB, and most processes are never asked for it. So
# do what it says of itself and the sign-in for programs.
urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("rules/", views.rules, name="rules"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", watching.metrics, name="metrics"),
    path("language/", language, name="language"),
    path("appearance/", appearance, name="appearance"),
    path("accounts/", include("accounts.providers.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/second-step/", include("accounts.factors.urls")),
    path("", include("accounts.urls")),
    path("inbox/", include("notifications.urls")),
    path("", include("communities.urls")),
    path("", include("webhooks.urls")),
    path("", include("ai_assist.urls")),
    path("", include("gamification.urls")),
    URLResolver(RoutePattern("api/v1/"), "config.api", app_name="api", namespace="api"),
    URLResolver(RoutePattern("api/"), "config.described", app_name="described", namespace="described"),
    URLResolver(RoutePattern("api/"), "accounts.headless.urls", app_name="auth", namespace="auth"),
    path("admin/", admin.site.urls),
]
