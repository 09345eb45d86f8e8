from django.urls import path

from accounts import privacy, security, token_pages, views, welcome_pages
from accounts.address import pages as address
from accounts.leaving import pages as leaving
from accounts.mydata import pages
from accounts.providers import linking

app_name = "accounts"

urlpatterns = [
    path("members/<str:username>/", views.profile, name="profile"),
    path("members/<str:username>/avatar/", views.avatar, name="avatar"),
    path("settings/", views.edit_settings, name="settings"),
    path("settings/privacy/", privacy.privacy, name="privacy"),
    path("welcome/", welcome_pages.begin, name="welcome"),
    path("welcome/end/", welcome_pages.end, name="welcome_end"),
    path("settings/tokens/", token_pages.tokens, name="tokens"),
    path("settings/tokens/new/", token_pages.create, name="token_create"),
    path("settings/tokens/<int:pk>/revoke/", token_pages.revoke, name="token_revoke"),
    path("settings/security/", security.security, name="security"),
    path("settings/security/sessions/end/", security.end_other_sessions, name="sessions_end"),
    path("settings/security/sessions/<int:pk>/end/", security.end_session, name="session_end"),
    path("settings/security/with/<slug:provider_id>/", linking.link_provider, name="provider_link"),
    path("settings/security/with/<int:pk>/end/", linking.unlink_provider, name="provider_unlink"),
    path("settings/data/", pages.mydata, name="mydata"),
    path("settings/data/exports/", pages.ask, name="export_ask"),
    path("settings/data/exports/<uuid:uuid>/", pages.download, name="export_download"),
    path("settings/data/exports/<uuid:uuid>/state/", pages.state, name="export_state"),
    path("settings/data/delete/", leaving.go, name="leave"),
    path("address/<str:token>/", address.answer, name="address_change"),
    path("stay/<str:token>/", leaving.come_back, name="stay"),
    path("claim/<str:token>/", views.claim, name="claim"),
]
