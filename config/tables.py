"""How the settings are documented: the README's table and the example file."""

import textwrap
from datetime import time

from pydantic.fields import FieldInfo

from config.names import environment_name, guide_of
from config.options import Settings


def settings_table() -> str:
    """Write the table of the settings for the README."""
    rows = [
        f"| `{environment_name(name)}` | {_shown(field)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(("| name | default | meaning |", "|---|---|---|", *rows))


_EXAMPLE_TOP = """\
# Copy this file to .env and take the # away from the lines that you set.
# Keep .env to yourself: it holds the token."""


def settings_example() -> str:
    """Write the settings as a `.env` file with every line commented out."""
    blocks = [_EXAMPLE_TOP]
    for name, field in Settings.model_fields.items():
        words = guide_of(field).default
        meaning = f"{field.description} Default: {words}." if words else field.description
        value = "" if words else _written(field)
        blocks.append(
            "\n".join(
                (
                    *textwrap.wrap(f"{meaning}", 88, initial_indent="# ", subsequent_indent="# "),
                    f"# {environment_name(name)}={value}",
                )
            )
        )
    return "\n\n".join(blocks) + "\n"


def _shown(field: FieldInfo) -> str:
    return guide_of(field).default or f"`{_written(field)}`"


def _written(field: FieldInfo) -> str:
    default = field.default
    return f"{default:%H:%M}" if isinstance(default, time) else str(default)
