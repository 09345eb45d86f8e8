"""A prepared question finds what its QuerySet finds."""

import pytest
from django.db import connection

from communities.models import Community, Membership
from prepared import LARGEST, Prepared, as_model, columns
from tests.factories import make_community

pytestmark = pytest.mark.django_db


@pytest.fixture
def algebra(ada) -> Community:
    return make_community(ada)


def test_rows_are_those_of_the_queryset_for_each_value(ada, bob, algebra):
    asked = []

    def question(user, slug):
        asked.append((user, slug))
        return Membership.objects.filter(user=user, community__slug=slug, role__in=["member", "owner"]).values_list(
            "pk"
        )

    prepared = Prepared(question)
    for person in (ada, bob):
        for slug in ("algebra", "elsewhere", "' OR 1 = 1 --", "%s"):
            wanted = Membership.objects.filter(user=person, community__slug=slug).values_list("pk")
            assert prepared.rows(person.pk, slug) == list(wanted)
    assert len(asked) == 1


def test_none_is_a_question_of_its_own(algebra):
    prepared = Prepared(lambda key: Community.objects.filter(invite_key=key).values_list("slug"))
    Community.objects.filter(pk=algebra.pk).update(invite_key="sesame")
    assert (prepared.rows("sesame"), prepared.rows(None)) == ([("algebra",)], [])
    Community.objects.filter(pk=algebra.pk).update(invite_key=None)
    assert (prepared.rows("sesame"), prepared.rows(None)) == ([], [("algebra",)])


def test_an_id_that_no_row_can_have_finds_nothing(algebra):
    prepared = Prepared(lambda pk: Community.objects.filter(pk=pk).values_list("pk"))
    assert prepared.rows(algebra.pk) == [(algebra.pk,)]
    assert prepared.rows(LARGEST + 1) == prepared.rows(-LARGEST - 1) == prepared.rows(10**30) == []


def test_model_of_some_columns_reads_the_others_when_asked(algebra, django_assert_num_queries):
    fields = columns(Community, "slug", "id")
    assert fields == ("id", "slug")
    with django_assert_num_queries(1):
        part = as_model(Community, fields, (algebra.pk, "algebra"))
        assert (part, part.slug, part.name) == (algebra, "algebra", algebra.name)


def test_postgresql_plans_the_same_words_once(algebra, django_assert_num_queries):
    prepared = Prepared(lambda slug: Community.objects.filter(slug=slug).values_list("pk"))
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
        connection.connection._prepared.clear()
        with django_assert_num_queries(3):
            assert [prepared.rows(slug) for slug in ("algebra", "elsewhere", "algebra")] == [
                [(algebra.pk,)],
                [],
                [(algebra.pk,)],
            ]
        cursor.execute("SELECT count(*), sum(generic_plans + custom_plans) FROM pg_prepared_statements")
        assert cursor.fetchone() == (1, 3)
