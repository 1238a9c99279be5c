"""Which of several regions of one name a document is from, by how it can be reached.

In the order of trust: the post code and the area code beside the contact, the code that the index number or the address
bears (the region's six digits at its head, or after the 11 of an organisation's), the name in pinyin that the site is
called by. Each leaves those regions that it fits; where it fits none it says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tasks.parse.identity.opening import Opening
from warehouse.contacts import contact_of
from warehouse.regions import regions

_POSTCODE = re.compile(r"邮(?:政)?编码?(?:号码)?:?(\d{6})(?!\d)|邮区:?(\d{6})(?!\d)")
_TELEPHONE = re.compile(r"(?<!\d)(0[1-9]\d{1,2})[-—–_)\]]{1,2}\d{7,8}(?!\d)")
_ORGANISATION = re.compile(
    r"(?<![0-9A-Za-z])(?:11(\d{6})[0-9A-Z]{9,10}(?![0-9A-Za-z])|(\d{6})(?:\d{3}|\d{6})?[/-]20\d\d-\d)"
)
_LABEL = re.compile(r"[a-z]{3,}")
_SHARED = (5, 4, 3, 2)  # digits of a post code: of one office, one county, one prefecture, one province
_CARD = 300  # characters of the head in which an index number stands
_SUFFIXES = ("", "xian", "qu", "shi", "qi", "gov", "zf")


def only_reachable(codes: list[str], opening: Opening, url: str | None) -> list[str]:
    """The codes that the contact leaves; one only where it decides."""
    for fit in (_by_postcode, _by_telephone, _by_organisation, _by_site):
        if len(codes) > 1:
            codes = fit(codes, opening, url) or codes
    return codes


def _by_postcode(codes: list[str], opening: Opening, _: str | None) -> list[str]:
    stated = {match[1] or match[2] for match in _POSTCODE.finditer(opening.prose)}
    for digits in _SHARED:
        starts = tuple(each[:digits] for each in stated)
        if starts and (fitting := [code for code in codes if contact_of(code).postcode.startswith(starts)]):
            return fitting
    return []


def _by_telephone(codes: list[str], opening: Opening, _: str | None) -> list[str]:
    stated = {match[1] for match in _TELEPHONE.finditer(opening.prose)}
    return [code for code in codes if contact_of(code).telephones & stated]


def _by_organisation(codes: list[str], opening: Opening, url: str | None) -> list[str]:
    card = " ".join(value for _, value in opening.fields)
    stated = {match[1] or match[2] for match in _ORGANISATION.finditer(f"{url} {card} {opening.head[:_CARD]}")}
    for digits in (6, 4):
        starts = {each[:digits] for each in stated}
        if fitting := [c for c in codes if any(each.code[:digits] in starts for each in regions().history(c))]:
            return fitting
    return []


def _by_site(codes: list[str], _: Opening, url: str | None) -> list[str]:
    host = re.sub(r"^\w+://", "", url or "").split("/")[0]
    labels = set(_LABEL.findall(host))

    def is_called(code: str) -> bool:
        return any(name + suffix in labels for name in contact_of(code).pinyin for suffix in _SUFFIXES)

    def within(code: str) -> bool:
        return any(is_called(above.code) for above in regions().upwards(code))

    tests: tuple[Callable[[str], bool], ...] = (is_called, within)
    return next((fitting for test in tests if (fitting := [code for code in codes if test(code)])), [])
