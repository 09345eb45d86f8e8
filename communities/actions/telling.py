"""Whom a new text concerns: one person is told once for one text.

The links lie below the address of the post, and that below the community's, so that `withdraw` finds all of them.
"""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.languages import Said, in_every_language
from accounts.models import User
from communities.actions.locking import lock_readers
from communities.judgements import endorsers
from communities.models import (
    Answer,
    Callout,
    Comment,
    Endorsement,
    Follow,
    Level,
    Membership,
    Post,
    Role,
    Suggestion,
    Telling,
)
from notifications.actions import notify, withdraw
from notifications.models import Kind, Notification


def tell_about_answer(answer: Answer, mentions: list[User]) -> None:
    """The asker hears of the answer, unless they follow their post less closely; others that they are mentioned."""
    asker = answer.post.author
    if asker.pk != answer.author_id and _still_reads(asker, answer.post) and _wants_news(asker, answer.post):
        said = _("%(who)s answered “%(title)s”") if answer.post.is_question else _("%(who)s replied to “%(title)s”")
        title = Said(said, _words(answer, answer.post))
        notify(asker, Kind.ANSWER, title=title, url=answer.get_absolute_url())
    tell_mentioned(answer, mentions, but_not=asker)


def tell_about_comment(comment: Comment, mentions: list[User]) -> None:
    """The author of what is commented on hears of it; others hear that they are mentioned."""
    author = comment.target.author
    if author.pk != comment.author_id and _still_reads(author, comment.post):
        said = _("%(who)s commented on “%(title)s”")
        if comment.answer_id:
            of_answer = _("%(who)s commented on your answer to “%(title)s”")
            said = of_answer if comment.post.is_question else _("%(who)s commented on your reply to “%(title)s”")
        title = Said(said, _words(comment, comment.post))
        notify(author, Kind.COMMENT, title=title, url=comment.get_absolute_url())
    tell_mentioned(comment, mentions, but_not=author)


def tell_about_settling(comment: Comment, by: User) -> None:
    """Who wanted something clarified hears that it is settled, unless they follow less closely; once while unread."""
    author, post = comment.author, comment.post
    if author.pk == by.pk or not _still_reads(author, post) or not _wants_news(author, post):
        return
    said = _("%(who)s settled what you wanted clarified in “%(title)s”")
    title = Said(said, {"who": by.display_name, "title": post.title})
    url = comment.get_absolute_url()
    if not Notification.objects.of(author).unread().filter(url=url, title__in=in_every_language(title)).exists():
        notify(author, Kind.COMMENT, title=title, url=url)


def tell_about_acceptance(answer: Answer, by: User) -> None:
    """The author hears of it; who asked does when somebody else accepted it for them."""
    asker = answer.post.author
    if answer.author_id != by.pk and _still_reads(answer.author, answer.post):
        words = {"who": by.display_name, "title": answer.post.title}
        title = Said(_("%(who)s accepted your answer to “%(title)s”"), words)
        notify(answer.author, Kind.ACCEPT, title=title, url=answer.get_absolute_url())
    if asker.pk not in (by.pk, answer.author_id):
        said = _("%(who)s accepted an answer to “%(title)s” for you; you can choose another one")
        _tell([asker], Kind.ACCEPT, said, answer, by)


def tell_about_edit(content: Post | Answer | Comment, by: User, note: str) -> None:
    """Its author hears what somebody else changed."""
    post = content.post
    if not _still_reads(content.author, post):
        return
    sentences = {
        Post: _("%(who)s edited “%(title)s”: %(note)s"),
        Answer: _("%(who)s edited your answer to “%(title)s”: %(note)s")
        if post.is_question
        else _("%(who)s edited your reply to “%(title)s”: %(note)s"),
        Comment: _("%(who)s edited your comment on “%(title)s”: %(note)s"),
    }
    title = Said(sentences[type(content)], {"who": by.display_name, "title": post.title, "note": note})
    notify(content.author, Kind.EDIT, title=title, url=content.permanent_url)


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
    title = Said(sentence, {"who": by.display_name, "community": member.community.name})
    notify(member.user, Kind.ROLE, title=title, url=member.community.get_absolute_url())


def tell_about_endorsement(endorsement: Endorsement) -> None:
    answer = endorsement.answer
    if _still_reads(answer.author, answer.post):
        words = {"who": endorsement.by.display_name, "title": answer.post.title}
        title = Said(_("%(who)s endorsed your answer to “%(title)s”"), words)
        notify(answer.author, Kind.ENDORSE, title=title, url=answer.get_absolute_url())


def tell_about_withdrawal(endorsement: Endorsement, by: User) -> None:
    """Whose word was taken back by somebody else."""
    if endorsement.by_id != by.pk:
        title = _("%(who)s withdrew your endorsement of an answer to “%(title)s”")
        _tell([endorsement.by], Kind.ENDORSE, title, endorsement.answer, by)


def tell_about_rework(answer: Answer, by: User) -> None:
    """Those who vouched for the text are asked whether it still holds."""
    vouching = [endorsement.by for endorsement in endorsers(answer)]
    if answer.accepted_by is not None and answer.accepted_by not in vouching:
        vouching.append(answer.accepted_by)
    title = _("%(who)s rewrote an answer that you vouched for, to “%(title)s”. Does it still hold?")
    _tell([user for user in vouching if user.pk != by.pk], Kind.ENDORSE, title, answer, by)


def tell_doubters(answer: Answer, by: User) -> None:
    """After an edit: those who said something against the text are asked to look again."""
    doubting = {reaction.by for reaction in answer.reactions.reports().select_related("by")}
    title = _("%(who)s edited an answer that you had doubts about, to “%(title)s”. Do they still hold?")
    _tell(sorted(doubting - {by}, key=lambda user: user.pk), Kind.DOUBT, title, answer, by)


def tell_about_staleness(answer: Answer) -> None:
    """Author and endorsers hear that members found the answer outdated or wrong; nobody hears who."""
    title = Said(_("Members found an answer to “%(title)s” outdated or wrong"), {"title": answer.post.title})
    for user in {answer.author, *(endorsement.by for endorsement in endorsers(answer))}:
        if _still_reads(user, answer.post):
            notify(user, Kind.DOUBT, title=title, url=answer.get_absolute_url())


def _tell(people: list[User], kind: Kind, said: object, answer: Answer, by: User) -> None:
    title = Said(said, {"who": by.display_name, "title": answer.post.title})
    for user in people:
        if _still_reads(user, answer.post):
            notify(user, kind, title=title, url=answer.get_absolute_url())


def tell_about_deletion(content: Post | Answer | Comment, by: User) -> None:
    """It leaves the inboxes; its author hears that a moderator deleted it, and finds it where it was.

    Who leaves the community waits for the membership before the notifications, so they are asked for in this order.
    """
    post = content.post
    is_told = content.author_id != by.pk and _still_reads(content.author, post)
    _take_back(content)
    if not is_told:
        return
    sentences = {
        Post: _("%(who)s deleted “%(title)s”"),
        Answer: _("%(who)s deleted your answer to “%(title)s”")
        if post.is_question
        else _("%(who)s deleted your reply to “%(title)s”"),
        Comment: _("%(who)s deleted your comment on “%(title)s”"),
    }
    title = Said(sentences[type(content)], {"who": by.display_name, "title": post.title})
    notify(content.author, Kind.DELETION, title=title, url=content.permanent_url)


def _take_back(content: Post | Answer | Comment) -> None:
    """What was deleted leaves the inboxes, and whoever has not heard of it yet won't.

    A worker that is just telling holds the row, so this waits for it and takes back what it said.
    """
    if isinstance(content, Post):
        Telling.objects.filter(post=content).delete()
    elif isinstance(content, Answer):
        Telling.objects.filter(answer=content).delete()
    else:
        Telling.objects.filter(comment=content).delete()
    url = content.permanent_url
    Callout.objects.filter(url__startswith=url, told_at=None).update(told_at=timezone.now())
    withdraw(url=url)


def tell_about_suggestion(suggestion: Suggestion) -> None:
    author = suggestion.content.author
    if _still_reads(author, suggestion.post):
        words = {"who": suggestion.author.display_name, "title": suggestion.post.title}
        said = _("%(who)s suggests an edit to “%(title)s”")
        if suggestion.answer:
            of_answer = _("%(who)s suggests an edit to your answer to “%(title)s”")
            of_reply = _("%(who)s suggests an edit to your reply to “%(title)s”")
            said = of_answer if suggestion.post.is_question else of_reply
        notify(author, Kind.EDIT, title=Said(said, words), url=suggestion.get_absolute_url())


def tell_about_verdict(suggestion: Suggestion, by: User) -> None:
    """Who suggested hears what became of it, the author what their text says now."""
    is_approved = suggestion.revision is not None
    words = {"who": by.display_name, "title": suggestion.post.title, "reason": suggestion.reason}
    sentence = (
        _("%(who)s approved your edit to “%(title)s”")
        if is_approved
        else _("%(who)s rejected your edit to “%(title)s”: %(reason)s")
    )
    if _still_reads(suggestion.author, suggestion.post):
        notify(suggestion.author, Kind.EDIT, title=Said(sentence, words), url=suggestion.get_absolute_url())
    if is_approved and by.pk != suggestion.content.author_id:
        tell_about_edit(suggestion.content, suggestion.author, suggestion.note)


def tell_mentioned(content: Post | Answer | Comment, mentions: list[User], but_not: User | None = None) -> None:
    """`mentions` are members, unless they leave just now. Nobody is told of their own text, nor a second time."""
    if not mentions:
        return
    post = content.post
    reading = lock_readers(post.community_id, [user.pk for user in mentions])
    title = Said(_("%(who)s mentioned you in “%(title)s”"), _words(content, post))
    url = content.permanent_url
    for user in mentions:
        if user.pk in reading and user.pk != content.author_id and user != but_not:
            notify(user, Kind.MENTION, title=title, url=url)


def _words(content: Post | Answer | Comment, post: Post) -> dict[str, str]:
    return {"who": content.author.display_name, "title": post.title}


def _still_reads(user: User, post: Post) -> bool:
    """Nobody hears of a private community that they have left."""
    return user.pk in lock_readers(post.community_id, [user.pk])


def _wants_news(user: User, post: Post) -> bool:
    return not Follow.objects.filter(follower=user, post=post).exclude(level=Level.ALL).exists()
