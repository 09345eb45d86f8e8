"""What is sealed comes back whole with the key, and not without it."""

import pytest

from communities.sealing import NONCE, Unopenable, seal, unseal

TEXT = "Schlüssel 🗝 of the house: 17 West Street"


def test_seal_hides_and_unseal_gives_back():
    sealed = seal(TEXT)
    assert unseal(sealed) == TEXT
    assert (b"West Street" in sealed, seal(TEXT) != sealed, unseal(seal(""))) == (False, True, "")


def test_an_earlier_key_opens_and_a_foreign_one_does_not(settings):
    sealed, earlier = seal(TEXT), settings.SECRET_KEY
    settings.SECRET_KEY = "another key that is long enough to be one"
    with pytest.raises(Unopenable):
        unseal(sealed)
    settings.SECRET_KEY_FALLBACKS = [earlier]
    assert unseal(sealed) == TEXT


@pytest.mark.parametrize("place", [0, NONCE, -1])
def test_a_changed_byte_is_noticed(place):
    sealed = bytearray(seal(TEXT))
    sealed[place] ^= 1
    with pytest.raises(Unopenable):
        unseal(bytes(sealed))


@pytest.mark.parametrize("length", [0, 1, 40])
def test_what_was_cut_off_is_noticed(length):
    with pytest.raises(Unopenable):
        unseal(seal(TEXT)[:length])
