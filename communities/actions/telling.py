"""Whom a new text concerns: one person is told once for one text.

The links lie below the address of the post, and that below the community's, so that `withdraw` finds all of them.
"""

from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import Answer, Comment, Follow, Level, Membership, Post, Role
from notifications.actions import notify
from notifications.models import Kind


def tell_about_answer(answer: Answer, mentions: list[User]) -> None:
    """The asker hears of the answer, unless they follow their post less closely; others that they are mentioned."""
    asker = answer.post.author
    if asker.pk != answer.author_id and _still_reads(asker, answer.post) and _wants_answers(asker, answer.post):
        title = _("%(who)s answered “%(title)s”") % _words(answer, answer.post)
        notify(asker, Kind.ANSWER, title=title, url=answer.get_absolute_url())
    tell_mentioned(answer, mentions, but_not=asker)


def tell_about_comment(comment: Comment, mentions: list[User]) -> None:
    """The author of what is commented on hears of it; others hear that they are mentioned."""
    author = comment.target.author
    if author.pk != comment.author_id and _still_reads(author, comment.post):
        sentence = (
            _("%(who)s commented on your answer to “%(title)s”")
            if comment.answer_id
            else _("%(who)s commented on “%(title)s”")
        )
        title = sentence % _words(comment, comment.post)
        notify(author, Kind.COMMENT, title=title, url=comment.get_absolute_url())
    tell_mentioned(comment, mentions, but_not=author)


def tell_about_acceptance(answer: Answer, by: User) -> None:
    if answer.author_id != by.pk and _still_reads(answer.author, answer.post):
        title = _("%(who)s accepted your answer to “%(title)s”") % {
            "who": by.display_name,
            "title": answer.post.title,
        }
        notify(answer.author, Kind.ACCEPT, title=title, url=answer.get_absolute_url())


def tell_about_edit(content: Post | Answer | Comment, by: User, note: str) -> None:
    """Its author hears what somebody else changed."""
    post = content if isinstance(content, Post) else content.post
    if not _still_reads(content.author, post):
        return
    sentences = {
        Post: _("%(who)s edited “%(title)s”: %(note)s"),
        Answer: _("%(who)s edited your answer to “%(title)s”: %(note)s"),
        Comment: _("%(who)s edited your comment on “%(title)s”: %(note)s"),
    }
    title = sentences[type(content)] % {"who": by.display_name, "title": post.title, "note": note}
    notify(content.author, Kind.EDIT, title=title, url=_address(content))


def tell_about_role(member: Membership, by: User) -> None:
    """Whoever changes their own role knows."""
    if member.user_id == by.pk:
        return
    sentence = {
        Role.OWNER: _("%(who)s made you an owner of %(community)s"),
        Role.MODERATOR: _("%(who)s made you a moderator of %(community)s"),
        Role.MENTOR: _("%(who)s made you a mentor in %(community)s"),
        Role.MEMBER: _("%(who)s made you a member of %(community)s like everybody else"),
        Role.READ_ONLY: _("%(who)s decided that you only read in %(community)s for now"),
    }[Role(member.role)]
    title = sentence % {"who": by.display_name, "community": member.community.name}
    notify(member.user, Kind.ROLE, title=title, url=member.community.get_absolute_url())


def tell_mentioned(content: Post | Answer | Comment, mentions: list[User], but_not: User | None = None) -> None:
    """`mentions` are members, so they may read it. Nobody is told of their own text, nor a second time."""
    post = content if isinstance(content, Post) else content.post
    title = _("%(who)s mentioned you in “%(title)s”") % _words(content, post)
    url = _address(content)
    for user in mentions:
        if user.pk != content.author_id and user != but_not:
            notify(user, Kind.MENTION, title=title, url=url)


def _address(content: Post | Answer | Comment) -> str:
    return content.permanent_url if isinstance(content, Post) else content.get_absolute_url()


def _words(content: Post | Answer | Comment, post: Post) -> dict[str, str]:
    return {"who": content.author.display_name, "title": post.title}


def _still_reads(user: User, post: Post) -> bool:
    """Nobody hears of a private community that they have left."""
    return not post.community.is_private or Membership.objects.of(user, post.community) is not None


def _wants_answers(asker: User, post: Post) -> bool:
    return not Follow.objects.filter(follower=asker, post=post).exclude(level=Level.ALL).exists()
