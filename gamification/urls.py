from django.urls import path

from gamification.views import quiet, receipts

app_name = "gamification"

urlpatterns = [
    path("xp/", receipts.receipts, name="receipts"),
    path("xp/how/", receipts.how, name="how"),
    path("settings/xp/", quiet.quiet, name="quiet"),
]
