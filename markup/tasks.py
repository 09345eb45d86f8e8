"""Task lists: a list item that starts with `[ ]` or `[x]` gets a box."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_BOX = re.compile(r"\[([ xX])\][ \t]+")


def add_tasks(md: MarkdownIt) -> None:
    md.core.ruler.push("tasks", _mark_tasks)


def _mark_tasks(state: StateCore) -> None:
    lists: list[Token] = []
    for position, token in enumerate(state.tokens):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(token)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open" and lists:
            inline = _first_line(state.tokens, position)
            if inline is not None and _take_box(inline):
                token.attrSet("class", "task")
                lists[-1].attrSet("class", "tasks")


def _first_line(tokens: list[Token], position: int) -> Token | None:
    after = tokens[position + 1 : position + 3]
    if [token.type for token in after] == ["paragraph_open", "inline"]:
        return after[1]
    return None


def _take_box(inline: Token) -> bool:
    """Turn the bracket at the start of a line into a box token."""
    children = inline.children
    if not children or children[0].type != "text":
        return False
    match = _BOX.match(children[0].content)
    if not match:
        return False
    children[0].content = children[0].content[match.end() :]
    children.insert(0, Token("task_box", "input", 0, meta={"done": match[1] != " "}))
    return True
