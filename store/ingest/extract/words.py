"""Word lists as they are written in the rules: words with space between. Holds no list itself."""


def words_of(text: str) -> frozenset[str]:
    """Return the words of `text`, each once."""
    return frozenset(text.split())
