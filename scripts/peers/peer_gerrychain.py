"""GerryChain: random plans from spanning trees (`recursive_tree_part`), which need a number of lots to begin with.

It is asked for as many lots as counting allows, then for fewer, until a plan has every lot at or above the floor.
"""

import time
from functools import partial

import networkx
from gerrychain import Graph
from gerrychain.partition import recursive_tree_part
from gerrychain.tree import BalanceError, PopulationBalanceError, bipartition_tree

from instances import Instance

# Trees drawn for one lot before this plan is given up, and plans begun for one number of lots; none is begun for it once it
# has had this part of the limit, so that large maps come down to fewer lots in time.
TREES, PLANS, SHARE = 100, 10, 1 / 20


def solve(instance: Instance, seed: int, limit: float) -> tuple[list[int | None], float]:
    graph = graph_of(instance)
    start = time.process_time()
    for at, lots in enumerate(counts(instance)):
        begun = time.process_time()
        for attempt in range(PLANS):
            found = plan(instance, graph, lots, seed * 1_000_003 + at * PLANS + attempt)
            if found is not None:
                return found, time.process_time() - start
            if time.process_time() - begun > limit * SHARE:
                break
    raise RuntimeError("no plan with two lots or more was found")


def graph_of(instance: Instance) -> Graph:
    graph = networkx.Graph()
    graph.add_nodes_from((at, {"weight": weight}) for at, weight in enumerate(instance.weights))
    graph.add_edges_from(instance.edges)
    return Graph.from_networkx(graph)


def counts(instance: Instance):
    """From the counting bound down, by one at first and by a fiftieth where there are many lots."""
    lots = instance.counting()
    while lots >= 2:
        yield lots
        lots -= max(1, lots // 50)


def plan(instance: Instance, graph: Graph, lots: int, seed: int) -> list[int | None] | None:
    """A plan whose lots weigh from the floor up to as much above the mean as the floor is below it, if one is drawn."""
    mean = sum(instance.weights) / lots
    slack = 1 - instance.floor / mean
    cut = partial(bipartition_tree, max_attempts=TREES, warn_attempts=TREES + 1)
    if slack <= 0:
        return None
    # It raises KeyError where a lot within the bounds takes up all units that are left.
    try:
        found = recursive_tree_part(graph, range(lots), mean, "weight", slack, bipartition_tree_fn=cut, rng=seed)
    except (BalanceError, PopulationBalanceError, RuntimeError, KeyError):
        return None
    return [found[node] + 1 for node in range(len(instance.units))]
