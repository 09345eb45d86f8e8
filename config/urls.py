"""Where everything is."""

from django.contrib import admin
from django.urls import include, path

from accounts.views import appearance
from config import views

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler429 = "config.views.too_often"
handler500 = "config.views.server_error"

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("appearance/", appearance, name="appearance"),
    path("accounts/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("inbox/", include("notifications.urls")),
    path("", include("communities.urls")),
    path("", include("ai_assist.urls")),
    path("admin/", admin.site.urls),
]
