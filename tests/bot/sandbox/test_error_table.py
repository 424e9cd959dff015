"""docs/sandbox.md says of every refusal where its words are known from."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import bot.sandbox

CODE = Path(bot.sandbox.__file__).parent
DOCS = CODE.parent.parent / "docs" / "sandbox.md"
PREFIXES = {
    "bad_request": "Bad Request: ",
    "forbidden": "Forbidden: ",
    "conflict": "Conflict: ",
    "_refuse": "Bad Request: can't parse entities: ",
    "TelegramError": "",
}
# What the functions of errors.py themselves put together, and what they are given.
MADE_OF_PARTS = {
    "Bad Request: …",
    "Forbidden: …",
    "Conflict: …",
    "Bad Request: can't parse entities: …",
}


def words(node: ast.expr, constants: dict[str, str]) -> str | None:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            pieces = (words(part, constants) for part in parts)
            return "".join(piece if piece is not None else "…" for piece in pieces)
        case ast.BinOp(left=left, right=right):
            return f"{words(left, constants) or '…'}{words(right, constants) or '…'}"
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return constants.get(name)
        case _:
            return None


def constants_of(tree: ast.Module) -> dict[str, str]:
    found = {}
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(text))):
                found[name] = text
            case _:
                pass
    return found


def refusals() -> Iterator[str]:
    """Give every text that the code refuses with, with … for what depends on the request."""
    constants = constants_of(ast.parse((CODE / "errors.py").read_text(encoding="utf-8")))
    for path in CODE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id=name) | ast.Attribute(attr=name), args=[*_, last]
                ) if name in PREFIXES:
                    text = words(node.args[1] if name == "TelegramError" else last, constants)
                    if text is not None:
                        yield PREFIXES[name] + text
                case _:
                    pass
    yield from (f"Bad Request: {one}" for one in constants.values() if not one.startswith("bot "))


def test_every_refusal_stands_in_the_table() -> None:
    table = set(re.findall(r"^\| `(.+)` \| [STMLRO ]+ \|$", DOCS.read_text("utf-8"), re.MULTILINE))
    forbidden = {f"Bad Request: {one.split(': ', 1)[1]}" for one in table if "Forbidden" in one}

    missing = set(refusals()) - table - forbidden - MADE_OF_PARTS

    assert missing == set()


def test_the_table_has_nothing_twice() -> None:
    rows = re.findall(r"^\| `(.+)` \|", DOCS.read_text("utf-8"), re.MULTILINE)

    assert sorted(set(rows)) == sorted(rows)
