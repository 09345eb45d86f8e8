"""What comes of documents, notes and answers from them."""

from django.utils.translation import gettext_lazy as _

from gamification.achievements.kinds import Achievement, from_bronze


class FactChecker(Achievement):
    key = "fact-checker"
    name = _("Fact Checker")
    deed = _("answers of the AI verified or corrected, and confirmed")
    tiers = from_bronze(3, 20, 100)


class NoteWeaver(Achievement):
    key = "note-weaver"
    name = _("Note Weaver")
    deed = _("shared notes with 300 characters of yours")
    tiers = from_bronze(1, 10, 50)


class Librarian(Achievement):
    key = "librarian"
    name = _("Librarian")
    deed = _("documents that helped three members")
    tiers = from_bronze(1, 10, 40)


ACHIEVEMENTS = (FactChecker(), NoteWeaver(), Librarian())
