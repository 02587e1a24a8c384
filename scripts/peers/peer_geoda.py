"""GeoDa (pygeoda): its three searches for max-p with their defaults; like areas are those that lie close."""

import tempfile
import time
from pathlib import Path

import pygeoda

from instances import Instance


def greedy(instance: Instance, seed: int, limit: float) -> tuple[list[int | None], float]:
    return solve(pygeoda.maxp_greedy, instance, seed)


def annealing(instance: Instance, seed: int, limit: float) -> tuple[list[int | None], float]:
    return solve(pygeoda.maxp_sa, instance, seed)


def tabu(instance: Instance, seed: int, limit: float) -> tuple[list[int | None], float]:
    return solve(pygeoda.maxp_tabu, instance, seed)


def solve(search, instance: Instance, seed: int) -> tuple[list[int | None], float]:
    weights = read_weights(instance)
    easting, northing = (list(axis) for axis in zip(*instance.points))
    volumes = [float(weight) for weight in instance.weights]
    start = time.process_time()
    answer = search(weights, [easting, northing], volumes, float(instance.floor), random_seed=seed, cpu_threads=1)
    seconds = time.process_time() - start
    return [label if label > 0 else None for label in answer["Clusters"]], seconds


def read_weights(instance: Instance) -> pygeoda.Weight:
    """GeoDa takes an adjacency as a GAL file: a line with unit and number of neighbours, then a line that names them."""
    neighbours = instance.neighbours()
    ids = [str(at + 1) for at in range(len(neighbours))]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "adjacency.gal"
        lines = [f"0 {len(ids)} instance id"]
        for at, near in enumerate(neighbours):
            lines += [f"{at + 1} {len(near)}", " ".join(str(other + 1) for other in near)]
        path.write_text("\n".join(lines) + "\n")
        return pygeoda.weights.read_gal(str(path), ids)
