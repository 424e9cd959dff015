"""Asking a running bot how it does, from beside it.

`python -m bot.health` (or `attache health`) ends with status 0 where the bot of these settings
is well, and says what is wrong where it is not. What well means, the bot itself says.
"""

import http.client
import sys

from config.fields import Listen
from config.settings import SettingsError, load_settings

_PATIENCE = 5  # seconds
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (told apart, not listened on)


def complaint(listen: Listen) -> str | None:
    """Say what is wrong with the bot whose health is at `listen`; None where it is well."""
    host = _EVERYWHERE.get(listen.host, listen.host)
    connection = http.client.HTTPConnection(host, listen.port, timeout=_PATIENCE)
    try:
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        said = answer.read(1000).decode("utf-8", "replace").strip()
    except (OSError, http.client.HTTPException) as error:
        return f"nobody answers at ATTACHE_HEALTH_LISTEN {listen} ({error}): the bot is down"
    finally:
        connection.close()
    return None if answer.status == http.client.OK else f"the bot is not well: {said}"


def main() -> str | None:
    """Tell how the bot of these settings does."""
    try:
        return complaint(load_settings().health_listen)
    except SettingsError as error:
        return str(error)


if __name__ == "__main__":
    sys.exit(main())
