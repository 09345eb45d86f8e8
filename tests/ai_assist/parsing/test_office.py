"""Word, PowerPoint, Excel, CSV, notebooks, EPUB and pictures."""

import zlib
from base64 import b64decode
from io import BytesIO

import docx
import nbformat
import openpyxl
import pptx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from ai_assist.parsing import Block, Facts, Page
from tests.ai_assist.parsing.office import book, formula, run, saved
from tests.ai_assist.parsing.reading import blocks_of, facts_of, order_of, pages_of

HEIC = (
    "eNpjYGCQSSupLMhIzaxgAILczDRDEDs3MzGNgYHRLze1JJEBAhQzUnKKoGyGgszkEgY0oJSZk58MYrg4MDACIRAwFkFoIBACYuXMzLw0MA8kKg"
    "rkpDJBeRllyYYgJl9BZkkuXMm5zIKiAiC9PrMgOR9IFwGVOTOycACZ83+AFMl9YPjz5weQyc+cANQh7sDIw/j/P0gBM1gFM1DJLiaHRKCcmhMj"
    "I6rEgSYWseiVKst2blAACjCDCAbFJKBSdhfGg0UblByAFggn5+cU5SXnVACFeRnYGoBCIpnFBalQXzlAMdDZFZlgV4PcJp5ZkAsLNmBIsDQyMb"
    "MAmVK5KYmgUOPTYFzHZfBF9snW2OvnNBIAkkhHXg=="
)
"""64 white pixels in a row and column. No library here can write the format, so this is a file, packed."""


SUM = '<m:chr m:val="∑"/>'


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def picture_of(kind: str) -> BytesIO:
    output = BytesIO()
    Image.new("RGB", (60, 40), "white").save(output, kind)
    output.seek(0)
    return output


def code_line(document, text: str) -> None:
    document.add_paragraph().add_run(text).font.name = "Consolas"


def test_read_word_gives_sections_of_blocks_and_the_facts():
    document = docx.Document()
    document.core_properties.title = "Groups"
    document.core_properties.language = "en-US"
    document.add_heading("Groups", 0)
    document.add_paragraph("A group.")
    document.add_heading("Kinds", 2)
    document.add_paragraph("small", style="List Bullet")
    document.add_paragraph("first", style="List Number")
    document.add_paragraph("second", style="List Number")
    line = document.add_paragraph("Call ")
    line.add_run("unit()").font.name = "Courier New"
    line.add_run(" once.")
    code_line(document, "def unit():")
    code_line(document, "    return 1")
    table = document.add_table(2, 2)
    for place, text in enumerate(("a", "b|c", "1", "2")):
        table.cell(*divmod(place, 2)).text = text
    content = saved(document)
    assert pages_of(content, "a.docx") == [
        Page(1, "Groups", [Block("heading", "Groups", level=1), Block("prose", "A group.")]),
        Page(
            2,
            "Kinds",
            [
                Block("heading", "Kinds", level=2),
                Block("list", "- small\n1. first\n2. second"),
                Block("prose", "Call `unit()` once."),
                Block("code", "def unit():\n    return 1"),
                Block("table", "| a | b\\|c |\n| --- | --- |\n| 1 | 2 |"),
            ],
        ),
    ]
    assert facts_of(content, "a.docx") == Facts("Groups", is_paged=False, pages=2, language="en-US")


def test_read_word_leaves_out_what_is_hidden_or_struck_out():
    document = docx.Document()
    line = document.add_paragraph("seen")
    line.add_run(" bad").font.hidden = True
    line._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText> bad</w:delText><w:t> bad</w:t></w:r></w:del>"))
    line._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t> added</w:t></w:r></w:ins>"))
    line._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:rPr><w:sz w:val='2'/></w:rPr><w:t> bad</w:t></w:r>"))
    unseen = document.styles.add_style("Unseen", 1)
    unseen.font.hidden = True
    document.add_paragraph("bad", style="Unseen")
    assert blocks_of(saved(document), "a.docx") == [("prose", "seen added")]


def test_read_word_gives_notes_behind_the_paragraph_that_calls_them_and_counts_pictures():
    document = docx.Document()
    line = document.add_paragraph("Groups")
    line._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:footnoteReference w:id='2'/></w:r>"))
    line.add_run(" are old.")
    document.add_paragraph("After.")
    for width in (3, 1):
        document.add_picture(picture_of("PNG"), width=Inches(width), height=Inches(1))
    notes = (
        f"<w:footnotes {nsdecls('w')}><w:footnote w:id='0' w:type='separator'><w:p/></w:footnote>"
        "<w:footnote w:id='2'><w:p><w:r><w:t>Galois.</w:t></w:r></w:p></w:footnote>"
        "</w:footnotes>"
    )
    name = PackURI("/word/footnotes.xml")
    part = Part(name, f"{WORD}.footnotes+xml", notes.encode(), document.part.package)
    document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes")
    content = saved(document)
    assert blocks_of(content, "a.docx") == [("prose", "Groups¹ are old."), ("prose", "¹ Galois."), ("prose", "After.")]
    assert facts_of(content, "a.docx").pictures == 1


@pytest.mark.parametrize(
    ("inner", "tex"),
    [
        (f"<m:f><m:num>{run('a')}</m:num><m:den>{run('b')}</m:den></m:f>", r"\frac{a}{b}"),
        (f"<m:sSup><m:e>{run('x')}</m:e><m:sup>{run('2')}</m:sup></m:sSup>", "x^{2}"),
        (f"<m:sSub><m:e>{run('x')}</m:e><m:sub>{run('i')}</m:sub></m:sSub>", "x_{i}"),
        (f"<m:rad><m:deg>{run('3')}</m:deg><m:e>{run('x')}</m:e></m:rad>", r"\sqrt[3]{x}"),
        (
            f"<m:nary><m:naryPr>{SUM}</m:naryPr><m:sub>{run('1')}</m:sub><m:sup>{run('n')}</m:sup><m:e/></m:nary>",
            r"\sum_{1}^{n}",
        ),
        (f"<m:nary><m:sub/><m:sup/><m:e>{run('f')}</m:e></m:nary>", r"\int f"),
        (f"<m:d><m:e>{run('x+1')}</m:e></m:d>", "(x+1)"),
        (f"<m:func><m:fName>{run('sin')}</m:fName><m:e>{run('x')}</m:e></m:func>", r"\sin x"),
        (
            f"<m:m><m:mr><m:e>{run('a')}</m:e><m:e>{run('b')}</m:e></m:mr></m:m>",
            r"\begin{matrix}a & b\end{matrix}",
        ),
    ],
)
def test_read_word_takes_formulas_as_tex(inner, tex):
    document = docx.Document()
    document.add_paragraph("so ")._p.append(formula(inner))
    document.add_paragraph()._p.append(formula(inner, of_its_own=True))
    assert blocks_of(saved(document), "a.docx") == [("prose", f"so ${tex}$"), ("math", tex)]


def test_read_slides_gives_one_page_each_with_its_notes():
    deck = pptx.Presentation()
    deck.core_properties.title = "Lecture"
    first = deck.slides.add_slide(deck.slide_layouts[1])
    first.shapes.title.text = "Groups"
    body = first.placeholders[1].text_frame
    body.text = "closed"
    below = body.add_paragraph()
    below.text, below.level = "of course", 1
    first.notes_slide.notes_text_frame.text = "Tell the story of Galois."
    second = deck.slides.add_slide(deck.slide_layouts[5])
    second.shapes.title.text = "bad"
    second.element.set("show", "0")
    third = deck.slides.add_slide(deck.slide_layouts[5])
    third.shapes.title.text = "Orders"
    table = third.shapes.add_table(2, 2, 0, 0, Inches(4), Inches(1)).table
    table.cell(0, 0).text, table.cell(1, 1).text = "n", "4"
    for left, text in ((1, "Seen"), (-30, "Beside")):
        third.shapes.add_textbox(Inches(left), Inches(1), Inches(2), Inches(1)).text_frame.text = text
    line = third.shapes.add_textbox(Inches(1), Inches(2), Inches(2), Inches(1)).text_frame.paragraphs[0]
    line._p.append(formula(f"<m:sSup><m:e>{run('x')}</m:e><m:sup>{run('2')}</m:sup></m:sSup>"))
    assert pages_of(saved(deck), "a.pptx") == [
        Page(
            1,
            "Groups",
            [
                Block("heading", "Groups", level=1),
                Block("list", "- closed\n  - of course"),
                Block("notes", "Tell the story of Galois."),
            ],
        ),
        Page(2, "", []),
        Page(
            3,
            "Orders",
            [
                Block("heading", "Orders", level=1),
                Block("table", "| n |  |\n| --- | --- |\n|  | 4 |"),
                Block("prose", "Seen"),
                Block("math", "x^{2}"),
            ],
        ),
    ]
    assert facts_of(saved(deck), "a.pptx") == Facts("Lecture", is_paged=True, pages=3)
    assert order_of(saved(deck), "a.pptx") == [3, "p1", "p2", "p3"]


def test_read_slides_gives_the_numbers_of_charts_and_what_is_grouped_and_counts_pictures():
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    data = CategoryChartData()
    data.categories = ["Moor", "Fell"]
    data.add_series("Height", (4, 1.25))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, Inches(4), Inches(3), data)
    frame.chart.has_title = True
    frame.chart.chart_title.text_frame.text = "Cairns"
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, Inches(1), Inches(1)).text_frame.text = "grouped"
    slide.shapes.add_picture(picture_of("PNG"), 0, 0, Inches(4), Inches(2))
    table = "|  | Height |\n| --- | --- |\n| Moor | 4 |\n| Fell | 1.25 |"
    assert blocks_of(saved(deck), "a.pptx") == [("prose", "Cairns"), ("table", table), ("prose", "grouped")]
    assert facts_of(saved(deck), "a.pptx").pictures == 1


def test_read_slides_leaves_out_charts_that_nobody_can_read_and_counts_linked_pictures():
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    slide.shapes.add_textbox(0, 0, Inches(1), Inches(1)).text_frame.text = "beside it"
    data = CategoryChartData()
    data.categories = ["Moor", "Fell"]
    data.add_series("Height", (4, 1.25))
    chart = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, 0, 0, Inches(4), Inches(3), data).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = "Cairns"
    plot = chart.plots[0]._element
    plot.tag = plot.tag.replace("barChart", "surfaceChart")
    picture = slide.shapes.add_picture(picture_of("PNG"), 0, 0, Inches(4), Inches(2))
    blip = next(picture._element.iter("{*}blip"))
    embed = next(name for name in blip.attrib if name.endswith("embed"))
    blip.set(embed.replace("embed", "link"), blip.attrib.pop(embed))
    assert blocks_of(saved(deck), "a.pptx") == [("prose", "beside it"), ("prose", "Cairns")]
    assert facts_of(saved(deck), "a.pptx").pictures == 1


def test_read_workbook_gives_its_sheets_as_tables_with_their_places():
    book_of_sheets = openpyxl.Workbook()
    sheet = book_of_sheets.active
    sheet.title = "Marks"
    sheet["B1"] = "Report"
    sheet.append([None, "name", "mark"])
    for number in range(1, 41):
        sheet.append([None, f"n{number}", number / 2])
    sheet["D45"] = True
    sheet["C4"].number_format = "0.0%"
    secret = book_of_sheets.create_sheet("Secret")
    secret.sheet_state, secret["A1"] = "hidden", "bad"
    book_of_sheets.create_sheet("Last")["A1"] = "end"
    first, last = pages_of(saved(book_of_sheets), "a.xlsx")
    assert (first.number, first.label, last) == (1, "Marks", Page(2, "Last", [Block("prose", "end", label="A1:A1")]))
    assert [(block.kind, block.label) for block in first.blocks] == [
        ("prose", "B1:B1"),
        ("table", "B2:C32"),
        ("table", "B33:C42"),
        ("prose", "D45:D45"),
    ]
    head = "| name | mark |\n| --- | --- |\n"
    assert first.blocks[1].text.startswith(head + "| n1 | 0.5 |\n| n2 | 100.0% |\n")
    assert first.blocks[2].text.startswith(head + "| n31 | 15.5 |\n")


def test_read_workbook_says_how_many_pages_it_will_be_as_far_as_it_knows():
    book_of_sheets = openpyxl.Workbook()
    for number in range(700):
        book_of_sheets.active.append([number, "x"])
    book_of_sheets.create_sheet("Nothing")
    book_of_sheets.create_sheet("Last")["A1"] = "end"
    assert order_of(saved(book_of_sheets), "a.xlsx") == [3, "p1", "p2", 4, 3, "p3"]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_read_csv_finds_what_parts_its_columns(sign):
    content = sign.join(("name", "mark")) + "\n" + sign.join(('"Ada, L; x"', "1.5")) + "\n"
    assert blocks_of(content.encode(), "a.csv") == [("table", "| name | mark |\n| --- | --- |\n| Ada, L; x | 1.5 |")]


def test_read_csv_with_very_many_rows_makes_several_pages():
    rows = "a,b\n" + "".join(f"{number},x\n" for number in range(1500))
    pages = pages_of(rows.encode(), "a.csv")
    assert [page.number for page in pages] == [1, 2, 3]
    assert [page.blocks[-1].label for page in pages] == ["A542:B571", "A1112:B1141", "A1472:B1501"]


def test_read_notebook_gives_texts_code_and_what_it_printed():
    made = nbformat.v4
    outputs = [
        made.new_output("stream", text="1\n\x1b[31mred\x1b[0m"),
        made.new_output("display_data", {"text/plain": "<Figure size 640x480>"}),
        made.new_output("display_data", {"text/plain": "x", "text/latex": "$\\displaystyle x^{2}$"}),
        made.new_output("error", ename="ValueError", evalue="no", traceback=[]),
    ]
    notebook = made.new_notebook(
        cells=[
            made.new_markdown_cell("# Units\nwith $a*b*c$ <span hidden>bad</span>"),
            made.new_code_cell("print(1)", outputs=outputs),
        ],
        metadata={"language_info": {"name": "python"}},
    )
    assert pages_of(nbformat.writes(notebook).encode(), "a.ipynb") == [
        Page(
            1,
            "Units",
            [
                Block("heading", "Units", level=1),
                Block("prose", "with $a*b*c$"),
                Block("code", "print(1)", language="python"),
                Block("code", "1\nred", label="output"),
                Block("math", "x^{2}"),
                Block("code", "ValueError: no", label="output"),
            ],
        )
    ]


def test_read_notebook_of_the_version_before():
    cells = [nbformat.v3.new_text_cell("markdown", source="Old."), nbformat.v3.new_code_cell("1 + 1")]
    notebook = nbformat.v3.new_notebook(worksheets=[nbformat.v3.new_worksheet(cells=cells)])
    assert blocks_of(nbformat.v3.writes_json(notebook).encode(), "a.ipynb") == [("prose", "Old."), ("code", "1 + 1")]


def test_read_book_gives_its_chapters_in_the_order_of_the_spine():
    content = book(
        {"b.xhtml": "<h1>Two</h1><p>second</p>", "a.xhtml": "<h1>One</h1><p hidden>bad</p><p>first</p>"},
        spine=["a.xhtml", "b.xhtml"],
    )
    assert [(page.number, page.label, len(page.blocks)) for page in pages_of(content, "a.epub")] == [
        (1, "One", 2),
        (2, "Two", 2),
    ]
    assert facts_of(content, "a.epub") == Facts("The Book", is_paged=False, pages=2, language="en")


def test_read_book_looks_at_nothing_outside_of_it(tmp_path):
    canary = tmp_path / "canary.xhtml"
    canary.write_text("<p>bad</p>")
    outside = ["../../../../.." + str(canary), str(canary), "link.xhtml", "a.xhtml"]
    content = book({"a.xhtml": "<p>good</p>"}, spine=outside, links={"text/link.xhtml": str(canary)})
    assert blocks_of(content, "a.epub") == [("prose", "good")]


@pytest.mark.parametrize("filename", ["a.png", "a.jpg", "a.JPEG", "a.webp", "a.heic"])
def test_read_picture_asks_for_ocr(filename):
    kind = {"png": "PNG", "webp": "WEBP"}.get(filename[2:], "JPEG")
    content = zlib.decompress(b64decode(HEIC)) if filename.endswith("heic") else picture_of(kind).getvalue()
    assert list(pages_of(content, filename)) == [Page(1, "", [], needs_ocr=True)]
    assert facts_of(content, filename) == Facts("", is_paged=True, pages=1)
