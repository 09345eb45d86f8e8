"""The timetable of recurring work."""

from config.celery import app


def test_everything_in_the_timetable_is_a_task_that_workers_know(db):
    app.loader.import_default_modules()
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} - set(app.tasks) == set()
