"""Everybody on the site of a dump, whether they wrote something or not."""

from django.db import transaction

from communities.imports.members import known_members, make_members, name_members
from communities.imports.records import person_of
from communities.imports.run import Run


def import_people(run: Run) -> None:
    """Each is a member who can be claimed, and belongs to no community before they write in it.

    Those whom an import made without their names get them.
    """
    for rows in run.dump.batches("Users.xml", "people"):
        people = {person.origin_url: person for person in run.read(rows, person_of)}
        with transaction.atomic():
            name_members(people)
            run.made["people"] += make_members((person, person.joined_at) for person in people.values())
            run.held["people"] += len(known_members(people))
