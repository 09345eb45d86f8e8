"""Documents in the admin: facts without the file, and the end through the action."""

from ai_assist.models import State
from tests.factories import make_document, make_user


def test_superuser_reads_facts_and_deletes_for_good(ada, client_of, read):
    document = make_document(ada)
    browser = client_of(make_user("grace", is_staff=True, is_superuser=True))
    facts = read(browser.get(f"/admin/ai_assist/document/{document.pk}/change/"))
    assert facts.select("a[href*=media], input[name=title], .deletelink, .field-file") == []
    given = {"action": "delete_for_good", "_selected_action": [document.pk]}
    browser.post("/admin/ai_assist/document/", given)
    document.refresh_from_db()
    assert document.state == State.DELETING
