"""The admin: staff help members, and cannot make themselves or others more than they are."""

import pytest
from allauth.account.adapter import get_adapter
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db.models.signals import pre_save

from accounts.models import User
from outbox.models import Mail
from tests.factories import make_answer, make_community, make_post, make_stub, make_user


@pytest.fixture
def grace(db) -> User:
    return make_user("grace", is_staff=True, is_superuser=True)


@pytest.fixture
def otto(db) -> User:
    """Staff who may see and change members."""
    otto = make_user("otto", is_staff=True)
    otto.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "change_user", "delete_user"]))
    return otto


def change(client, member: User, **fields):
    """Sends the whole form as the page holds it, with these fields changed."""
    url = f"/admin/accounts/user/{member.pk}/change/"
    form = client.get(url).context["adminform"].form
    shown = {name: form[name].value() for name in form.fields if name != "password"}
    sent = {name: value for name, value in shown.items() if value not in (None, False)}
    return client.post(url, sent | fields)


def test_staff_changes_a_member(otto, ada, client_of):
    assert change(client_of(otto), ada, name="Ada L.").status_code == 302
    ada.refresh_from_db()
    assert ada.name == "Ada L."
    assert LogEntry.objects.get().user == otto


def test_staff_raises_no_flags(otto, ada, client_of):
    everything = Permission.objects.values_list("pk", flat=True)
    response = change(
        client_of(otto),
        ada,
        name="Ada L.",
        is_staff="on",
        is_superuser="on",
        user_permissions=list(everything),
        email="otto@example.net",
    )
    assert response.status_code == 302
    ada.refresh_from_db()
    assert (ada.name, ada.is_staff, ada.is_superuser, ada.email) == (
        "Ada L.",
        False,
        False,
        "ada@example.org",
    )
    assert ada.user_permissions.count() == 0


def test_superuser_raises_flags(grace, ada, client_of):
    change(client_of(grace), ada, is_staff="on")
    ada.refresh_from_db()
    assert ada.is_staff is True


@pytest.mark.parametrize("way", ["change", "password", "no password", "her own"])
def test_what_is_saved_of_a_member_leaves_what_was_counted_meanwhile(grace, ada, client_of, way):
    browser, new = client_of(grace), "correct horse battery"
    ada.set_password("the one before this")
    ada.save()

    def earn(instance: User, **_: object) -> None:
        User.objects.filter(pk=ada.pk).update(xp=40)

    pre_save.connect(earn, sender=User)
    try:
        if way == "change":
            change(browser, ada, name="Ada L.", is_active="")
        elif way == "her own":
            get_adapter().set_password(ada, new)
        else:
            choice = {"usable_password": "true"} if way == "password" else {"usable_password": "false"}
            form = {"password1": new, "password2": new, "unset-password": ""} | choice
            browser.post(f"/admin/accounts/user/{ada.pk}/password/", form)
    finally:
        pre_save.disconnect(earn, sender=User)
    now = User.objects.get(pk=ada.pk)
    assert (now.xp, now.is_active) == (40, way != "change")
    assert now.check_password(new) is (way in ("password", "her own"))
    assert now.has_usable_password() is (way != "no password")
    assert now.name == ("Ada L." if way == "change" else ada.name)


@pytest.mark.parametrize("page", ["change", "password", "delete"])
def test_staff_does_not_touch_staff(otto, grace, client_of, page):
    url = f"/admin/accounts/user/{grace.pk}/{page}/"
    response = client_of(otto).post(
        url,
        {"name": "Owned", "password1": "an owned account", "password2": "an owned account", "post": "yes"},
    )
    assert response.status_code == 403
    before = grace.password
    grace.refresh_from_db()
    assert (grace.name, grace.password) == ("", before)


@pytest.mark.parametrize("who", ["grace", "otto"])
def test_nobody_deletes_members_and_the_admin_says_what_to_do_instead(who, grace, otto, ada, bob, client_of, read):
    """Ada has written something and was told of the answer; Bob has left no trace."""
    make_answer(otto, make_post(ada, make_community(otto, ada)))
    browser = client_of({"grace": grace, "otto": otto}[who])
    for member in (ada, bob):
        for act in (browser.get, browser.post):
            response = act(f"/admin/accounts/user/{member.pk}/delete/", {"post": "yes"})
            said = (
                "Members are not deleted: what they wrote stands in communities. To close an account, untick “Active”."
            )
            assert (response.status_code, read(response).select_one(".sorry__text").get_text()) == (403, said)
        assert read(browser.get(f"/admin/accounts/user/{member.pk}/change/")).select("a[href*=delete]") == []
    choices = read(browser.get("/admin/accounts/user/")).select("select[name=action] option")
    assert [one["value"] for one in choices] == ["", "make_claim_links"]
    chosen = {"action": "delete_selected", "_selected_action": [ada.pk, bob.pk], "post": "yes"}
    browser.post("/admin/accounts/user/", chosen)
    assert User.objects.filter(pk__in=[ada.pk, bob.pk]).count() == 2


@pytest.mark.parametrize("url", ["/admin/", "/admin/accounts/user/", "/admin/accounts/user/add/"])
@pytest.mark.parametrize("who", ["eve", None])
def test_admin_is_for_staff(eve, client_of, who, url):
    response = client_of(eve if who else None).get(url, follow=True)
    if who:
        assert response.status_code == 403
    else:
        assert response.redirect_chain[-1][0].startswith("/accounts/login/?next=")


@pytest.mark.parametrize(
    "lookup", ["password__startswith", "emailaddress__email__startswith", "groups__user__password"]
)
def test_members_are_not_searched_by_secrets(otto, ada, client_of, lookup):
    response = client_of(otto).get("/admin/accounts/user/", {lookup: "a"})
    assert response.status_code in (302, 400)


def test_admin_shows_link_for_stub_only_and_logs_it(grace, ada, client_of):
    euler = make_stub("euler")
    response = client_of(grace).post(
        "/admin/accounts/user/",
        {"action": "make_claim_links", "_selected_action": [ada.pk, euler.pk]},
        follow=True,
    )
    shown = sorted(str(message) for message in response.context["messages"])
    assert shown[0] == "ada is not waiting to be claimed."
    assert shown[1].startswith("euler: http://localhost:8000/claim/")
    assert [entry.object_id for entry in LogEntry.objects.all()] == [str(euler.pk)]
    assert client_of(None).get(shown[1].removeprefix("euler: http://localhost:8000")).status_code == 200


@pytest.mark.parametrize("page", ["notifications/notification", "outbox/mail"])
def test_told_and_sent_things_are_looked_at_only(grace, client_of, page):
    client = client_of(grace)
    assert client.get(f"/admin/{page}/").status_code == 200
    assert client.get(f"/admin/{page}/add/").status_code == 403


def test_text_of_mail_is_not_shown(grace, client, client_of):
    client.post("/accounts/password/reset/", {"email": "grace@example.org"})
    mail = Mail.objects.get()
    page = client_of(grace).get(f"/admin/outbox/mail/{mail.pk}/change/").content.decode()
    assert mail.subject in page
    assert "/password/reset/key/" in mail.text
    assert "/password/reset/key/" not in page
