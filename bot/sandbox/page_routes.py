"""Serving the page: the files of the folder `page`, to be run only as they stand there."""

from collections.abc import Mapping
from pathlib import Path

from aiohttp import web

_FOLDER = Path(__file__).parent / "page"
_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


def page_routes() -> list[web.RouteDef]:
    """List the routes of the page: `/`, and its files under `/page/`."""
    return [web.get("/", _index), web.get("/page/{name}", _file)]


async def _index(_: web.Request) -> web.StreamResponse:
    return _served(_FOLDER / "index.html")


async def _file(request: web.Request) -> web.StreamResponse:
    for path in _FOLDER.iterdir():
        if path.name == request.match_info["name"] and path.suffix in _TYPES:
            return _served(path)
    raise web.HTTPNotFound


def _served(path: Path) -> web.Response:
    return web.Response(
        body=path.read_bytes(),
        content_type=_TYPES[path.suffix],
        charset="utf-8",
        headers=_HEADERS,
    )
