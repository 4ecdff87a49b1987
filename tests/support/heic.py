"""A photograph as phones keep them: HEIC, which is to be turned upright."""

from pathlib import Path

# The photograph of a signature, 480 × 360, to be turned by a quarter; drawn for these tests, and
# written by pillow-heif, which the product does not need: it only reads.
HEIC = Path(__file__).with_suffix(".heic").read_bytes()


def heic_of(width: int, height: int) -> bytes:
    """The photograph, claiming to have this size (`ispe`, ISO/IEC 23008-12, 6.5.3)."""
    before, ispe, after = HEIC.partition(b"ispe\0\0\0\0")
    return before + ispe + width.to_bytes(4) + height.to_bytes(4) + after[8:]
