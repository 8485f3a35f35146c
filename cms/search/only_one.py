"""The one turn at rebuilding that there is. It ends with the process that has it, however that ends."""

from contextlib import AbstractContextManager

from cms.running.locks import alone


def only_turn() -> AbstractContextManager[bool]:
    """Yield whether nobody else has the turn; it is had until the block ends.

    Whoever has it knows that no other rebuild lives. Whoever does not may be told of one that died with its machine,
    which PostgreSQL hears of late.
    """
    return alone("rebuild")
