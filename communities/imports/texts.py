"""Questions, answers and comments of a dump become posts, answers and comments."""

from collections.abc import Iterable, Iterator

from django.db.models import F

from communities.imports.dump import BadRow, Row
from communities.imports.records import ANSWER, QUESTION, Written, answer_of, kind_of, question_of, remark_of
from communities.imports.run import Run, ids_by_origin
from communities.models import Answer, Comment, Post, PostKind


def import_questions(run: Run) -> None:
    for rows in run.dump.batches("Posts.xml", "questions"):
        contents = []
        for question in run.read(_of_kind(run, rows, QUESTION), question_of):
            post = Post(community=run.community, kind=PostKind.QUESTION, title=question.title)
            contents.append((question, _with_votes(post, question)))
        run.save("questions", contents)


def import_answers(run: Run) -> None:
    for rows in run.dump.batches("Posts.xml", "answers"):
        answers = list(run.read(_of_kind(run, rows, ANSWER), answer_of))
        posts = ids_by_origin(Post, {run.site.question(answer.question) for answer in answers})
        contents = []
        for answer in answers:
            post = posts.get(run.site.question(answer.question))
            if post is None:
                run.dump.leave_out(answer.row, f"its question {answer.question} is not here")
            else:
                contents.append((answer, _with_votes(Answer(post_id=post), answer)))
        run.save("answers", contents)


def import_comments(run: Run) -> None:
    for rows in run.dump.batches("Comments.xml", "comments"):
        remarks = list(run.read(rows, remark_of))
        posts = ids_by_origin(Post, {run.site.question(remark.about) for remark in remarks})
        answers = {
            answer.origin_url: answer
            for answer in Answer.objects.filter(
                origin_url__in={run.site.answer(remark.about) for remark in remarks}
            ).only("origin_url", "post_id")
        }
        contents = []
        for remark in remarks:
            answer = answers.get(run.site.answer(remark.about))
            post = answer.post_id if answer else posts.get(run.site.question(remark.about))
            if post is None:
                run.dump.leave_out(remark.row, f"what it is about, {remark.about}, is not here")
            else:
                contents.append((remark, Comment(post_id=post, answer=answer)))
        _mark_changed(run.save("comments", contents))


def _mark_changed(comments: list[Comment]) -> None:
    """What carries the new comments looks different now, should somebody have seen it already."""
    on_posts = {comment.post_id for comment in comments if comment.answer_id is None}
    on_answers = {comment.answer_id for comment in comments if comment.answer_id is not None}
    Post.objects.filter(pk__in=on_posts).update(version=F("version") + 1)
    Answer.objects.filter(pk__in=on_answers).update(version=F("version") + 1)


def _of_kind(run: Run, rows: Iterable[Row], kind: int) -> Iterator[Row]:
    for row in rows:
        try:
            if kind_of(row) == kind:
                yield row
        except BadRow as error:
            run.dump.leave_out(row, str(error))


def _with_votes[T: (Post, Answer)](content: T, text: Written) -> T:
    """Without a file of votes only their sum is known."""
    content.up = content.imported_up = max(text.score, 0)
    content.down = content.imported_down = max(-text.score, 0)
    content.edited_at = text.edited_at
    return content
