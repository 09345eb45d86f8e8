"""Facts about communities. Each is sent inside the transaction of exactly one action."""

from django.dispatch import Signal

post_published = Signal()
"""Arguments: `post`."""

post_converted = Signal()
"""Arguments: `post`, `before` (the kind it had), `by`."""

answer_published = Signal()
"""Arguments: `answer`."""

comment_published = Signal()
"""Arguments: `comment`."""

comment_deleted = Signal()
"""Arguments: `comment`."""

comment_restored = Signal()
"""Arguments: `comment`."""

post_deleted = Signal()
"""Arguments: `post`."""

post_restored = Signal()
"""Arguments: `post`."""

post_disassociated = Signal()
"""Its author took their name off it. Arguments: `post`."""

answer_deleted = Signal()
"""Arguments: `answer`."""

answer_restored = Signal()
"""Arguments: `answer`."""

text_changed = Signal()
"""It reads otherwise, by whoever changed it. Arguments: `content`."""

text_redacted = Signal()
"""What it said before left the history. Arguments: `revision`."""

text_returned = Signal()
"""It says again what it said before. Arguments: `content`, `by`."""

member_joined = Signal()
"""Arguments: `membership`, a new one."""

member_left = Signal()
"""Arguments: `membership` (as it was)."""

answer_accepted = Signal()
"""Arguments: `answer`."""

answer_unaccepted = Signal()
"""Arguments: `answer`."""

suggestion_approved = Signal()
"""Arguments: `suggestion`."""

vote_cast = Signal()
"""Arguments: `vote` (as it stands now), `before` (the value it had: -1, 0 or 1)."""

answer_endorsed = Signal()
"""Arguments: `endorsement`, new or confirmed."""

endorsement_withdrawn = Signal()
"""Arguments: `endorsement`."""

reaction_given = Signal()
"""Arguments: `reaction`, new or said again."""

reaction_taken_back = Signal()
"""Arguments: `reaction` (as it was)."""

language_changed = Signal()
"""Arguments: `rewording`, which says whose documents are to be written anew."""

everyone_called = Signal()
"""Arguments: `callout`, of which the members have still to hear."""

demo_planted = Signal()
"""Arguments: `people`, the members of the demo by their user names; its communities are there."""
