from django.urls import path

from gamification.views import achievements, boards, quiet, receipts, rhythm, welcome

app_name = "gamification"

urlpatterns = [
    path("xp/", receipts.receipts, name="receipts"),
    path("xp/how/", receipts.how, name="how"),
    path("rhythm/", rhythm.own, name="rhythm"),
    path("rhythm/flame/", rhythm.flame, name="flame"),
    path("rhythm/plan/", rhythm.plan, name="plan"),
    path("rhythm/pauses/", rhythm.pause, name="pause"),
    path("rhythm/pauses/<int:pk>/end/", rhythm.pause_end, name="pause_end"),
    path("settings/xp/", quiet.quiet, name="quiet"),
    path("settings/privacy/achievements/", achievements.showing, name="showing"),
    path("welcome/plan/", welcome.plan, name="welcome_plan"),
    path("achievements/", achievements.own, name="achievements"),
    path("members/<str:username>/achievements/", achievements.of_member, name="member_achievements"),
    path("leaderboard/", boards.overall, name="leaderboard"),
    path("c/<slug:slug>/leaderboard/", boards.of_community, name="community_board"),
]
