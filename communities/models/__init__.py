"""The nouns of a community."""

from communities.models.answer import Answer
from communities.models.comment import Comment
from communities.models.community import Community, Membership, Role, Visibility
from communities.models.content import Content
from communities.models.post import Post, PostKind
from communities.models.vote import Vote, VoteChange

__all__ = [
    "Answer",
    "Comment",
    "Community",
    "Content",
    "Membership",
    "Post",
    "PostKind",
    "Role",
    "Visibility",
    "Vote",
    "VoteChange",
]
