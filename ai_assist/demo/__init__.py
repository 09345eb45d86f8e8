"""Documents of the demo: those who have one to try things with, and two communities with handouts."""

from pathlib import Path

from django.core.files.base import ContentFile

from accounts.models import User
from ai_assist.actions.folders import make_folder
from ai_assist.actions.uploading import add_document
from ai_assist.models import Audience
from ai_assist.sample import SAMPLE_NAME, sample
from communities.models import Community

FOLDER = Path(__file__).resolve().parent


def add_documents(people: dict[str, User]) -> None:
    """A worker reads them as soon as there is one."""
    add_document(sample(), by=people["ada"], name=SAMPLE_NAME, folder=make_folder(by=people["ada"], name="Learning"))
    algebra, physics = (Community.objects.get(slug=slug) for slug in ("algebra", "physics"))
    handouts = make_folder(by=people["mina"], name="Handouts", community=algebra)
    add_document(
        _file("algebra-handout.md"),
        by=people["mina"],
        name="Completing the square.md",
        community=algebra,
        folder=handouts,
        audience=Audience.COMMUNITY,
    )
    add_document(
        _file("physics-lab.md"),
        by=people["otto"],
        name="Uncertainties in the lab.md",
        community=physics,
        audience=Audience.PUBLIC,
    )


def _file(name: str) -> ContentFile:
    return ContentFile((FOLDER / name).read_bytes())
