"""The catalog of a language beside the source: brought into step, compiled, and looked through for what is wrong."""

import re
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from catalogs.sentences import ROOT, Sentence, sentences

SPOKEN = ("es",)
"""Besides English, which the source is written in."""
PLACES = re.compile(r"%%|%\(\w+\)[sd]|%[sd]|\{\w*\}|</?[a-z][^>]*>")


def path_of(language: str, ending: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / f"django.{ending}"


def read(language: str) -> Catalog:
    with path_of(language, "po").open("rb") as file:
        return read_po(file, locale=language)


def in_step(language: str) -> Catalog:
    """What the source says now, with the translations that there are."""
    before = read(language)
    catalog = Catalog(locale=language, project="Cairn", fuzzy=False, header_comment=f"# Cairn in {language}.")
    catalog.creation_date = catalog.revision_date = before.creation_date
    for sentence in sentences():
        known = before.get(sentence.id, sentence.context or None)
        catalog.add(
            _id(sentence),
            known.string if known and _is_alike(known, sentence) else None,
            context=sentence.context or None,
        )
    return catalog


def _id(sentence: Sentence) -> str | tuple[str, str]:
    return (sentence.id, sentence.plural) if sentence.plural else sentence.id


def _is_alike(known: Message, sentence: Sentence) -> bool:
    return bool(known.pluralizable) == bool(sentence.plural)


def as_po(catalog: Catalog) -> bytes:
    file = BytesIO()
    write_po(file, catalog, width=120, no_location=True, ignore_obsolete=True)
    return file.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    file = BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def write(language: str) -> int:
    """Both files. How many sentences wait for a translation."""
    catalog = in_step(language)
    path_of(language, "po").write_bytes(as_po(catalog))
    path_of(language, "mo").write_bytes(as_mo(catalog))
    return sum(not _is_whole(message, catalog) for message in catalog if message.id)


def faults(language: str) -> list[str]:
    """Sentences that are missing, wait for a look, or name other places for words than the English ones."""
    catalog = in_step(language)
    lacking = [f"not translated: {_name(one)}" for one in catalog if one.id and not _is_whole(one, catalog)]
    fuzzy = [f"fuzzy: {_name(one)}" for one in read(language) if one.id and one.fuzzy]
    return lacking + fuzzy + [f"other places: {_name(one)}" for one in catalog if one.id and not _names_alike(one)]


def _name(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _forms(message: Message) -> list[str]:
    said: Any = message.string
    return [said] if isinstance(said, str) else list(said or ())


def _is_whole(message: Message, catalog: Catalog) -> bool:
    forms = _forms(message)
    return len(forms) == (catalog.num_plurals if message.pluralizable else 1) and all(forms)


def _names_alike(message: Message) -> bool:
    """The same places for words and the same tags, in any order. One form of a plural may leave its number out."""
    english = [message.id] if isinstance(message.id, str) else list(message.id)
    wanted = [Counter(PLACES.findall(form)) for form in english]
    return all(Counter(PLACES.findall(form)) in wanted for form in _forms(message) if form)
