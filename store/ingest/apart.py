"""Work in a process of its own, so that nobody else waits for the interpreter that it works in.

Knows nothing of the work: a function that can be pickled, and so is what it is given, returns
and raises. It is trusted, for both ends are this program.
"""

import asyncio
import contextlib
import gc
import os
import pickle
import sys
import threading
import traceback
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from store.errors import StoreError

P = ParamSpec("P")
T = TypeVar("T")

_BEGIN = "import sys; sys.path[:] = sys.argv[1:]; from store.ingest.apart import main; main()"
# There what is made is kept to the end, which comes soon: to look for garbage seldom is enough.
_SELDOM = (50_000, 20, 1_000)
_LATER = 10  # who asks meanwhile goes first, where processors are few


async def apart(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return what `work` returns, or raise what it raises, done by another process.

    That ends where this is cancelled, or this process does, whatever it is at.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        _BEGIN,
        *sys.path,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        process_group=0,  # Ctrl-C is for us to hear
    )
    assert process.stdin is not None  # noqa: S101 (both were asked for)
    assert process.stdout is not None  # noqa: S101
    try:
        with contextlib.suppress(ConnectionError):  # it has ended; why is told below
            process.stdin.write(pickle.dumps((work, args, kwargs)))
            await process.stdin.drain()
        answer = await process.stdout.read()  # its end of the pipe closes when it ends
    finally:
        process.stdin.close()  # which ends it, see there
        code = await process.wait()
    if not answer:
        raise StoreError(f"what was to be done in a process of its own was not: it ended ({code})")
    returned: T
    returned, error = pickle.loads(answer)  # noqa: S301 (written by `main`)
    if error is not None:
        raise error
    return returned


def main() -> None:
    """Do what is asked on the standard input, and answer on the standard output."""
    gc.set_threshold(*_SELDOM)
    os.nice(_LATER)
    work, args, kwargs = pickle.load(sys.stdin.buffer)  # noqa: S301 (written by `apart`)
    threading.Thread(target=_end_with_who_asked, daemon=True).start()
    try:
        answer = pickle.dumps((work(*args, **kwargs), None))
    except Exception as error:  # noqa: BLE001 (raised there)
        if not isinstance(error, StoreError):
            error.add_note(traceback.format_exc())  # else lost on the way
        answer = pickle.dumps((None, error))
    sys.stdout.buffer.write(answer)
    sys.stdout.flush()
    os._exit(0)  # there is nothing to tidy up, and much to take apart


def _end_with_who_asked() -> None:
    while os.read(sys.stdin.fileno(), 1):  # nothing more comes, but the end
        pass
    os._exit(1)
