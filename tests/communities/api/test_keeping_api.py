"""Founding communities and keeping their house, histories and reports, through the API; and what lists cost."""

import pytest

from accounts.models import Scope
from accounts.tokens import make_token
from communities.actions.drafting import save_draft
from communities.actions.following import follow
from communities.actions.posting import edit_post
from communities.actions.redacting import redact
from communities.drafts import Place
from communities.models import Community, DraftKind, Level, Membership, Revision, Role
from tests.addresses import table_digests
from tests.ai_assist.api.problem import is_problem
from tests.factories import make_community, make_post, make_user

API = "/api/v1"


def sends(browser, method, address, **given):
    return getattr(browser, method)(f"{API}/{address}", given, content_type="application/json")


def test_founding_makes_one_owner_and_its_settings_change_one_by_one(ada, client_of):
    browser = client_of(ada)
    given = {"name": "Topology", "tagline": "Rubber sheets.", "visibility": "private"}
    made = sends(browser, "post", "communities", **given)
    assert (made.status_code, made.json()["slug"], made.json()["mine"]["role"]) == (201, "topology", "owner")
    assert sends(browser, "post", "communities", **given).json()["slug"] == "topology"
    assert sends(browser, "post", "communities", name="T", tagline="x").json()["errors"][0]["where"] == ["body", "name"]
    changed = sends(
        browser, "patch", "communities/topology", about="*Doughnuts*", downvotes="off", asking_hints="Draw."
    )
    assert changed.json()["about_html"] == "<p><em>Doughnuts</em></p>\n"
    now = Community.objects.get(slug="topology")
    assert (now.name, now.tagline, now.visibility) == ("Topology", "Rubber sheets.", "private")
    assert (now.downvotes, now.asking_hints, now.has_second_answers) == ("off", "Draw.", True)
    before = table_digests()
    refused = sends(browser, "patch", "communities/topology", name="", tagline="Another line")
    assert (refused.status_code, table_digests()) == (422, before)


def test_an_invitation_is_renewed_and_lets_in(ada, eve, closed, otto, client_of):
    owner = client_of(otto)
    old = owner.get(f"{API}/communities/study-group/invitation").json()
    new = sends(owner, "post", "communities/study-group/invitation").json()
    assert new["url"].endswith(f"/c/study-group/join/{new['invite_key']}/")
    for key, status in ((old["invite_key"], 404), (new["invite_key"], 200)):
        joined = client_of(eve).put(f"{API}/communities/study-group/membership?invite_key={key}")
        assert (key, joined.status_code) == (key, status)


def test_roles_want_the_password_of_a_browser_and_no_more_of_a_token(otto, ada, algebra, client, client_of):
    otto.set_password("seven piles of stones")
    otto.save()
    address = "communities/algebra/members/ada/role"
    refused = sends(client_of(otto), "put", address, value="moderator")
    assert is_problem(refused, 403, "Type your password on a page that asks for it first, or send a token.")
    _token, secret = make_token(by=otto, name="Roles", scope=Scope.WRITE, days=7)
    headers = {"Authorization": f"Bearer {secret}"}
    granted = client.put(f"{API}/{address}", {"value": "moderator"}, "application/json", headers=headers)
    assert (granted.status_code, granted.json()["role"]) == (200, "moderator")
    assert Membership.objects.get(user=ada).role == Role.MODERATOR
    shown = client_of(ada).get(f"{API}/communities/algebra/members?limit=2").json()
    assert [(one["username"], one["role"]) for one in shown["members"]] == [("bob", "member"), ("ada", "moderator")]
    further = client_of(ada).get(f"{API}/communities/algebra/members?limit=2&after={shown['next']}").json()
    assert ([one["username"] for one in further["members"]], further["next"]) == (["otto"], None)


def test_a_post_becomes_another_kind(otto, question, client_of):
    assert sends(client_of(otto), "put", f"posts/{question.pk}/kind", value="discussion").json()["kind"] == "discussion"
    assert sends(client_of(otto), "put", f"posts/{question.pk}/kind", value="song").status_code == 422


def test_a_history_is_read_compared_and_gone_back_to(ada, otto, question, client_of):
    browser = client_of(ada)
    only = browser.get(f"{API}/posts/{question.pk}/revisions").json()["revisions"]
    assert [(one["number"], one["editor"]["username"]) for one in only] == [(1, "ada")]
    first = question.body
    for note in ("other words", "and more"):
        edit_post(question, by=otto, title=question.title, body=f"{question.body}\n\nNow with {note}.", note=note)
        question.refresh_from_db()
    listed = browser.get(f"{API}/posts/{question.pk}/revisions").json()["revisions"]
    assert [(one["number"], one["note"]) for one in listed] == [(3, "and more"), (2, "other words"), (1, "")]
    second = browser.get(f"{API}/revisions/{listed[1]['id']}").json()
    assert [(line["mark"], line["after"]) for line in second["changes"] if line["mark"] != "same"] == [
        ("added", ""),
        ("added", "Now with other words."),
    ]
    returned = sends(browser, "post", f"revisions/{listed[2]['id']}/return").json()
    question.refresh_from_db()
    assert (returned["kind"], returned["id"], question.body) == ("post", question.pk, first)
    redact(Revision.objects.get(pk=listed[1]["id"]), by=otto, reason="a number")
    gone = browser.get(f"{API}/revisions/{listed[1]['id']}").json()
    assert (gone["is_taken_out"], gone["body"], gone["changes"], gone["note"]) == (True, "", [], "")
    assert sends(browser, "post", f"revisions/{listed[1]['id']}/return").status_code == 403


def test_a_report_is_made_and_taken_back(ada, answer, client_of):
    browser, address = client_of(ada), f"answers/{answer.pk}"
    assert sends(browser, "put", f"{address}/worked").json()["mine"]["said"] == ["worked"]
    wrong = {"outcome": "wrong", "reason": "The sign of the second term is wrong."}
    assert sends(browser, "put", f"{address}/report", **wrong).json()["mine"]["said"] == ["worked", "wrong"]
    short = sends(browser, "put", f"{address}/report", outcome="wrong", reason="No")
    assert (short.status_code, short.json()["errors"][0]["where"]) == (422, ["body", "reason"])
    assert browser.delete(f"{API}/{address}/report?outcome=wrong").json()["mine"]["said"] == ["worked"]
    assert browser.delete(f"{API}/{address}/worked").json()["mine"]["said"] == []
    assert browser.delete(f"{API}/{address}/report?outcome=worked").status_code == 422


@pytest.mark.parametrize("name", ["following", "drafts", "communities/algebra/members"])
def test_longer_lists_cost_no_more_queries(ada, otto, algebra, client_of, django_assert_max_num_queries, name):
    browser = client_of(ada)

    def more(number: int) -> None:
        someone = make_user(f"someone{number}")
        place = make_community(otto, ada, name=f"Place {number}")
        post = make_post(ada, place, title=f"Question number {number} of several")
        for target in (place, post, someone):
            follow(target, by=ada, level=Level.ALL)
        save_draft(Place(DraftKind.ANSWER, post), by=ada, fields={"body": "Begun"}, known=None)
        Membership.objects.create(community=algebra, user=someone)

    def asked() -> int:
        with django_assert_max_num_queries(30) as queries:
            assert browser.get(f"{API}/{name}").status_code == 200
        return len(queries)

    more(0)
    asked()
    few = asked()
    for number in range(1, 4):
        more(number)
    assert asked() == few
