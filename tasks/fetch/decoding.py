"""Undoing what a server packed for the way (gzip, deflate, br, zstd), never to more than a bound."""

from __future__ import annotations

import zlib

import brotli
import zstandard

from tasks.fetch.outcome import Passing
from tasks.model import Rejected

ACCEPTED = "gzip, deflate, br, zstd"
STEP = 1 << 18


def decode(body: bytes, encodings: str, max_bytes: int) -> bytes:
    """The body as it was before `Content-Encoding` was applied.

    Raises Rejected("decompression_bomb") beyond `max_bytes`, Passing("truncated_body") where the end is missing, and
    Rejected("undecodable") for what is not packed as it says.
    """
    names = [name.strip().lower() for name in encodings.split(",") if name.strip()]
    for name in reversed(names):
        if name == "identity":
            continue
        if name not in DECODERS:
            raise Rejected("undecodable", f"Content-Encoding {name!r} is none of {ACCEPTED}")
        try:
            body = DECODERS[name](body, max_bytes)
        except (zlib.error, brotli.error, zstandard.ZstdError) as error:
            raise Rejected("undecodable", f"the body is not {name}: {error}") from None
    return body


def _bounded(pieces: list[bytes], piece: bytes, size: int, max_bytes: int) -> int:
    size += len(piece)
    if size > max_bytes:
        raise Rejected("decompression_bomb", f"the body unpacks to more than {max_bytes:,} bytes")
    pieces.append(piece)
    return size


def _zlib(body: bytes, window: int, max_bytes: int) -> bytes:
    result: list[bytes] = []
    size, rest = 0, body
    while rest:  # gzip may have several members
        unpack = zlib.decompressobj(window)
        while not unpack.eof:
            piece = unpack.decompress(rest, STEP)
            size = _bounded(result, piece, size, max_bytes)
            rest = unpack.unconsumed_tail
            if not piece and not rest and not unpack.eof:
                raise Passing("truncated_body", "the packed body ends before its end")
        rest = unpack.unused_data if unpack.unused_data[:2] == b"\x1f\x8b" else b""
    return b"".join(result)


def _gzip(body: bytes, max_bytes: int) -> bytes:
    return _zlib(body, zlib.MAX_WBITS | 16, max_bytes)


def _deflate(body: bytes, max_bytes: int) -> bytes:
    try:
        return _zlib(body, zlib.MAX_WBITS, max_bytes)
    except zlib.error:  # some servers leave the frame out
        return _zlib(body, -zlib.MAX_WBITS, max_bytes)


def _brotli(body: bytes, max_bytes: int) -> bytes:
    unpack = brotli.Decompressor()
    result: list[bytes] = []
    piece = unpack.process(body, output_buffer_limit=STEP)
    size = _bounded(result, piece, 0, max_bytes)
    while piece:
        piece = unpack.process(b"", output_buffer_limit=STEP)
        size = _bounded(result, piece, size, max_bytes)
    if body and not unpack.is_finished():
        raise Passing("truncated_body", "the packed body ends before its end")
    return b"".join(result)


def _zstd(body: bytes, max_bytes: int) -> bytes:
    result: list[bytes] = []
    size = 0
    window = zstandard.ZstdDecompressor(max_window_size=1 << 27)
    with window.stream_reader(body, read_across_frames=True) as reader:
        while piece := reader.read(STEP):
            size = _bounded(result, piece, size, max_bytes)
    declared = zstandard.frame_content_size(body)
    if size < declared:
        raise Passing("truncated_body", "the packed body ends before its end")
    return b"".join(result)


DECODERS = {"gzip": _gzip, "x-gzip": _gzip, "deflate": _deflate, "br": _brotli, "zstd": _zstd}
