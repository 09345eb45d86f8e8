"""Rows for the benchmark of ranks: members on leaderboards, and a ledger. Written as sets, in minutes."""

from django.db import connection

MEMBERS = """
    INSERT INTO accounts_user (password, is_superuser, is_staff, is_active, username, name, email, bio, avatar,
                               time_zone, answer_order, date_joined)
    SELECT '', false, false, true, 'learner' || n, 'Learner ' || n, '', '', '', 'UTC', '', now()
      FROM generate_series(1, %(members)s) n;
    INSERT INTO gamification_player (user_id, shown_as, day_start, showcase)
    SELECT id, 'name', 3, '{}' FROM accounts_user
"""
SCORES = """
    INSERT INTO gamification_board (span, changed_at) VALUES ('all', now());
    INSERT INTO gamification_score (board_id, user_id, xp, is_listed, reached_at)
    SELECT board.id, person.id, 1 + least(1000000, 40 * (power(1 - random(), -0.8) - 1))::integer, true,
           now() - random() * interval '300 days'
      FROM accounts_user person, gamification_board board
"""
"""Most have little and few have much: some ten thousand different numbers of XP."""

PLACES = """
    INSERT INTO communities_community (created_by_id, name, slug, tagline, about, about_html, markup_version,
                                       question_template, asking_hints, asking_hints_html, visibility, language,
                                       licence, downvotes, has_second_answers, has_ai_use, member_count, post_count,
                                       created_at)
    SELECT (SELECT min(id) FROM accounts_user), 'Place ' || n, 'place-' || n, '', '', '', 0, '', '', '', 'public',
           'english', 'CC BY-SA 4.0', 'answers', true, true, 0, 0, now()
      FROM generate_series(1, 3) n;
    INSERT INTO communities_membership (community_id, user_id, role, trust_level, joined_at)
    SELECT community.id, person.id, 'member', 1, now()
      FROM accounts_user person CROSS JOIN communities_community community
"""
ENTRIES = """
    INSERT INTO gamification_entry (user_id, community_id, actor_id, rule, rule_version, amount, source_type, source_id,
                                    idempotency_key, status, occurred_at, utc_date, local_date, written_at)
    SELECT who, place, CASE WHEN rule IN ('A2', 'Q2', 'A4') THEN voter END, rule, 1,
           CASE rule WHEN 'A2' THEN 10 WHEN 'Q2' THEN 5 WHEN 'A4' THEN 25 WHEN 'A1' THEN 4 ELSE 3 END,
           'answer', n, concat_ws(':', rule, 'answer-' || n, voter, who, 1), 'posted', at, at::date, at::date, at
      FROM (SELECT n, who, (array['A2','A2','A2','A2','A2','A1','A1','Q2','Q2','Q1','A4'])[1 + n %% 11] AS rule,
                   places.ids[1 + (who + n / 7) %% 3] AS place,
                   CASE WHEN n %% 5 = 0 THEN 1 + who %% %(members)s ELSE 1 + floor(random() * %(members)s)::integer END
                       AS voter,
                   date_trunc('hour', now()) - (n::float / %(entries)s) * interval '360 days' AS at
              FROM (SELECT n, 1 + floor(random() * %(members)s)::integer AS who
                      FROM generate_series(1, %(entries)s) n) drawn,
                   (SELECT array_agg(id) AS ids FROM communities_community) places) made;
    INSERT INTO gamification_entry (user_id, community_id, actor_id, rule, rule_version, amount, source_type, source_id,
                                    idempotency_key, reversal_of_id, status, occurred_at, utc_date, local_date,
                                    written_at)
    SELECT user_id, community_id, actor_id, rule, 1, -amount, source_type, source_id, idempotency_key || ':reversed',
           id, status, occurred_at, utc_date, local_date, written_at
      FROM gamification_entry WHERE id %% 33 = 0
"""
"""A year of a busy place: everybody earns some fifty times, a fifth of it from one and the same person."""


def write_members(count: int, *statements: str) -> None:
    _write((MEMBERS, *statements), {"members": count})


def write_ledger(entries: int) -> None:
    members = entries // 50
    _write((MEMBERS, PLACES, ENTRIES), {"members": members, "entries": entries * 33 // 34})


def _write(statements: tuple[str, ...], values: dict[str, int]) -> None:
    """Whom each row belongs to needs no asking here, row by row."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement, values)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM ANALYZE")
