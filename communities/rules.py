"""Every number of the communities floor, with its unit."""

from datetime import timedelta

from net.limits import Rate

TITLE_MIN, TITLE_MAX = 15, 150
POST_MIN, POST_MAX = 40, 30_000
TRIED_MIN = 20
TEMPLATE_MAX, HINTS_MAX = 2_000, 2_000
ANSWER_MIN, ANSWER_MAX = 30, 30_000
COMMENT_MIN, COMMENT_MAX = 2, 1_200
COMMUNITY_NAME_MIN, COMMUNITY_NAME_MAX = 3, 60
TAGLINE_MAX = 120
ABOUT_MAX = 10_000
COMMENTS_SHOWN = 3  # under each text; the rest on demand
MENTIONS_MAX, MENTIONS_MAX_NEW = 10, 2  # in one text; of members whom the community does not know yet
TAGS_MAX = 5  # of a post
TAG_MAX = 40
WIKI_MAX = 3_000
TOPIC_DEPTH = 3  # levels of the topic tree
COMPLETIONS = 8  # suggestions for an @ or a #
COMPLETED_MAX = 41  # characters of what is completed, the sign among them
PICTURES_OF_NEW = 1  # in a text of a member whom the community does not know yet
PICTURE_ALT_MAX = 300
PICTURE_UPLOAD_MAX = 5 * 1024 * 1024  # bytes of the file that is sent
PICTURE_KEPT_MAX = 5 * 1024 * 1024  # bytes of the file that is kept
PICTURE_PIXELS_MAX = 25_000_000
PICTURE_SIDE_MAX = 2400  # pixels; larger ones are made smaller
PICTURE_UNUSED_FOR = timedelta(days=30)  # then one that no text has shown goes
NOTE_MAX = 200

# Revisions: what an author mends at once is the same one.
GRACE = timedelta(minutes=5)
MINOR_CHARACTERS = 100  # taken out and put in, together
COMMENT_FREE = timedelta(minutes=15)
REDACTED_KEPT = timedelta(days=30)
PURGED_AFTER = timedelta(
    days=30
)  # what its author deleted, or a moderator as spam, against the law or for personal data
SUGGESTIONS_WAITING = 5  # of one person
SUGGESTION_DECIDED_AT = 2  # weight: a trusted member has 1, author, mentor and moderator have 2
SUGGESTIONS_SHOWN = 50

POSTS_PER_PAGE = 30
PROGRAMS_PER_PAGE = 100  # at most, in what the API lists
ANSWERS_PER_PAGE = 30
COMMUNITIES_PER_PAGE = 30
MEMBERS_PER_PAGE = 60
ID_DIGITS = 18  # no id has more
TAGS_PER_PAGE = 60
WELCOME_COMMUNITIES, WELCOME_TOPICS = 8, 30  # that a new member may choose from
ON_PROFILE = 10  # posts or answers at once
HONOURS_SHOWN = 60  # on a profile
LINKS_SHOWN = 10  # posts that stand below a post, in all
FOLLOWED_POSTS_SHOWN = 100
LIST_NAME_MAX, LISTS_MAX = 40, 30  # of the lists that one member keeps
LIST_NEWS_AFTER = timedelta(hours=20)  # at least, between two notices of one list
LIST_NEWS_MAX = 100  # new posts that are counted
LIST_ADDRESS_MAX = 4_000  # characters: a search in any script takes so many
NEEDS_YOU_FOR = timedelta(days=60)  # a question asks for help that long
HOT_FOR = timedelta(days=14)
NEW_VISIT_AFTER = timedelta(minutes=30)  # away from a community that long: the next look is another visit
BOOKMARKS_PER_PAGE = 30
COLLECTION_MAX = 60
BOOKMARK_NOTE_MAX = 500
REMOVED_BOOKMARK_DAYS = 30  # for so long it can be brought back
EXCERPT_LENGTH = 180

# What the warnings before posting look for.
WORDS_BESIDE_PICTURES = 12
CODE_LINES_UNFENCED = 2
QUESTIONS_IN_ONE_POST = 3
SEARCH_MAX = 300  # characters
SEARCH_PER_PAGE = 20  # marking words costs a millisecond a row
SEARCH_TITLES, SEARCH_TEXTS = 200, 400  # the newest posts that match, by title and anywhere, are ranked
SEARCH_ANSWERED = 100  # of them are looked through when answers are wanted
SEARCH_COMMON, SEARCH_SAMPLE = 30, 2_000  # a word is common that so many of the newest posts have
SEARCH_DEPTH = 10_000  # newest posts that are gone through for a common word, or for no word at all
MISTYPED_SHOWN, MISTYPED_COMPARED = 5, 500  # how many are shown, of how many
MISTYPED_FROM, MISTYPED_AT = 4, 0.45  # characters; likeness of words, by trigrams

# Quality: q = (u + 2) / (u + d + 4).
PRIOR_UP, PRIOR_TOTAL = 2, 4
PIN_LOST_AT_LEAD = 5  # net votes by which another answer takes the pin
COLLAPSE_AT_NET = -3
HELPFUL_AT_NET = 1  # an answer of this score counts as one, so its question is no longer unanswered

# How far an answer can be trusted.
SUPPORTED_QUALITY, SUPPORTED_UP = 0.71, 3  # q, and up votes
STALE_REPORTS = 3  # members; one mentor is enough
REPORTS_COUNT_FOR = timedelta(days=180)
REPORT_REASON_MIN, REPORT_REASON_MAX = 20, 500
REWRITTEN_SHARE = 0.2  # of the words: from here on those who vouched for the text are asked again
VALIDATED_WITNESSES = 2  # people other than asker and author for whom it worked
SELF_ACCEPT_AFTER = timedelta(hours=48)
ASKER_SILENT_FOR = timedelta(days=7)  # then a mentor may accept an answer of that age for the asker
AUTHOR_DELETE_BELOW_SCORE = 1  # a question with an answer of this score stays
TAKEN_WITHIN = timedelta(minutes=2)  # what no worker has taken by then is queued again
SAME_TEXT_WINDOW = timedelta(minutes=10)  # the same text again within it is a double click

TRUST_OF_ROLES = 2  # owners, moderators and mentors may do at least what this trust level may
NEW_COMMUNITY_MEMBERS, NEW_COMMUNITY_AGE = 50, timedelta(days=30)  # below either, who joins is known at once

# Trust, by what a member did in one community. A new community wants a third of each count.
KNOWN_AFTER = timedelta(hours=24)  # age of the account; invited people need none
KNOWN_POSTS_READ, KNOWN_MINUTES = 5, 10
TRUSTED_ACTIVE_DAYS, TRUSTED_DAYS_COUNTED = 10, timedelta(days=60)
TRUSTED_ANSWERS_OR_EDITS, TRUSTED_UPVOTES_CAST, TRUSTED_QUALITY = 5, 3, 0.75
NEW_COMMUNITY_DIVISOR = 3
MEMBERS_AT_ONCE = 500
TRUST_LOOKS_BACK = timedelta(days=1)  # whoever was there since is weighed anew

# Votes. Counted as they are cast: one that is taken back returns nothing.
VOTE_DAY, VOTE_WEEK = timedelta(days=1), timedelta(days=7)
VOTES_A_DAY = {1: (5, 30, 40, 60), -1: (0, 0, 10, 15)}  # up and down, by trust level, in one community
VOTES_ON_ONE_AUTHOR_A_DAY = {1: 5, -1: 2}
VOTES_ON_ONE_AUTHOR_A_WEEK = {1: 15, -1: 5}
REASONS_SHOWN_FROM = 2  # down votes for the same reason, before the author hears of it

SIMILAR_FROM = 10  # characters of a title
SIMILAR_BODY = 2_000  # characters of a body that are looked at
SIMILAR_SHOWN, SIMILAR_CANDIDATES, SIMILAR_WORDS = 5, 300, 10
SIMILAR_PATIENCE_MS, SIMILAR_LOOK_MS = 240, 90  # for all looks together, and for each of at most four

DRAFT_KEPT = timedelta(days=30)
DRAFT_UNDO = timedelta(days=1)  # so long a deleted draft can be brought back
DRAFT_MAX = 100_000  # characters in all its fields
DRAFTS_MAX, DRAFTS_AT_PLACE = 100, 10  # of one member
DRAFTS_DELETED_KEPT = 10  # of one member, for undoing

RATES = {
    "community": Rate(5, 24 * 3600),
    "post": Rate(20, 3600),
    "answer": Rate(40, 3600),
    "comment": Rate(120, 3600),
    "edit": Rate(60, 3600),
    "vote": Rate(120, 60),
    "bookmark": Rate(240, 3600),
    "follow": Rate(240, 3600),
    "react": Rate(60, 3600),
    "join": Rate(60, 3600),
    "draft": Rate(60, 60),
    "similar": Rate(120, 60),
    "preview": Rate(120, 60),
    "completion": Rate(240, 60),
    "picture": Rate(30, 3600),
    "search": Rate(30, 60),
    "search signed out": Rate(15, 60),
}

DESCRIPTION_LENGTH = 160
ANSWERS_FOR_MACHINES = 10
MACHINE_TEXT_LENGTH = 500
FEED_ITEMS = 30
SITEMAP_SPAN = 10_000
"""Post numbers in one file of the sitemap; deleted and private ones leave gaps."""
