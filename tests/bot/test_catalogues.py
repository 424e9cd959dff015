"""The catalogues say all that the code does, in every language, with what is filled in."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bot.locales import Language

LONGEST_TOAST = 200
BOT = Path(__file__).parents[2] / "bot"
LANGUAGES = [language for language in Language if language is not Language.ENGLISH]
SHOWS = {"bold", "italic", "Button", "blocks", "lines", "toast", "failed", "words_needed"}


@cache
def said() -> Catalog:
    """All that the code says."""
    catalog = Catalog()
    for _file, _line, words, _comments, context in extract_from_dir(BOT):
        catalog.add(words, None, context=context)
    return catalog


@cache
def translated(language: Language) -> Catalog:
    with (BOT / "locales" / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def entries(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def name(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> list[str]:
    """All that a message is translated to; an empty one where it is not."""
    words = message.string or ""
    return [words] if isinstance(words, str) else list(words)


def filled_in(words: str) -> set[str]:
    return {field for _before, field, _spec, _conversion in Formatter().parse(words) if field}


def found(language: Language) -> Iterator[tuple[Message, Message]]:
    """Each message of the code that the catalogue has, and what that has for it."""
    for message in entries(said()):
        known = translated(language).get(name(message), message.context)
        if known is not None:
            yield message, known


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_all_that_the_code_says(language: Language) -> None:
    there = {(message.context, name(message)) for message, _known in found(language)}
    every = {(message.context, name(message)) for message in entries(said())}
    missing = sorted(words for _context, words in every - there)
    assert not missing, f"`make catalogues` adds to {language}.po: {missing}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_nothing_that_the_code_does_not_say(language: Language) -> None:
    known = translated(language)
    every = {(message.context, message.id) for message in entries(said())}
    other = [name(one) for one in entries(known) if (one.context, one.id) not in every]
    assert not other, f"`make catalogues` takes from {language}.po: {other}"
    assert not known.obsolete


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_translated_in_every_plural(language: Language) -> None:
    known = translated(language)
    empty = [
        name(message)
        for message in entries(known)
        if not all(forms(message))
        or len(forms(message)) != (known.num_plurals if message.pluralizable else 1)
    ]
    assert not empty, f"{len(empty)} without a translation in {language}.po: {empty}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_a_guess(language: Language) -> None:
    assert [name(message) for message in entries(translated(language)) if message.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_is_filled_with_the_same_and_ends_the_same(language: Language) -> None:
    wrong = [
        (name(message), form)
        for message, known in found(language)
        for form in forms(known)
        if form
        and (
            filled_in(form) != filled_in(name(message))
            or (form != form.strip()) != (name(message) != name(message).strip())
        )
    ]
    assert wrong == []


def toasts() -> set[str]:
    """What the handlers say over the chat, where it stands beside the call."""
    return {
        words.value
        for path in (BOT / "commands").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and called(node.func) == "toast"
        for argument in node.args
        if isinstance(argument, ast.Call) and called(argument.func) == "_"
        for words in argument.args
        if isinstance(words, ast.Constant) and isinstance(words.value, str)
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_over_the_chat_is_short_enough(language: Language) -> None:
    assert toasts()
    known = {name(message): form for _, message in found(language) for form in forms(message)}
    long = [words for words in toasts() if len(known.get(words, "")) > LONGEST_TOAST]
    assert long == []


def bare(tree: ast.AST) -> Iterator[ast.Constant]:
    """Words that readers see without being looked up.

    Those are the literals handed to what shows words, also as parts of f-strings. What is
    first put into a variable is not found.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node.func) in SHOWS:
            for argument in node.args:
                yield from literals(argument)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            for side in (node.left, node.right):
                yield from literals(side)


def called(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def literals(node: ast.AST) -> Iterator[ast.Constant]:
    match node:
        case ast.Constant(value=str(words)) if any(map(str.isalpha, words)):
            yield node
        case ast.JoinedStr(values=parts):
            for part in parts:
                yield from literals(part)
        case ast.IfExp(body=one, orelse=other):
            yield from literals(one)
            yield from literals(other)
        case ast.BoolOp(values=choices):
            for choice in choices:
                yield from literals(choice)


@pytest.mark.parametrize(
    "path",
    sorted([*(BOT / "messages").glob("*.py"), *(BOT / "commands").glob("*.py")]),
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_no_words_are_shown_that_are_not_looked_up(path: Path) -> None:
    assert [(one.lineno, one.value) for one in bare(ast.parse(path.read_text()))] == []


def test_what_the_help_says_of_commands_is_marked_for_translation() -> None:
    tree = ast.parse((BOT / "answers.py").read_text())
    commands = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node.func) in {"reader", "steers"}
    ]
    assert commands
    unmarked = [word.value for one in commands for a in one.args[1:] for word in literals(a)]
    assert unmarked == []
