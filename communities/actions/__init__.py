"""The verbs: the only place that changes a community on somebody's behalf.

Each locks content first (a post before its answers), then people; asks `permissions`; announces what happened; and is
safe to repeat. Locks are `no_key`: the foreign keys of new rows need not wait for them, or a vote (holds the answer,
points to the post) and an acceptance (holds the post, wants the answer) would wait for each other.
Refusals are `PermissionDenied` with one sentence for the person; `Unfit` when it is only what they wrote.
"""
