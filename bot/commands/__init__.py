"""One file a command, thin: ask the store, choose a message."""
