from django.urls import path

from accounts import mailed_code
from accounts.address import pages as address
from accounts.providers import views

# Before allauth's own, so that choosing a first password asks who it is. allauth looks for most of these by name.
urlpatterns = [
    path("email/", address.address, name="account_email"),
    path("password/set/", mailed_code.set_password, name="account_set_password"),
    path("reauthenticate/mail/", mailed_code.reauthenticate_by_mail, name="reauthenticate_by_mail"),
    path("with/<slug:provider_id>/", views.begin, name="provider_begin"),
    path("with/github/callback/", views.back_from_github, name="github_callback"),
    path("with/<slug:provider_id>/callback/", views.back_from_openid, name="openid_connect_callback"),
    path("join/", views.JoinWith.as_view(), name="socialaccount_signup"),
]
