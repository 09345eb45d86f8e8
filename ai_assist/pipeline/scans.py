"""Pages that are pictures become text, one after the other, as far as the day's allowance goes."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from ai_assist import allowances, parsing, rules
from ai_assist.models import Document, Page, State
from ai_assist.parsing import Placed, Unreadable
from ai_assist.pipeline.lease import Lease


def read_scans(lease: Lease) -> None:
    """Each page is written as soon as it is read. Those beyond the allowance stay unread; a page that nobody can read
    has no text."""
    document = lease.document
    unread = document.page_set.filter(needs_ocr=True).order_by("number")
    lease.write(state=State.OCR, done=0, total=unread.count())
    while pages := list(unread):
        read: list[Page] = []
        try:
            pictures = _pictures(document, pages, read)
            for lines in parsing.ocr(pictures):
                _keep(read[-1], lines)
                lease.write(done=document.done + 1)
        except Unreadable:
            _keep(read[-1], [])
        else:
            return


def _pictures(document: Document, pages: Sequence[Page], read: list[Page]) -> Iterator[bytes]:
    """Of the pages in turn, each noted in `read`, until the allowance is used up."""
    for page in pages:
        try:
            allowances.spend(document.owner, document.community, ocr_pages=1)
        except allowances.UsedUp:
            return
        read.append(page)
        path = Path(document.file.path)
        yield parsing.render(path, document.filename, page.number, width=rules.SCAN_WIDTH).content


def _keep(page: Page, lines: Sequence[Placed]) -> None:
    page.blocks = [*page.blocks, *(asdict(block) for block in parsing.paragraphs(lines))]
    page.lines = [asdict(line) for line in lines]
    page.needs_ocr = False
    page.save(update_fields=["blocks", "lines", "needs_ocr"])
