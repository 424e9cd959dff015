"""Methods by which a bot gets its updates, and its files.

The state of a webhook is kept here; posting to it is the HTTP front's work.
"""

import re
from urllib.parse import urlsplit

from bot.sandbox.errors import bad_request, webhook_active
from bot.sandbox.files import downloadable
from bot.sandbox.json_values import Json, JsonObject
from bot.sandbox.objects import compact, file_object
from bot.sandbox.targets import Call
from bot.sandbox.updates import MAX_UPDATES, fetch, read_allowed
from bot.sandbox.world import Webhook

_SECRET = re.compile(r"[A-Za-z0-9_-]+")
MAX_SECRET = 256
MAX_CONNECTIONS = 100
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def get_updates(call: Call) -> Json:
    """Give what waits, at once; the fronts do the waiting that `timeout` asks for."""
    if call.bot.webhook.url:
        raise webhook_active()
    params = call.params
    offset = params.integer("offset") or 0
    limit = params.integer("limit") if params.text("limit") else MAX_UPDATES
    params.integer("timeout")
    read_allowed(call.bot, params)
    return list(fetch(call.bot, offset, limit or 0))


def set_webhook(call: Call) -> Json:
    """Have updates posted to an address; an empty one ends it."""
    params = call.params
    url = params.text("url")
    if not url:
        return delete_webhook(call)
    parts = urlsplit(url)
    # Telegram wants HTTPS; on this machine a bot listens without a certificate.
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = params.text("secret_token")
    if len(secret) > MAX_SECRET:
        raise bad_request("secret token is too long")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    certificate = params.upload("certificate")
    _drop_if_asked(call)
    read_allowed(call.bot, params)
    call.bot.webhook = Webhook(
        url=url,
        secret_token=secret or None,
        max_connections=min(max(params.integer("max_connections") or 40, 1), MAX_CONNECTIONS),
        ip_address=params.text("ip_address") or None,
        has_certificate=certificate is not None,
    )
    return True


def delete_webhook(call: Call) -> Json:
    """Go back to polling."""
    _drop_if_asked(call)
    call.bot.webhook = Webhook()
    return True


def _drop_if_asked(call: Call) -> None:
    if call.params.flag("drop_pending_updates"):
        call.bot.updates.clear()


def get_webhook_info(call: Call) -> Json:
    """Tell where updates are posted and how that went."""
    webhook = call.bot.webhook
    info: JsonObject = {
        "url": webhook.url,
        "has_custom_certificate": webhook.has_certificate,
        "pending_update_count": len(call.bot.updates),
    }
    if webhook.url:
        info |= compact(
            max_connections=webhook.max_connections,
            ip_address=webhook.ip_address,
            last_error_date=webhook.last_error_date,
            last_error_message=webhook.last_error_message,
        )
    return info | compact(allowed_updates=list(call.bot.allowed_updates) or None)


def get_file(call: Call) -> Json:
    """Tell the path under which a file is downloaded."""
    return file_object(downloadable(call.state.world, call.params.text("file_id")))


METHODS = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "getFile": get_file,
}
