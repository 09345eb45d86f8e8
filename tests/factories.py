"""Makes the rows that tests begin with."""

from dataclasses import asdict
from io import BytesIO
from typing import Any
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.db.models import Value
from django.utils import timezone
from PIL import Image

from accounts.models import User
from ai_assist import generations
from ai_assist.actions.uploading import add_document
from ai_assist.models import Chunk, Document, Page, State
from ai_assist.parsing import Block
from communities.actions.answering import post_answer
from communities.actions.commenting import add_comment
from communities.actions.community import create_community, join_community
from communities.actions.picturing import add_picture
from communities.actions.posting import publish_post
from communities.actions.suggesting import suggest_edit
from communities.models import (
    Answer,
    Comment,
    Community,
    Picture,
    Post,
    PostKind,
    Suggestion,
    Tag,
    Trust,
    Visibility,
    tag_slug,
)
from communities.pictures import Encoded
from communities.sealing import seal
from webhooks.models import Delivery, Event, Webhook


def make_user(username: str, *, password: str | None = None, **fields: Any) -> User:
    """A member with a verified address; without `password` nobody can sign in with one."""
    fields.setdefault("email", f"{username}@example.org".lower())
    user = User.objects.create_user(username, password=password, **fields)
    if user.email:
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def make_stub(username: str, **fields: Any) -> User:
    """A member as an import makes them: nobody has signed in."""
    fields.setdefault("origin_url", f"https://elsewhere.example/users/{username}")
    return make_user(username, email="", **fields)


def make_community(
    owner: User, *members: User, name: str = "Algebra", trust: Trust = Trust.KNOWN, **fields: Any
) -> Community:
    """A public community with its owner and members, whom it knows so well."""
    given = {"tagline": "Equations and more.", "about": "", "visibility": Visibility.PUBLIC}
    community = create_community(by=owner, name=name, **given | fields)
    for member in members:
        join_community(community, by=member, invite_key=community.invite_key)
    community.memberships.update(trust_level=trust)
    community.refresh_from_db()
    return community


def make_tag(community: Community, name: str, **fields: Any) -> Tag:
    """One that everybody sees, unless `approved_at` says otherwise."""
    fields.setdefault("approved_at", timezone.now())
    return Tag.objects.create(community=community, name=name, slug=tag_slug(name), **fields)


def make_picture(owner: User, community: Community, colour: str = "teal") -> Picture:
    """40 by 30 pixels of one colour."""
    output = BytesIO()
    Image.new("RGB", (40, 30), colour).save(output, "WEBP")
    return add_picture(community, by=owner, encoded=Encoded(output.getvalue(), 40, 30))


def make_post(
    author: User, community: Community, *, title: str = "Why do signs flip in brackets?", **fields: Any
) -> Post:
    given = {"kind": PostKind.QUESTION, "body": "I keep losing the same mark; what is the rule behind it?"}
    return publish_post(community, by=author, title=title, **given | fields)


def make_answer(author: User, post: Post, body: str = "A subtraction is the addition of a negative number.") -> Answer:
    return post_answer(post, by=author, body=body, is_different=True)


def make_comment(author: User, target: Post | Answer, body: str = "Which step do you mean?") -> Comment:
    return add_comment(target, by=author, body=body)


def make_suggestion(author: User, content: Post | Answer, note: str = "clearer words") -> Suggestion:
    title = content.title if isinstance(content, Post) else ""
    return suggest_edit(content, (title, f"{content.body} In other words: turn the sign."), by=author, note=note)


def make_delivery(community: Community, post: Post, *, body: str = "", host: str = "hooks.example.org") -> Delivery:
    """One that arrived, in a webhook of its own, which hears no more than that somebody leaves."""
    webhook = Webhook.objects.create(
        community=community,
        url=f"https://{host}/in",
        host=host,
        events=[Event.MEMBER_LEFT],
        sealed=seal("whsec_known"),
    )
    arrived = {"due_at": None, "attempts": 1, "status": 200, "milliseconds": 30, "arrived_at": timezone.now()}
    event, said = Event.POST_PUBLISHED, "thanks"
    return Delivery.objects.create(webhook=webhook, event=event, about=post.pk, body=body, said=said, **arrived)


def make_document(
    owner: User, community: Community | None = None, *, name: str = "notes.md", text: str = "", **fields: Any
) -> Document:
    """One that is ready, unless `state` says otherwise; without `text` its name is its text."""
    state = fields.pop("state", State.READY)
    file = ContentFile((text or name).encode())
    document, _is_new = add_document(file, by=owner, name=name, community=community, **fields)
    Document.objects.filter(pk=document.pk).update(state=state)
    document.refresh_from_db()
    return document


def make_page(document: Document, *blocks: tuple[str, str], number: int = 1, **fields: Any) -> Page:
    """Of blocks, each as its kind and text; headings are of the first level."""
    said = [Block(kind, text, level=int(kind == "heading")) for kind, text in blocks]
    return document.page_set.create(number=number, blocks=[asdict(block) for block in said], **fields)


def make_passage(page: Page, text: str, *, start: int = 0, end: int | None = None, **fields: Any) -> Chunk:
    """Of these blocks of the page, the last one included; it is in the index, but not found by its meaning."""
    document = page.document
    given = {"page_start": page.number, "page_end": page.number, "kind": "prose", "ordinal": document.chunk_set.count()}
    return document.chunk_set.create(
        id=uuid4(),
        generation=generations.current(),
        text=text,
        start=start,
        end=start if end is None else end,
        tokens=len(text.split()),
        scope=document.scope,
        words=Value(""),
        **given | fields,
    )
