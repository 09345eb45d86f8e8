"""Communities and what is written in them for programs: the actions, rights, limits and sentences of the pages."""

from ninja import Router

from communities.api import (
    answers,
    bookmarks,
    comments,
    drafts,
    feeds,
    following,
    founding,
    judging,
    me,
    members,
    memberships,
    pictures,
    posts,
    reacting,
    revisions,
    searches,
    suggestions,
    tags,
)

public = Router()
"""What stands at these addresses everybody reads who may read it on the pages, signed in or not.

`founding` brings the routes of `communities` along.
"""
for part in (
    founding,
    memberships,
    tags,
    posts,
    answers,
    comments,
    judging,
    reacting,
    revisions,
    members,
    searches,
    pictures,
):
    public.add_router("", part.router)

own = Router()
"""Here nobody reads but who is signed in."""
for part in (me, feeds, bookmarks, following, drafts, suggestions):
    own.add_router("", part.router)
