"""Reads a QR picture by the standard alone (ISO/IEC 18004); knows nothing of what drew it.

For clean pictures of versions 1 to 9 in byte mode: no camera, no errors to mend. Whether there are
errors is checked, so that a picture that only looks like one is not read.
"""

import io

from PIL import Image

Squares = list[list[bool]]

_MASKS = (
    lambda y, x: (y + x) % 2 == 0, lambda y, _x: y % 2 == 0, lambda _y, x: x % 3 == 0,
    lambda y, x: (y + x) % 3 == 0, lambda y, x: (y // 2 + x // 3) % 2 == 0,
    lambda y, x: y * x % 2 + y * x % 3 == 0, lambda y, x: (y * x % 2 + y * x % 3) % 2 == 0,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2 == 0,
)  # fmt: skip
"""Table 10, by their number."""

_FORMAT_MASK = 0b101010000010010
_LEVEL_M = 0b00

# Table 9, level M: bytes for mending in a block, and the bytes of text in each block.
_BLOCKS = {
    1: (10, (16,)), 2: (16, (28,)), 3: (26, (44,)), 4: (18, (32, 32)), 5: (24, (43, 43)),
    6: (16, (27,) * 4), 7: (18, (31,) * 4), 8: (22, (38, 38, 39, 39)),
    9: (22, (36, 36, 36, 37, 37)),
}  # fmt: skip

# Annex E: middles of alignment patterns.
_MIDDLES = {
    1: (), 2: (6, 18), 3: (6, 22), 4: (6, 26), 5: (6, 30), 6: (6, 34),
    7: (6, 22, 38), 8: (6, 24, 42), 9: (6, 26, 46),
}  # fmt: skip

_BYTE_MODE = 0b0100


def read(picture: bytes) -> str:
    """The text of a QR picture, as PNG.

    Raises:
        AssertionError: it is none, or one that is not meant to be read here.
    """
    squares = _squares(picture)
    version, mask = (len(squares) - 17) // 4, _mask(squares)
    found = _bytes(squares, version, mask)
    mending, sizes = _BLOCKS[version]
    blocks = _parted(found, sizes, mending)
    assert not any(_is_damaged(block, mending) for block in blocks), "it has errors"
    text = b"".join(bytes(block[:-mending]) for block in blocks)
    bits = int.from_bytes(text, "big")
    length = len(text) * 8
    assert bits >> length - 4 == _BYTE_MODE, "another mode"
    count = bits >> length - 12 & 0xFF
    return (bits >> length - 12 - 8 * count & (1 << 8 * count) - 1).to_bytes(count, "big").decode()


def read_card(picture: bytes) -> str:
    """The text of the QR code on a card, as PNG, where nothing else is pure black.

    Raises:
        AssertionError: it has no code, or no four light squares around it (section 6.3.8).
    """
    image = Image.open(io.BytesIO(picture)).convert("L")
    box = image.point(lambda grey: 255 * (grey == 0)).getbbox()
    assert box is not None, "nothing black"
    left, top, right, bottom = box
    code = image.crop(box)
    quiet = 4 * next(x for x in range(right - left) if code.getpixel((x, 0)) == 255) // 7
    around = image.crop((left - quiet, top - quiet, right + quiet, bottom + quiet))
    around.paste(255, (quiet, quiet, quiet + right - left, quiet + bottom - top))
    assert around.getextrema() == (255, 255), "the quiet zone is not"
    cut = io.BytesIO()
    code.save(cut, "png")
    return read(cut.getvalue())


def _squares(picture: bytes) -> Squares:
    """Rows of squares, true for dark; the quiet zone is cut off."""
    image = Image.open(io.BytesIO(picture)).convert("L").point(lambda grey: 255 * (grey < 128))
    box = image.getbbox()
    assert box is not None, "an empty picture"
    image = image.crop(box)
    width, height = image.size
    assert width == height, "not square"
    run = next(x for x in range(width) if not image.getpixel((x, 0)))
    scale = run // 7  # a finder pattern begins with seven dark squares
    assert run % 7 == width % scale == 0, "squares of different sizes"
    middle = scale // 2
    number = width // scale
    return [
        [bool(image.getpixel((x * scale + middle, y * scale + middle))) for x in range(number)]
        for y in range(number)
    ]


def _mask(squares: Squares) -> int:
    """Which mask lies over it; the level must be M."""
    places = [(8, x) for x in (0, 1, 2, 3, 4, 5, 7, 8)] + [(y, 8) for y in (7, 5, 4, 3, 2, 1, 0)]
    bits = 0
    for y, x in places:
        bits = bits << 1 | squares[y][x]
    bits ^= _FORMAT_MASK
    assert bits >> 13 == _LEVEL_M, "another level"
    return bits >> 10 & 0b111


def _is_pattern(version: int, y: int, x: int) -> bool:
    """Whether a square belongs to what every picture has, and not to the text."""
    size = version * 4 + 17
    far = size - 8
    corners = (y < 9 and (x < 9 or x >= far)) or (y >= far and x < 9)
    lines = y == 6 or x == 6
    middles = _MIDDLES[version]
    near = [m for m in middles if abs(y - m) <= 2], [m for m in middles if abs(x - m) <= 2]
    aligned = bool(near[0] and near[1]) and (near[0][0], near[1][0]) not in {
        (6, 6), (6, size - 7), (size - 7, 6)
    }  # fmt: skip
    numbered = version >= 7 and ((y < 6 and x >= size - 11) or (x < 6 and y >= size - 11))
    return corners or lines or aligned or numbered


def _bytes(squares: Squares, version: int, mask: int) -> list[int]:
    """The bytes as they lie: two columns at a time, from the right, up and down by turns."""
    size = len(squares)
    bits: list[bool] = []
    up = True
    columns = [x for x in range(size - 1, 0, -2) if x > 6] + [5, 3, 1]
    for right in columns:
        for y in range(size - 1, -1, -1) if up else range(size):
            bits += [
                squares[y][x] ^ _MASKS[mask](y, x)
                for x in (right, right - 1)
                if not _is_pattern(version, y, x)
            ]
        up = not up
    return [
        int("".join("01"[bit] for bit in bits[begin : begin + 8]), 2)
        for begin in range(0, len(bits) - 7, 8)
    ]


def _parted(found: list[int], sizes: tuple[int, ...], mending: int) -> list[list[int]]:
    """The blocks: the bytes of all of them lie by turns, first the text, then what mends it."""
    blocks: list[list[int]] = [[] for _ in sizes]
    rest = iter(found)
    for turn in range(max(sizes)):
        for block, size in zip(blocks, sizes, strict=True):
            if turn < size:
                block.append(next(rest))
    for _ in range(mending):
        for block in blocks:
            block.append(next(rest))
    return blocks


def _is_damaged(block: list[int], mending: int) -> bool:
    """Whether a block is no word of the code: then it has a syndrome that is not 0."""
    powers, value = [], 1
    for _ in range(mending):
        powers.append(value)
        value = _times(value, 2)
    for power in powers:
        sum_ = 0
        for each in block:
            sum_ = _times(sum_, power) ^ each
        if sum_:
            return True
    return False


def _times(one: int, other: int) -> int:
    """Multiplied in the field of 256 elements with the polynomial of the standard."""
    product = 0
    while other:
        if other & 1:
            product ^= one
        one <<= 1
        if one & 0x100:
            one ^= 0x11D
        other >>= 1
    return product
