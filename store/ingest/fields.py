"""What front matter is made of: plain values, the paths of its fields, and what is wrong in it."""

Plain = str | None | list["Plain"] | dict[str, "Plain"]
Path = tuple[str | int, ...]


class FrontMatterError(ValueError):
    """The head of a file cannot be read; says the line and why."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        self.message = message
        super().__init__(f"line {line}: {message}")
