"""The Celery application and its timetable."""

import gc
import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_before_create_process, worker_ready
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("cairn")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
TIMETABLE: dict[str, dict[str, Any]] = {
    "sweep-what-nobody-took": {"task": "outbox.tasks.sweep", "schedule": 60.0},
    "forget-ended-sessions": {
        "task": "accounts.tasks.forget_ended_sessions",
        "schedule": crontab(hour=3, minute=30),
    },
    "forget-exports": {"task": "accounts.tasks.forget_exports", "schedule": crontab(minute=25)},
    "remind-of-bookmarks": {
        "task": "communities.tasks.remind_of_bookmarks",
        "schedule": crontab(minute="*/15"),
    },
    "forget-removed-bookmarks": {
        "task": "communities.tasks.forget_removed_bookmarks",
        "schedule": crontab(hour=4, minute=10),
    },
    "forget-deliveries": {
        "task": "webhooks.tasks.forget_deliveries",
        "schedule": crontab(hour=4, minute=0),
    },
    "remove-unused-pictures": {
        "task": "communities.tasks.remove_unused_pictures",
        "schedule": crontab(hour=3, minute=40),
    },
    "forget-redacted-texts": {
        "task": "communities.tasks.forget_redacted_texts",
        "schedule": crontab(hour=3, minute=40),
    },
    "purge-deleted-texts": {
        "task": "communities.tasks.purge_deleted_texts",
        "schedule": crontab(hour=4, minute=20),
    },
    "heat-posts": {"task": "communities.tasks.heat_posts_often", "schedule": 600.0},
    "raise-trust": {"task": "communities.tasks.raise_trust", "schedule": crontab(minute=20)},
    "tell-of-lists": {
        "task": "communities.tasks.tell_of_lists",
        "schedule": crontab(hour=5, minute=0),
    },
    "forget-partial-uploads": {
        "task": "ai_assist.tasks.forget_partial_uploads",
        "schedule": crontab(minute=35),
    },
    "reconcile-vectors": {
        "task": "ai_assist.tasks.reconcile_vectors",
        "schedule": crontab(hour=4, minute=30),
    },
    "forget-drafts": {
        "task": "communities.tasks.forget_drafts",
        "schedule": crontab(hour=3, minute=50),
    },
    "recount-votes": {
        "task": "communities.tasks.recount_votes_nightly",
        "schedule": crontab(hour=3, minute=10),
    },
    "refresh-stale-answers": {
        "task": "communities.tasks.refresh_stale_answers",
        "schedule": crontab(hour=3, minute=40),
    },
    "settle-what-stood": {"task": "gamification.tasks.settle_what_stood", "schedule": crontab(minute="*/15")},
    "settle-some": {"task": "gamification.tasks.settle_some", "schedule": crontab(hour=4, minute=20)},
    "weigh-by-night": {"task": "gamification.tasks.weigh_by_night", "schedule": crontab(hour=4, minute=40)},
    "look-for-favours": {
        "task": "gamification.tasks.look_for_favours",
        "schedule": crontab(hour=3, minute=50),
    },
    "look-for-rings": {
        "task": "gamification.tasks.look_for_rings",
        "schedule": crontab(hour=4, minute=20, day_of_week="mon"),
    },
    "release-votes": {"task": "gamification.tasks.release_votes", "schedule": crontab(minute=50)},
    "kindle-by-night": {"task": "gamification.tasks.kindle_by_night", "schedule": crontab(hour=4, minute=50)},
    "remind-at-their-hour": {"task": "gamification.tasks.remind_at_their_hour", "schedule": crontab(minute=5)},
    "rebuild-rungs": {"task": "gamification.tasks.rebuild_rungs", "schedule": 60.0},
    "recompute-some": {"task": "gamification.tasks.recompute_some", "schedule": crontab(hour=4, minute=50)},
}


@app.on_after_configure.connect
def keep_timetable(sender: Celery, **_: object) -> None:
    """Of the apps that are installed: each may be left out."""
    sender.conf.beat_schedule = {
        name: entry for name, entry in TIMETABLE.items() if entry["task"].split(".")[0] in settings.INSTALLED_APPS
    }


@worker_ready.connect
def sweep_at_once(**_: object) -> None:
    """A worker that comes back first takes what was left lying while it was away."""
    app.send_task("outbox.tasks.sweep")


@worker_before_create_process.connect
def share_memory_with_children(**_: object) -> None:
    """The collector then leaves alone what was there before the fork, and writes to none of its pages."""
    gc.collect()
    gc.freeze()
