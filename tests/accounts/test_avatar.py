"""The picture's address: what it serves, and how long browsers may keep it."""

import pytest

from accounts.actions import edit_profile
from accounts.pictures import square_picture
from accounts.stones import stones_svg
from tests.accounts.pictures import picture

SETTINGS = {"name": "", "bio": "", "time_zone": "UTC"}


@pytest.fixture
def pictured_ada(ada):
    return edit_profile(ada, **SETTINGS, picture=square_picture(picture()))


def test_avatar_without_picture_is_a_pile_of_stones(ada, client):
    response = client.get(ada.avatar_url)
    assert response["Content-Type"] == "image/svg+xml"
    assert response.content.decode() == stones_svg("ada")


def test_avatar_with_picture_is_that_picture(pictured_ada, client):
    response = client.get(pictured_ada.avatar_url)
    assert response["Content-Type"] == "image/webp"
    assert response.content == pictured_ada.avatar.read()


def test_avatar_headers_let_nothing_run(ada, client):
    response = client.get(ada.avatar_url)
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


def test_avatar_is_kept_a_year_only_under_its_present_version(pictured_ada, client):
    def kept(url: str) -> set[str]:
        return set(client.get(url)["Cache-Control"].split(", "))

    old = pictured_ada.avatar_url
    assert kept(old) == {"public", "max-age=31536000", "immutable"}
    edit_profile(pictured_ada, **SETTINGS, back_to_stones=True)
    assert kept(old) == {"public", "max-age=300"}
    assert kept("/members/ada/avatar/") == {"public", "max-age=300"}


def test_avatar_known_to_the_browser_is_not_sent_again(pictured_ada, client):
    etag = client.get(pictured_ada.avatar_url)["ETag"]
    again = client.get("/members/ada/avatar/", headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    edit_profile(pictured_ada, **SETTINGS, back_to_stones=True)
    assert client.get("/members/ada/avatar/", headers={"If-None-Match": etag}).status_code == 200


def test_avatar_whose_file_is_lost_falls_back_to_stones(pictured_ada, client):
    pictured_ada.avatar.storage.delete(pictured_ada.avatar.name)
    response = client.get(pictured_ada.avatar_url)
    assert response["Content-Type"] == "image/svg+xml"


def test_avatar_of_closed_account_is_gone(ada, client):
    ada.is_active = False
    ada.save()
    assert client.get("/members/ada/avatar/").status_code == 404


def test_avatar_asks_the_database_once(ada, client, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/members/ada/avatar/")
