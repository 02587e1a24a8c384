"""The checker judges every plan alike: it knows the instance and nothing of the tool that made the plan."""

import json
import sys
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path

from instances import Instance


@dataclass
class Verdict:
    lots: int
    cut_share: float
    faults: list[str]


def judge(instance: Instance, labels: list[int | None]) -> Verdict:
    """Every unit is in a lot, every lot is in one piece and weighs at least the floor.

    Compactness is the share of adjacent pairs that lie in different lots; less is more compact.
    """
    faults = []
    if len(labels) != len(instance.units):
        faults.append(f"{len(labels)} labels for {len(instance.units)} units")
        labels = (labels + [None] * len(instance.units))[: len(instance.units)]
    lots: dict[int, list[int]] = defaultdict(list)
    for unit, label in enumerate(labels):
        if label is None:
            faults.append(f"{instance.units[unit]} is in no lot")
        else:
            lots[label].append(unit)
    neighbours = instance.neighbours()
    for label, members in sorted(lots.items()):
        weight = sum(instance.weights[unit] for unit in members)
        if weight < instance.floor:
            faults.append(f"lot {label} weighs {weight}, less than {instance.floor}")
        if reached(members, neighbours) < len(members):
            faults.append(f"lot {label} is in pieces")
    cut = sum(labels[a] != labels[b] for a, b in instance.edges)
    return Verdict(len(lots), cut / len(instance.edges), faults)


def reached(members: list[int], neighbours: list[list[int]]) -> int:
    """How many of the members can be reached from the first without leaving them."""
    inside = set(members)
    stack = [members[0]]
    inside.discard(members[0])
    count = 0
    while stack:
        count += 1
        for near in neighbours[stack.pop()]:
            if near in inside:
                inside.discard(near)
                stack.append(near)
    return count


if __name__ == "__main__":
    answer = json.loads(Path(sys.argv[2]).read_text())
    verdict = judge(Instance.read(Path(sys.argv[1])), answer["labels"])
    print(json.dumps(asdict(verdict) | {"facts": answer["facts"]}))
