"""Steady parts are rendered once for equal values, and hold nothing of the reader."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.translation import override


def rendered(template, **values):
    return template.render(Context(values))


def test_part_knows_only_what_it_names():
    template = Template(
        "{% load steady %}{% steady who=name %}[{{ who }}{{ name }}{{ csrf_token }}]{% endsteady %}{{ name }}"
    )
    assert rendered(template, name="Ada", csrf_token="secret") == "[Ada]Ada"


def test_part_is_rendered_once_for_equal_values():
    template = Template("{% load steady %}{% steady n=number %}{{ n }} at {% now 'u' %}{% endsteady %}")
    first = [rendered(template, number=number) for number in (1, 2)]
    assert [rendered(template, number=number) for number in (1, 2)] == first
    assert [text[:4] for text in first] == ["1 at", "2 at"]


def test_each_language_has_its_own():
    template = Template("{% load i18n steady %}{% steady %}{% get_current_language as now %}{{ now }}{% endsteady %}")
    for language in ("en", "de", "en"):
        with override(language):
            assert rendered(template) == language


def test_values_are_escaped():
    template = Template("{% load steady %}{% steady who=name %}{{ who }}{% endsteady %}")
    assert rendered(template, name="<b>") == "&lt;b&gt;"


def test_a_value_without_name_is_refused():
    with pytest.raises(TemplateSyntaxError, match="name=value"):
        Template("{% load steady %}{% steady name %}{% endsteady %}")
