"""Packing: what is remembered takes a quarter of its room (Zstandard, RFC 8878)."""

import sys

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_QUICKLY = 1  # the level: what is packed is unpacked a few times at most


def packed(content: bytes) -> bytes:
    """Return what `unpacked` brings back."""
    return zstd.compress(content, _QUICKLY)


def unpacked(content: bytes) -> bytes:
    """Return what was packed."""
    return zstd.decompress(content)
