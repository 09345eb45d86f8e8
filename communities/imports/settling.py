"""After an import, whole or interrupted: the counts of the community say what is there, and search finds it."""

from django.db import transaction

from communities.counts import recount_all_answers, recount_community
from communities.imports.run import Run
from communities.searching.documents import write_documents_of
from communities.warmth import recount_activity


def settle(run: Run) -> None:
    with transaction.atomic():
        recount_all_answers(run.community)
        recount_activity(run.community)
        recount_community(run.community)
    write_documents_of(run.community.pk)
