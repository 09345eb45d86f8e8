"""All achievements by their keys; those that are on are weighed and shown."""

from gamification.achievements import answering, asking, caring, documents, first_steps, learning, mentoring

GROUPS = (first_steps, asking, answering, documents, learning, mentoring, caring)
CATALOGUE = {achievement.key: achievement for group in GROUPS for achievement in group.ACHIEVEMENTS}
ON = {key: achievement for key, achievement in CATALOGUE.items() if achievement.is_on}
