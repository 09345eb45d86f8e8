"""May they? Pure answers about a membership (None = not a member) and one thing of that same community.

Every door asks here: pages, actions, admin. What somebody may see is asked before, with `visible_to`.
"""

from django.utils import timezone

from accounts.models import User
from communities import rules
from communities.models import (
    Answer,
    Comment,
    Content,
    Downvotes,
    Endorsement,
    Membership,
    Post,
    PostKind,
    Suggestion,
    Trust,
)


def _writes(me: Membership | None) -> bool:
    return me is not None and me.is_writer


def _is_author(me: Membership | None, content: Content) -> bool:
    return me is not None and me.is_writer and content.author_id == me.user_id


def _moderates(me: Membership | None) -> bool:
    return me is not None and me.is_moderator


def can_ask(me: Membership | None) -> bool:
    return _writes(me)


def can_add_picture(me: Membership | None) -> bool:
    return _writes(me)


def can_show_pictures(me: Membership | None, count: int) -> bool:
    """So many in one text; somebody new a single one."""
    return me is not None and (me.trust >= Trust.KNOWN or count <= rules.PICTURES_OF_NEW)


def can_publish(me: Membership | None, kind: str) -> bool:
    """Announcements speak for the community."""
    return can_ask(me) and (kind != PostKind.ANNOUNCEMENT or (me is not None and me.is_moderator))


def can_convert(me: Membership | None, post: Post) -> bool:
    return me is not None and me.is_moderator and not post.is_deleted


def can_answer(me: Membership | None, post: Post) -> bool:
    return _writes(me) and not post.is_deleted


def can_answer_again(me: Membership) -> bool:
    """A second answer, with a different approach, by members whom the community knows."""
    return me.trust >= Trust.KNOWN


def can_comment(me: Membership | None, target: Post | Answer) -> bool:
    return _writes(me) and not target.is_deleted


def can_resolve(me: Membership | None, comment: Comment) -> bool:
    """What wants clarifying is settled for who asked, who wrote it, who wrote the text, and moderators."""
    people = {comment.author_id, comment.post.author_id, comment.target.author_id}
    return (
        me is not None
        and me.is_writer
        and comment.is_to_clarify
        and not comment.is_deleted
        and (me.is_moderator or me.user_id in people)
    )


def most_mentions(me: Membership | None) -> int:
    """In one text."""
    return rules.MENTIONS_MAX if me is not None and me.trust >= Trust.KNOWN else rules.MENTIONS_MAX_NEW


def can_vote_on(me: Membership | None, content: Post | Answer) -> bool:
    return me is not None and me.is_writer and content.author_id != me.user_id and not content.is_deleted


def can_vote_up(me: Membership | None, content: Post | Answer) -> bool:
    """Members whom the community knows; a new one on the answers to their own question."""
    return (
        can_vote_on(me, content) and me is not None and (me.trust >= Trust.KNOWN or _answers_question_of(me, content))
    )


def can_vote_down(me: Membership | None, content: Post | Answer) -> bool:
    """Members whom the community trusts, on what it lets be voted down."""
    return can_vote_on(me, content) and me is not None and me.trust >= Trust.TRUSTED and takes_down_votes(content)


def takes_down_votes(content: Post | Answer) -> bool:
    """Whether this sort of text can be voted down in its community."""
    if isinstance(content, Answer):
        return content.post.community.downvotes != Downvotes.OFF
    return content.community.downvotes == Downvotes.ALL


def _answers_question_of(me: Membership, content: Post | Answer) -> bool:
    return isinstance(content, Answer) and content.post.is_question and content.post.author_id == me.user_id


def can_edit(me: Membership | None, content: Content) -> bool:
    return (_is_author(me, content) or _moderates(me)) and not content.is_deleted


def can_suggest(me: Membership | None, content: Post | Answer) -> bool:
    """Everybody who reads it and can't edit it: members and, in a public community, others who are signed in."""
    return (me is None or me.is_writer) and not can_edit(me, content) and not content.is_deleted


def weight_of_verdict(me: Membership | None, content: Post | Answer) -> int:
    """On a suggested edit: authors, mentors and moderators decide alone, members whom the community trusts by two."""
    if _is_author(me, content) or (me is not None and me.is_mentor):
        return rules.SUGGESTION_DECIDED_AT
    return 1 if me is not None and me.decides_edits else 0


def can_rework(me: Membership | None, suggestion: Suggestion, by: User) -> bool:
    """Who suggested it, member or not, and who decides about it alone."""
    if suggestion.author_id == by.pk:
        return me is None or me.is_writer
    return weight_of_verdict(me, suggestion.content) >= rules.SUGGESTION_DECIDED_AT


def can_redact(me: Membership | None) -> bool:
    return _moderates(me)


def can_delete(me: Membership | None, content: Content) -> bool:
    return (_is_author(me, content) or _moderates(me)) and not content.is_deleted


def can_restore(me: Membership | None, content: Content, deleter: Membership | None) -> bool:
    """Who deleted it, if they wrote it; else moderators, but not what somebody of a higher role deleted.

    `deleter`: the membership of whoever deleted it, None when they left.
    """
    if me is None or not me.is_writer or not content.is_deleted:
        return False
    if content.author_id == me.user_id == content.deleted_by_id:
        return True
    return me.is_moderator and (deleter is None or me.stands_as_high_as(deleter))


def can_disassociate(me: Membership | None, post: Post) -> bool:
    """Its author, from a question that stays because others answered it well; asked by `disassociate_post`."""
    return me is not None and post.author_id == me.user_id and post.is_question and not post.is_deleted


def can_accept(me: Membership | None, answer: Answer) -> bool:
    """The asker, any time; their own answer only after a while. After long silence a mentor for them."""
    if me is None or not me.is_writer or not answer.post.is_question or answer.is_deleted:
        return False
    if answer.post.author_id == me.user_id:
        return answer.author_id != me.user_id or answer.created_at <= timezone.now() - rules.SELF_ACCEPT_AFTER
    return can_accept_for_asker(me, answer)


def can_accept_for_asker(me: Membership, answer: Answer) -> bool:
    """A mentor, somebody else's answer that waits for long already; what the asker accepted is the asker's."""
    if not me.is_mentor or answer.author_id == me.user_id:
        return False
    if answer.accepted_at is not None and answer.accepted_by_id != answer.post.author_id:
        return True
    return answer.post.accepted_at is None and answer.created_at <= timezone.now() - rules.ASKER_SILENT_FOR


def can_make_tag(me: Membership | None) -> bool:
    """Others propose: a moderator approves."""
    return me is not None and me.is_writer and (me.is_mentor or me.trust_level >= Trust.TRUSTED)


def can_tend_tags(me: Membership | None) -> bool:
    return _moderates(me)


def can_endorse(me: Membership | None, answer: Answer) -> bool:
    """Mentors and moderators, answers of others to questions."""
    return (
        me is not None
        and me.is_mentor
        and answer.author_id != me.user_id
        and answer.post.is_question
        and not answer.is_deleted
    )


def can_withdraw_endorsement(me: Membership | None, endorsement: Endorsement) -> bool:
    """Also who gave it, whatever their role is now."""
    is_own = me is not None and me.is_writer and endorsement.by_id == me.user_id
    return is_own or can_endorse(me, endorsement.answer)


def can_react(me: Membership | None, answer: Answer) -> bool:
    """Members whom the community knows, to the answers of others to questions."""
    return (
        me is not None
        and me.is_writer
        and me.trust >= Trust.KNOWN
        and answer.author_id != me.user_id
        and answer.post.is_question
        and not answer.is_deleted
    )


def can_clear_reports(me: Membership | None, answer: Answer) -> bool:
    return me is not None and me.is_moderator and answer.author_id != me.user_id and not answer.is_deleted


def can_moderate(me: Membership | None) -> bool:
    return _moderates(me)


def can_manage(me: Membership | None) -> bool:
    return me is not None and me.is_owner


def can_change_role(member: Membership, by: User) -> bool:
    """For owners: everybody's but that of another owner."""
    return not member.is_owner or member.user_id == by.pk


def can_leave(me: Membership | None, owner_count: int) -> bool:
    """A community keeps an owner."""
    return me is not None and (not me.is_owner or owner_count > 1)
