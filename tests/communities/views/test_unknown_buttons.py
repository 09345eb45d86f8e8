"""A button that no page of ours has is told so, and changes nothing."""

import pytest

from tests.addresses import table_digests
from tests.factories import make_comment, make_tag

HTMX = {"HX-Request": "true"}
SAID = "Cairn does not know this button. Nothing was changed; load the page again and press it there."


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
@pytest.mark.parametrize("value", ["", "7", "x", "1\x00"])
def test_unknown_button_changes_nothing_and_says_so(ada, otto, question, answer, client_of, read, value, headers):
    make_tag(question.community, "Signs", approved_at=None)
    comment, browser = make_comment(otto, question), client_of(otto)
    member = question.community.memberships.get(user=ada)
    verbs = [*(f"answers/{answer.pk}/{verb}" for verb in ("vote", "accept", "endorse", "worked", "bookmark"))]
    verbs += [*(f"posts/{question.pk}/{verb}" for verb in ("vote", "bookmark", "follow", "order"))]
    verbs += [
        f"comments/{comment.pk}/resolve",
        "c/algebra/follow",
        "c/algebra/tags/signs/verdict",
        "members/ada/follow",
    ]
    verbs += [f"c/algebra/members/{member.pk}/role", "inbox/read"]
    before = table_digests()
    for verb in verbs:
        given = dict.fromkeys(("value", "level", "sort", "role", "up_to"), value if verb != "inbox/read" else "x")
        response = browser.post(f"/{verb}/", given, headers=headers)
        said = read(response).select_one(".toast__text" if headers else ".sorry__text")
        assert (verb, response.status_code, said and said.get_text()) == (verb, 422, SAID)
    assert table_digests() == before
