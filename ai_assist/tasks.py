"""Doors for Celery."""

from celery import shared_task


@shared_task(ignore_result=True)
def index_document(pk: int) -> None:
    from ai_assist.pipeline import work  # loads what only these workers need

    work.index(pk)


@shared_task(ignore_result=True)
def read_scanned_pages(pk: int) -> None:
    from ai_assist.pipeline import work

    work.read_scanned(pk)


@shared_task(ignore_result=True)
def delete_document(pk: int) -> None:
    from ai_assist.pipeline import deleting

    deleting.purge(pk)


@shared_task(ignore_result=True)
def rescope_document(pk: int) -> None:
    from ai_assist import passages

    passages.rescope(pk)


@shared_task(ignore_result=True)
def retitle_document(pk: int) -> None:
    from ai_assist import retitling

    retitling.retitle(pk)


@shared_task(ignore_result=True)
def reconcile_vectors() -> None:
    from ai_assist import reconciling

    reconciling.reconcile()


@shared_task(ignore_result=True)
def answer_message(pk: int) -> None:
    from ai_assist.answering import work

    work.answer(pk)


@shared_task(ignore_result=True)
def forget_partial_uploads() -> None:
    from ai_assist.actions.parts import forget_upload  # actions import these doors
    from ai_assist.models import PartialUpload

    for partial in PartialUpload.objects.forgotten():
        forget_upload(partial)
