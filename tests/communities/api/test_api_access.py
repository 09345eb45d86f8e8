"""Each request of a program by each person: what is unseen is 404, what is forbidden says why."""

import pytest
from django.db import transaction
from django.urls import reverse

from tests.communities.views.place import Place
from tests.refusals import THROUGH_API


def address(place: Place, name: str) -> str:
    """Of the route of this name; what can be restored is what was deleted."""
    slug = place.community.slug
    given: dict[str, tuple[object, ...]] = {
        "post_publish": (),
        "answer_give": (place.post.pk,),
        "post_restore": (place.deleted_post.pk,),
        "answer_restore": (place.deleted_answer.pk,),
        "comment_restore": (place.deleted_comment.pk,),
        "community_tag": (slug, place.tag.slug),
        "community_tag_follow": (slug, place.tag.slug),
        "picture": (place.picture.key,),
        "community_role": (slug, place.answer.author.username),
    }
    told = place.delivery
    given |= dict.fromkeys(("webhooks", "webhook_make"), (slug,))
    given["delivery_resend"] = (slug, told.webhook_id, told.uuid)
    nouns = {
        "community": slug,
        "post": place.post.pk,
        "answer": place.answer.pk,
        "comment": place.comment.pk,
        "revision": place.revision.pk,
        "edit": place.suggestion.pk,
    }
    if name.startswith("webhook_"):
        given.setdefault(name, (slug, told.webhook_id))
    return reverse(f"api:{name}", args=given[name] if name in given else [nouns[name.partition("_")[0]]])


def answers(place, people, client_of) -> dict[str, dict[str, int]]:
    """What each gets, one after another; what they change is undone."""
    found: dict[str, dict[str, int]] = {name: {} for name in THROUGH_API}
    slug = place.community.slug
    for who, person in people.items():
        browser = client_of(person)
        for name, access in THROUGH_API.items():
            with transaction.atomic():
                given = access.given and access.given | ({"community": slug} if "community" in access.given else {})
                send = getattr(browser, access.method or ("delete" if "_un" in name else "put"))
                more = {} if access.method == "get" else {"content_type": "application/json"}
                response = send(address(place, name) + access.query, given, **more)
                transaction.set_rollback(True)
            found[name][who] = response.status_code
            if response.status_code == 403 and who == "eve":
                assert (name, response.json()["detail"]) == (name, access.refused)
    return found


@pytest.fixture
def people(otto, ada, bob, rita, eve):
    return {"owner": otto, "ada": ada, "bob": bob, "rita": rita, "eve": eve, "stranger": None}


def test_everybody_gets_what_the_table_says(public_place, people, client_of):
    expected = {name: {who: getattr(access, who) for who in people} for name, access in THROUGH_API.items()}
    assert answers(public_place, people, client_of) == expected


def test_a_private_community_is_not_there_for_others(private_place, people, client_of):
    expected = {
        name: {who: getattr(access, who) for who in people}
        | {"eve": 404, "stranger": 401 if access.stranger == 401 else 404}
        for name, access in THROUGH_API.items()
    }
    assert answers(private_place, people, client_of) == expected
