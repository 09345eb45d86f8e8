"""What is due: which entries ought to stand, as a function of the rows of posts, answers, votes, edits, awards and
activities alone.

Each question here gives rows of `COLUMNS`. Whatever happened before, and in which order, makes no difference.
`begins`: whether such an entry may be written now; one that stands may stay either way.
"""

from datetime import timedelta

from accounts.models import FORMER_MEMBER
from communities import rules as communities
from communities.models import PostKind, Role
from gamification import rules
from gamification.rules import RULES

COLUMNS = (
    "rule, source_type, source_id, user_id, actor_id, community_id, amount, occurred_at, local_date, is_held, begins"
)


def interval(time: timedelta) -> str:
    return f"interval '{int(time.total_seconds())} seconds'"


_XP = {key: rule.xp for key, rule in RULES.items()}
ENTRY_STANDS = """
    entry.reversal_of_id IS NULL
    AND NOT EXISTS (SELECT FROM gamification_entry back WHERE back.reversal_of_id = entry.id)
"""
_KEPT = f"{{0}}.score >= {rules.KEPT_SCORE} AND {{1}}.deleted_at - {{0}}.created_at >= {interval(rules.KEPT_AFTER)}"
_OWN_DELETION = "({0}.deleted_at IS NULL OR {0}.deleted_by_id = {0}.author_id AND " + _KEPT.format("{0}", "{0}") + ")"
_POST_STANDS = _OWN_DELETION.format("post")
_ANSWER_STANDS = f"{_OWN_DELETION.format('answer')} AND (post.deleted_at IS NULL OR {_KEPT.format('answer', 'post')})"
_IS_QUESTION = f"post.kind = '{PostKind.QUESTION.value}'"
_SOMEBODY = f"author.origin_url IS DISTINCT FROM '{FORMER_MEMBER}'"
_AUTHOR_OF = "JOIN accounts_user author ON author.id = {0}.author_id"

# A vote of somebody new waits, except in a new community: that must not start frozen. Who signs in has verified an
# address, so nobody needs to be asked for that here.
WAITS = f"""
    NOT (community.member_count < {communities.NEW_COMMUNITY_MEMBERS}
         OR community.created_at > %(now)s - {interval(communities.NEW_COMMUNITY_AGE)})
    AND (voter.date_joined > %(now)s - {interval(rules.VOTES_COUNT_FROM_AGE)}
         OR coalesce(member.xp, 0) < {rules.xp_of(rules.VOTES_COUNT_FROM_LEVEL)})
"""
IS_IN_QUESTION = """
    EXISTS (SELECT FROM gamification_favour favour JOIN gamification_case ON gamification_case.id = favour.case_id
             WHERE favour.giver_id = {0}.actor_id AND favour.receiver_id = {0}.user_id
               AND gamification_case.decided_at IS NULL)
"""
"""Somebody will decide whether it counts; until then it waits."""
_VOTER = """
    JOIN accounts_user voter ON voter.id = vote.voter_id
    JOIN communities_community community ON community.id = post.community_id
    LEFT JOIN communities_membership member
           ON member.user_id = vote.voter_id AND member.community_id = post.community_id
"""
_OF_POST = f"""
    FROM communities_post post {_AUTHOR_OF.format("post")} {{}}
    WHERE post.id = ANY(%(posts)s::bigint[]) AND {_IS_QUESTION} AND {_POST_STANDS} AND {_SOMEBODY}
"""
_OF_ANSWER = f"""
    FROM communities_answer answer JOIN communities_post post ON post.id = answer.post_id
         {_AUTHOR_OF.format("answer")} {{}}
    WHERE answer.id = ANY(%(answers)s::bigint[]) AND {_IS_QUESTION} AND {_ANSWER_STANDS} AND {_SOMEBODY}
"""
_ON_POST = f"JOIN communities_vote vote ON vote.post_id = post.id AND vote.answer_id IS NULL {_VOTER}"
_ON_ANSWER = f"JOIN communities_vote vote ON vote.answer_id = answer.id {_VOTER}"


def _counted_for(source: str, pk: str) -> str:
    """The local day of what somebody did, as it was written down when they did it."""
    return f"""
        (SELECT act.local_date FROM gamification_activity act
         WHERE act.source_type = '{source}' AND act.source_id = {pk})
    """


def _settled(rule: str, noun: str, of_it: str) -> str:
    """It stood for a day, written here; a score below zero lets it wait."""
    return f"""
        SELECT '{rule}', '{noun}', {noun}.id, {noun}.author_id, NULL::bigint, post.community_id, {_XP[rule]},
               {noun}.created_at, {_counted_for(noun, f"{noun}.id")}, false,
               {noun}.score >= 0 AND {noun}.deleted_at IS NULL
        {of_it.format("")} AND {noun}.origin_url IS NULL
          AND {noun}.created_at <= %(now)s - {interval(rules.SETTLED_AFTER)}
    """


def _voted_up(rule: str, noun: str, of_it: str, votes: str) -> str:
    return f"""
        SELECT '{rule}', '{noun}', {noun}.id, {noun}.author_id, vote.voter_id, post.community_id, {_XP[rule]},
               vote.changed_at, NULL::date, {WAITS}, true
        {of_it.format(votes)} AND vote.value = 1 AND vote.voter_id <> {noun}.author_id
          AND (%(voter)s::bigint IS NULL OR vote.voter_id = %(voter)s::bigint)
    """


def _voted_down(rule: str, noun: str, of_it: str, votes: str) -> str:
    """The first few on each text."""
    return f"""
        SELECT '{rule}', '{noun}', counted.id, counted.author_id, counted.voter_id, counted.community_id, {_XP[rule]},
               counted.changed_at, NULL::date, counted.is_held, true
        FROM (SELECT {noun}.id, {noun}.author_id, vote.voter_id, post.community_id, vote.changed_at, {WAITS} AS is_held,
                     row_number() OVER (PARTITION BY {noun}.id ORDER BY vote.changed_at, vote.id) AS place
              {of_it.format(votes)} AND vote.value = -1 AND vote.voter_id <> {noun}.author_id) counted
        WHERE counted.place <= {rules.DOWN_VOTES_COUNTED}
    """


# Who took their name off the question is still who asked it and who accepted: else that would be a way around what
# one member may bring another, and around what a person decided about the two.
_ASKED = """
    LEFT JOIN communities_disassociation gone ON gone.post_id = post.id
    CROSS JOIN LATERAL (SELECT coalesce(gone.person_id, post.author_id) AS asker) asked
"""
_ACCEPTOR = "CASE WHEN {0}.accepted_by_id = post.author_id THEN asked.asker ELSE {0}.accepted_by_id END"

# Accepting one's own answer is worth nothing, nor is it to the asker when a mentor accepted for them.
_ACCEPTED = f"""
    SELECT 'A4', 'answer', answer.id, paid.user_id, paid.actor_id, post.community_id, paid.amount,
           answer.accepted_at, NULL::date, false, true
    FROM communities_answer answer JOIN communities_post post ON post.id = answer.post_id {_ASKED}
         JOIN accounts_user author ON author.id = answer.author_id
         CROSS JOIN LATERAL (SELECT {_ACCEPTOR.format("answer")} AS acceptor) accepting
         CROSS JOIN LATERAL (VALUES
             (answer.author_id, accepting.acceptor, {RULES["A4"].xp}, {_SOMEBODY}),
             (post.author_id, accepting.acceptor, {RULES["A4"].asker}, accepting.acceptor = post.author_id)
         ) AS paid (user_id, actor_id, amount, is_due)
    WHERE post.id = ANY(%(questions)s::bigint[]) AND {_IS_QUESTION} AND {_ANSWER_STANDS} AND paid.is_due
      AND answer.accepted_at IS NOT NULL AND answer.origin_url IS NULL
      AND answer.author_id NOT IN (asked.asker, accepting.acceptor)
"""

_WAITED = "rescue.created_at - post.created_at"
_IS_VOID_THANKS = """
    EXISTS (SELECT FROM gamification_entry void
             WHERE void.source_type = 'post' AND void.source_id = post.id AND void.rule = 'A5'
               AND void.actor_id = thank.actor_id AND void.user_id = thank.user_id AND void.status = 'void')
"""
# By the first thanks that count; by one that waits only when no other does.
_RESCUED = f"""
    SELECT 'A5', 'post', post.id, rescue.author_id, thanks.actor_id, post.community_id,
           CASE {" ".join(f"WHEN {_WAITED} >= {interval(time)} THEN {xp}" for time, xp in rules.RESCUES)} END,
           thanks.at, NULL::date, thanks.is_held, true
    FROM communities_post post {_ASKED}
         JOIN LATERAL (SELECT answer.* FROM communities_answer answer
                       WHERE answer.post_id = post.id AND {_ANSWER_STANDS}
                       ORDER BY answer.created_at, answer.id LIMIT 1) rescue
           ON {_WAITED} >= {interval(rules.RESCUES[-1][0])}
         {_AUTHOR_OF.format("rescue")}
         JOIN LATERAL (
             SELECT thank.actor_id, thank.at, thank.is_held
             FROM (SELECT rescue.author_id AS user_id, vote.voter_id AS actor_id, vote.changed_at AS at,
                          {WAITS} AS is_held
                   FROM communities_vote vote {_VOTER}
                   WHERE vote.answer_id = rescue.id AND vote.value = 1
                   UNION ALL
                   SELECT rescue.author_id, {_ACCEPTOR.format("rescue")}, rescue.accepted_at, false
                   WHERE rescue.accepted_at IS NOT NULL) thank
             WHERE thank.actor_id <> thank.user_id
             ORDER BY thank.is_held OR {IS_IN_QUESTION.format("thank")} OR {_IS_VOID_THANKS}, thank.at, thank.actor_id
             LIMIT 1
         ) thanks ON true
    WHERE post.id = ANY(%(questions)s::bigint[]) AND {_IS_QUESTION} AND {_SOMEBODY}
      AND rescue.author_id <> asked.asker AND rescue.origin_url IS NULL
"""

ROLLED_BACK = f"""
    EXISTS (SELECT FROM communities_revision later
            JOIN communities_membership moderator
              ON moderator.user_id = later.editor_id AND moderator.community_id = post.community_id
             AND moderator.role IN ('{Role.OWNER.value}', '{Role.MODERATOR.value}')
            WHERE later.post_id = suggestion.post_id AND later.comment_id IS NULL
              AND later.answer_id IS NOT DISTINCT FROM suggestion.answer_id
              AND later.number > became.number AND later.editor_id <> suggestion.author_id
              AND (later.title, later.body) = (base.title, base.body) AND later.body <> ''
              AND later.created_at <= suggestion.decided_at + {interval(rules.ROLLED_BACK_WITHIN)})
"""
_EDITED = f"""
    SELECT 'E1', 'suggestion', edit.id, edit.author_id, edit.decided_by_id, edit.community_id, {_XP["E1"]},
           edit.decided_at, {_counted_for("suggestion", "edit.id")}, false, true
    FROM (SELECT suggestion.*, post.community_id,
                 row_number() OVER (PARTITION BY suggestion.post_id, suggestion.author_id
                                    ORDER BY suggestion.decided_at, suggestion.id) AS place
          FROM communities_suggestion suggestion
               JOIN communities_post post ON post.id = suggestion.post_id
               JOIN communities_revision base ON base.id = suggestion.base_id
               JOIN communities_revision became ON became.id = suggestion.revision_id
          WHERE suggestion.post_id = ANY(%(edited)s::bigint[]) AND NOT {ROLLED_BACK}) edit
         {_AUTHOR_OF.format("edit")}
    WHERE edit.place <= {rules.EDITS_COUNTED} AND {_SOMEBODY}
"""

BY_VOTES = [
    _voted_up("Q2", "post", _OF_POST, _ON_POST),
    _voted_down("Q3", "post", _OF_POST, _ON_POST),
    _voted_up("A2", "answer", _OF_ANSWER, _ON_ANSWER),
    _voted_down("A3", "answer", _OF_ANSWER, _ON_ANSWER),
    _RESCUED,
]
BY_ACCEPTING = [_ACCEPTED, _RESCUED]
BY_STANDING = [
    _settled("Q1", "post", _OF_POST),
    _settled("A1", "answer", _OF_ANSWER),
]
BY_EDITING = [_EDITED]
BY_AWARDS = [
    f"""
        SELECT 'B1', 'award', award.id, award.user_id, NULL::bigint, award.community_id,
               (ARRAY{list(rules.TIERS)})[award.tier], award.at, NULL::date, false, true
        FROM gamification_award award
        WHERE award.id = ANY(%(awards)s::bigint[]) AND award.revoked_at IS NULL
    """
]

# A question or an answer fills its day once it has settled, whatever became of it; a comment or an edit at once.
BY_DAYS = [
    f"""
        SELECT 'T1', 'day', to_char(act.local_date, 'YYYYMMDD')::bigint, act.user_id, NULL::bigint, NULL::bigint,
               {_XP["T1"]}, min(act.at), act.local_date, false, true
        FROM unnest(%(people)s::bigint[], %(days)s::date[]) AS filled (user_id, local_date)
             JOIN gamification_activity act ON act.user_id = filled.user_id AND act.local_date = filled.local_date
        WHERE CASE WHEN act.source_type IN ('comment', 'suggestion') THEN act.stands ELSE EXISTS (
                  SELECT FROM gamification_entry entry
                  WHERE entry.source_type = act.source_type AND entry.source_id = act.source_id
                    AND entry.rule IN ('Q1', 'A1') AND entry.user_id = act.user_id AND {ENTRY_STANDS}) END
        GROUP BY act.user_id, act.local_date
    """
]
# Freezes, repairs and pauses keep a run; XP are for as many days as were planned. The day that made it so is the last.
BY_WEEKS = [
    f"""
        SELECT 'T2', 'week', to_char(filled.week, 'YYYYMMDD')::bigint, filled.user_id, NULL::bigint, NULL::bigint,
               {_XP["T2"]}, filled.occurred_at, filled.local_date, false, true
        FROM (SELECT week.user_id, week.week, entry.occurred_at, entry.local_date,
                     row_number() OVER (PARTITION BY week.user_id, week.week ORDER BY entry.local_date) AS place
              FROM unnest(%(people)s::bigint[], %(weeks)s::date[]) AS week (user_id, week)
                   JOIN gamification_entry entry
                     ON entry.user_id = week.user_id AND entry.rule = 'T1'
                    AND entry.local_date >= week.week AND entry.local_date < week.week + 7
                    AND entry.utc_date >= week.week - 3 AND entry.utc_date < week.week + 10
              WHERE {ENTRY_STANDS}) filled
        WHERE filled.place = coalesce(
            (SELECT change.plan FROM gamification_planchange change
             WHERE change.user_id = filled.user_id AND change.week <= filled.week ORDER BY change.week DESC LIMIT 1),
            {rules.PLAN_DAYS})
    """
]
