"""`python -m bot`: the same as `attache`."""

from bot.cli import main

main()
