"""Who someone is: the member, where an imported one came from, the tokens by which programs are a member, and what
happens when somebody moves to another address, takes their data along or leaves."""

from accounts.models.address_change import AddressChange
from accounts.models.attempt import Attempt
from accounts.models.consent import Consent
from accounts.models.export import Export
from accounts.models.leaving import FormerName, Leaving, erased_from
from accounts.models.member import FORMER_MEMBER, CairnUserManager, ProfileFor, User, avatar_path
from accounts.models.token import Grant, Scope, Token

__all__ = [
    "FORMER_MEMBER",
    "AddressChange",
    "Attempt",
    "CairnUserManager",
    "Consent",
    "Export",
    "FormerName",
    "Grant",
    "Leaving",
    "ProfileFor",
    "Scope",
    "Token",
    "User",
    "avatar_path",
    "erased_from",
]
