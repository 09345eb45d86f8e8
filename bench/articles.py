"""The articles of a set with questions as files that people upload: Markdown, PDF printed by a browser, Word."""

import re
from dataclasses import dataclass
from html import escape
from io import BytesIO

import docx
from playwright.sync_api import sync_playwright

from ai_assist.evaluation.dataset import Article, Asked, Dataset
from tests.browser import chromium, launch_arguments

TOGETHER = 3  # paragraphs under one heading; in a PDF, on one page
STYLE = "<style>section + section { break-before: page } body { font: 12pt serif }</style>"


@dataclass(frozen=True)
class Part:
    """Of an article, from 1: what is on this page of its PDF and under its heading elsewhere."""

    number: int
    paragraphs: list[str]

    @property
    def heading(self) -> str:
        return f"Part {self.number}"


def parts(article: Article) -> list[Part]:
    starts = range(0, len(article.paragraphs), TOGETHER)
    return [Part(n, article.paragraphs[start : start + TOGETHER]) for n, start in enumerate(starts, start=1)]


def part_of(asked: Asked) -> int:
    return (asked.page - 1) // TOGETHER + 1


def files(dataset: Dataset) -> dict[str, list[tuple[str, bytes]]]:
    """Names and bytes by format, in the order of the articles."""
    return {
        "md": [(f"{article.title}.md", markdown(article)) for article in dataset.articles],
        "docx": [(f"{article.title}.docx", word(article)) for article in dataset.articles],
        "pdf": list(zip([f"{a.title}.pdf" for a in dataset.articles], printed(dataset.articles), strict=True)),
    }


def markdown(article: Article) -> bytes:
    said = [f"# {article.title}"]
    for part in parts(article):
        said += [f"## {part.heading}", *part.paragraphs]
    return "\n\n".join(said).encode()


def word(article: Article) -> bytes:
    document = docx.Document()
    document.add_heading(article.title, level=1)
    for part in parts(article):
        document.add_heading(part.heading, level=2)
        for paragraph in part.paragraphs:
            document.add_paragraph(paragraph)
    output = BytesIO()
    document.save(output)
    return output.getvalue()


def printed(articles: list[Article]) -> list[bytes]:
    """By a browser, as people print pages."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=launch_arguments())
        page = browser.new_page()
        made = []
        for article in articles:
            page.set_content(_page(article))
            made.append(page.pdf(format="A4", tagged=False))
        browser.close()
    return made


def _page(article: Article) -> str:
    sections = [
        f"<section><h2>{part.heading}</h2>{''.join(f'<p>{escape(text)}</p>' for text in part.paragraphs)}</section>"
        for part in parts(article)
    ]
    title = escape(article.title)
    return f"<title>{title}</title>{STYLE}<h1>{title}</h1>{''.join(sections)}"


def plain(text: str) -> str:
    """As texts of several formats can be compared: the same letters, one space between words."""
    return re.sub(r"\s+", " ", text.replace("\u00ad", "")).strip()
