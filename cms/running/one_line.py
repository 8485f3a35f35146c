"""What an error says, for one line of a log or of a command."""


def one_line(error: BaseException | None) -> str:
    """Return the text of ``error`` without line breaks; the name of its class if it has no text."""
    return " ".join(str(error).split()) or type(error).__name__
