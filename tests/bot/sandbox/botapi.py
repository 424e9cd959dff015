"""The Bot API as its own pages describe it: checks names and types of what goes over the wire.

Reads the machine-readable description that ATTACHE_BOTAPI_SPEC names; that file is not part
of the project. Limits stand only in its prose and are not checked here.
"""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from bot.sandbox.json_values import Json, JsonObject

_ARRAY = "Array of "
_PLAIN: dict[str, tuple[type, ...]] = {
    "Boolean": (bool,),
    "String": (str,),
    "Integer": (int,),
    "Float": (int, float),
    "InputFile": (str,),
}
_CONSTANT = re.compile(r"(?:always \"(\w+)\"|must be (\w+)$)")
# Still taken by Telegram's own server, no longer on its pages.
_LEGACY = {"reply_to_message_id", "allow_sending_without_reply", "disable_web_page_preview"}


class BotApi:
    """Finds what is wrong with a request, an answer or an update; nothing found is right."""

    def __init__(self, path: Path) -> None:
        described = json.loads(path.read_text(encoding="utf-8"))
        self._methods: dict[str, JsonObject] = described["methods"]
        self._types: dict[str, JsonObject] = described["types"]

    @property
    def methods(self) -> set[str]:
        return set(self._methods)

    def parameters(self, method: str) -> set[str]:
        return {one["name"] for one in self._methods[method].get("fields", [])}

    @property
    def update_kinds(self) -> set[str]:
        return {one["name"] for one in self._fields("Update")} - {"update_id"}

    def call_problems(self, method: str, params: JsonObject) -> list[str]:
        if method not in self._methods:
            return [f"{method}: no such method"]
        known = {one["name"]: one for one in self._methods[method].get("fields", [])}
        problems = [
            f"{method}.{name}: no such parameter"
            for name in params
            if name not in known and name not in _LEGACY
        ]
        problems += [
            f"{method}.{name}: required"
            for name, described in known.items()
            if described["required"] and params.get(name) is None
        ]
        for name, value in params.items():
            if name in known and value is not None:
                problems += self._parameter(known[name]["types"], value, f"{method}.{name}")
        return problems

    def _parameter(self, types: list[str], value: Json, where: str) -> list[str]:
        # A form carries all as text: numbers, true and false, and JSON.
        if isinstance(value, str) and "String" not in types and "InputFile" not in types:
            try:
                value = json.loads(value)
            except ValueError:
                return [f"{where}: {value!r} is not one of {types}"]
        return self._any_of(types, value, where)

    def result_problems(self, method: str, result: Json) -> list[str]:
        return self._any_of(self._methods[method]["returns"], result, f"{method}()")

    def update_problems(self, update: JsonObject) -> list[str]:
        problems = self._any_of(["Update"], update, "Update")
        if len(update) != 2:
            problems.append(f"Update: one field besides update_id, not {sorted(update)}")
        return problems

    def _fields(self, name: str) -> list[JsonObject]:
        found: list[JsonObject] = self._types[name].get("fields", [])
        return found

    def _any_of(self, types: list[str], value: Json, where: str) -> list[str]:
        tried = [self._is(name, value, where) for name in self._expanded(types)]
        return min(tried, key=len)

    def _expanded(self, types: list[str]) -> list[str]:
        expanded: list[str] = []
        for name in types:
            expanded += self._types.get(name, {}).get("subtypes") or [name]
        return expanded

    def _is(self, name: str, value: Json, where: str) -> list[str]:
        if name.startswith(_ARRAY):
            if not isinstance(value, list):
                return [f"{where}: {value!r} is not an array"]
            inner = [name.removeprefix(_ARRAY)]
            return [
                problem
                for index, one in enumerate(value)
                for problem in self._any_of(inner, one, f"{where}[{index}]")
            ]
        if name not in _PLAIN:
            return self._object(name, value, where)
        right = isinstance(value, _PLAIN[name])
        if name != "Boolean" and isinstance(value, bool):
            right = False
        return [] if right else [f"{where}: {value!r} is not a {name}"]

    def _object(self, name: str, value: Json, where: str) -> list[str]:
        if not isinstance(value, dict):
            return [f"{where}: {value!r} is not a {name}"]
        known = {one["name"]: one for one in self._fields(name)}
        problems = [
            f"{where}: {name} has no field {given}" for given in value if given not in known
        ]
        for field_name, described in known.items():
            if field_name not in value:
                if described["required"]:
                    problems.append(f"{where}: {name} lacks {field_name}")
                continue
            problems += self._any_of(described["types"], value[field_name], f"{where}.{field_name}")
            constant = _CONSTANT.search(described["description"])
            expected = next(filter(None, constant.groups()), None) if constant else None
            tells = field_name in {"type", "status", "source"} and expected
            if tells and value[field_name] != expected:
                problems.append(f"{where}.{field_name}: {value[field_name]!r}, not {expected!r}")
        return problems


@dataclass(slots=True)
class Checker:
    """An observer of a sandbox that keeps what is wrong, and what it has seen."""

    api: BotApi
    problems: list[str] = field(default_factory=list)
    methods: set[str] = field(default_factory=set)
    updates: set[str] = field(default_factory=set)

    def on_call(self, method: str, params: JsonObject, result: Json) -> None:
        self.methods.add(method)
        self.problems += self.api.call_problems(method, params)
        self.problems += self.api.result_problems(method, result)

    def on_update(self, update: JsonObject) -> None:
        self.updates |= update.keys() - {"update_id"}
        self.problems += self.api.update_problems(update)
