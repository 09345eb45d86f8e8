"""Adding pictures, and removing those that nobody used."""

from functools import partial
from secrets import token_urlsafe

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities import permissions
from communities.models import Community, Membership, Picture
from communities.models.picture import PictureQuerySet
from communities.pictures import Encoded


def add_picture(community: Community, *, by: User, encoded: Encoded) -> Picture:
    """A picture that texts of this community can show. The same one again is the one that is there already.

    Locks the membership. Raises PermissionDenied for people outside; a full disk keeps no part of the file.
    """
    with transaction.atomic():
        me = Membership.objects.select_for_update(of=("self",), no_key=True).of(by, community)
        if not permissions.can_add_picture(me):
            raise PermissionDenied(_("Only members of this community can add pictures here."))
        mine = Picture.objects.filter(community=community, owner=by, sha256=encoded.sha256)
        if twin := mine.select_for_update().first():
            twin.created_at = timezone.now()  # it is kept for another while
            twin.taken_out_at = None
            twin.save(update_fields=["created_at", "taken_out_at"])
            return twin
        picture = Picture(community=community, owner=by, key=token_urlsafe(16), sha256=encoded.sha256)
        picture.width, picture.height, picture.bytes = encoded.width, encoded.height, len(encoded.content)
        try:
            picture.file.save(f"{community.pk}/{picture.key}.webp", ContentFile(encoded.content))
        except OSError:
            picture.file.storage.delete(f"{picture.file.field.upload_to}/{community.pk}/{picture.key}.webp")
            raise
    return picture


def remove_unused_picture(picture: Picture) -> None:
    """Forgets a picture and its file, unless a text has shown it meanwhile. The file goes after commit. Locks it."""
    with transaction.atomic():
        locked = Picture.objects.unused().select_for_update().filter(pk=picture.pk).first()
        if locked is not None:
            _remove(locked)


def remove_unnamed_pictures(pictures: PictureQuerySet) -> None:
    """Of these, those that no text names any more, with their files. The caller holds a transaction."""
    for picture in pictures.unnamed().select_for_update():
        _remove(picture)


def take_out_pictures(pictures: PictureQuerySet) -> None:
    """Of these, those that no text names any more: nobody sees them, and they go when their text is forgotten."""
    pictures.unnamed().standing().update(taken_out_at=timezone.now())


def put_back_pictures(pictures: PictureQuerySet) -> None:
    pictures.update(taken_out_at=None)


def _remove(picture: Picture) -> None:
    """The file goes after commit."""
    picture.delete()
    transaction.on_commit(partial(picture.file.storage.delete, str(picture.file.name)))
