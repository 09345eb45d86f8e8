"""Every number of the documents floor, with its unit."""

from datetime import timedelta

from net.limits import Rate

MB = 1024 * 1024

# Files.
FILE_MAX = 25 * MB  # bytes
PAGES_MAX = 2_000  # of a document
CHUNKS_MAX = 3_000  # of a document
NAME_MAX = 200  # characters of a file name that are kept
TITLE_MAX = 200
PART_SIZE = 2 * MB  # of a file that is larger; scripts send it so
PARTIAL_KEPT_DAYS, PARTIALS_MAX = 1, 5  # of one member
PASSWORD_MAX = 200  # of a document
FOLDER_NAME_MAX, FOLDERS_MAX = 60, 100  # of one library
FILES_AT_ONCE, BYTES_AT_ONCE = 20, 100 * MB  # of one request; with scripts each file is a request of its own

# Allowances of a member; a community has ten times as much.
COMMUNITY_TIMES = 10
BYTES_KEPT = 500 * MB
DOCUMENTS_KEPT = 200
UPLOADS_A_DAY = 50
OCR_PAGES_A_DAY = 200
QUESTIONS_A_DAY = 100
TOKENS_A_DAY = 200_000
USAGE_DAYS = 30  # that the page of what was used shows
USAGE_ROWS = 100  # of members, and of communities, that staff see
USAGE_WATCHED = 50  # communities whose numbers are given to who watches

LABEL_MAX = 200  # characters of the name of a page
HEADING_PATH_MAX = 500

SCAN_WIDTH = 1_700  # pixels of a page that is read by its look: 200 to the inch
PARSER_VERSION = 2  # goes up when documents would be read in another way

# Chunks.
CHUNK_WORDS = 180  # about; a fence or a formula is never cut

# Work.
HEARTBEAT = timedelta(seconds=10)
SILENT_FOR = timedelta(seconds=60)  # then another worker takes the document
ATTEMPTS = 3
RETRY_AFTER = timedelta(seconds=60)  # when a store or an embedder is away
EMBEDDED_AT_ONCE = 16  # passages
RETITLE_AFTER = timedelta(minutes=10)  # which writes all words of a document
TAKEN_WITHIN = timedelta(minutes=1)  # what no worker has taken by then is queued again

# Questions.
QUESTION_MAX = 2_000  # characters
CONVERSATION_TITLE_MAX = 120
CITATIONS_MAX = 6  # passages that an answer is made from
QUOTES_SHOWN = 3  # sentences, without a chat model
DOCUMENTS_ASKED_MAX = 50  # chosen one by one
QUESTIONS_PER_PAGE = 20
CONVERSATIONS_PER_PAGE = 30
WORDS_OF_SEARCH = 8  # in one's conversations
CURSOR_DIGITS = 16  # no moment and no id has more
NEAREST_SHOWN = 2  # documents that came nearest, where nothing was found
LOOKS = 3  # for passages, while the rights of the person change
STREAM_KEPT = timedelta(hours=1)
STREAM_KEPT_DONE = timedelta(minutes=1)  # so that a browser that lost the connection hears of the end
STREAM_CONNECT, STREAM_ANSWERED_WITHIN = timedelta(seconds=1), timedelta(seconds=5)
STREAM_HEARTBEAT = timedelta(seconds=15)
STREAM_LONGEST = timedelta(seconds=150)  # then the browser comes back
STREAM_RETRY_MS = 2_000
WAIT_LONGEST = timedelta(seconds=20)  # of a browser without scripts, and of a program
PROGRAMS_WAITING = 2  # at once in one web process, which has four threads
ANSWER_HEARD = timedelta(seconds=1)  # between two signs of a worker that is writing

# Answers by a chat model.
MODEL_CONNECT = timedelta(seconds=3)
FIRST_TOKEN_WITHIN, ANSWER_WITHIN = timedelta(seconds=20), timedelta(seconds=120)
MODEL_HEARD = timedelta(seconds=0.5)  # between two looks whether something came
MODEL_ATTEMPTS, MODEL_PAUSE = 2, timedelta(seconds=1)
ANSWER_TOKENS = 700  # that it may write
LINE_TOKENS, LINE_WITHIN = 100, timedelta(seconds=5)  # for a question that it writes anew
SAID_BEFORE, SAID_LONGEST = 3, 600  # questions with their answers that it hears before, and characters of each
SAMPLES, SAMPLE_LONGEST = 3, 200  # of documents, to tell their language; and characters of each
SHARED_WORDS_LEAST = 0.4  # of a sentence with its sources, or it has nothing to do with them
ENDING_LONGEST = 5  # letters by which a word of an answer may be longer than that of a source which begins like it
BREAK_AFTER, BREAK_WINDOW = 5, timedelta(seconds=60)  # failures, before it is left alone
BREAK, BREAK_REMEMBERED = timedelta(seconds=30), timedelta(minutes=10)

# Signs of life.
STORE_ANSWERS_WITHIN, STORE_ASKED_EVERY = timedelta(seconds=1), timedelta(seconds=5)

# Retrieval.
CANDIDATES = 50  # passages by words, and as many by meaning, that are ranked together
LOOKED_AT_CLOSELY = 20  # of them, sentence by sentence
WORDS_OF_QUESTION = 40  # the rarest; PostgreSQL's time goes with each
CHUNKS_RANKED = 5_000  # passages that have a word of the question, before its common words are left out
CHUNKS_LOOKED_THROUGH = 10_000  # as many are compared one by one rather than by an index
COMMON_WORDS_TOGETHER = 3  # of a question that has no others
DOCUMENTS_NAMED = 2_000  # where somebody may read more, their scopes alone narrow the search

# Answers that quote. Both measured by `manage.py eval_rag` with the embedder that comes with Cairn.
FITS_ENOUGH = 0.58  # cosine of a passage and half its share of the question's words; below, nothing is quoted
HIT_WEIGHT = 2.0  # of a sentence's passage beside the sentence itself

# Pages.
DOCUMENTS_PER_PAGE = 30
OUTLINE_ENTRIES = 300  # headings of a document that are listed beside its pages
DRAWN_WIDTH = 1_400  # pixels of a page that is shown as a picture
PAGES_DRAWN = 300  # of a document, that are kept; older ones are drawn anew when somebody looks
DRAWING_PATIENCE = 8  # seconds that a page waits while others are drawn
LOOK_AGAIN = ((15, 2), (45, 5), (10_000, 15))  # so many looks at a document that is worked on, so many seconds apart

RATES = {
    "draw": Rate(400, 3600),  # pages that nobody has looked at before
    "upload": Rate(300, 3600),
    "document": Rate(240, 3600),
    "ask": Rate(20, 60),
    "conversation": Rate(120, 3600),
    "part": Rate(2_000, 3600),
    "password": Rate(20, 3600),
}
