"""SOCKS proxies on the way to Telegram: a connector whose errors are such as aiohttp's own."""

import aiohttp_socks
from aiohttp import ClientRequest, ClientTimeout
from aiohttp.connector import Connection
from aiohttp.tracing import Trace

from bot.transport import SocksError


class Connector(aiohttp_socks.ProxyConnector):
    """Connects through a proxy; raises `TimeoutError`, or `SocksError` where that refuses."""

    async def connect(
        self,
        req: ClientRequest,
        traces: list[Trace],
        timeout: ClientTimeout,  # noqa: ASYNC109 (aiohttp's)
    ) -> Connection:
        """Connect, as aiohttp asks for it."""
        try:
            return await super().connect(req, traces, timeout)
        except aiohttp_socks.ProxyTimeoutError:
            raise TimeoutError from None
        except aiohttp_socks.ProxyConnectionError:
            raise SocksError("not reached") from None  # its own text shows the address
        except aiohttp_socks.ProxyError as error:
            raise SocksError(str(error)) from None
