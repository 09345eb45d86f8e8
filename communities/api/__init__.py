"""Communities and what is written in them for programs: the actions, rights, limits and sentences of the pages."""

from ninja import Router

from communities.api import comments, communities, members, posts, searches

public = Router()
"""What stands at these addresses everybody reads who may read it on the pages, signed in or not."""
for part in (communities.router, posts.router, comments.router, members.router, searches.router):
    public.add_router("", part)
