"""The translations: compiled from what stands in the repository, and with the words of the source in their places."""

import pytest

from catalogs.keeping import SPOKEN, as_mo, faults, path_of, read


@pytest.mark.parametrize("language", SPOKEN)
def test_compiled_catalog_says_what_the_readable_one_says(language):
    """`python3 dev.py messages` writes both."""
    assert path_of(language, "mo").read_bytes() == as_mo(read(language))


@pytest.mark.parametrize("language", SPOKEN)
def test_catalog_says_all_that_the_source_says(language):
    """Nothing is missing or waits for a look, and the words that are put in have their places."""
    assert faults(language) == []
