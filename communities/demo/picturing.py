"""Pictures of the demo: files beside the threads that show them."""

import re

from accounts.models import User
from communities.actions.picturing import add_picture
from communities.demo.threads import FOLDER
from communities.models import Community
from communities.pictures import encode

FILE = re.compile(r"(?<=\]\()[\w-]+\.png(?=\))")


def with_pictures(body: str, community: Community, author: User) -> str:
    """The text with each file that it names added as a picture of the community."""

    def added(name: re.Match[str]) -> str:
        encoded = encode((FOLDER / community.slug / name[0]).read_bytes(), name[0])
        return add_picture(community, by=author, encoded=encoded).get_absolute_url()

    return FILE.sub(added, body)
