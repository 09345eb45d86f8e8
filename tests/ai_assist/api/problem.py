"""What programs get when something is wrong."""

from typing import Any

from django.http import HttpResponse


def is_problem(response: HttpResponse, status: int, detail: str, **more: Any) -> bool:
    assert response.headers["Content-Type"] == "application/problem+json"
    found = response.json()
    assert (response.status_code, found["status"], found["detail"]) == (status, status, detail)
    assert {name: found.get(name) for name in more} == more
    return True
