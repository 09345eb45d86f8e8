"""Who gets what at each address: the table that `test_access.py` tries out and `test_floors.py` holds complete.

A new route must be entered here: with what each person gets, or with the reason why there is nothing to refuse.
"""

from dataclasses import dataclass

from django.apps import apps

SIGN_IN = "sign in"
UUID = "6f1d0a52-6c7e-4f5b-9a34-3f4b6f0f7c11"
AWAY = "elsewhere"
"""A redirect that is not to the sign-in page."""

Answer = int | str


@dataclass(frozen=True)
class Access:
    """GET by the community's owner, Ada (who asked and commented), Bob (who answered), Eve (outside), a stranger.

    `eve_posts` is what Eve's POST gets in a public community, with `sentence` when it is 403.
    """

    owner: Answer
    ada: Answer
    bob: Answer
    eve: Answer
    stranger: Answer
    eve_posts: Answer
    sentence: str = ""


KNOWN_SAY_SO = "Members whom this community knows can say this about the answers of others."
READING = Access(200, 200, 200, 200, 200, 405)
AUTHOR_OR_MODERATOR = "Only its author and moderators can change this."
DELETING = "Only its author and moderators can delete this."
REDACTING = "Only moderators can take a text out of the history."
CHANGING = "Only who added a document can change it."
ADDING = "Only members of this community can add documents here."
TELLING = "Only owners can look after webhooks."
FINDING = Access(AWAY, AWAY, AWAY, AWAY, AWAY, 405)

IN_COMMUNITY = {
    "community_home": READING,
    "community_about": READING,
    "community_search": READING,
    "community_settings": Access(200, 403, 403, 403, SIGN_IN, 403, "Only owners can change the community."),
    "community_members": Access(200, 200, 200, 403, SIGN_IN, 405),
    "community_role": Access(AWAY, 403, 403, 403, SIGN_IN, 403, "Only owners can grant roles."),
    "community_invitation": Access(200, 403, 403, 403, SIGN_IN, 403, "Only owners can make invitation links."),
    "community_asking": Access(200, 403, 403, 403, SIGN_IN, 403, "Only owners can change the community."),
    "community_leave": Access(200, 200, 200, AWAY, SIGN_IN, AWAY),
    "community_preview": Access(200, 200, 200, 403, 403, 403, "Only members of this community can write here."),
    "tags": READING,
    "tag": READING,
    "community_completions": Access(200, 200, 200, 403, 403, 405),
    "picture_add": Access(200, 200, 200, 403, SIGN_IN, 403, "Only members of this community can add pictures here."),
    "picture": READING,
    **dict.fromkeys(("post_bookmark", "answer_bookmark"), Access(AWAY, AWAY, AWAY, AWAY, SIGN_IN, AWAY)),
    **dict.fromkeys(("community_follow", "tag_follow", "post_follow"), Access(AWAY, AWAY, AWAY, AWAY, SIGN_IN, 422)),
    "tag_create": Access(200, 403, 403, 403, SIGN_IN, 403, "Only moderators can change tags."),
    "tag_edit": Access(200, 403, 403, 403, SIGN_IN, 403, "Only moderators can change tags."),
    "tag_merge": Access(200, 403, 403, 403, SIGN_IN, 403, "Only moderators can change tags."),
    "tag_separate": Access(AWAY, 403, 403, 403, SIGN_IN, 403, "Only moderators can change tags."),
    "tag_judge": Access(AWAY, 403, 403, 403, SIGN_IN, 403, "Only moderators can change tags."),
    "post_ask": Access(200, 200, 200, AWAY, SIGN_IN, AWAY),
    "post": FINDING,
    "post_detail": READING,
    "answer": FINDING,
    "comment": FINDING,
    "comment_on_answer": FINDING,
    "post_edit": Access(200, 200, 403, 403, SIGN_IN, 403, AUTHOR_OR_MODERATOR),
    "post_similar": Access(AWAY, AWAY, AWAY, AWAY, AWAY, 403, "Only members of this community can post here."),
    "post_deflect": Access(AWAY, AWAY, AWAY, AWAY, SIGN_IN, 403, "Only members of this community can post here."),
    "post_kind": Access(200, 403, 403, 403, SIGN_IN, 403, "Only moderators can change what kind of post this is."),
    "post_delete": Access(200, AWAY, AWAY, AWAY, SIGN_IN, 403, DELETING),
    "post_disassociate": Access(403, 200, 403, 403, SIGN_IN, 403, "Only who asked this can take their name off it."),
    "post_restore": Access(AWAY, AWAY, 404, 404, SIGN_IN, 404),
    "post_vote": Access(AWAY, AWAY, AWAY, AWAY, SIGN_IN, 403, "Only members of this community can vote here."),
    "post_order": Access(AWAY, AWAY, AWAY, AWAY, SIGN_IN, 422),
    "post_comment": Access(200, 200, 200, 403, SIGN_IN, 403, "Join this community first, then you can comment."),
    "answer_create": Access(200, 200, 200, 403, SIGN_IN, 403, "Join this community first, then you can answer."),
    "post_revisions": READING,
    "answer_revisions": READING,
    "comment_revisions": READING,
    "revision_return": Access(AWAY, AWAY, AWAY, AWAY, SIGN_IN, 403, AUTHOR_OR_MODERATOR),
    "revision_redact": Access(200, 403, 403, 403, SIGN_IN, 403, REDACTING),
    "revision_put_back": Access(AWAY, AWAY, AWAY, AWAY, SIGN_IN, 403, REDACTING),
    "post_suggest": Access(AWAY, AWAY, AWAY, 200, SIGN_IN, 422),
    "answer_suggest": Access(AWAY, AWAY, AWAY, 200, SIGN_IN, 422),
    "community_edits": Access(200, 200, 200, 200, SIGN_IN, 405),
    "suggestion": Access(200, 200, 200, 404, SIGN_IN, 405),
    "suggestion_on_answer": Access(200, 200, 200, 404, SIGN_IN, 405),
    "suggestion_approve": Access(AWAY, AWAY, AWAY, 404, SIGN_IN, 404),
    "suggestion_reject": Access(AWAY, AWAY, AWAY, 404, SIGN_IN, 404),
    "suggestion_rework": Access(200, 200, 200, 404, SIGN_IN, 404),
    "suggestion_withdraw": Access(AWAY, AWAY, AWAY, 404, SIGN_IN, 404),
    "answer_edit": Access(200, 403, 200, 403, SIGN_IN, 403, AUTHOR_OR_MODERATOR),
    "answer_delete": Access(200, AWAY, AWAY, AWAY, SIGN_IN, 403, DELETING),
    "answer_restore": Access(AWAY, 404, AWAY, 404, SIGN_IN, 404),
    "answer_vote": Access(AWAY, AWAY, AWAY, AWAY, SIGN_IN, 403, "Only members of this community can vote here."),
    "answer_accept": Access(AWAY, AWAY, AWAY, AWAY, SIGN_IN, 403, "Only who asked can accept an answer."),
    "answer_trust": READING,
    "answer_endorse": Access(
        AWAY, AWAY, AWAY, AWAY, SIGN_IN, 403, "Mentors and moderators endorse answers to questions here."
    ),
    "endorsement_withdraw": Access(
        AWAY, AWAY, AWAY, AWAY, SIGN_IN, 403, "Mentors and moderators take endorsements back here, and who gave them."
    ),
    "answer_worked": Access(
        AWAY, AWAY, AWAY, AWAY, SIGN_IN, 403, "Only members of this community can say how it went."
    ),
    "answer_report": Access(200, 200, 403, 403, SIGN_IN, 403, KNOWN_SAY_SO),
    "answer_clear": Access(
        AWAY, AWAY, AWAY, AWAY, SIGN_IN, 403, "Only moderators can set reports aside, and not on their own answers."
    ),
    "community_stale": Access(200, 403, 403, 403, SIGN_IN, 405),
    "answer_comment": Access(200, 200, 200, 403, SIGN_IN, 403, "Join this community first, then you can comment."),
    "post_comments": READING,
    "answer_comments": READING,
    "comment_resolve": Access(
        AWAY,
        AWAY,
        AWAY,
        AWAY,
        SIGN_IN,
        403,
        "Only who asked, the authors and moderators can settle a request to clarify.",
    ),
    "comment_edit": Access(200, 200, 403, 403, SIGN_IN, 403, AUTHOR_OR_MODERATOR),
    "comment_delete": Access(200, AWAY, AWAY, AWAY, SIGN_IN, 403, DELETING),
    "comment_restore": Access(AWAY, AWAY, 404, 404, SIGN_IN, 404),
    "webhooks:webhooks": Access(200, 403, 403, 403, SIGN_IN, 405),
    "webhooks:webhook": Access(200, 403, 403, 403, SIGN_IN, 405),
    "webhooks:delivery": Access(200, 403, 403, 403, SIGN_IN, 405),
    **dict.fromkeys(
        [f"webhooks:webhook_{deed}" for deed in ("create", "edit", "secret", "delete")],
        Access(200, 403, 403, 403, SIGN_IN, 403, TELLING),
    ),
    **dict.fromkeys(
        ("webhooks:webhook_switch", "webhooks:webhook_test", "webhooks:delivery_resend"),
        Access(AWAY, 403, 403, 403, SIGN_IN, 403, TELLING),
    ),
    "ai_assist:community_library": READING,
    "ai_assist:community_upload": Access(AWAY, AWAY, AWAY, 403, SIGN_IN, 403, ADDING),
    "ai_assist:community_part": Access(AWAY, AWAY, AWAY, 403, SIGN_IN, 403, ADDING),
    "ai_assist:community_sample": Access(AWAY, AWAY, AWAY, 403, SIGN_IN, 403, ADDING),
    "ai_assist:community_folder_create": Access(200, 200, 200, 403, SIGN_IN, 403, ADDING),
    "ai_assist:community_usage": Access(200, 403, 403, 403, SIGN_IN, 405),
    "ai_assist:folder_edit": Access(200, 200, 403, 404, SIGN_IN, 404),
    "ai_assist:folder_delete": Access(AWAY, AWAY, 403, 404, SIGN_IN, 404),
    "ai_assist:document": READING,
    "ai_assist:document_state": READING,
    "ai_assist:document_file": READING,
    "ai_assist:read_from": FINDING,
    "ai_assist:read": READING,
    "ai_assist:read_picture": Access(404, 404, 404, 404, 404, 405),
    "ai_assist:document_edit": Access(403, 200, 403, 403, SIGN_IN, 403, CHANGING),
    "ai_assist:document_replace": Access(403, 200, 403, 403, SIGN_IN, 403, CHANGING),
    "ai_assist:document_password": Access(403, AWAY, 403, 403, SIGN_IN, 403, CHANGING),
    "ai_assist:document_retry": Access(403, AWAY, 403, 403, SIGN_IN, 403, CHANGING),
    "ai_assist:document_delete": Access(
        200, 200, 403, 403, SIGN_IN, 403, "Only who added a document and moderators can delete it."
    ),
    **(
        {"gamification:community_board": Access(200, 200, 200, 200, SIGN_IN, 422)}
        if apps.is_installed("gamification")
        else {}
    ),
}
"""Those without the name of an app are of communities. The document is for everybody who may read the community."""


@dataclass(frozen=True)
class Programs:
    """What the API answers to `method`, with `given`, in a public community: to its owner, Ada, Bob, Rita (a member who
    only reads), Eve and a stranger. In a private one Eve gets 404 and a stranger 401 or 404.

    `refused` is what Eve is told who gets 403. `query` ends the address. Where `given` names a community, this one is
    meant.
    """

    method: str
    owner: int
    ada: int
    bob: int
    rita: int
    eve: int
    stranger: int
    given: dict[str, object] | None = None
    refused: str = ""
    query: str = ""


LOOKING = Programs("get", 200, 200, 200, 200, 200, 200)
SPAM = "?reason=spam"
TITLE, TEXT = "A title that is long enough", "A text that is long enough. " * 3
EDIT: dict[str, object] = {"body": TEXT, "note": "clearer"}
ASKED: dict[str, object] = {"community": "", "title": TITLE, "goal": "A goal", "tried": TEXT, "stuck": "Here"}
ASK_FIRST = "Only members of this community can post here."
THROUGH_API = {
    "community": LOOKING,
    "community_posts": LOOKING,
    "post": LOOKING,
    "answer": LOOKING,
    "post_comments": LOOKING,
    "answer_comments": LOOKING,
    "comment": LOOKING,
    "community_tags": LOOKING,
    "community_tag": LOOKING,
    "picture": LOOKING,
    **dict.fromkeys(("post_bookmark", "answer_bookmark"), Programs("", 200, 200, 200, 200, 200, 401)),
    **dict.fromkeys(("post_unbookmark", "answer_unbookmark"), Programs("", 204, 204, 204, 204, 204, 401)),
    **dict.fromkeys(
        ("community_follow", "community_tag_follow", "post_follow"),
        Programs("", 200, 200, 200, 200, 200, 401, {"level": "all"}),
    ),
    "community_join": Programs("put", 200, 200, 200, 200, 200, 401),
    "community_leave": Programs("delete", 403, 204, 204, 204, 204, 401),
    **dict.fromkeys(("webhooks", "webhook_deliveries"), Programs("get", 200, 403, 403, 403, 403, 401, None, TELLING)),
    "webhook_make": Programs(
        *("post", 422, 403, 403, 403, 403, 401),
        given={"url": "https://127.0.0.1/", "events": ["post.edited"]},
        refused=TELLING,
    ),
    "webhook_change": Programs("patch", 200, 403, 403, 403, 403, 401, {"is_on": False}, TELLING),
    "webhook_remove": Programs("delete", 204, 403, 403, 403, 403, 401, None, TELLING),
    "webhook_secret": Programs("post", 200, 403, 403, 403, 403, 401, None, TELLING),
    "webhook_test": Programs("post", 201, 403, 403, 403, 403, 401, None, TELLING),
    "delivery_resend": Programs("post", 200, 403, 403, 403, 403, 401, None, TELLING),
    "community_edit": Programs(
        *("patch", 200, 403, 403, 403, 403, 401),
        given={"tagline": "Another line"},
        refused="Only owners can change the community.",
    ),
    "community_invitation": Programs(
        "get", 200, 403, 403, 403, 403, 403, None, "Only owners can make invitation links."
    ),
    "community_invite_anew": Programs(
        "post", 200, 403, 403, 403, 403, 401, None, "Only owners can make invitation links."
    ),
    "community_members": Programs("get", 200, 200, 200, 200, 403, 403, None, "Only members see who else is here."),
    "community_role": Programs(
        "put", 200, 403, 403, 403, 403, 401, {"value": "mentor"}, "Only owners can grant roles."
    ),
    "post_kind": Programs(
        *("put", 200, 403, 403, 403, 403, 401),
        given={"value": "discussion"},
        refused="Only moderators can change what kind of post this is.",
    ),
    **dict.fromkeys(("post_revisions", "answer_revisions", "comment_revisions", "revision"), LOOKING),
    "revision_return": Programs("post", 200, 200, 403, 403, 403, 401, None, AUTHOR_OR_MODERATOR),
    **dict.fromkeys(
        ("answer_worked", "answer_unworked"),
        Programs("", 200, 200, 403, 403, 403, 401, None, "Only members of this community can say how it went."),
    ),
    "answer_report": Programs(
        *("put", 200, 200, 403, 403, 403, 401),
        given={"outcome": "wrong", "reason": "The sign of the second term is wrong."},
        refused="Only members of this community can say how it went.",
    ),
    "answer_unreport": Programs(
        *("delete", 200, 200, 403, 403, 403, 401),
        refused="Only members of this community can say how it went.",
        query="?outcome=wrong",
    ),
    "community_edits": Programs("get", 200, 200, 200, 200, 200, 401),
    "edit": Programs("get", 200, 200, 200, 404, 404, 401),
    "edit_approve": Programs("post", 200, 200, 403, 404, 404, 401),
    "edit_reject": Programs("post", 200, 200, 403, 404, 404, 401, {"reason": "The sign was right."}),
    "edit_rework": Programs("patch", 200, 200, 200, 404, 404, 401, EDIT),
    "edit_withdraw": Programs("post", 403, 403, 200, 404, 404, 401),
    "post_suggest": Programs("post", 403, 403, 422, 403, 201, 401, EDIT),
    "answer_suggest": Programs("post", 403, 422, 403, 403, 201, 401, EDIT),
    "post_publish": Programs("post", 201, 201, 201, 403, 403, 401, ASKED, ASK_FIRST),
    "post_edit": Programs("patch", 200, 200, 403, 403, 403, 401, EDIT, AUTHOR_OR_MODERATOR),
    "post_delete": Programs("delete", 204, 204, 403, 403, 403, 401, None, DELETING, SPAM),
    "post_restore": Programs("post", 200, 200, 404, 404, 404, 401),
    "post_vote": Programs(
        "put", 200, 403, 200, 403, 403, 401, {"value": 1}, "Only members of this community can vote here."
    ),
    "post_comment": Programs(
        "post", 201, 201, 201, 403, 403, 401, {"body": "Why?"}, "Join this community first, then you can comment."
    ),
    "answer_give": Programs(
        *("post", 201, 201, 201, 403, 403, 401),
        given={"body": TEXT, "is_different": True},
        refused="Join this community first, then you can answer.",
    ),
    "answer_edit": Programs("patch", 200, 403, 200, 403, 403, 401, EDIT, AUTHOR_OR_MODERATOR),
    "answer_delete": Programs("delete", 204, 403, 204, 403, 403, 401, None, DELETING, SPAM),
    "answer_restore": Programs("post", 200, 404, 200, 404, 404, 401),
    "answer_vote": Programs(
        "put", 200, 200, 403, 403, 403, 401, {"value": 1}, "Only members of this community can vote here."
    ),
    **dict.fromkeys(
        ("answer_accept", "answer_unaccept"),
        Programs("", 403, 200, 403, 403, 403, 401, None, "Only who asked can accept an answer."),
    ),
    **dict.fromkeys(
        ("answer_endorse", "answer_unendorse"),
        Programs("", 200, 403, 403, 403, 403, 401, None, "Mentors and moderators endorse answers to questions here."),
    ),
    "answer_comment": Programs(
        "post", 201, 201, 201, 403, 403, 401, {"body": "Why?"}, "Join this community first, then you can comment."
    ),
    "comment_edit": Programs("patch", 200, 200, 403, 403, 403, 401, EDIT, AUTHOR_OR_MODERATOR),
    "comment_delete": Programs("delete", 204, 204, 403, 403, 403, 401, None, DELETING, SPAM),
    "comment_restore": Programs("post", 200, 200, 404, 404, 404, 401),
    **dict.fromkeys(
        ("comment_resolve", "comment_unresolve"),
        Programs(
            *("", 200, 200, 403, 403, 403, 401),
            refused="Only who asked, the authors and moderators can settle a request to clarify.",
        ),
    ),
}
"""By the names of the routes in the API; what says no method is put, and deleted where the name says "un".
tests/communities/api/test_api_access.py."""
OPEN_THROUGH_API = {
    "community_found": "every member may found a community; test_keeping_api.py",
    "communities": "lists what the person may see",
    "search": "finds what the person may see",
    "member": "what the member shows the reader; test_privacy.py",
    "member_follow": "everybody may follow everybody; test_own_api.py",
    "community_picture": "for members; test_own_api.py",
}
OWN_THROUGH_API = {
    "me": "me",
    "me_edit": "me",
    "me_picture": "me/picture",
    "me_picture_remove": "me/picture",
    "feed": "feed",
    "lists": "lists",
    "list_save": "lists",
    "list_edit": "lists/1",
    "list_remove": "lists/1",
    "inbox": "inbox",
    "notice_read": "inbox/1/read",
    "inbox_read": "inbox/read",
    "collections": "bookmarks/collections",
    "collection_rename": "bookmarks/collections",
    "bookmarks": "bookmarks",
    "bookmark_edit": "bookmarks/1",
    "bookmark_remove": "bookmarks/1",
    "bookmark_restore": "bookmarks/1/restore",
    "following": "following",
    "drafts": "drafts",
    "draft_save": "drafts",
    "draft_delete": "drafts/1",
    "draft_restore": "drafts/1/restore",
}
"""Only one's own things are there; test_own_api.py."""

FOR_MACHINES = [
    *("communities:community_feed", "communities:tag_feed", "communities:post_feed", "communities:robots"),
    *("communities:sitemap", "communities:sitemap_places", "communities:sitemap_posts"),
]
FOR_PROGRAMS = [
    *("documents", "document_add", "document", "document_file", "document_delete", "api-root"),
    *("document_change", "document_replace", "document_retry", "document_password"),
    *("folders", "folder_create", "folder_rename", "folder_delete"),
    *("conversations", "conversation_new", "conversation", "conversation_rename", "conversation_delete"),
    *("question_new", "message", "citations", "answer_stop", "answer_judge"),
]
FOR_SIGNING_IN = (
    "jwks",
    "login",
    "code_request",
    "code_confirm",
    "second_factor",
    "passkey",
    "second_passkey",
    "provider",
    "refresh",
    "session",
)
OPEN_GAME = {
    "gamification:how": "the rules by which everybody earns",
    "gamification:member_achievements": "what the reader may see of a member; test_achievement_pages.py",
}
OWN_GAME = {
    "gamification:receipts": "/xp/",
    "gamification:rhythm": "/rhythm/",
    "gamification:flame": "/rhythm/flame/",
    "gamification:plan": "/rhythm/plan/",
    "gamification:pause": "/rhythm/pauses/",
    "gamification:pause_end": "/rhythm/pauses/1/end/",
    "gamification:quiet": "/settings/xp/",
    "gamification:welcome_plan": "/welcome/plan/",
    "gamification:showing": "/settings/privacy/achievements/",
    "gamification:achievements": "/achievements/",
    "gamification:leaderboard": "/leaderboard/",
}
"""Not there without its app."""
OPEN = {
    "communities:person_follow": "everybody may follow everybody; test_following_pages.py",
    "home": "everybody has a front page of their own",
    "about": "says what this place is",
    "rules": "says what members agree to",
    "healthz": "says that the process lives",
    "readyz": "says what works",
    "metrics": "not there without the token; tests/config/test_metrics.py",
    "appearance": "sets a cookie of one's own",
    "accounts:profile": "what the member shows the reader; test_privacy.py",
    "language": "sets a cookie of one's own, and what they are spoken to in; test_languages.py",
    "accounts:avatar": "a picture that members show to everybody",
    "accounts:address_change": "whoever has the signed link; tests/accounts/test_address.py",
    "accounts:stay": "whoever has the signed link; tests/mydata/test_leaving.py",
    "accounts:claim": "whoever has the signed link; tests/accounts/test_claim.py",
    "communities:draft_save": "keeps one's own text, where one may write; test_drafts.py",
    "communities:search": "finds what the person may see",
    "communities:directory": "lists what the person may see",
    "communities:community_create": "every member may found a community",
    "communities:community_join": "everybody may join a public community; private ones: test_membership_pages.py",
    "communities:community_invite": "whoever has the key may join; test_membership_pages.py",
    "communities:preview": "shows one's own text",
    **(OPEN_GAME if apps.is_installed("gamification") else {}),
    **dict.fromkeys([f"api:{name}" for name in FOR_PROGRAMS], "what one sees on the pages; tests/ai_assist/api"),
    **dict.fromkeys([f"auth:{name}" for name in FOR_SIGNING_IN], "for programs; tests/accounts/test_programs.py"),
    **dict.fromkeys(("described:openapi", "described:docs"), "says what programs can ask; tests/config/test_api.py"),
    **dict.fromkeys(FOR_MACHINES, "what a stranger may read, whoever asks; test_public_pages.py"),
}

OWN = {
    "communities:drafts": "/drafts/",
    "communities:draft_delete": "/drafts/1/delete/",
    "communities:draft_restore": "/drafts/1/restore/",
    "communities:following": "/following/",
    "communities:bookmarks": "/bookmarks/",
    "communities:bookmark_edit": "/bookmarks/1/",
    "communities:bookmark_remove": "/bookmarks/1/remove/",
    "communities:bookmark_restore": "/bookmarks/1/restore/",
    "communities:collection_rename": "/bookmarks/collection/",
    "accounts:settings": "/settings/",
    "accounts:welcome": "/welcome/",
    "accounts:welcome_end": "/welcome/end/",
    "communities:welcome_topics": "/welcome/topics/",
    "communities:welcome_community": "/welcome/community/",
    "accounts:privacy": "/settings/privacy/",
    "accounts:tokens": "/settings/tokens/",
    "accounts:token_create": "/settings/tokens/new/",
    "accounts:token_revoke": "/settings/tokens/1/revoke/",
    "accounts:security": "/settings/security/",
    "accounts:provider_link": "/settings/security/with/google/",
    "accounts:provider_unlink": "/settings/security/with/1/end/",
    "accounts:session_end": "/settings/security/sessions/1/end/",
    "accounts:sessions_end": "/settings/security/sessions/end/",
    "accounts:mydata": "/settings/data/",
    "accounts:leave": "/settings/data/delete/",
    "accounts:export_ask": "/settings/data/exports/",
    "accounts:export_download": f"/settings/data/exports/{UUID}/",
    "accounts:export_state": f"/settings/data/exports/{UUID}/state/",
    "communities:feed": "/feed/",
    "communities:list_save": "/feed/lists/",
    "communities:list_open": "/feed/lists/1/",
    "communities:list_hear": "/feed/lists/1/hear/",
    "communities:list_begin": "/feed/lists/1/begin/",
    "communities:list_delete": "/feed/lists/1/delete/",
    "ai_assist:library": "/library/",
    "ai_assist:upload": "/library/upload/",
    "ai_assist:usage": "/library/usage/",
    "ai_assist:part": "/library/parts/",
    "ai_assist:sample": "/library/sample/",
    "ai_assist:folder_create": "/library/folders/",
    "ai_assist:conversations": "/conversations/",
    "ai_assist:conversation_new": "/conversations/new/",
    "ai_assist:conversation": f"/conversations/{UUID}/",
    "ai_assist:conversation_rename": f"/conversations/{UUID}/rename/",
    "ai_assist:conversation_delete": f"/conversations/{UUID}/delete/",
    "ai_assist:answer_stream": f"/streams/answers/{UUID}/",
    "ai_assist:answer_wait": f"/streams/answers/{UUID}/wait/",
    "ai_assist:question": f"/questions/{UUID}/",
    "ai_assist:answer_stop": f"/questions/{UUID}/stop/",
    "ai_assist:answer_judge": f"/questions/{UUID}/judge/",
    "ai_assist:question_pass_on": f"/questions/{UUID}/pass-on/",
    **(OWN_GAME if apps.is_installed("gamification") else {}),
    "notifications:inbox": "/inbox/",
    "notifications:read_all": "/inbox/read/",
    "notifications:open": "/inbox/1/open/",
}
"""Only one's own things are there; strangers are sent to sign in."""
