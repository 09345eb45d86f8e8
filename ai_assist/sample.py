"""The document to try a library with."""

from pathlib import Path

from django.core.files.base import ContentFile

SAMPLE = Path(__file__).with_name("samples") / "remember.md"
SAMPLE_NAME = "How to remember what you study.md"


def sample() -> ContentFile:
    return ContentFile(SAMPLE.read_bytes())
