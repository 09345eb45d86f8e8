"""The canary walk: everything that only members may know carries a word, and nobody else ever gets it.

Every URL pattern, filled with hidden and deleted objects, by each of those who may not see them, by each method, as a
page and as a fragment: the word is in no body and in no header, and nothing is a 500.
"""

from collections.abc import Iterable, Iterator

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import get_resolver, path
from django.utils.http import urlencode

from accounts.models import User
from ai_assist.actions.folders import make_folder
from ai_assist.models import Audience, Conversation, Document, Message, State
from ai_assist.rules import RATES as DOCUMENT_RATES
from communities.actions.answering import delete_answer
from communities.actions.commenting import delete_comment
from communities.actions.community import describe_community, join_community, leave_community
from communities.actions.posting import delete_post
from communities.models import Community, Post, Revision, Visibility
from communities.rules import RATES, SITEMAP_SPAN
from config import urls
from net.limits import Rate
from notifications.models import Notification
from tests.addresses import Route, routes, table_digests
from tests.factories import (
    make_answer,
    make_comment,
    make_community,
    make_delivery,
    make_document,
    make_page,
    make_picture,
    make_post,
    make_suggestion,
    make_tag,
    make_user,
)
from webhooks.rules import RATES as WEBHOOK_RATES

WORD = "zebrafinch"  # in no list of ours: Canary is a time zone
PAGE: dict[str, str] = {}
FRAGMENT = {"HX-Request": "true"}
DOOR = [("get", PAGE), ("post", PAGE)]
"""The admin's pages are all behind one door, and know no fragments."""
OFTEN, SELDOM = [
    [(method, headers) for method in methods for headers in (PAGE, FRAGMENT)]
    for methods in (("get", "post"), ("head", "options", "put", "delete"))
]
NEXT = ([("get", PAGE), ("post", FRAGMENT)], [("get", FRAGMENT), ("post", PAGE)])
"""The first address of a route is tried in all ways by one of them in turn; by the others, and those of other hidden
things, by turns in two ways."""
OUTSIDERS = ("stranger", "outsider", "left", "elsewhere", "staff")
GIVEN = {"value": "1", "title": "A title that is long enough", "body": "A text that is long enough to be one."}
Values = dict[str, list[object]]


@pytest.fixture(autouse=True)
def no_limits(settings, monkeypatch):
    """A visitor who is sent away for coming too often would prove nothing."""
    settings.ACCOUNT_RATE_LIMITS = False
    for rates in (RATES, DOCUMENT_RATES, WEBHOOK_RATES):
        for verb in rates:
            monkeypatch.setitem(rates, verb, Rate(100_000, 24 * 3600))


@pytest.fixture
def hidden(otto, ada, bob):
    """A private community whose name, texts and posts hold the word; its address does not."""
    community = make_community(otto, ada, bob, name="Hidden", visibility=Visibility.PRIVATE)
    words = {"name": f"{WORD} club", "tagline": f"{WORD} line", "about": f"{WORD} about"}
    describe_community(community, by=otto, visibility=Visibility.PRIVATE, **words)
    community.refresh_from_db()
    return community


@pytest.fixture
def left(hidden, ada) -> User:
    """Was a member, wrote there, deleted one of it, and is gone."""
    cleo = make_user("cleo")
    join_community(hidden, by=cleo, invite_key=hidden.invite_key)
    own = make_post(cleo, hidden, title=f"{WORD} of one who left", body=f"My own {WORD}. " * 5)
    make_comment(ada, own, f"A {WORD} for who left")
    gone = make_post(cleo, hidden, title=f"{WORD} of one who left, deleted", body=f"My {WORD}. " * 5)
    delete_post(gone, by=cleo)
    leave_community(hidden, by=cleo)
    return cleo


@pytest.fixture
def values(hidden, left, otto, ada, bob) -> Values:
    """What fills the parameters of routes: all that is private, and what was deleted in public."""
    public = make_community(otto, ada, bob)
    standing = make_post(ada, public, title="A question for everybody here")
    stays = make_answer(bob, standing)
    inside, deleted = (
        make_post(ada, place, title=f"{WORD} in the title here", body=f"A {WORD} in the text. " * 3)
        for place in (hidden, public)
    )
    answers = [make_answer(bob, post, f"A {WORD} in the answer to it.") for post in (inside, deleted, standing)]
    targets = (inside, answers[0], standing, stays)
    comments = [make_comment(ada, target, f"@bob: a {WORD} in it") for target in targets]
    edits = [make_suggestion(person, text).pk for person, text in ((bob, inside), (ada, answers[0]), (bob, deleted))]
    delete_comment(comments[2], by=ada)
    delete_comment(comments[3], by=ada)
    delete_answer(answers[2], by=bob)
    delete_post(deleted, by=ada)
    seen = make_picture(ada, hidden)
    seen.file.storage.delete(seen.file.name)
    seen.file.save("picture.webp", ContentFile(f"all but a picture of a {WORD}".encode()))
    documents = make_hidden_documents(ada, hidden, public)
    folder = make_folder(by=ada, name=f"{WORD} folder", community=hidden)
    inbox = [*Notification.objects.filter(recipient=bob).values_list("pk", flat=True)[:2]]
    posts = [inside.pk, deleted.pk, *Post.objects.filter(author=left).values_list("pk", flat=True)]
    make_tag(hidden, f"{WORD} tag", wiki=seen.get_absolute_url(), wiki_html=f"<p>{WORD} wiki</p>")
    pks = {
        "posts": posts,
        "answers": [answer.pk for answer in answers],
        "comments": [comment.pk for comment in comments],
        "inbox": inbox,
        "edits": edits,
        "revisions": list(Revision.objects.filter(post__in=posts).values_list("pk", flat=True)),
    }
    asked = Conversation.objects.create(owner=bob, community=hidden, reach="community", title=f"{WORD} asked")
    message = Message.objects.create(conversation=asked, asker=bob, question=f"What is a {WORD}?", state="failed")
    admin = {"notification": inbox, "community": [hidden.pk], "membership": [hidden.memberships.first().pk]}
    admin |= {"post": posts, "answer": pks["answers"], "comment": pks["comments"], "user": [ada.pk]}
    told = make_delivery(hidden, inside, body=f"A {WORD} that was told", host=f"{WORD}.example.org")
    return {
        "webhook": [told.webhook_id],
        "delivery": [told.uuid],
        **{f"{noun}/pk": numbers for noun, numbers in pks.items()},
        **{f"{noun}/object_id": numbers[:2] for noun, numbers in admin.items()},
        "conversations/uuid": [asked.uuid],
        "questions/uuid": [message.uuid],
        "messages/uuid": [message.uuid],
        "answers/uuid": [message.uuid],
        "slug": [hidden.slug],
        "documents/uuid": [document.uuid for document in documents],
        "folders/pk": [folder.pk],
        "number": [1],
        "part": [inside.pk // SITEMAP_SPAN],
        "tag": [f"{WORD}-tag"],
        "key": [seen.key],
        "title": [inside.slug],
        "answer": pks["answers"],
        "suggestion": edits,
        "comment": pks["comments"],
        "username": ["ada", "cleo", "otto"],
        "app_label": ["communities"],
        "id": [ada.pk],
    }


def make_hidden_documents(ada: User, hidden: Community, public: Community) -> list[Document]:
    """Of a private community, for its members and for everybody; one's own; and in public such as are not ready, gone,
    or for one alone."""
    places: list[tuple[Community | None, Audience, State]] = [
        (hidden, Audience.COMMUNITY, State.READY),
        (hidden, Audience.PUBLIC, State.READY),
        (None, Audience.PRIVATE, State.READY),
        (public, Audience.PUBLIC, State.PARSING),
        (public, Audience.PUBLIC, State.DELETING),
        (public, Audience.PRIVATE, State.READY),
    ]
    documents = [
        make_document(ada, place, name=f"{WORD} {n}.md", text=f"A {WORD}, {n}", audience=audience, state=state)
        for n, (place, audience, state) in enumerate(places)
    ]
    for document in documents:
        make_page(document, ("heading", f"A {WORD}"), ("prose", f"A {WORD} sings."))
    return documents


@pytest.fixture
def outsiders(hidden, left, eve, mina) -> dict[str, User | None]:
    """All who may not see it."""
    make_community(mina, name="Elsewhere")
    staff = make_user("rosa", is_staff=True)
    return {"stranger": None, "outsider": eve, "left": left, "elsewhere": mina, "staff": staff}


def paths() -> list[Route]:
    """Each path once: what the API does at one has several names."""
    return list({route.path: route for route in reversed(list(routes()))}.values())[::-1]


def addresses(route: Route, values: Values) -> list[str]:
    """This route led to each hidden thing in turn; what it does not know is "x"."""

    def choices(parameter: str) -> list[object]:
        noun = route.path.partition("<")[0].rstrip("/").rpartition("/")[2]
        return values.get(f"{noun}/{parameter}") or values.get(parameter) or values.get(f"posts/{parameter}") or ["x"]

    fillings = {parameter: choices(parameter) for parameter in route.parameters}
    longest = max(map(len, fillings.values()), default=1)
    turns = ({name: given[turn % len(given)] for name, given in fillings.items()} for turn in range(longest))
    return [route.address(turn) for turn in turns]


class Visitor:
    """Comes each time with the same session, whatever the visit before did to it."""

    def __init__(self, person: User | None) -> None:
        self.browser = Client(raise_request_exception=False)
        if person:
            self.browser.force_login(person)
        self.cookies = {name: cookie.value for name, cookie in self.browser.cookies.items()}

    def visit(self, method: str, address: str, headers: dict[str, str]) -> HttpResponse:
        self.browser.cookies.clear()
        self.browser.cookies.load(self.cookies)
        return getattr(self.browser, method)(address, GIVEN if method == "post" else None, headers=headers)


def visits(
    person: User | None, every: Iterable[Route], values: Values, only: str = "", place: int = 0
) -> Iterator[tuple[str, HttpResponse]]:
    """Everywhere, in every way, or by `only` one method. What a visit changes is undone.

    `place` of the person among the outsiders says for which routes all ways are theirs.
    """
    visitor = Visitor(person)
    for number, route in enumerate(every):
        is_theirs = number % len(OUTSIDERS) == place
        for turn, address in enumerate(addresses(route, values)):
            ways = OFTEN + SELDOM if is_theirs and not turn else NEXT[(number + place + turn) % 2]
            if route.path.startswith("admin/"):
                ways = DOOR
            for method, headers in [way for way in ways if way[0] == (only or way[0])]:
                with transaction.atomic():
                    yield f"{method} {address} {[*headers]}", visitor.visit(method, address, headers)
                    transaction.set_rollback(True)


def fault(address: str, response: HttpResponse) -> str:
    """ "" when all is well. That an answer repeats the address it was asked at gives nothing away."""
    if response.status_code >= 500:
        return str(response.status_code)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    parts = {"body": body.decode(errors="replace"), "headers": f"{response.headers}{response.cookies}"}
    echoes = (address, urlencode({"next": address}).removeprefix("next="))
    for where, text in parts.items():
        for echo in echoes:
            text = text.replace(echo, "")
        if WORD in text.lower():
            return where
    return ""


def walk(person: User | None, every: Iterable[Route], values: Values, place: int = 0) -> tuple[int, list[str]]:
    """How many visits, and what was wrong with which."""
    count, wrong = 0, []
    for visit, response in visits(person, every, values, place=place):
        count += 1
        if what := fault(visit.split()[1], response):
            wrong.append(f"{visit}: {what}")
    return count, wrong


@pytest.mark.parametrize("who", OUTSIDERS)
def test_nobody_outside_gets_the_word(values, outsiders, capsys, who):
    every = paths()
    count, wrong = walk(outsiders[who], every, values, OUTSIDERS.index(who))
    with capsys.disabled():
        print(f"\ncanary walk, {who}: {count} visits to {len(every)} routes, {len(wrong)} leaks")
    assert wrong == []


SEARCHES = (
    *("text", "in:title title", "answer", "is:answer", "is:answer answer", "is:question", "is:discussion", "-mouse"),
    *(
        "user:ada",
        "user:cleo",
        "user:bob is:answer",
        "score:0",
        "answers:0",
        "answers:1",
        "created:<1w",
        "foo:bar text",
    ),
)


@pytest.mark.parametrize("who", OUTSIDERS)
def test_nobody_outside_finds_the_word(values, outsiders, who):
    visitor = Visitor(outsiders[who])
    for text in SEARCHES:
        for place in ("/search/", "/api/v1/search"):
            address = f"{place}?{urlencode({'q': text})}"
            assert (address, fault(address, visitor.visit("get", address, PAGE))) == (address, "")


def test_a_member_finds_the_word_by_each_search_that_can(values, bob):
    visitor = Visitor(bob)
    for place in ("/search/", "/api/v1/search"):
        answers = {text: visitor.visit("get", f"{place}?{urlencode({'q': text})}", PAGE) for text in SEARCHES}
        found = [text for text, answer in answers.items() if fault("-", answer)]
        assert found == [text for text in SEARCHES if text != "is:discussion"]


SHOWN = {
    "directory": "",
    "feed": "",
    "following": "",
    "tag": "s,,_follow",
    "picture": ",_add",
    "community_": "home,about,leave,members,search,edits",
    "post": ",_ask,_deflect,_delete,_detail,_restore,_vote,_comment,_comments",
    "post_": "bookmark,follow,order,revisions,suggest",
    "answer": ",_create,_edit,_accept,_delete,_comment,_comments,_revisions,_trust,_endorse,_worked",
    "comment": ",_on_answer,_delete,_resolve,_revisions",
    "suggestion": ",_on_answer,_rework",
}
"""By what its name begins with, the pages that show the word to a member who reads on."""
SHOWN_OF_DOCUMENTS = (
    *("community_library", "community_folder_create"),
    *("document", "document_state", "document_file", "read"),
    *("conversations", "conversation", "conversation_new", "conversation_rename", "conversation_delete"),
    *("question", "question_pass_on", "answer_stop", "answer_judge"),
)
SHOWN_TO_PROGRAMS = (
    *("document", "document_file", "conversations", "conversation", "message"),
    *("communities", "community", "community_posts", "post", "answer", "post_comments", "answer_comments", "member"),
    *("comment", "community_tags", "community_tag", "picture", "revision", "following", "me"),
    *("edit", "feed", "inbox"),
)


def test_a_member_does_see_it(values, bob):
    """The control: the walk leads to what is hidden, and the word would be found."""
    ours = [
        route
        for route in paths()
        if route.name.startswith(("ai_assist:", "api:", "communities:", "home", "notifications:inbox"))
    ]
    seen = {
        route.name
        for route in ours
        for visit, response in visits(bob, [route], values, only="get")
        if fault(visit.split()[1], response)
    }
    documents = {f"ai_assist:{page}" for page in SHOWN_OF_DOCUMENTS} | {f"api:{name}" for name in SHOWN_TO_PROGRAMS}
    assert seen == {"home", "notifications:inbox"} | documents | {
        f"communities:{noun}{page}" for noun, pages in SHOWN.items() for page in pages.split(",")
    }


def forgetful(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse(status=204, headers={"HX-Trigger": Post.objects.get(pk=pk).title})


PLANTED = "posts/<int:pk>/forgotten/"
urlpatterns = [*urls.urlpatterns, path(PLANTED, forgetful)]


@pytest.mark.urls(__name__)
def test_a_planted_leak_is_found(values, outsiders):
    """A view that fetches without `visible_to`, and tells it in a header only."""
    (planted,) = (route for route in routes(get_resolver()) if route.path == PLANTED)
    for person in outsiders.values():
        count, wrong = walk(person, [planted], values)
        assert len(wrong) == count > 0


LOOKERS = ("otto", "bob", "eve", None)
CHANGE_A_SESSION = {
    "mfa_add_webauthn",  # as the two next ones do, keeps what it asked the device until that answers
    "mfa_reauthenticate_webauthn",
    "mfa_login_webauthn",
    "auth:passkey",
    "account_logout",  # asks first: tests/accounts/test_sign_in.py
    "mfa_activate_totp",  # keeps the secret it shows until a code confirms it, another one each time
}
"""What a look at these leaves behind ends with the session, and only its own."""


@pytest.mark.parametrize("who", LOOKERS)
def test_looking_changes_nothing(values, eve, who):
    """GET everywhere leaves every row as it was; so do HEAD and OPTIONS, by one of them in turn."""
    visitor = Visitor(User.objects.get(username=who) if who else None)
    before = table_digests()
    for number, route in enumerate(paths()):
        if route.name in CHANGE_A_SESSION:
            continue
        methods = ("get", "head", "options") if number % len(LOOKERS) == LOOKERS.index(who) else ("get",)
        for address in addresses(route, values)[:2]:
            for method in methods:
                visitor.visit(method, address, PAGE)
    after = table_digests()
    assert {table for table in before if before[table] != after[table]} == set()
