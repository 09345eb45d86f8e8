"""Hostile texts in every field: nothing runs, no other host is asked, nothing in a text becomes a request.

Each layer is tested with the other one off: the pipeline without the policy, the policy without the pipeline.
"""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, Request, expect

import markup
from accounts.models import User
from communities.actions.community import describe_community
from communities.models import Post, Visibility
from tests.factories import make_answer, make_comment, make_community, make_post
from tests.journeys.browsing import Window
from tests.journeys.conftest import OpenWindow
from tests.journeys.hostile import COUNT, GADGETS, STIR, VECTORS, blank_page
from tests.markup.payloads import PAYLOADS, RAW

MANY = 20
STORED = [payload.replace("\0", "") for payload in PAYLOADS]  # forms refuse NUL
LIVE = '"><img src=x onerror=fire(1)>'


def divided(texts: list[str]) -> str:
    return "\n".join(f"<div>{text}</div>" for text in texts)


def policy_of(site: str, chromium: Browser) -> str:
    page = chromium.new_page()
    response = page.goto(f"{site}/about/")
    assert response
    policy = response.headers["content-security-policy"]
    page.close()
    return policy


def test_control_payloads_fire_and_vectors_ask(chromium: Browser) -> None:
    with blank_page(chromium, divided(RAW)) as blank:
        assert blank.stir() > MANY
    with blank_page(chromium, divided(VECTORS)) as blank:
        assert len(set(blank.foreign)) > MANY // 3


def test_render_lets_nothing_run_or_ask_without_any_policy(chromium: Browser) -> None:
    texts = [*PAYLOADS, *VECTORS]
    with blank_page(chromium, divided([markup.render(text) for text in texts])) as blank:
        assert blank.page.locator("body > div").count() == len(texts)
        assert blank.stir() == 0
        assert blank.foreign == []


def test_policy_lets_nothing_run_or_ask_without_the_pipeline(site: str, chromium: Browser) -> None:
    policy = policy_of(site, chromium)
    with blank_page(chromium, divided(RAW), policy) as blank:
        assert blank.page.evaluate("window.fired") == 0
    with blank_page(chromium, divided(VECTORS), policy) as blank:
        assert blank.foreign == []


@pytest.fixture
def hostile_post(site: str, ada: User, bob: User) -> Post:
    """Every field that a member writes holds payloads."""
    for person in (ada, bob):
        person.name = person.bio = LIVE
        person.save()
    algebra = make_community(ada, bob)
    texts = ["\n\n".join(STORED[start :: 15 * 12]) for start in range(12)]
    describe_community(algebra, by=ada, name=LIVE, tagline=LIVE, about=texts[0], visibility=Visibility.PUBLIC)
    for payload in RAW[::8]:
        make_post(ada, algebra, title=payload[:150])
    post = make_post(ada, algebra, title=LIVE, body=f"{texts[1]}\n\n@bob @ada")
    for text in texts[2:]:
        make_comment(bob, make_answer(bob, post, body=text), body=f"{text[:1000]}\n\n@ada")
    return post


def visits(post: Post) -> Iterator[tuple[User | None, list[str]]]:
    """Who goes where; together they see every page that shows what somebody wrote."""
    answer = post.answers.latest("pk")
    community = post.community
    in_community = ("community_about", "community_settings", "community_leave", "post_ask")
    yield None, ["/", post.get_absolute_url(), community.get_absolute_url()]
    yield (
        post.author,
        [
            "/",
            reverse("communities:directory"),
            reverse("notifications:inbox"),
            reverse("accounts:settings"),
            post.author.get_absolute_url(),
            answer.author.get_absolute_url(),
            community.get_absolute_url(),
            *(reverse(f"communities:{name}", args=[community.slug]) for name in in_community),
            post.get_absolute_url(),
            reverse("communities:post_edit", args=[post.pk]),
        ],
    )
    edit_answer = reverse("communities:answer_edit", args=[answer.pk])
    edit_comment = reverse("communities:comment_edit", args=[answer.comments.get().pk])
    yield answer.author, [reverse("notifications:inbox"), edit_answer, edit_comment]


@pytest.mark.parametrize("is_policy_off", [True, False], ids=["policy_off", "policy_on"])
def test_no_field_runs_or_asks_on_any_page(is_policy_off: bool, open_window: OpenWindow, hostile_post: Post) -> None:
    """The console stays silent as well: with the policy on nothing even tries."""
    for person, addresses in visits(hostile_post):
        window = open_window(person, bypass_csp=is_policy_off)
        window.context.add_init_script(COUNT)
        for address in addresses:
            window.page.goto(address)
            assert window.page.evaluate(STIR, ".prose") == 0, address


def test_preview_runs_nothing(open_window: OpenWindow, hostile_post: Post, bob: User) -> None:
    window = open_window(bob, bypass_csp=True)
    window.context.add_init_script(COUNT)
    page = window.page
    page.goto(reverse("communities:answer_create", args=[hostile_post.pk]))
    page.get_by_label("Your answer").fill("\n\n".join(STORED[::15]) + "\n\nThe end.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".composer__preview")).to_contain_text("The end.")
    assert page.evaluate(STIR, ".composer__preview") == 0


def htmx_requests(page: Page) -> list[str]:
    seen: list[str] = []

    def note(request: Request) -> None:
        if "hx-request" in request.headers:
            seen.append(f"{request.method} {request.url}")

    page.on("request", note)
    return seen


def click_gadgets_then_preview(window: Window) -> None:
    """Real clicks; then a request of our own, behind which those of the gadgets would have gone out."""
    for gadget in window.page.locator(".gadget").all():
        gadget.click()
    window.page.get_by_role("heading", level=1).click()
    window.page.get_by_role("button", name="Preview").click()
    expect(window.page.locator(".composer__preview")).to_contain_text("Nothing to show yet.")


@pytest.mark.parametrize("is_sanitised", [True, False], ids=["sanitised", "not_sanitised"])
def test_gadgets_in_a_text_send_no_request(is_sanitised: bool, open_window: OpenWindow, ada: User, bob: User) -> None:
    """Also when the sanitiser fails: the wrapper around every text keeps htmx out."""
    post = make_post(ada, make_community(ada, bob), body="\n\n".join(GADGETS))
    if not is_sanitised:
        Post.objects.filter(pk=post.pk).update(html="\n".join(GADGETS))
    window = open_window(bob)
    seen = htmx_requests(window.page)
    window.page.goto(post.get_absolute_url())
    assert window.page.locator(".prose .gadget").count() == (0 if is_sanitised else 4)
    click_gadgets_then_preview(window)
    assert seen == [f"POST {window.address}/c/algebra/preview/"]


def test_control_gadgets_outside_of_a_text_send_requests(open_window: OpenWindow, ada: User, bob: User) -> None:
    post = make_post(ada, make_community(ada, bob))
    window = open_window(bob)
    page = window.page
    seen = htmx_requests(page)
    page.goto(post.get_absolute_url())
    with page.expect_request("**/preview/"):
        page.evaluate(
            """html => {
              const place = document.querySelector("main").appendChild(document.createElement("div"));
              place.innerHTML = html;
              htmx.process(place);
            }""",
            "\n".join(GADGETS),
        )
    window.complaints.clear()
    assert seen
    page.goto("/about/")
    window.complaints.clear()
