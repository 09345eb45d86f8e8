"""A form with a file and a field that nobody knows is refused, and the field named."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.accounts.pictures import picture
from tests.addresses import table_digests
from tests.factories import make_community, make_document

PLACES = {
    "me/picture": "picture",
    "communities/algebra/pictures": "file",
    "documents": "file",
    "documents/UUID/file": "file",
}


@pytest.mark.parametrize("address", PLACES)
def test_form_with_an_unknown_field_or_file_is_refused_by_its_name(ada, client_of, address):
    make_community(ada, name="Algebra")
    uuid = make_document(ada, None).uuid
    browser = client_of(ada)
    before = table_digests()

    def file():
        return SimpleUploadedFile("beach.jpg", picture(), "image/jpeg")

    given = {PLACES[address]: file()}
    response = browser.post(
        f"/api/v1/{address.replace('UUID', str(uuid))}", given | {"colour": "red", "second": file()}
    )
    names = [error["where"] for error in response.json()["errors"]]
    assert (response.status_code, names) == (422, [["body", "colour"], ["body", "second"]])
    assert table_digests() == before
