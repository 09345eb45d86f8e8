"""Who wrote what, when, and how it was received: numbers only, before anything is written."""

from array import array
from bisect import bisect
from dataclasses import dataclass, field
from itertools import accumulate
from math import log
from random import Random

from communities.scale import SEED

COMMUNITIES = 40
STEEPNESS = 1.5  # of Zipf's law: the largest community has more than 40 % of the posts
POSTS_PER_MEMBER = 20
FEWEST_MEMBERS = 50  # of a community: more than anything gets answers or votes
DAYS = 1_000
DAY = 86_400

MEAN_ANSWERS, MOST_ANSWERS = 3, 40
MEAN_VOTES_ON_POST, MEAN_VOTES_ON_ANSWER, MOST_VOTES = 1.4, 1.2, 45
DOWN = 0.08  # of the votes on answers
ACCEPTED = 0.5  # of the questions with answers
QUESTION = 0.95  # of the posts
TAGS, MOST_TAGS = 30, 5  # of a community; on a post, which has one at least
KNOWN_ANSWERS = (3, 30)  # of the first posts, for whoever measures


@dataclass
class Posts:
    """One entry a post, in `tags` one for each of the `tag_count` tags that it carries, numbered within its community.

    `accepted` is the place of the accepted answer among its answers, or 255.
    """

    community: array[int] = field(default_factory=lambda: array("B"))
    author: array[int] = field(default_factory=lambda: array("I"))
    at: array[int] = field(default_factory=lambda: array("I"))
    answers: array[int] = field(default_factory=lambda: array("B"))
    accepted: array[int] = field(default_factory=lambda: array("B"))
    up: array[int] = field(default_factory=lambda: array("B"))
    is_question: array[int] = field(default_factory=lambda: array("B"))
    tag_count: array[int] = field(default_factory=lambda: array("B"))
    tags: array[int] = field(default_factory=lambda: array("B"))


@dataclass
class Answers:
    """One entry an answer, in the order of their posts."""

    post: array[int] = field(default_factory=lambda: array("I"))
    author: array[int] = field(default_factory=lambda: array("I"))
    at: array[int] = field(default_factory=lambda: array("I"))
    up: array[int] = field(default_factory=lambda: array("B"))
    down: array[int] = field(default_factory=lambda: array("B"))


@dataclass
class Plan:
    """Members and communities are numbered from 0; `members` holds those of each community, times are Unix seconds."""

    now: int
    member_count: int
    members: list[array[int]]
    posts: Posts = field(default_factory=Posts)
    answers: Answers = field(default_factory=Answers)

    @property
    def vote_count(self) -> int:
        return sum(self.posts.up) + sum(self.answers.up) + sum(self.answers.down)


NOT_ACCEPTED = 255


def make_plan(post_count: int, now: int) -> Plan:
    random = Random(SEED)  # noqa: S311 - chance that is the same every time
    weights = list(accumulate(1 / rank**STEEPNESS for rank in range(1, COMMUNITIES + 1)))
    plan = _with_members(max(FEWEST_MEMBERS, post_count // POSTS_PER_MEMBER), weights, random, now)
    for number in range(post_count):
        community = 0 if number < len(KNOWN_ANSWERS) else bisect(weights, random.random() * weights[-1])
        at = now - DAYS * DAY + int((DAYS * DAY - 60) * (number / post_count) ** 0.5)
        _add_post(plan, random, community, at)
    return plan


def _with_members(count: int, weights: list[float], random: Random, now: int) -> Plan:
    """Everybody belongs to one community and perhaps to a second; small ones take in who comes first."""
    members = [array("I") for _ in range(COMMUNITIES)]
    for member in range(count):
        wanted = {bisect(weights, random.random() * weights[-1]) for _ in range(2)}
        for community in sorted(wanted):
            members[community].append(member)
    for belonging in members:
        there = set(belonging)
        belonging.extend(member for member in range(FEWEST_MEMBERS) if member not in there)
    return Plan(now, count, members)


def _add_post(plan: Plan, random: Random, community: int, at: int) -> None:
    posts, members = plan.posts, plan.members[community]
    number = len(posts.at)
    answers = _geometric(random, MEAN_ANSWERS, MOST_ANSWERS)
    if number < len(KNOWN_ANSWERS):
        answers = KNOWN_ANSWERS[number]
    is_question = number < len(KNOWN_ANSWERS) or random.random() < QUESTION
    asker = int(random.random() ** 2 * len(members))  # some write much more than others
    posts.community.append(community)
    posts.author.append(members[asker])
    posts.at.append(at)
    posts.answers.append(answers)
    is_accepted = is_question and answers and random.random() < ACCEPTED
    posts.accepted.append(int(random.random() ** 2 * answers) if is_accepted else NOT_ACCEPTED)
    posts.up.append(_geometric(random, MEAN_VOTES_ON_POST, MOST_VOTES))
    posts.is_question.append(is_question)
    wanted = 1 + int(random.random() * MOST_TAGS)
    tags = sorted({int(random.random() ** 2 * TAGS) for _ in range(wanted)})  # a few are on most posts
    posts.tag_count.append(len(tags))
    posts.tags.extend(tags)
    step = int(random.random() * (len(members) - MOST_ANSWERS)) + 1
    for place in range(answers):
        at = min(at + 60 + int(random.expovariate(1 / 20_000)), at + (plan.now - at) // 2)
        _add_answer(plan.answers, random, number, members[(asker + step + place) % len(members)], at)


def _add_answer(answers: Answers, random: Random, post: int, author: int, at: int) -> None:
    votes = _geometric(random, MEAN_VOTES_ON_ANSWER, MOST_VOTES)
    down = sum(random.random() < DOWN for _ in range(votes))
    answers.post.append(post)
    answers.author.append(author)
    answers.at.append(at)
    answers.up.append(votes - down)
    answers.down.append(down)


def _geometric(random: Random, mean: float, most: int) -> int:
    return min(int(log(1 - random.random()) / log(mean / (mean + 1))), most)
