"""The links between the questions of a dump: duplicates, and those that are only related."""

from collections.abc import Iterator

from communities.imports.dump import BadRow, Row
from communities.imports.run import Run, ids_by_origin
from communities.models import LinkKind, Post, PostLink

KINDS = {1: LinkKind.RELATED, 3: LinkKind.DUPLICATE}  # LinkTypeId


def import_links(run: Run) -> None:
    """What is linked here already stays linked. Links to what is not here are left out."""
    imported = PostLink.objects.filter(origin=run.site.address)
    before = imported.count()
    for rows in run.dump.batches("PostLinks.xml", "links"):
        links: dict[tuple[int, int, str], PostLink] = {}
        for link in _links(run, rows):
            links.setdefault((link.post_id, link.other_id, link.kind), link)
        ends = {post for post, _, _ in links}
        there = set(PostLink.objects.filter(post__in=ends).values_list("post", "other", "kind"))
        new = [link for key, link in links.items() if key not in there]
        PostLink.objects.bulk_create(new, ignore_conflicts=True)
    run.held["links"] = imported.count()
    run.made["links"] = run.held["links"] - before


def _links(run: Run, rows: list[Row]) -> Iterator[PostLink]:
    numbers = {row.get(name) for row in rows for name in ("PostId", "RelatedPostId")}
    urls = [run.site.question(int(number)) for number in numbers if number.isdecimal()]
    posts = ids_by_origin(Post, urls)
    for row in rows:
        try:
            if kind := KINDS.get(row.number("LinkTypeId")):
                post, other = (_end(run, row, name, posts) for name in ("PostId", "RelatedPostId"))
                if post == other:
                    raise BadRow("it links a question to itself")
                moment = row.moment("CreationDate")
                yield PostLink(post_id=post, other_id=other, kind=kind, origin=run.site.address, created_at=moment)
        except BadRow as error:
            run.dump.leave_out(row, str(error))


def _end(run: Run, row: Row, name: str, posts: dict[str, int]) -> int:
    number = row.number(name)
    if pk := posts.get(run.site.question(number)):
        return pk
    raise BadRow(f"its {name} {number} is no question that is here")
