"""Python's search for garbage, put off where there is none to be found."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def none_while_loading() -> Iterator[None]:
    """Look for no garbage while code is loaded, and never in what was loaded."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
