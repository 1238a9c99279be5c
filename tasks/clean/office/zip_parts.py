"""Parts of an office file (a zip of XML), read so that no file can harm: by size first, without entities or network."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from tasks.clean.limits import MOST_PART_BYTES, MOST_UNPACKED_RATIO
from tasks.model import MetadataItem, Rejected

_PROPERTIES = ("title", "creator", "created", "modified", "subject")
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DECLARATION, _PROLOG = b"<!DOCTYPE", 4_096  # what may declare entities, and the bytes in which it stands
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    EOFError,
    KeyError,
)


class OfficeZip:
    """The parts of an office file. `kind` (docx, xlsx) names the file in error codes."""

    def __init__(self, content: bytes, kind: str) -> None:
        self._kind = kind
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            self.names = frozenset(self._archive.namelist())
        except _BROKEN as error:
            raise self._broken(error) from error
        for info in self._archive.infolist():
            _check(info.filename, info.file_size, info.compress_size)
        if any(name.endswith("vbaProject.bin") for name in self.names):
            raise Rejected("macro_document", f"the file carries macros; save it as {kind} without them")

    def read(self, name: str) -> bytes:
        """The bytes of a part; the directory's word on its size is not trusted.

        Errors: broken_docx (or _xlsx), zip_bomb, too_large, xml_entities.
        """
        try:
            info = self._archive.getinfo(name)
            with self._archive.open(info) as part:
                data = part.read(MOST_PART_BYTES + 1)
        except _BROKEN as error:
            raise self._broken(error) from error
        _check(name, len(data), info.compress_size)
        if _DECLARATION in data[:_PROLOG].replace(b"\0", b""):  # of UTF-16
            raise self._entities(name)
        return data

    def xml(self, name: str) -> etree._Element | None:
        """The root of a part; None where the file has no such part.

        Errors: too_deep, and those of `read`.
        """
        if name not in self.names:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        try:
            root = etree.fromstring(self.read(name).replace(_STRICT, _TRANSITIONAL), parser)
        except etree.XMLSyntaxError as error:
            if "depth" in str(error):
                raise Rejected("too_deep", f"{name} is nested too deeply to be a report; save it anew") from error
            raise self._broken(error) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise self._entities(name)
        return root

    def properties(self) -> tuple[MetadataItem, ...]:
        """The file's own title, author and dates."""
        core = self.xml("docProps/core.xml")
        found = (
            ((etree.QName(child).localname, (child.text or "").strip()) for child in core) if core is not None else ()
        )
        return tuple(MetadataItem(key, value) for key, value in found if key in _PROPERTIES and value)

    def _entities(self, name: str) -> Rejected:
        return Rejected("xml_entities", f"{name} declares entities, which no office program writes; save it anew")

    def _broken(self, error: Exception) -> Rejected:
        return Rejected(f"broken_{self._kind}", f"the file cannot be read ({error}); fetch it again")


def _check(name: str, size: int, packed: int) -> None:
    if size > MOST_PART_BYTES and size > MOST_UNPACKED_RATIO * max(packed, 1):
        raise Rejected("zip_bomb", f"{name} would unpack {packed:,} bytes to {size:,} or more; leave it out")
    if size > MOST_PART_BYTES and name.endswith(".xml"):
        raise Rejected("too_large", f"{name} has {size:,} bytes, at most {MOST_PART_BYTES:,} are read; split it")
