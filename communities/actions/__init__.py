"""The verbs: the only place that changes a community on somebody's behalf.

Each locks content first, then people; asks `permissions`; announces what happened; and is safe to repeat.
Refusals are `PermissionDenied` with one sentence for the person.
"""
