"""What the API says of itself, and that the lines of its manual work."""

import json
import re
import subprocess

import pytest
from django.conf import settings as site

from accounts.models import Scope
from accounts.tokens import make_token
from ai_assist.models import Document, Message
from config.openapi import description
from tests.factories import make_community, make_user

MANUAL = (site.BASE_DIR / "docs" / "api.md").read_text(encoding="utf-8")
LINES = re.findall(r"^```sh\n(.*?)^```", MANUAL, re.DOTALL | re.MULTILINE)
PLACE = "https://cairn.example.org"
STRICT = 'set -euo pipefail; curl() { command curl --silent --show-error --fail-with-body "$@"; }\n'


def test_description_is_openapi(client):
    response = client.get("/api/openapi.json")
    described = response.json()
    assert (described["openapi"], described["servers"]) == ("3.1.0", [{"url": "http://localhost:8000"}])
    assert sorted(described["components"]["securitySchemes"]) == ["BearerToken", "CsrfToken", "SessionAuth"]
    assert sorted(described["paths"]["/api/v1/documents"]) == ["get", "post"]
    assert response.headers["Cache-Control"] == "public, max-age=300"


def test_page_shows_every_request_and_loads_nothing_of_others(client, read):
    page = read(client.get("/api/docs"))
    shown = {
        (line.select_one(".api__method").get_text(), line.select_one(".api__path").get_text())
        for line in page.select(".api__line:has(.api__method)")
    }
    said = {(method.upper(), path) for path, operations in description()["paths"].items() for method in operations}
    assert shown == said
    fields = [" ".join(line.get_text().split()) for line in page.select("#thing-FolderOut dt")]
    assert fields == ["id integer · required", "name string · required"]
    assert [code.get_text() for code in page.select("#post_publish > p > code")] == ["said"]
    example = page.select_one("#thing-FolderOut .api__example").get_text()
    assert json.loads(example) == {"id": 17, "name": "Lectures"}
    refused = page.select_one("#folder_delete .api__refused").get_text().split()
    assert (refused[0], page.select_one("#refusal-404").get_text()) == ("401", "404")
    assert page.select("style, script:not([src]), [style]") == []


@pytest.mark.django_db(transaction=True)
def test_lines_of_the_manual_work(live_server, settings, tmp_path):
    settings.SITE_URL = live_server.url
    ada = make_user("ada", password="cairn-demo")
    make_community(ada)
    _token, secret = make_token(by=ada, name="Manual", scope=Scope.WRITE, days=7)
    (tmp_path / "notes.pdf").write_bytes((site.BASE_DIR / "tests" / "journeys" / "lecture.pdf").read_bytes())
    first, *others = (block.replace(PLACE, live_server.url).replace("wait=20", "wait=0") for block in LINES)
    for block in (first, *(f"{first}\n{other}" for other in others)):
        done = subprocess.run(
            ["bash", "-c", STRICT + block],
            cwd=tmp_path,
            env={"PATH": "/usr/bin:/bin", "TOKEN": secret},
            capture_output=True,
            text=True,
            timeout=30,
        )
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert Document.objects.get().title == "Lecture 3"
    assert Message.objects.get().question == "Why do signs flip?"
