"""The timetable of recurring work."""

from django.conf import settings

from config.celery import app
from config.management.commands.up import programs


def test_everything_in_the_timetable_is_a_task_that_workers_know(db):
    app.loader.import_default_modules()
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} - set(app.tasks) == set()


def test_each_queue_has_a_worker_of_its_own():
    commands = [program.command for program in programs(port="0")]
    read = [command[command.index("--queues") + 1] for command in commands if "--queues" in command]
    assert sorted(read) == sorted({route["queue"] for route in settings.CELERY_TASK_ROUTES.values()})
