"""How sign-up, sign-in and their mails differ from what allauth does by itself."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    pass
