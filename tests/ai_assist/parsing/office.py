"""Small office documents, saved by the libraries that read them, and archives made by hand."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.oxml import parse_xml

M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def saved(document) -> bytes:
    output = BytesIO()
    document.save(output)
    return output.getvalue()


def formula(inner: str, *, of_its_own: bool = False):
    """An element with mathematics, to be put into a paragraph."""
    math = f"<m:oMath {M}>{inner}</m:oMath>"
    return parse_xml(f"<m:oMathPara {M}>{math}</m:oMathPara>" if of_its_own else math)


def run(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def archive(members: dict[str, bytes | str], *, links: dict[str, str] | None = None) -> bytes:
    output = BytesIO()
    with ZipFile(output, "w", ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
        for name, target in (links or {}).items():
            link = ZipInfo(name)
            link.external_attr = 0o120777 << 16
            file.writestr(link, target)
    return output.getvalue()


def replaced(content: bytes, name: str, new: bytes) -> bytes:
    """The same archive with one file changed."""
    with ZipFile(BytesIO(content)) as file:
        return archive({each: file.read(each) for each in file.namelist()} | {name: new})


def book(chapters: dict[str, str], *, spine: list[str] | None = None, **more) -> bytes:
    """An EPUB. Chapters by their names in its folder `text`, in the order of the spine."""
    manifest = "".join(f'<item id="{name}" href="{name}"/>' for name in spine or chapters)
    order = "".join(f'<itemref idref="{name}"/>' for name in spine or chapters)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>The Book</dc:title><dc:language>en</dc:language></metadata><manifest>{manifest}</manifest>"
        f"<spine>{order}</spine></package>"
    )
    container = '<container><rootfiles><rootfile full-path="text/book.opf"/></rootfiles></container>'
    files = {"META-INF/container.xml": container, "text/book.opf": package}
    return archive(
        files | {f"text/{name}": f"<html><body>{body}</body></html>" for name, body in chapters.items()}, **more
    )
