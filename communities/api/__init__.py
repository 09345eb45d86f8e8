"""Communities and what is written in them for programs: the actions, rights, limits and sentences of the pages."""

from ninja import Router

from communities.api import answers, comments, communities, judging, members, memberships, posts, searches

public = Router()
"""What stands at these addresses everybody reads who may read it on the pages, signed in or not."""
for part in (communities, memberships, posts, answers, comments, judging, members, searches):
    public.add_router("", part.router)
