"""Names that the running text holds, for a report that names its body nowhere else.

县卫生局 whose full name stands in a sentence, 我乡 beside 某乡人民政府, a sentence with the body for its subject.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from tasks.parse.identity.names import BodyName, read_name
from tasks.parse.identity.opening import CITED, uncited
from tasks.parse.identity.places import read_places
from tasks.parse.identity.same_body import fullness, is_short_for
from tasks.parse.rulefile import pattern_at
from warehouse.regions import regions

_SENTENCE = re.compile(r"(?:^|[,。;\n])(?:20\d\d年(?:度|以来)?,?)?|20\d\d年(?:度|以来)?,?")
_HAN = re.compile(r"[一-龥]")
_BEFORE = 16
_SENTENCES = 60
_MENTIONS = 200


def _mention(what: str) -> re.Pattern[str]:
    return pattern_at("publisher.yaml", "mentions", what)


def subjects(head: str) -> Iterator[BodyName]:
    """The bodies that sentences begin with, with the place that they are of."""
    for match in islice(_SENTENCE.finditer(head), _SENTENCES):
        text = head[match.end() : match.end() + 40]
        places, rest = read_places(text)
        if not places or places[0].kind == "word":
            continue
        core = _mention("core").match(rest)
        if core is None and not _mention("predicate").match(rest):
            continue
        length = len(text) - len(rest) + (core.end() if core else 0)
        if name := read_name(text[:length]):
            yield name


def in_county(short: BodyName, prose: str) -> BodyName | None:
    """For 书院街道办事处 the one 曲阜市书院街道 that the text names."""
    found = {}
    for match in islice(re.finditer("(?<=[县区市旗])" + re.escape(short.places[0].name), prose), _MENTIONS):
        name = _reaching(prose, match.end(), short.core)
        if name and len(name.places) > 1 and name.places[-1] == short.places[0]:
            found[name.places[-2].name] = name
    return found.popitem()[1] if len(found) == 1 else None


def fuller(bare: BodyName, prose: str) -> BodyName | None:
    """For 县卫生局 the one 某某县卫生局 that the text names, for 区住建局 the one 某某区住房和城乡建设局.

    A city that cites 《某市人民政府…》 may cite its superior, unless that is a municipality, below which are no cities,
    or the text itself says 某, too (某教育杂志, not 某市).
    """
    if not bare.places:
        return _placed(bare, prose)
    found: dict[str, BodyName] = {}
    cited = [match.span() for match in CITED.finditer(prose)]
    for match in islice(_forms(bare).finditer(prose), _MENTIONS):
        core = match["full"] or bare.core
        if match["full"] and not is_short_for(bare.core, core):
            continue
        name = _reaching(prose, match.start() + len(bare.places[-1].name), core)
        if name is None or name.is_bare:
            continue
        is_cited = bare.places[-1].name == "市" and any(start < match.start() < end for start, end in cited)
        if is_cited and not (_is_municipality(name) or _is_said(name, prose)):
            continue
        place = name.places[-1].name
        found[place] = max(name, found.get(place, name), key=fullness)
    return found.popitem()[1] if len(found) == 1 else None


def _placed(bare: BodyName, prose: str) -> BodyName | None:
    """For 环保局 the one 某市环保局 that the text names as the one that discloses: others may be its superiors."""
    pattern = rf"(?<=[省市县区州旗盟]){re.escape(bare.core)}(?=(?:政府|政务)?信息公开|政务公开|(?:门户|官方)?网站)"
    matches = islice(re.finditer(pattern, uncited(prose)), _MENTIONS)
    names = (_reaching(match.string, match.start(), bare.core) for match in matches)
    found = {name.places[-1].name: name for name in names if name and not name.is_bare}
    return found.popitem()[1] if len(found) == 1 else None


def _is_municipality(name: BodyName) -> bool:
    return any(regions()[code].level == "province" for code in name.places[-1].codes)


def _is_said(name: BodyName, prose: str) -> bool:
    stem = re.escape(name.places[-1].name.removesuffix("市"))
    return re.search(rf"{stem}(?!市)", uncited(prose)) is not None


def _forms(bare: BodyName) -> re.Pattern[str]:
    """What the text may call the body by: as it stands, or at length with the first and the last character of it."""
    place, core = re.escape(bare.places[-1].name), re.escape(bare.core).replace("人民政府", "(?:人民)?政府")
    first, last = re.escape(bare.core[0]), re.escape(bare.core[-1]).replace("委", "委员会")
    return re.compile(rf"{place}(?:{core}|(?P<full>{first}[一-龥]{{2,16}}?{last}))")


def township(prose: str) -> BodyName | None:
    """For 我乡 the township whose offices the text names most, at least twice as often as any other."""
    counts: Counter[str] = Counter()
    names: dict[str, BodyName] = {}
    for match in islice(_mention("township").finditer(prose), _MENTIONS):
        if (name := _reaching(prose, match.end(), "")) and name.places[-1].kind == "township":
            place = name.places[-1].name
            counts[place] += 1
            if place not in names or len(name.text) > len(names[place].text):
                names[place] = name
    top = counts.most_common(2)
    if not top or (len(top) > 1 and top[0][1] < 2 * top[1][1]):
        return None
    return names[top[0][0]]


def government(word: str, prose: str) -> BodyName | None:
    """For 我县 the one 某县政府 that the text names; in a document's title alone only if 某 stands outside it too."""
    outside = uncited(prose)
    if found := _governments(word, outside):
        return found[0] if len(found) == 1 else None
    found = _governments(word, prose)
    if len(found) == 1 and found[0].places[-1].name.removesuffix(word) in outside:
        return found[0]
    return None


def _governments(word: str, text: str) -> list[BodyName]:
    found = {}
    for match in islice(re.finditer(rf"(?<={word})(?:(?:人民)?政府|政务(?:微[信博]|新媒体))", text), _MENTIONS):
        if (name := _reaching(text, match.start(), "人民政府")) and not name.is_bare:
            found[name.places[-1].name] = name
    return list(found.values())


def _reaching(text: str, end: int, core: str) -> BodyName | None:
    """The longest name of places that ends at `end`, with the core."""
    for start in range(max(end - _BEFORE, 0), end - 1):
        places, rest = read_places(text[start:end])
        if places and not rest and places[0].kind == "region":
            return read_name(text[start:end] + core)
    for start in range(max(end - 8, 0), end - 1):
        if regions().is_township(text[start:end]):
            return read_name(text[start:end] + core)
    for start in range(max(end - 8, 0), end - 1):  # a township that is none any more, where its name begins clearly
        places, rest = read_places(text[start:end])
        if not rest and len(places) == 1 and places[0].kind == "township" and not _HAN.match(text[start - 1 : start]):
            return read_name(text[start:end] + core)
    return None
