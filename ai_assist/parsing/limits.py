"""How much of everything one document may be or cost. What members may upload is in the rules of the app."""

MEGABYTE = 1024 * 1024

MEMORY = 1536 * MEGABYTE
"""Bytes of address space of the process that reads a document."""
CPU_SECONDS = 120
SECONDS = 180
"""Of waiting for it, all pages together; what the caller does in between does not count."""

PAGES_MAX = 2_000
CHARACTERS_MAX = 5_000_000
"""In all pages together: ten times the Bible would be too much, once is not."""

UNPACKED_MAX = 200 * MEGABYTE
"""What the files in an office document or an EPUB may take together."""
RATIO_MAX = 100
"""How many times larger than the file itself. Real documents stay below 40."""
RATIO_MATTERS_FROM = 10 * MEGABYTE
"""What unpacks to less is harmless, however often one letter is repeated in it."""
MEMBERS_MAX = 10_000

PIXELS_MAX = 50_000_000
"""Of a picture: what the cameras of phones take."""

DRAWN_PIXELS_MAX = 12_000_000
"""Of a page that is drawn."""
DRAWN_SIDE_MAX = 8_000
"""Of its longer side."""
OCR_MEMORY = 3072 * MEGABYTE
"""Bytes of address space of the process that recognises text. It uses a fraction: libraries and models reserve more."""
OCR_CPU_SECONDS = 3600
"""For all pictures together."""
OCR_SECONDS = 120
"""Of waiting for one picture."""

STREAM_MAX = 30_000_000
"""Bytes that one stream of a PDF may unpack to when its text is read; its pictures are not unpacked for that."""

SECTION_CHARACTERS = 6_000
"""A section of a text without pages ends with the first block after so many."""
TABLE_ROWS = 30
"""A longer table is cut, and its head repeated."""
SHEET_ROWS = 600
"""A longer sheet makes several pages."""
COLUMNS_MAX = 100
CELL_CHARACTERS = 2_000
