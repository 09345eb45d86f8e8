"""The nouns of a community."""

from communities.models.answer import Answer
from communities.models.bookmark import Bookmark
from communities.models.callout import Callout
from communities.models.comment import Comment, CommentKind
from communities.models.community import Community, Downvotes, Language, Licence, Membership, Role, Trust, Visibility
from communities.models.content import Content, DeletionReason
from communities.models.deflection import Deflection
from communities.models.disassociation import Disassociation
from communities.models.document import Rewording, SearchDocument
from communities.models.draft import Draft, DraftKind
from communities.models.endorsement import Endorsement
from communities.models.follow import Follow, Level, Telling
from communities.models.honour import Grade, Honour
from communities.models.link import LinkKind, PostLink
from communities.models.picture import Picture
from communities.models.post import Post, PostKind, PostTag
from communities.models.reaction import Outcome, Reaction
from communities.models.redaction import Redaction
from communities.models.revision import Revision
from communities.models.saved_list import SavedList
from communities.models.silenced import Silenced
from communities.models.state import AnswerState
from communities.models.suggestion import Suggestion, Verdict
from communities.models.tag import Tag, tag_slug
from communities.models.visit import Attendance, Visit
from communities.models.vote import Reason, Vote, VoteChange

__all__ = [
    "Answer",
    "AnswerState",
    "Attendance",
    "Bookmark",
    "Callout",
    "Comment",
    "CommentKind",
    "Community",
    "Content",
    "Deflection",
    "DeletionReason",
    "Disassociation",
    "Downvotes",
    "Draft",
    "DraftKind",
    "Endorsement",
    "Follow",
    "Grade",
    "Honour",
    "Language",
    "Level",
    "Licence",
    "LinkKind",
    "Membership",
    "Outcome",
    "Picture",
    "Post",
    "PostKind",
    "PostLink",
    "PostTag",
    "Reaction",
    "Reason",
    "Redaction",
    "Revision",
    "Rewording",
    "Role",
    "SavedList",
    "SearchDocument",
    "Silenced",
    "Suggestion",
    "Tag",
    "Telling",
    "Trust",
    "Verdict",
    "Visibility",
    "Visit",
    "Vote",
    "VoteChange",
    "tag_slug",
]
