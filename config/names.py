"""What a setting is called in the environment, and the guide that its annotation holds."""

from pydantic.fields import FieldInfo

from config.fields import Guide
from config.sources import PREFIX


def environment_name(field_name: str) -> str:
    """Give the name that a setting has in the environment."""
    return PREFIX + field_name.upper()


def guide_of(field: FieldInfo) -> Guide:
    """Give the guide that stands in a field's annotation."""
    return next(item for item in field.metadata if isinstance(item, Guide))
