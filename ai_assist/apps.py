from django.apps import AppConfig


class AiAssistConfig(AppConfig):
    name = "ai_assist"

    def ready(self) -> None:
        from functools import partial

        from accounts.slots import fill
        from ai_assist import erasing, exports, receivers  # noqa: F401  (connects what it defines)
        from ai_assist.library import link_to_library
        from ai_assist.models import WORKING, Document, Message, State
        from ai_assist.tasks import (
            answer_message,
            delete_document,
            index_document,
            read_scanned_pages,
            rescope_document,
            retitle_document,
        )
        from outbox import sweep_with

        waiting = Document.objects.waiting
        reading = {State.RECEIVED, *WORKING} - {State.OCR}
        sweep_with(index_document, partial(waiting, reading))
        sweep_with(read_scanned_pages, partial(waiting, {State.OCR}))
        sweep_with(delete_document, partial(waiting, {State.DELETING}))
        sweep_with(rescope_document, Document.objects.to_rescope)
        sweep_with(retitle_document, Document.objects.to_retitle)
        sweep_with(answer_message, Message.objects.waiting)
        fill("community_pages", link_to_library)
        exports.contribute()
        erasing.register()
