"""What somebody wrote while their session ended waits for them behind the sign-in."""

from bs4 import BeautifulSoup

from tests.factories import make_user

PASSWORD = "three stones on a hill"
WRITTEN = {
    "name": "Ada Lovelace",
    "bio": "Long in the writing",
    "time_zone": "Asia/Tokyo",
    "password": "secret",
}


def shown(response) -> tuple[str, str]:
    page = BeautifulSoup(response.content, "html.parser")
    return page.find("input", {"name": "name"})["value"], page.find("textarea").get_text().strip()


def test_text_is_given_back_once_after_sign_in(db, client):
    make_user("ada", name="Ada", password=PASSWORD)
    to_sign_in = client.post("/settings/", WRITTEN)["Location"]
    assert to_sign_in == "/accounts/login/?next=/settings/"
    back = client.post("/accounts/login/", {"login": "ada", "password": PASSWORD, "next": "/settings/"})
    assert back["Location"] == "/settings/"
    assert shown(client.get("/settings/")) == ("Ada Lovelace", "Long in the writing")
    assert shown(client.get("/settings/")) == ("Ada", "")


def test_kept_text_holds_no_secret(db, client):
    client.post("/settings/", WRITTEN | {"oldpassword": "secret", "code": "secret"})
    assert client.session["kept"] == {
        "/settings/": {"name": "Ada Lovelace", "bio": "Long in the writing", "time_zone": "Asia/Tokyo"}
    }


def test_htmx_is_sent_to_sign_in_as_a_whole_page(db, client):
    response = client.post("/settings/", WRITTEN, headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Redirect"]) == (204, "/accounts/login/?next=/settings/")
    assert "/settings/" in client.session["kept"]
