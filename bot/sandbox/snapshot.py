"""The world written down as JSON and read back; where it is kept is the caller's matter."""

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from bot.sandbox.world import World


@dataclass(config=ConfigDict(ser_json_bytes="base64", val_json_bytes="base64"))
class _Snapshot:
    version: int
    world: World


VERSION = 1
_ADAPTER = TypeAdapter(_Snapshot)


class SnapshotError(Exception):
    """The snapshot is not one that this program reads."""


def to_json(world: World) -> bytes:
    """Write the world down, files as base64."""
    return _ADAPTER.dump_json(_Snapshot(version=VERSION, world=world))


def from_json(written: bytes) -> World:
    """Read a world that was written down."""
    try:
        snapshot = _ADAPTER.validate_json(written)
    except ValidationError as error:  # its text would quote what people wrote
        raise SnapshotError(
            f"this is no snapshot of a sandbox: {error.error_count()} faults"
        ) from None
    if snapshot.version != VERSION:
        raise SnapshotError(f"the snapshot has version {snapshot.version}, not {VERSION}")
    return snapshot.world
