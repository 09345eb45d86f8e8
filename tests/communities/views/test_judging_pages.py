"""The buttons by which people vouch for an answer or doubt it, the page that says why, and the moderators' list."""

import pytest

from communities.actions.answering import accept_answer, edit_answer
from communities.actions.endorsing import endorse_answer
from communities.actions.reacting import react
from communities.models import Endorsement, Membership, Reaction, Trust
from tests.factories import make_answer

HTMX = {"HX-Request": "true"}
WHY = "The sign in the third step is wrong."


@pytest.fixture(autouse=True)
def known(algebra) -> None:
    Membership.objects.update(trust_level=Trust.KNOWN)


def acts(page) -> list[tuple[str, str | None]]:
    """The buttons that vouch or doubt, with what they say of themselves."""
    judging = ("worked", "outdated", "wrong", "endorse", "confirm")
    return [
        (act.get_text().strip(), act.get("aria-pressed"))
        for act in page.select(".answer .act[id]")
        if act["id"].startswith(judging)
    ]


def test_worked_by_htmx_gives_the_answer_with_the_button_pressed(ada, answer, client_of, read):
    browser, address = client_of(ada), f"/answers/{answer.pk}/worked/"
    for value, said in (("1", ("Worked for me · 1", "true")), ("0", ("Worked for me", "false"))):
        response = browser.post(address, {"value": value}, headers=HTMX)
        assert (response["HX-Retarget"], acts(read(response))) == (f"#{answer.anchor}", [said])
        whole = read(browser.get(answer.post.get_absolute_url()))
        assert acts(whole) == [said]


def test_worked_without_scripts_leads_back(ada, answer, client_of):
    response = client_of(ada).post(f"/answers/{answer.pk}/worked/", {"value": "1"})
    assert response["Location"] == f"{answer.post.get_absolute_url()}#{answer.anchor}"
    assert Reaction.objects.get().outcome == "worked"


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_report_without_a_real_reason_comes_back_filled(ada, answer, client_of, read, headers):
    given = {"outcome": "wrong", "reason": "Just wrong"}
    response = client_of(ada).post(f"/answers/{answer.pk}/report/", given, headers=headers)
    page = read(response)
    said = [error.get_text() for error in page.select(".field__error")]
    assert (response.status_code, said) == (
        422,
        ["This is too short: at least 20 characters that can be seen, and it has 10."],
    )
    assert page.find("textarea").get_text().strip() == "Just wrong"
    assert page.find("input", value="wrong").has_attr("checked")
    assert (page.html is None, Reaction.objects.count()) == (bool(headers), 0)


def test_report_is_shown_to_who_made_it_and_taken_back(otto, answer, client_of, read):
    browser, address = client_of(otto), f"/answers/{answer.pk}/report/"
    page = read(browser.post(address, {"outcome": "wrong", "reason": WHY}, headers=HTMX))
    assert [badge.get_text() for badge in page.select(".badge")] == ["Stale"]
    assert ("You said: wrong. Take back", "true") in acts(page)
    page = read(browser.post(address, {"withdraw": "wrong"}, headers=HTMX))
    assert [badge.get_text() for badge in page.select(".badge")] == ["Unreviewed"]
    assert Reaction.objects.count() == 0


def test_endorsement_is_shown_with_name_and_role_here(otto, ada, answer, client_of, read):
    browser, address = client_of(otto), f"/answers/{answer.pk}/endorse/"
    page = read(browser.post(address, {"value": "1"}, headers=HTMX))
    assert ("Endorsed; take back", "true") in acts(page)
    page = read(client_of(ada).get(answer.post.get_absolute_url()))
    facts = [" ".join(fact.get_text().split()) for fact in page.select(".why__facts li")]
    assert (page.select_one(".answer .badge").get_text(), facts) == (
        "Validated",
        ["Endorsed by Otto (Owner)", "No votes yet"],
    )
    button = page.select_one(".state")
    assert page.find(id=button["popovertarget"]).has_attr("popover")
    for _ in range(2):  # a double click takes back, and nothing else
        browser.post(address, {"value": "0"})
        assert Endorsement.objects.standing().count() == 0


def test_taking_back_an_endorsement_is_refused_to_who_could_give_none(ada, eve, answer, client_of, read):
    for person in (ada, eve):
        response = client_of(person).post(f"/answers/{answer.pk}/endorse/", {"value": "0"})
        said = read(response).select_one(".sorry__text").get_text()
        assert (response.status_code, said) == (403, "Mentors and moderators endorse answers to questions here.")


def test_trust_page_lets_former_mentors_take_back_their_own_word(mina, otto, algebra, answer, client_of, read):
    member = Membership.objects.create(community=algebra, user=mina, role="mentor")
    for person in (mina, otto):
        endorse_answer(answer, by=person)
    Membership.objects.filter(pk=member.pk).update(role="member")
    browser, address = client_of(mina), f"/answers/{answer.pk}/trust/"
    (button,) = read(browser.get(address)).select("button[formaction$='/withdraw/']")
    browser.post(button["formaction"])
    assert [one.by for one in Endorsement.objects.standing()] == [otto]
    assert read(browser.get(address)).select("button[formaction$='/withdraw/']") == []


def test_who_asked_is_offered_to_accept_again_what_was_rewritten(ada, bob, answer, client_of, read):
    accept_answer(answer, by=ada)
    edit_answer(answer, by=bob, body="Completely different words stand here now, every one of them replaced.")
    browser, again = client_of(ada), f"#accept-again-{answer.pk}"
    button = read(browser.get(answer.post.get_absolute_url())).select_one(again)
    assert button.get_text() == "It was rewritten: accept it again"
    assert read(client_of(bob).get(answer.post.get_absolute_url())).select(again) == []
    page = read(browser.post(button["formaction"], {"value": button["value"]}, headers=HTMX))
    assert (page.select(again), len(page.select(".answer--accepted"))) == ([], 1)


def test_buttons_are_for_those_who_may(ada, bob, otto, eve, answer, client_of, read):
    seen = {}
    for person in (ada, bob, otto, eve, None):
        page = read(client_of(person).get(answer.post.get_absolute_url()))
        seen[person and person.username] = [said for said, _ in acts(page)]
    worked = "Worked for me"
    assert seen == {"ada": [worked], "bob": [], "otto": [worked, "Endorse"], "eve": [], None: []}


def test_new_name_of_an_endorser_is_shown_everywhere(otto, answer, client_of, client, read):
    endorse_answer(answer, by=otto)
    client.get(answer.post.get_absolute_url())
    client_of(otto).post("/settings/", {"username": "otto", "name": "Otto the Second", "time_zone": "UTC", "bio": ""})
    page = read(client.get(answer.post.get_absolute_url()))
    assert page.select_one(".why__facts a").get_text() == "Otto the Second"


def test_trust_page_names_who_reported_to_moderators_only(ada, otto, answer, client_of, read):
    endorse_answer(answer, by=otto)
    react(answer, by=ada, outcome="outdated", reason=WHY)
    seen = {}
    for person in (ada, otto, None):
        page = read(client_of(person).get(f"/answers/{answer.pk}/trust/"))
        for time in page.select("main time"):
            time.clear()
        said = [" ".join(item.get_text().split()) for item in page.select(".trust__list li")]
        seen[person and person.username] = said, [act.get_text() for act in page.select("main [form=act]")]
    assert seen["ada"] == seen[None] == (["Otto (Owner)", f"Outdated: {WHY}"], [])
    assert seen["otto"] == (
        ["Otto (Owner) Withdraw", f"Outdated: {WHY} (Ada)"],
        ["Withdraw", "Set these aside: the answer is right"],
    )


def test_stale_answers_wait_for_moderators_the_newest_first(bob, otto, answer, client_of, read):
    other = make_answer(bob, answer.post, "Another answer of Bob, long enough to be one.")
    for target in (answer, other):
        react(target, by=otto, outcome="wrong", reason=WHY)
    browser = client_of(otto)
    page = read(browser.get("/c/algebra/stale/"))
    links = [link["href"] for link in page.select(".stale__title a")]
    assert links == [other.get_absolute_url(), answer.get_absolute_url()]
    browser.post(f"/answers/{other.pk}/clear/")
    page = read(browser.get("/c/algebra/stale/"))
    assert [link["href"] for link in page.select(".stale__title a")] == [answer.get_absolute_url()]
