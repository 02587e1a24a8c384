"""spopt: the max-p heuristic of Wei, Rey and Knaap with its defaults; like areas are those that lie close."""

import time

import geopandas
import libpysal
import numpy
from spopt.region import MaxPHeuristic

from instances import Instance


def solve(instance: Instance, seed: int, limit: float) -> tuple[list[int | None], float]:
    # The heuristic draws from the global generator of numpy.
    numpy.random.seed(seed)
    weights = libpysal.weights.W(dict(enumerate(instance.neighbours())), silence_warnings=True)
    easting, northing = zip(*instance.points)
    frame = geopandas.GeoDataFrame(
        {"weight": instance.weights, "easting": easting, "northing": northing},
        geometry=geopandas.points_from_xy(easting, northing),
    )
    model = MaxPHeuristic(frame, weights, ["easting", "northing"], "weight", instance.floor)
    start = time.process_time()
    model.solve()
    seconds = time.process_time() - start
    return [int(label) if label > 0 else None for label in model.labels_], seconds
