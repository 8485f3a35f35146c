"""Which pages a key finds, and with what weight: sets of page ids, packed into one value per key.

Sets of integers (roaring bitmaps, Lemire et al. 2016) make conjunction, facets, totals and ranking plain
set algebra: the same on every database by construction, and as quick for a word of every page as for a rare
one.
"""

import struct
from collections.abc import Iterable
from enum import IntEnum
from functools import reduce
from operator import or_

from pyroaring import BitMap

_HEADER = struct.Struct("<BI")


class Level(IntEnum):
    """Where a word stands on a page. The levels of a key overlap: a word of the title is also ANYWHERE."""

    ANYWHERE = 0
    OFTEN = 1  # three times or more
    LEAD = 2  # the summary, names
    TITLE = 3
    SHORT_TITLE = 4  # a title of at most three words
    EXTRA = 5  # text about what belongs to the page, such as its editions
    BORROWED = 6  # text of something else that the page shows until a known time


# Words at these levels may go while the page stays: those of things that expire.
LENT_LEVELS = (Level.EXTRA, Level.BORROWED)

type Levels = dict[int, BitMap]


def pack(levels: Levels) -> bytes:
    """Return the sets as one value; empty sets are left out. Format: the Roaring specification, each with a
    header."""
    packed = bytearray()
    for level in sorted(levels):
        if levels[level]:
            data = levels[level].serialize()
            packed += _HEADER.pack(level, len(data)) + data
    return bytes(packed)


def unpack(packed: bytes | memoryview) -> Levels:
    """Return the sets that `pack` made one value of."""
    packed, position, levels = bytes(packed), 0, {}
    while position < len(packed):
        level, size = _HEADER.unpack_from(packed, position)
        position += _HEADER.size
        levels[level] = BitMap.deserialize(packed[position : position + size])
        position += size
    return levels


def bits(levels: Iterable[int]) -> int:
    """Return a set of levels as one integer, as documents keep it."""
    return reduce(or_, (1 << level for level in levels), 0)


def levels_of(number: int) -> list[Level]:
    """Return the levels that `bits` made one integer of."""
    return [level for level in Level if number & 1 << level]
