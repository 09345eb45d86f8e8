"""A new member goes through the first steps with the keyboard alone, with scripts and without."""

from django.utils import timezone
from playwright.sync_api import expect

from communities.models import Follow
from gamification.models import PlanChange
from tests.factories import make_community, make_post, make_tag, make_user
from tests.journeys.conftest import OpenWindow


def test_first_steps_by_keyboard(open_window: OpenWindow, scripts: bool) -> None:
    otto = make_user("otto")
    algebra = make_community(otto)
    make_tag(algebra, "Rings", is_topic=True)
    make_post(otto, algebra, tags=["rings"])
    nora = make_user("nora", name="Nora", welcome_since=timezone.now())
    page = open_window(nora, java_script_enabled=scripts).page
    page.goto("/")
    page.get_by_role("link", name="Begin").press("Enter")
    page.get_by_label("Rings").press("Space")
    page.get_by_role("button", name="Follow and go on").press("Enter")
    expect(page.locator(".welcome__way")).to_contain_text("2 of 3")
    page.get_by_label("Algebra").press("Space")
    page.get_by_role("button", name="Join and go on").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("How many days a week?")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where do you want to take part?")
    page.go_forward()
    page.get_by_label("Days a week").press("Home")
    page.get_by_role("button", name="Plan it").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hello, Nora")
    expect(page.locator(".welcome-card")).to_have_count(0)
    assert [one.tag.slug for one in Follow.objects.filter(follower=nora) if one.tag] == ["rings"]
    assert [one.community for one in nora.memberships.all()] == [algebra]
    assert PlanChange.objects.get(user=nora).plan == 1
