"""Every number of the webhooks floor, with its unit."""

from datetime import timedelta

from net.limits import Rate

WEBHOOKS_MAX = 10  # of a community
ATTEMPTS_AFTER = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
"""How long after each attempt that failed comes the next; after the last nothing does."""
RESTS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30))
"""How long a webhook is left alone after failures in a row; after more of them as long as at last."""
FAILURES_MAX = 20  # in a row; then it is switched off
LEASE = timedelta(seconds=30)  # one attempt ends within 16: looking up, connecting, answering
AT_ONCE = 2  # webhooks of one host that are sent to in one moment
BUSY_FOR = 30.0  # seconds that a worker stays with one webhook
TAKEN_WITHIN = timedelta(seconds=60)  # else the sweep queues it again
SAID_MAX = 1_000  # characters kept of what the other side said
LOG_KEPT = timedelta(days=30)
DELIVERIES_PER_PAGE = 30
RATES = {
    "webhook": Rate(60, 3600),
    "webhook-test": Rate(20, 3600),
}
