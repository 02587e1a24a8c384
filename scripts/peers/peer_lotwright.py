"""lotwright: `solve` with the number of lots as its only goal; the seconds of its search are those that it tells."""

import json
import subprocess

from instances import LOTWRIGHT, ROOT, Instance


def solve(instance: Instance, seed: int, limit: float, count: str = "max") -> tuple[list[int | None], float, dict]:
    """Labels, seconds, and what is known of the bound. `count` is `max`, or a range such as `1..20` to stop at 20."""
    settings = [*instance.settings, "goal=[]", f'lots.count="{count}"']
    sets = [part for setting in settings for part in ("--set", setting)]
    command = [str(LOTWRIGHT), "solve", instance.scenario, "--json", "--quiet", "--seed", str(seed), *sets]
    done = subprocess.run([*command, "--time-limit", str(limit)], cwd=ROOT, capture_output=True, text=True)
    if done.returncode == 5:
        raise RuntimeError(f"no plan within the time limit of {limit:g} s")
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip() or f"exit code {done.returncode}")
    answer = json.loads(done.stdout)
    goal = answer["goals"][0]
    facts = {"bound": goal["bound"], "proved": goal["proved"], "argument": goal["argument"]}
    return labels_of(instance, answer["lots"]), answer["seconds"], facts


def labels_of(instance: Instance, lots: list[dict]) -> list[int | None]:
    placed = {unit: at + 1 for at, lot in enumerate(lots) for unit in lot["units"] or lot["areas"]}
    return [placed.get(unit) for unit in instance.units]
