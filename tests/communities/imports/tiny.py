"""A dump small enough to know by heart, with most of what makes real ones difficult."""

from pathlib import Path
from xml.sax.saxutils import quoteattr

SITE = "https://tea.stackexchange.com"

POSTS = [
    {
        "Id": 1,
        "PostTypeId": 1,
        "AcceptedAnswerId": 4,
        "CreationDate": "2018-05-01T23:59:59.997",
        "Score": 3,
        "Title": "Too hot?",
        "Body": "<p>How hot for <em>green</em> tea?</p>\n\n<p>A thermometer costs $5 or $6.</p>\n",
        "OwnerUserId": 7,
        "LastEditDate": "2018-05-03T10:00:00.000",
        "Tags": "<green>",
    },
    {
        "Id": 2,
        "PostTypeId": 1,
        "CreationDate": "2018-05-02T00:00:00.000",
        "Score": -1,
        "Title": "Is a first flush worth its price to a beginner?",
        "Body": "<p>&lt;script&gt;alert(1)&lt;/script&gt; <script>alert(2)</script></p>",
        "OwnerDisplayName": "user9",
    },
    {
        "Id": 3,
        "PostTypeId": 2,
        "ParentId": 1,
        "CreationDate": "2018-05-02T08:00:00.000",
        "Score": 0,
        "Body": "<pre class='lang-py'><code>steep(80)\n</code></pre>",
        "OwnerUserId": 8,
        "ContentLicense": "CC BY-SA 3.0",
    },
    {
        "Id": 4,
        "PostTypeId": 2,
        "ParentId": 1,
        "CreationDate": "2018-05-02T09:00:00.000",
        "Score": 2,
        "Body": '<ol><li>80 °C, see <a href="/q/2">here</a></li><li>not H<sub>2</sub>O at 100</li></ol>',
        "OwnerUserId": -1,
    },
    {"Id": 5, "PostTypeId": 5, "CreationDate": "2018-05-02T09:00:00.000", "Score": 0, "Body": "A tag wiki."},
    {
        "Id": 6,
        "PostTypeId": 2,
        "ParentId": 2,
        "CreationDate": "2018-05-04T00:00:00.000",
        "Score": 1,
        "Body": "<p>No.</p>",
    },
]
USERS = [
    {"Id": -1, "DisplayName": "Community", "CreationDate": "2018-01-01T00:00:00.000"},
    {"Id": 7, "DisplayName": "Ægir Óskarsson", "CreationDate": "2018-01-01T00:00:00.000"},
    {"Id": 8, "DisplayName": "ada", "CreationDate": "2018-01-01T00:00:00.000"},
    {"Id": 99, "DisplayName": "Silent Reader", "CreationDate": "2018-01-01T00:00:00.000"},
]
COMMENTS = [
    {
        "Id": 1,
        "PostId": 1,
        "Text": "Boil it, @ada. *Really*.",
        "CreationDate": "2018-05-02T01:00:00.000",
        "UserId": 8,
    },
    {
        "Id": 2,
        "PostId": 4,
        "Text": "# thanks",
        "CreationDate": "2018-05-02T10:00:00.000",
        "UserDisplayName": "user9",
    },
]
VOTES = [
    *({"Id": number, "PostId": 1, "VoteTypeId": 2} for number in range(4)),
    {"Id": 5, "PostId": 1, "VoteTypeId": 3},
    {"Id": 6, "PostId": 4, "VoteTypeId": 2},
    {"Id": 7, "PostId": 4, "VoteTypeId": 2},
    {"Id": 8, "PostId": 4, "VoteTypeId": 1, "CreationDate": "2018-05-06T00:00:00.000"},
    {"Id": 9, "PostId": 5, "VoteTypeId": 2},
]


def write_dump(folder: Path, **files: list[dict[str, object]]) -> Path:
    """A folder with the given files (`Posts`, `Users`, `Comments`, `Votes`) in the public format."""
    folder.mkdir(exist_ok=True)
    for name, rows in files.items():
        lines = [row_text(row) for row in rows]
        root = name.lower()
        text = "\n".join(['\ufeff<?xml version="1.0" encoding="utf-8"?>', f"<{root}>", *lines, f"</{root}>"])
        (folder / f"{name}.xml").write_text(text, encoding="utf-8")
    return folder


def write_whole_dump(folder: Path) -> Path:
    votes = [{"CreationDate": "2018-05-05T00:00:00.000", **vote} for vote in VOTES]
    return write_dump(folder, Posts=POSTS, Users=USERS, Comments=COMMENTS, Votes=votes)


def row_text(row: dict[str, object]) -> str:
    values = (f"{name}={quoteattr(str(value), {chr(10): '&#xA;'})}" for name, value in row.items())
    return f"  <row {' '.join(values)} />"
