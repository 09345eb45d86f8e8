"""In which language somebody is spoken to: chosen by the member, else in this browser, else as the browser says."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.languages import Said
from accounts.models import User
from notifications.actions import notify
from notifications.models import Kind, Notification
from outbox.models import Mail
from tests.factories import make_user

SPANISH = {"Accept-Language": "es-MX,es;q=0.9,en;q=0.5"}
GREEK = {"Accept-Language": "el"}


def language_of(response) -> str:
    """What the page says of itself."""
    return response.content.decode().split('<html lang="')[1].split('"')[0]


def choose(client, language: str, **more):
    return client.post(reverse("language"), {"language": language, "next": "/about/"}, **more)


def test_browser_says_it_until_somebody_chooses(db, client):
    assert language_of(client.get("/about/", headers=SPANISH)) == "es"
    assert language_of(client.get("/about/", headers=GREEK)) == "en"
    response = choose(client, "en", headers=SPANISH)
    assert (response.status_code, response["Location"]) == (302, "/about/")
    assert language_of(client.get("/about/", headers=SPANISH)) == "en"
    choose(client, "es")
    assert language_of(client.get("/about/")) == "es"
    assert "Accept-Language" in client.get("/about/")["Vary"].split(", ")


def test_member_is_spoken_to_alike_everywhere(db, client_of, ada):
    choose(client_of(ada), "es")
    ada.refresh_from_db()
    elsewhere = client_of(ada)
    assert ada.language == "es"
    assert language_of(elsewhere.get("/settings/", headers={"Accept-Language": "en"})) == "es"
    User.objects.filter(pk=ada.pk).update(language="eo")  # which this place spoke once
    assert language_of(elsewhere.get("/settings/")) == "en"


def test_stranger_changes_no_member(db, client, ada):
    choose(client, "es")
    ada.refresh_from_db()
    assert ada.language == ""


@pytest.mark.parametrize("language", ["", "el", '"><script>'])
def test_language_that_nobody_speaks_here_is_refused(db, client, language):
    assert choose(client, language).status_code == 422
    assert "language" not in client.cookies
    client.cookies["language"] = language
    assert language_of(client.get("/about/")) == "en"


def test_choice_needs_a_form_of_ours(db, ada):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ada)
    assert choose(strict, "es").status_code == 403
    ada.refresh_from_db()
    assert ada.language == ""


def test_choosing_is_counted(db, client_of, ada):
    client = client_of(ada)
    statuses = [choose(client, "es").status_code for _ in range(31)]
    assert statuses == [302] * 30 + [429]


def test_cookie_is_secure_under_https(db, client, settings):
    settings.IS_HTTPS = True
    choose(client, "es", secure=True)
    cookie = client.cookies["language"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")


def test_one_address_in_two_languages_does_not_mix(db, client, client_of, ada):
    """The parts that are kept for everybody are kept once in each language."""

    def texts(headers) -> tuple[str, ...]:
        return tuple(
            reader.get("/communities/", headers=headers).content.decode() for reader in (client, client_of(ada))
        )

    english, spanish = texts({}), texts(SPANISH)
    for page in spanish:
        assert "Comunidades" in page
        assert "Skip to content" not in page
    for page in (*english, *texts({})):
        assert "Comunidades" not in page
        assert "Skip to content" in page


def test_who_joins_is_spoken_to_as_they_read(db, client):
    page = {"username": "lucia", "email": "lucia@example.org", "password1": "una frase que nadie adivina"}
    client.post(reverse("account_signup"), page, headers=SPANISH)
    assert User.objects.get(username="lucia").language == "es"
    assert "código" in Mail.objects.get(recipient="lucia@example.org").text


def test_mail_is_in_the_language_of_who_gets_it(db, client):
    make_user("lucia", email="lucia@example.org", language="es")
    client.post(reverse("account_reset_password"), {"email": "lucia@example.org"})
    assert "contraseña" in Mail.objects.get(recipient="lucia@example.org").text


def test_each_is_told_in_their_language(db, ada):
    lucia = make_user("lucia", language="es")
    said = Said(translation.gettext_lazy("%(who)s answered “%(title)s”"), {"who": "Bob", "title": "Why?"})
    for person in (ada, lucia):
        notify(person, Kind.ANSWER, title=said, url="/")
    titles = dict(Notification.objects.values_list("recipient__username", "title"))
    assert titles == {"ada": "Bob answered “Why?”", "lucia": "Bob respondió a «Why?»"}


def test_programs_are_refused_in_the_language_they_ask_for(db, client):
    path = "/api/v1/conversations"
    assert client.get(path, headers=SPANISH).json()["detail"] != client.get(path).json()["detail"]
