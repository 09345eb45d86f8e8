"""What is done for accounts every night."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import Grant
from accounts.tasks import forget_ended_sessions


def test_ended_sessions_go_with_their_grants_and_others_stay(ada, bob, client_of):
    ended, going_on = (client_of(person).session.session_key for person in (ada, bob))
    for person, session_key in ((ada, ended), (bob, going_on)):
        Grant.objects.create(member=person, session_key=session_key)
        UserSession.objects.create(user=person, session_key=session_key, ip="192.0.2.1")
    Session.objects.filter(pk=ended).update(expire_date=timezone.now() - timedelta(minutes=1))
    forget_ended_sessions()
    assert [session.pk for session in Session.objects.all()] == [going_on]
    assert [grant.member for grant in Grant.objects.all()] == [bob]
    assert [session.user for session in UserSession.objects.all()] == [bob]
