"""Settings and logging; knows no other package of the house."""

__version__ = "0.1.0"
