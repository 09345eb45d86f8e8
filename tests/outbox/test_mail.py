"""Mail through the outbox, with a real worker and real files: sent once, whatever breaks on the way."""

import email
import email.policy
import socket
import threading
import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from celery import Celery
from celery.signals import task_postrun
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail
from django.db import transaction
from django.utils import timezone

from config.celery import app
from outbox import tasks
from outbox.mail import deliver
from outbox.models import GIVE_UP_AFTER, LEASE, Mail

PATIENCE = 20


def write(recipient: str = "ada@example.org", text: str = "Your code: 123") -> None:
    send_mail("A word", text, "cairn@example.org", [recipient])


def sent(folder) -> list[email.message.EmailMessage]:
    files = sorted(folder.glob("*")) if folder.exists() else []
    return [
        email.message_from_string(part.strip(), policy=email.policy.default)
        for file in files
        for part in file.read_text().split("-" * 79)
        if part.strip()
    ]


def grow_old(by: timedelta = LEASE + timedelta(seconds=1)) -> None:
    """As if so much time had passed."""
    for mail in Mail.objects.all():
        mail.created_at -= by
        mail.taken_at = mail.taken_at and mail.taken_at - by
        mail.save()


@contextmanager
def done(task):
    """Waits until this task has run once inside the block."""
    finished = threading.Event()

    def hear(sender=None, **kwargs) -> None:
        if sender.name == task.name:
            finished.set()

    task_postrun.connect(hear, weak=False)
    try:
        yield
        assert finished.wait(PATIENCE), f"{task.name} did not run"
    finally:
        task_postrun.disconnect(hear)


@pytest.fixture(params=["refused", "silent"])
def broker_away(request):
    """A broker that refuses connections, or takes them and says nothing."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    if request.param == "refused":
        listener.close()
    away = Celery("away", set_as_current=False)
    away.config_from_object("django.conf:settings", namespace="CELERY")
    away.conf.broker_url = f"redis://127.0.0.1:{port}/2"
    away.set_current()
    yield
    app.set_current()
    listener.close()


@pytest.fixture
def transport_away(settings):
    """A mail server that refuses connections; calling this brings the right one back."""
    mailers = settings.MAILERS
    smtp = {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {"host": "127.0.0.1", "port": 1},
    }
    settings.MAILERS = mailers | {"transport": smtp}

    def come_back() -> None:
        settings.MAILERS = mailers

    return come_back


def test_mail_is_sent_by_the_worker_and_its_text_forgotten(worker, real_mail):
    with worker(), done(tasks.send_mail):
        write()
    mail = Mail.objects.get()
    (message,) = sent(real_mail)
    assert (message["To"], message["Subject"], message["Message-ID"]) == (
        "ada@example.org",
        "A word",
        mail.message_id,
    )
    assert message.get_content().strip() == "Your code: 123"
    assert (mail.text, mail.attempts, mail.sent_at is None) == ("", 1, False)


def test_request_does_not_wait_for_a_broker_that_is_away(broker_away, worker, client, real_mail):
    begin = time.monotonic()
    response = client.post("/accounts/password/reset/", {"email": "nobody@example.org"})
    assert time.monotonic() - begin < 5  # without time-outs it is 25 and more
    assert response["Location"] == "/accounts/password/reset/done/"
    assert Mail.objects.get().sent_at is None
    app.set_current()  # the broker is back
    grow_old()
    with worker(), done(tasks.send_mail):
        tasks.sweep.delay()
    assert [message["To"] for message in sent(real_mail)] == ["nobody@example.org"]


def test_rolled_back_request_sends_nothing(worker, real_mail):
    def change_ones_mind() -> None:
        with transaction.atomic():
            write("gone@example.org")
            raise RuntimeError

    with worker(), done(tasks.send_mail):
        with pytest.raises(RuntimeError):
            change_ones_mind()
        write("stays@example.org")
    assert [message["To"] for message in sent(real_mail)] == ["stays@example.org"]


def test_nothing_is_queued_before_the_commit(worker, real_mail):
    with transaction.atomic():
        write()
        assert app.control.purge() == 0
    with worker(), done(tasks.send_mail):
        pass
    assert len(sent(real_mail)) == 1


def test_mail_delivered_twice_is_sent_once(db, real_mail):
    write()
    pk = Mail.objects.get().pk
    deliver(pk)
    grow_old()
    deliver(pk)
    assert len(sent(real_mail)) == 1


def test_mail_in_another_workers_hands_is_left_alone(transactional_db, real_mail):
    write()
    pk = Mail.objects.get().pk
    barrier = threading.Barrier(4)

    def work() -> None:
        from django.db import connection

        barrier.wait(PATIENCE)
        deliver(pk)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert len(sent(real_mail)) == 1
    assert Mail.objects.get().attempts == 1


def test_mail_that_a_killed_worker_held_is_sent_after_its_lease(db, real_mail):
    write()
    Mail.objects.update(taken_at=timezone.now(), attempts=1)
    pk = Mail.objects.get().pk
    deliver(pk)
    assert sent(real_mail) == []
    grow_old()
    assert list(Mail.objects.waiting()) == [pk]
    deliver(pk)
    assert len(sent(real_mail)) == 1


def test_mail_stays_while_the_transport_is_away(db, transport_away, real_mail):
    write()
    pk = Mail.objects.get().pk
    deliver(pk)
    mail = Mail.objects.get()
    assert (mail.sent_at, mail.attempts, mail.text) == (None, 1, "Your code: 123")
    transport_away()
    grow_old()
    deliver(pk)
    (message,) = sent(real_mail)
    assert message["Message-ID"] == mail.message_id


def test_each_failure_makes_the_wait_longer(db):
    write()
    waits = []
    for attempts in (1, 2, 5):
        now = timezone.now()
        Mail.objects.update(created_at=now - timedelta(hours=3), taken_at=now, attempts=attempts)
        minutes = 0
        while not Mail.objects.filter(pk__in=Mail.objects.waiting()).exists():
            minutes += 1
            Mail.objects.update(taken_at=now - timedelta(minutes=minutes))
        waits.append(minutes)
    assert waits == [1, 4, 25]


def test_fresh_and_hopeless_mail_is_not_swept(db):
    write()
    assert list(Mail.objects.waiting()) == []
    grow_old()
    assert Mail.objects.waiting().count() == 1
    grow_old(GIVE_UP_AFTER)
    assert list(Mail.objects.waiting()) == []


def test_nobody_sees_who_else_got_a_mail(db, real_mail):
    EmailMessage("A word", "text", "cairn@example.org", ["a@example.org"], bcc=["b@example.org"]).send()
    for pk in Mail.objects.values_list("pk", flat=True):
        deliver(pk)
    assert sorted((message["To"], message["Bcc"]) for message in sent(real_mail)) == [
        ("a@example.org", None),
        ("b@example.org", None),
    ]


def test_html_goes_along_as_an_alternative(db, real_mail):
    message = EmailMultiAlternatives("A word", "plain", "cairn@example.org", ["a@example.org"])
    message.attach_alternative("<p>rich</p>", "text/html")
    message.send()
    deliver(Mail.objects.get().pk)
    (received,) = sent(real_mail)
    assert [part.get_content().strip() for part in received.iter_parts()] == ["plain", "<p>rich</p>"]


def test_missing_mail_is_nothing_to_do(db, real_mail):
    deliver(4711)
    assert sent(real_mail) == []


def test_sweep_leaves_the_sign_that_workers_work(worker, client):
    assert client.get("/readyz").json()["worker"] == "away"
    with worker(), done(tasks.sweep):
        tasks.sweep.delay()
    assert client.get("/readyz").json()["worker"] == "ok"


def test_mail_that_was_not_sent_for_a_day_is_forgotten(db):
    send_mail("Old", "Your code is 4711.", None, ["ada@example.org"])
    send_mail("New", "Your code is 4712.", None, ["bob@example.org"])
    Mail.objects.filter(subject="Old").update(created_at=timezone.now() - GIVE_UP_AFTER - timedelta(seconds=1))

    tasks.sweep()

    assert [mail.subject for mail in Mail.objects.all()] == ["New"]
