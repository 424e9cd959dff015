"""`attache`, and `python -m bot`: the command line, which may be stopped while it is loaded."""

import sys

from bot.garbage import none_while_loading


def main() -> None:
    """Run the command line; Ctrl-C before it listens ends it without a word."""
    try:
        with none_while_loading():
            from bot.cli import main as run  # noqa: PLC0415 (takes long enough to be stopped in)

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
