"""What is done for accounts every night."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import Grant
from accounts.tasks import forget_ended_sessions


def test_ended_sessions_go_with_their_grants_and_others_stay(ada, bob, client_of):
    ended, going_on = (client_of(person).session.session_key for person in (ada, bob))
    for person, session_key in ((ada, ended), (bob, going_on)):
        Grant.objects.create(member=person, session_key=session_key)
    Session.objects.filter(pk=ended).update(expire_date=timezone.now() - timedelta(minutes=1))
    forget_ended_sessions()
    assert [session.pk for session in Session.objects.all()] == [going_on]
    assert [grant.member for grant in Grant.objects.all()] == [bob]
