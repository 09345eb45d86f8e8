from django.urls import path

from webhooks import views

app_name = "webhooks"

urlpatterns = [
    path("c/<slug:slug>/webhooks/", views.listed, name="webhooks"),
    path("c/<slug:slug>/webhooks/new/", views.create, name="webhook_create"),
    path("c/<slug:slug>/webhooks/<int:webhook>/", views.show, name="webhook"),
    path("c/<slug:slug>/webhooks/<int:webhook>/edit/", views.edit, name="webhook_edit"),
    path("c/<slug:slug>/webhooks/<int:webhook>/secret/", views.secret, name="webhook_secret"),
    path("c/<slug:slug>/webhooks/<int:webhook>/switch/", views.switch, name="webhook_switch"),
    path("c/<slug:slug>/webhooks/<int:webhook>/test/", views.test, name="webhook_test"),
    path("c/<slug:slug>/webhooks/<int:webhook>/delete/", views.delete, name="webhook_delete"),
    path("c/<slug:slug>/webhooks/<int:webhook>/<uuid:delivery>/", views.delivery, name="delivery"),
    path("c/<slug:slug>/webhooks/<int:webhook>/<uuid:delivery>/resend/", views.resend, name="delivery_resend"),
]
