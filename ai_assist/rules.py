"""Every number of the documents floor, with its unit."""

from datetime import timedelta

MB = 1024 * 1024

# Files.
FILE_MAX = 25 * MB  # bytes
PAGES_MAX = 2_000  # of a document
CHUNKS_MAX = 3_000  # of a document
NAME_MAX = 200  # characters of a file name that are kept
TITLE_MAX = 200
FOLDER_NAME_MAX, FOLDERS_MAX = 60, 100  # of one library

# Allowances of a member; a community has ten times as much.
COMMUNITY_TIMES = 10
BYTES_KEPT = 500 * MB
DOCUMENTS_KEPT = 200
UPLOADS_A_DAY = 50
OCR_PAGES_A_DAY = 200
QUESTIONS_A_DAY = 100
TOKENS_A_DAY = 200_000

# Chunks.
CHUNK_WORDS = 180  # about; a fence or a formula is never cut

# Work.
HEARTBEAT = timedelta(seconds=10)
SILENT_FOR = timedelta(seconds=60)  # then another worker takes the document
ATTEMPTS = 3
TAKEN_WITHIN = timedelta(minutes=2)  # what no worker has taken by then is queued again

# Questions.
QUESTION_MAX = 2_000  # characters
CONVERSATION_TITLE_MAX = 120
CITATIONS_MAX = 6  # passages that an answer is made from
QUOTES_SHOWN = 3  # sentences, without a chat model
