"""The map: movements as arrows between the places that claims name, and the places themselves, ready to be drawn."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from claimx.gazetteer import country_place
from claimx.output.flat import places_of
from claimx.output.wording import mover_of
from claimx.report.outlines import read_outlines
from claimx.report.projection import WIDTH, draw_edge, draw_line, draw_ring, middle_of, project
from claimx.report.story import Entry, Spot, name_span

_ASPECT = 1.6  # of the drawing where no script fits it to its room
_NARROWEST = 1100.0  # units of the drawing; nearer, the outlines look rough
_MARGIN = 0.14
_NORTH, _SOUTH = 84.0, -57.0
_BENDS = (0.16, 0.28, 0.4, 0.06, -0.1)  # of arrows of different statuses between the same places
_CARGO = 3
_BESIDE = 13.0  # pixels between a place and the sign of a movement whose other end is not known
_APART = 40  # degrees between such signs of different statuses
_SCREEN = 900.0  # pixels that the drawing is wide where no script measures it

XY = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Arrow:
    """Movements between the same places with the same status.

    `path` is in the units of the drawing; its head is that of an arrow ending at (`x`, `y`), in the direction of
    `angle` degrees. Where an end is not known or both are one (`loose`), there is no arrow, which would point at
    nothing, but a sign of its own at `beside` pixels from the place. `at` is where the count stands.
    """

    entries: tuple[Entry, ...]
    status: str
    path: str
    loose: bool
    x: float
    y: float
    angle: float
    at: XY
    beside: XY = (0, 0)

    @property
    def width(self) -> int:
        """From 1 to 5, growing with the number of claims more slowly than it."""
        return min(5, 1 + round(math.log2(len(self.entries))))


@dataclass(frozen=True, slots=True)
class Way:
    """All movements between the same places, an unknown end being None; `cargo` is what or who moves, a few of them."""

    number: int
    origin: str | None
    via: str | None
    destination: str | None
    entries: tuple[Entry, ...]
    arrows: tuple[Arrow, ...]
    cargo: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pin:
    """A place in the drawing, with the claims that name it; those named most come first.

    A `country` has to be labelled wherever the map is looked at; one that claims name only places in is a label alone
    (`bare`), without a sign of its own. `code` is that of the country it lies in.
    """

    label: str
    x: float
    y: float
    exact: bool
    entries: tuple[Entry, ...]
    country: bool = False
    bare: bool = False
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the drawing."""

    x: float
    y: float
    width: float
    height: float

    @property
    def unit(self) -> float:
        """Units of the drawing to a pixel, about."""
        return self.width / _SCREEN


@dataclass(frozen=True, slots=True)
class WorldMap:
    """Land (each country a path, `named` where a claim names a place in it), borders, movements, and two views."""

    land: tuple[tuple[str, bool], ...]
    borders: str
    edge: str
    ways: tuple[Way, ...]
    pins: tuple[Pin, ...]
    lost: tuple[Entry, ...]
    near: Box
    world: Box


def draw_map(entries: Sequence[Entry]) -> WorldMap | None:
    """Return the map of the entries, None where no claim names a place that is on it; `lost` are those that do not."""
    spots = [spot for entry in entries for spot in _spots(entry)]
    if not spots:
        return None
    middle = middle_of(spot.lon for spot in {(spot.lat, spot.lon): spot for spot in spots}.values())
    pins = _pins(entries, middle)
    ways = _ways(entries, middle)
    codes = {code for entry in entries for code in _countries(entry)}
    outlines = read_outlines()
    return WorldMap(
        land=tuple(
            (path, code in codes)
            for code, rings in outlines.countries
            if (path := "".join(draw_ring(ring, middle) for ring in rings))
        ),
        borders="".join(draw_line(border, middle) for border in outlines.borders),
        edge=draw_edge(),
        ways=ways,
        pins=pins,
        lost=tuple(entry for entry in entries if not _spots(entry)),
        near=_near(
            [*((pin.x, pin.y) for pin in pins if not pin.bare), *(arrow.at for way in ways for arrow in way.arrows)]
        ),
        world=_world(),
    )


def _spots(entry: Entry) -> list[Spot]:
    return [spot for spot in (entry.origin, entry.via, entry.destination) if spot]


def _countries(entry: Entry) -> Iterator[str]:
    for span in places_of(entry.claim).values():
        if span and span.place and span.place.country:
            yield span.place.country


def _pins(entries: Sequence[Entry], middle: float) -> tuple[Pin, ...]:
    named: dict[XY, list[tuple[Spot, Entry]]] = defaultdict(list)
    for entry in entries:
        for spot in _spots(entry):
            named[spot.lat, spot.lon].append((spot, entry))
    pins = []
    for (lat, lon), uses in named.items():
        x, y = project((lon, lat), middle)
        exact = any(spot.exact for spot, _ in uses)
        unique = tuple({entry.number: entry for _, entry in uses}.values())
        country = any(spot.country for spot, _ in uses)
        pins.append(Pin(uses[0][0].label, round(x, 1), round(y, 1), exact, unique, country, code=uses[0][0].code))
    return tuple(sorted((*pins, *_bare(entries, pins, middle)), key=lambda pin: (-len(pin.entries), pin.label)))


def _bare(entries: Iterable[Entry], pins: Iterable[Pin], middle: float) -> Iterator[Pin]:
    """Yield labels for the countries in which claims name places, but which no claim names."""
    known = {pin.label for pin in pins if pin.country}
    touched: dict[str, dict[int, Entry]] = defaultdict(dict)
    for entry in entries:
        for code in _countries(entry):
            touched[code][entry.number] = entry
    for code, named in touched.items():
        place = country_place(code)
        if place is None or place.lat is None or place.lon is None or place.name in known:
            continue
        x, y = project((place.lon, place.lat), middle)
        yield Pin(
            place.name, round(x, 1), round(y, 1), False, tuple(named.values()), country=True, bare=True, code=code
        )


def _ways(entries: Iterable[Entry], middle: float) -> tuple[Way, ...]:
    groups: dict[tuple[XY | None, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        if _spots(entry):
            spots = (entry.origin, entry.via, entry.destination)
            groups[tuple((spot.lat, spot.lon) if spot else None for spot in spots)].append(entry)

    def importance(group: Sequence[Entry]) -> tuple[int, int, int]:
        known = (group[0].origin is not None) + (group[0].destination is not None)
        return -known, -len(group), group[0].number

    ordered = sorted(groups.values(), key=importance)
    return tuple(_way(number, group, middle) for number, group in enumerate(ordered, 1))


def _way(number: int, entries: Sequence[Entry], middle: float) -> Way:
    first = entries[0]
    by_status: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_status[entry.claim.status].append(entry)
    groups = sorted(by_status.items(), key=lambda item: -len(item[1]))
    ends = [spot.label if spot else None for spot in (first.origin, first.via, first.destination)]
    arrows = tuple(_arrow(status, group, middle, index) for index, (status, group) in enumerate(groups))
    return Way(number, ends[0], ends[1], ends[2], tuple(entries), arrows, _cargo(entries))


def _cargo(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return the names of what moves, or else of who does, at most `_CARGO` and a count of the others."""
    spans = (entry.claim.what or mover_of(entry.claim) for entry in entries)
    names = list({name.casefold(): name for span in spans if span and (name := name_span(span))}.values())
    return tuple(names if len(names) <= _CARGO else [*names[:_CARGO], f"{len(names) - _CARGO} more"])


def _arrow(status: str, entries: Sequence[Entry], middle: float, index: int) -> Arrow:
    first = entries[0]
    points = [project((spot.lon, spot.lat), middle) for spot in _spots(first)]
    kept = [point for point, _ in groupby(points)]
    if len(kept) == 1:
        return _loose(status, entries, kept[0], index)
    path, at, angle = _curves(kept, _BENDS[index % len(_BENDS)])
    x, y = kept[-1]
    return Arrow(tuple(entries), status, path, False, round(x, 1), round(y, 1), angle, at)


def _curves(points: Sequence[XY], bend: float) -> tuple[str, XY, float]:
    """Return a path through the points, the direction of its end in degrees, and the middle of its last part.

    It bends to the left of who travels, so that there and back lie apart.
    """
    path = f"M{points[0][0]:.0f} {points[0][1]:.0f}"
    at, angle = points[0], 0.0
    for (x0, y0), (x1, y1) in pairwise(points):
        control = (x0 + x1) / 2 + bend * (y1 - y0), (y0 + y1) / 2 - bend * (x1 - x0)
        path += f"Q{control[0]:.0f} {control[1]:.0f} {x1:.0f} {y1:.0f}"
        at = round((x0 + 2 * control[0] + x1) / 4, 1), round((y0 + 2 * control[1] + y1) / 4, 1)
        angle = round(math.degrees(math.atan2(y1 - control[1], x1 - control[0])), 1)
    return path, at, angle


def _loose(status: str, entries: Sequence[Entry], point: XY, index: int) -> Arrow:
    """Return a sign beside one place: above it for what moves within it, left for what comes, right for what leaves."""
    first = entries[0]
    if first.origin and first.destination:
        side = -90
    elif first.destination:
        side = 180
    else:
        side = 0 if first.origin else 90
    around = math.radians(side + index * _APART)
    beside = round(_BESIDE * math.cos(around), 1), round(_BESIDE * math.sin(around), 1)
    x, y = round(point[0], 1), round(point[1], 1)
    return Arrow(tuple(entries), status, "", True, x, y, 0.0, (x, y), beside)


def _near(points: Sequence[XY]) -> Box:
    """Return the part of the drawing that holds all places and arrows, with a margin."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    width = max((max(xs) - min(xs)) * (1 + 2 * _MARGIN), _NARROWEST)
    height = max((max(ys) - min(ys)) * (1 + 2 * _MARGIN), _NARROWEST / _ASPECT)
    width, height = max(width, height * _ASPECT), max(height, width / _ASPECT)
    world = _world()
    if width >= world.width:
        return world
    x = (max(xs) + min(xs)) / 2 - width / 2
    y = (max(ys) + min(ys)) / 2 - height / 2
    return Box(round(x), round(y), round(width), round(height))


def _world() -> Box:
    top, bottom = project((0, _NORTH), 0)[1], project((0, _SOUTH), 0)[1]
    return Box(0, round(top), WIDTH, round(bottom - top))
