"""One run in a process of its own: solves an instance with a tool and a seed, within limits of processor time and memory."""

import argparse
import json
import resource
import time
from pathlib import Path

import peer_lotwright
from instances import Instance
from tools import OWN, solver_of


def main() -> None:
    run = arguments()
    solver = None if run.tool in OWN else solver_of(run.tool)
    instance = Instance.read(run.instance)
    limit_process(run.limit, run.memory)
    if solver is None:
        count = f"1..{run.reach}" if run.reach else "max"
        labels, seconds, facts = peer_lotwright.solve(instance, run.seed, run.limit / 2, count)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
    else:
        labels, seconds, facts = *solver(instance, run.seed, run.limit), {}
        used = resource.getrusage(resource.RUSAGE_SELF)
    whole = used.ru_utime + used.ru_stime
    facts |= {"search_seconds": seconds, "process_seconds": whole, "peak_mb": used.ru_maxrss / 1024}
    run.answer.write_text(json.dumps({"labels": labels, "facts": facts}))


def limit_process(seconds: float, gigabytes: float) -> None:
    """Limits what this process and those that it starts may use from here on: imports and reading are not counted."""
    end = int(time.process_time() + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (end, end + 5))
    memory = int(gigabytes * 2**30)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tool")
    parser.add_argument("instance", type=Path)
    parser.add_argument("answer", type=Path)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--limit", type=float, required=True)
    parser.add_argument("--memory", type=float, required=True)
    parser.add_argument("--reach", type=int)
    return parser.parse_args()


if __name__ == "__main__":
    main()
