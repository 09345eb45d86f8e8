"""The numbers of the Markdown pipeline: how much text, mathematics and nesting it accepts."""

MAX_SOURCE_CHARACTERS = 30_000
"""Of one post. Forms refuse longer text; `render` shows it unformatted."""

MAX_PICTURES = 30
"""Shown in one text; further ones become links."""

MAX_FORMULA_CHARACTERS = 4_096
MAX_FORMULAS = 200
MAX_FORMULA_NESTING = 50
"""Groups within groups in one formula; the converter is recursive."""
MAX_FORMULA_OUTPUT = 400_000
"""Characters of MathML of one formula."""

MAX_NESTING = 14
"""Blocks within blocks (a list counts twice), and inline elements within inline elements."""

MAX_FOOTNOTE_LABEL_CHARACTERS = 60
MAX_TABLE_CELLS = 15_000
"""As many as a post can spell out."""

MAX_STEPS = 100_000
"""Attempts of the parser to read a line as a block; a post of ordinary lines needs a few for each."""

MIN_USER_NAME_CHARACTERS = 2
MAX_USER_NAME_CHARACTERS = 30

EXCERPT_CODE_CHARACTERS = 80
"""What an excerpt keeps of a code block."""

MAX_COLOURED_CHARACTERS = 8_000
"""Of one code block; longer ones are shown plain."""

MAX_GAP_IN_COLOURED_CODE = 300
"""White space in a row; some lexers try every way to cut it, without a pause in which to stop them."""

MAX_COLOURING_SECONDS = 0.3
"""Of processor time for all the code of a post, then the rest stays plain. Every lexer has some text for which it needs
the square of the time; ordinary code of this length takes a tenth of it."""
