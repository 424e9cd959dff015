"""The story that comes with the program: US, Russia and NATO on Ukraine, winter 2021-22."""
