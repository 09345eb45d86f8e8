from django.urls import path

from gamification import views

app_name = "gamification"

urlpatterns = [
    path("xp/", views.receipts, name="receipts"),
    path("xp/how/", views.how, name="how"),
]
