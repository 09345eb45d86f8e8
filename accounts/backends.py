"""How somebody is recognised: allauth's way, but the member of each request comes with a prepared question."""

from allauth.account.auth_backends import AuthenticationBackend as AllauthBackend
from django.contrib.auth.hashers import make_password

from accounts.models import User
from prepared import Prepared, as_model, columns

FIELDS = columns(User)
_member = Prepared(lambda pk: User.objects.filter(pk=pk).values_list(*FIELDS))


class AuthenticationBackend(AllauthBackend):
    def get_user(self, user_id: int | str) -> User | None:
        for row in _member.rows(int(user_id)):
            user = as_model(User, FIELDS, row)
            return user if self.user_can_authenticate(user) else None
        return None


def hash_in_vain(password: str) -> None:
    """A password that nobody keeps takes as long as one that is kept: else the time would tell that an address has an
    account already."""
    make_password(password)
