"""The settings page: a member changes what others see of them."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts import views
from accounts.actions import edit_profile
from accounts.signals import profile_changed
from net.limits import Rate
from tests.accounts.pictures import SVG, picture

GIVEN = {"name": "Ada L.", "bio": "Weaves algebra", "time_zone": "Europe/London"}


@pytest.fixture
def announced():
    heard = []

    def hear(sender, user, **kwargs):
        heard.append(user.username)

    profile_changed.connect(hear)
    yield heard
    profile_changed.disconnect(hear)


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("me.png", content, "image/png")


def errors(response) -> list[str]:
    page = BeautifulSoup(response.content, "html.parser")
    return [error.get_text(strip=True) for error in page.select(".field .field__error, .field .errorlist li")]


def test_settings_saved_show_on_profile(ada, client_of):
    client = client_of(ada)
    response = client.post("/settings/", GIVEN, follow=True)
    assert response.redirect_chain == [("/settings/", 302)]
    assert [str(message) for message in response.context["messages"]] == ["Saved."]
    ada.refresh_from_db()
    assert (ada.name, ada.bio, ada.time_zone) == ("Ada L.", "Weaves algebra", "Europe/London")


def test_settings_of_stranger_are_not_there(ada, client):
    for response in (client.get("/settings/"), client.post("/settings/", GIVEN)):
        assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/settings/")
    ada.refresh_from_db()
    assert ada.name == "Ada"


def test_settings_of_eve_change_eve_only(ada, eve, client_of):
    client_of(eve).post("/settings/", GIVEN | {"username": "ada", "id": ada.pk, "pk": ada.pk})
    ada.refresh_from_db()
    eve.refresh_from_db()
    assert (ada.name, eve.name, eve.username) == ("Ada", "Ada L.", "eve")


def test_settings_take_no_rights(eve, client_of):
    client_of(eve).post("/settings/", GIVEN | {"is_staff": "on", "is_superuser": "on", "email": "x@example.org"})
    eve.refresh_from_db()
    assert (eve.is_staff, eve.is_superuser, eve.email) == (False, False, "eve@example.org")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": "x" * 61}, "This is too long: at most 60 characters, and it has 61."),
        ({"bio": "x" * 281}, "This is too long: at most 280 characters, and it has 281."),
        (
            {"time_zone": "Mars/Olympus"},
            "Select a valid choice. Mars/Olympus is not one of the available choices.",
        ),
        ({"time_zone": ""}, "This field is required."),
        ({"name": "a\x00b"}, "This holds a NUL, a character that is in no text. Write it without."),
    ],
)
def test_wrong_settings_are_given_back(ada, client_of, wrong, sentence):
    response = client_of(ada).post("/settings/", GIVEN | wrong)
    assert response.status_code == 422
    assert errors(response) == [sentence]
    page = BeautifulSoup(response.content, "html.parser")
    if "name" not in wrong:
        assert page.find("input", {"name": "name"})["value"] == "Ada L."
    ada.refresh_from_db()
    assert (ada.name, ada.bio, ada.time_zone) == ("Ada", "", "UTC")


def test_hidden_characters_leave_the_name(ada, client_of):
    client_of(ada).post("/settings/", GIVEN | {"name": "  Ada\u202e\u2066 \t\n Lovelace\x07 👩\u200d🔬 "})
    ada.refresh_from_db()
    assert ada.name == "Ada Lovelace 👩\u200d🔬"


def test_wrong_picture_is_refused_and_the_rest_given_back(ada, client_of):
    response = client_of(ada).post("/settings/", GIVEN | {"picture": upload(SVG)})
    assert response.status_code == 422
    assert errors(response) == ["This file is not a picture that we can read. Choose a JPEG, PNG, WebP or GIF."]
    page = BeautifulSoup(response.content, "html.parser")
    assert page.find("textarea", {"name": "bio"}).get_text().strip() == "Weaves algebra"
    assert page.find("option", selected=True)["value"] == "Europe/London"
    ada.refresh_from_db()
    assert not ada.avatar


def test_new_picture_replaces_the_file(ada, client_of, settings, django_capture_on_commit_callbacks):
    client = client_of(ada)
    kept = []
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client.post("/settings/", GIVEN | {"picture": upload(picture())})
        kept.append([path.name for path in settings.MEDIA_ROOT.rglob("*.webp")])
    ada.refresh_from_db()
    assert [len(names) for names in kept] == [1, 1]
    assert kept[1] == [ada.avatar.name.rpartition("/")[2]] != kept[0]


def test_back_to_stones_deletes_the_file(ada, client_of, settings, django_capture_on_commit_callbacks):
    client = client_of(ada)
    client.post("/settings/", GIVEN | {"picture": upload(picture())})
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/settings/", GIVEN | {"back_to_stones": "on"})
    ada.refresh_from_db()
    assert not ada.avatar
    assert list(settings.MEDIA_ROOT.rglob("*.webp")) == []


def test_way_back_to_stones_is_offered_to_those_with_a_picture(ada, client_of):
    def offers(client) -> bool:
        page = BeautifulSoup(client.get("/settings/").content, "html.parser")
        return page.find("input", {"name": "back_to_stones"}) is not None

    client = client_of(ada)
    assert not offers(client)
    client.post("/settings/", GIVEN | {"picture": upload(picture())})
    assert offers(client)


def test_profile_changed_is_announced_for_name_and_picture_only(ada, announced):
    unchanged = {"name": "Ada", "bio": "", "time_zone": "UTC"}
    edit_profile(ada, **unchanged)
    edit_profile(ada, **unchanged | {"bio": "new", "time_zone": "Asia/Tokyo"})
    assert announced == []
    edit_profile(ada, **unchanged | {"name": "Ada L."})
    edit_profile(ada, **unchanged | {"name": "Ada L."}, picture=picture("WEBP"))
    edit_profile(ada, **unchanged | {"name": "Ada L."}, back_to_stones=True)
    assert announced == ["ada", "ada", "ada"]


def test_times_are_shown_in_the_zone_of_the_member(ada, bob, client_of):
    ada.time_zone = "Pacific/Kiritimati"  # fourteen hours ahead
    ada.save()
    bob.date_joined = bob.date_joined.replace(year=2026, month=3, day=31, hour=23, minute=0)
    bob.save()

    def day(client) -> str:
        return BeautifulSoup(client.get("/members/bob/").content, "html.parser").select_one("main time").get_text()

    assert day(client_of(ada)) == "1 Apr 2026"
    assert day(client_of(bob)) == "31 Mar 2026"
    assert day(client_of(None)) == "31 Mar 2026"


def test_settings_saved_too_often_are_refused_before_the_picture_is_read(ada, client_of, monkeypatch):
    monkeypatch.setattr(views, "SAVING", Rate(1, 24 * 3600))
    client = client_of(ada)
    answers = [client.post("/settings/", GIVEN | {"name": name, "picture": upload(SVG)}) for name in ("A", "B")]
    assert [answer.status_code for answer in answers] == [422, 429]
