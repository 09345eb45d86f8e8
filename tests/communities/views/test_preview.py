"""The preview: the same HTML as what is saved, and nothing is saved."""

import pytest

from communities.models import Post
from tests.addresses import table_digests

BODY = "Is $x^2$ **always** positive?\n\n```python\nx = 1\n```\n<script>alert(1)</script>"


@pytest.mark.parametrize("field", ["body", "about"])
def test_preview_is_what_will_be_saved(ada, algebra, client_of, read, field):
    browser = client_of(ada)
    before = table_digests()
    preview = browser.post("/preview/", {field: BODY})
    assert table_digests() == before
    browser.post("/c/algebra/ask/", {"kind": "question", "title": "A question with formulas", "body": BODY})
    assert Post.objects.get().html in preview.content.decode()
    assert read(preview).find("math") is not None


@pytest.mark.parametrize("body", ["", "   ", "\x00"])
def test_nothing_shows_nothing(ada, client_of, read, body):
    response = client_of(ada).post("/preview/", {"body": body})
    assert response.status_code == 200
    assert read(response).get_text().strip() in ("Nothing to show yet.", "\ufffd")


def test_preview_is_for_members_and_by_post(ada, client, client_of):
    assert client.post("/preview/", {"body": BODY})["Location"] == "/accounts/login/?next=/preview/"
    assert client_of(ada).get("/preview/").status_code == 405
