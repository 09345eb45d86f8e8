"""The load tool, a process of its own: Locust takes over sockets and threads of the process it runs in.

Reads one job a line as JSON and answers one line: how many people at once go through a list of requests.
"""

import json
import os
import sys
from collections.abc import Iterator
from typing import Any

from locust import FastHttpUser, events, task
from locust.env import Environment
from locust.exception import StopUser

PORT = os.environ["BENCH_PORT"]
FIXED = {"Host": f"localhost:{PORT}", "X-Forwarded-Proto": "https", "Accept-Encoding": "gzip"}


class Person(FastHttpUser):
    """Takes the next request of the list until there is none; anything but 200 counts as failed."""

    host = f"http://127.0.0.1:{PORT}"
    requests: Iterator[dict[str, Any]] = iter(())

    @task
    def ask_next(self) -> None:
        request = next(Person.requests, None)
        if request is None:
            raise StopUser
        with self.client.request(
            request["method"],
            request["path"],
            data=request.get("body"),
            headers=FIXED | request["headers"],
            allow_redirects=False,
            catch_response=True,
        ) as response:
            if response.status_code != 200:
                response.failure(f"{request['method']} {request['path']}: {response.status_code}")


def run(job: dict[str, Any]) -> dict[str, Any]:
    environment = Environment(user_classes=[Person], events=events)
    listed = job["requests"]
    Person.requests = iter([listed[number % len(listed)] for number in range(job["count"])])
    runner = environment.create_local_runner()
    runner.start(job["people"], spawn_rate=job["people"])
    runner.greenlet.join(timeout=0)
    runner.spawning_greenlet.join()
    runner.user_greenlets.join()
    total = environment.stats.total
    failures = [str(error.error) for error in environment.stats.errors.values()]
    answer = {
        "completed": total.num_requests - total.num_failures,
        "p95": total.get_response_time_percentile(0.95),
        "failures": failures,
    }
    runner.quit()
    return answer


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)
