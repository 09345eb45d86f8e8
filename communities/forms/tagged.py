"""What a form says that a post is about."""

from typing import Any, cast

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from communities import permissions, rules
from communities.fields import TagsField, TopicField
from communities.models import Community, Membership, Tag
from communities.tagging import choose
from communities.topics import named, topic_tree


class TaggedForm(forms.Form):
    """A form with tags, checked against those of the community. New ones want a tick, asked for when it is needed.

    Where a community has topics, the post needs one: it is chosen from their tree, or written among the tags.
    `cleaned_data` holds it in `tags`, in the place of the topic that was there before.
    """

    topic = TopicField(label=_("Topic"))
    tags = TagsField(
        label=_("Tags"),
        required=False,
        help_text=format_lazy(_("What is it about? Up to {most}, with commas between them."), most=rules.TAGS_MAX),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    new_tags = forms.BooleanField(required=False, widget=forms.HiddenInput)
    takes_new_tags = True

    def __init__(self, *args: Any, community: Community, me: Membership | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.community, self.me, self.makes_tags = community, me, permissions.can_make_tag(me)
        self.place_of_topic = 0
        tree = topic_tree(Tag.objects.topics().filter(community=community))
        if not tree:
            del self.fields["topic"]
            return
        choices = [(topic.slug, name) for topic, name in named(tree)]
        cast("forms.ChoiceField", self.fields["topic"]).choices = [("", _("choose one")), *choices]
        said = _("What else is it about? Up to %(most)s with the topic, with commas between them.")
        self.fields["tags"].help_text = said % {"most": rules.TAGS_MAX}
        if "topic" not in self.initial:
            self._take_topic_from_tags([slug for slug, _name in choices])

    def clean_tags(self) -> list[str]:
        slugs = self._with_topic(self.cleaned_data["tags"])
        if len(slugs) > rules.TAGS_MAX:
            said = _("%(most)s tags at most; with the topic these are %(many)s.")
            raise forms.ValidationError(said % {"most": rules.TAGS_MAX, "many": len(slugs)})
        chosen = choose(self.community, slugs)
        if chosen.new and not self.takes_new_tags:
            said = _("This community has no tag %(names)s. Choose another one.")
            raise forms.ValidationError(said % {"names": ", ".join(chosen.new)})
        if chosen.new:
            self._ask_about_new_ones()
        if chosen.new and not self.data.get("new_tags"):
            names = ", ".join(chosen.new)
            said = _("This community has no tag %(names)s. Choose another one, or tick the box below to add it.")
            raise forms.ValidationError(said % {"names": names})
        if "topic" in self.fields and not self.has_error("topic") and not chosen.has_topic:
            self.add_error("topic", self.fields["topic"].error_messages["required"])
        return slugs

    def clean(self) -> dict[str, Any]:
        return {field: value for field, value in self.cleaned_data.items() if field not in ("topic", "new_tags")}

    def _take_topic_from_tags(self, topics: list[str]) -> None:
        """A post has its topic among its tags; the form has a field for the first of them."""
        slugs = self.initial.get("tags", "").split(", ")
        topic = next((slug for slug in slugs if slug in topics), "")
        if topic:
            self.place_of_topic = slugs.index(topic)
            slugs.remove(topic)
            self.initial = {**self.initial, "topic": topic, "tags": ", ".join(slugs)}

    def _with_topic(self, slugs: list[str]) -> list[str]:
        topic = self.cleaned_data.get("topic")
        if not topic:
            return slugs
        others = [slug for slug in slugs if slug != topic]
        return [*others[: self.place_of_topic], topic, *others[self.place_of_topic :]]

    def _ask_about_new_ones(self) -> None:
        box = self.fields["new_tags"]
        box.widget = forms.CheckboxInput()
        box.label = _("Add what is new") if self.makes_tags else _("Propose what is new to the moderators")
