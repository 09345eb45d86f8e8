"""The small picture beside a name, as templates print it."""

from accounts.models import User
from accounts.templatetags.avatars import avatar, place


def test_avatar_without_picture_is_drawn_into_the_page() -> None:
    drawn = avatar(User(username="ada"), "small")
    assert drawn.startswith('<svg class="avatar avatar--small" viewBox="0 0 40 40" aria-hidden="true">')
    assert drawn == avatar(User(username="Ada"), "small")


def test_avatar_with_picture_names_its_version() -> None:
    member = User(username="ada", avatar="avatars/1/9f3c.webp")
    assert avatar(member) == (
        '<img class="avatar" src="/members/ada/avatar/?v=9f3c" alt="" width="80" height="80" loading="lazy">'
    )


def test_avatar_of_nobody_is_a_pile_too() -> None:
    assert avatar(None).count("<rect") in (3, 4)


def test_place_is_told_from_a_person_by_its_shape() -> None:
    assert place("algebra").startswith('<svg class="avatar avatar--place"')
