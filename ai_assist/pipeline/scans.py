"""Pages that are pictures become text, one after the other, as far as the day's allowance goes."""

from dataclasses import asdict
from pathlib import Path

from ai_assist import allowances, parsing
from ai_assist.models import State
from ai_assist.parsing import Block
from ai_assist.pipeline.lease import Lease


def read_scans(lease: Lease) -> None:
    """Each page is written as soon as it is read. Those beyond the allowance stay unread, and the document says so."""
    document = lease.document
    unread = document.page_set.filter(needs_ocr=True).order_by("number")
    done, total = 0, unread.count()
    lease.write(state=State.OCR, done=done, total=total)
    for page in unread.iterator():
        try:
            allowances.spend(document.owner, document.community, ocr_pages=1)
        except allowances.UsedUp:
            return
        lines = parsing.read_picture(Path(document.file.path), document.filename, page.number)
        text = "\n".join(line.text for line in lines)
        page.blocks = [*page.blocks, *([asdict(Block("ocr", text))] if text else [])]
        page.lines = [asdict(line) for line in lines]
        page.needs_ocr = False
        page.save(update_fields=["blocks", "lines", "needs_ocr"])
        done += 1
        lease.write(done=done)
