"""Brings all catalogs into step with the source and compiles them."""

from catalogs.keeping import SPOKEN, path_of, write

for language in SPOKEN:
    waiting = write(language)
    print(f"{path_of(language, 'po')}: " + (f"{waiting} sentences wait for a translation" if waiting else "complete"))
