"""The identity that lines of text, or a document, state."""

from tasks.model import Document
from tasks.parse.identity.identify import Identity, identify
from tasks.parse.identity.opening import read_opening
from tests.parse.documents import from_lines


def identity_of(*lines: str, url: str | None = None) -> Identity:
    return of_document(from_lines("\n".join(lines), url=url))


def of_document(document: Document) -> Identity:
    """The identity that a document states."""
    return identify(document, read_opening(document))


def findings(identity: Identity) -> set[str]:
    return {finding.identity_id for finding in identity.findings}
