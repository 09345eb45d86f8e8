"""Members for people who wrote elsewhere: stubs without password and address, which the person can claim."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import blake2b

from django.contrib.auth.hashers import make_password
from django.db.models import F, Q
from django.db.models.functions import Upper

from accounts.models import User
from communities.imports.records import Author, Person, Text, placeholder
from communities.models import Answer, Community, Membership, Post

NAME_MAX, USERNAME_MAX = 60, 30


def authors_of(texts: Iterable[Text], community: Community) -> dict[str, int]:
    """The ids of those who wrote the texts, by their address there; who is missing is made, and all of them join."""
    first = {text.author.origin_url: text for text in sorted(texts, key=lambda text: text.created_at, reverse=True)}
    make_members((text.author, text.created_at) for text in first.values())
    known = known_members(first)
    Membership.objects.bulk_create(
        (Membership(community=community, user_id=pk, joined_at=first[url].created_at) for url, pk in known.items()),
        ignore_conflicts=True,
    )
    return known


def make_members(people: Iterable[tuple[Author, datetime]]) -> int:
    """A stub for each who is missing, since that day; gives back how many were."""
    wanted = {author.origin_url: (author, since) for author, since in people}
    missing = sorted(wanted.keys() - known_members(wanted).keys())
    names = _free_names({url: wanted[url][0].username for url in missing})
    User.objects.bulk_create(
        (
            User(
                username=names[url],
                name=wanted[url][0].name[:NAME_MAX],
                password=make_password(None),
                date_joined=wanted[url][1],
                origin_url=url,
            )
            for url in missing
        ),
        ignore_conflicts=True,
    )
    return len(missing)


def name_members(people: Mapping[str, Person]) -> None:
    """Gives those of them who are only numbers so far their names."""
    nameless = []
    for user in User.objects.filter(origin_url__in=people, last_login=None):
        person = people[user.origin_url or ""]
        name = person.name[:NAME_MAX]
        if user.name == placeholder(person.number) != name:
            user.name = name
            nameless.append((user, person.username))
    free = _free_names({user.origin_url or "": wished for user, wished in nameless})
    for user, _ in nameless:
        user.username = free[user.origin_url or ""]
    named = [user for user, _ in nameless]
    User.objects.bulk_update(named, ["name", "username"])
    shown = Q(author__in=named) | Q(comments__author__in=named)
    Post.objects.filter(pk__in=Post.objects.filter(shown).values("pk")).update(version=F("version") + 1)
    answers = Answer.objects.filter(shown | Q(accepted_by__in=named))
    Answer.objects.filter(pk__in=answers.values("pk")).update(version=F("version") + 1)


def known_members(urls: Iterable[str]) -> dict[str, int]:
    """Their ids by their addresses there."""
    users = User.objects.filter(origin_url__in=urls)
    return {str(url): pk for url, pk in users.values_list("origin_url", "pk")}


def _free_names(wished: dict[str, str]) -> dict[str, str]:
    """A user name for each address, close to the wish. One that is taken gets a few letters more."""
    names = {url: _username(wish) for url, wish in wished.items()}
    uppers = [name.upper() for name in names.values()]
    taken = set(User.objects.annotate(upper=Upper("username")).filter(upper__in=uppers).values_list("upper", flat=True))
    free = {}
    for url in sorted(names):
        name = names[url]
        if name.upper() in taken:
            name = _username(name, blake2b(url.encode(), digest_size=3).hexdigest())
        taken.add(name.upper())
        free[url] = name
    return free


def _username(wish: str, ending: str = "") -> str:
    """A name as members may have it; a number at the end of the wish stays whole."""
    plain = unicodedata.normalize("NFKD", wish).encode("ascii", "ignore").decode().lower()
    stem, dash, last = re.sub(r"[^a-z0-9_.]+", "-", plain).rpartition("-")
    ending = "-".join(filter(None, (last if dash else "", ending)))
    stem = (stem if dash else last)[: USERNAME_MAX - len(ending) - 1].strip("._-") or "user"
    return f"{stem}-{ending}" if ending else stem
