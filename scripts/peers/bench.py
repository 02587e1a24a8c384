"""Runs every tool on every instance with every seed, one process at a time, and adds a line a run to `results.jsonl`.

A run that stands there with the same version and limit is not repeated. Limits are of processor time, so that other work on
the machine cuts no tool short. Seeds are gone through one after the other, so that a run cut short has treated all alike.
"""

import argparse
import csv
import datetime
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import instances
from tools import OWN, PEERS, version_of

HERE = Path(__file__).resolve().parent
RESULTS = instances.ROOT / "out/peers/results.jsonl"
# What came out before, a row for each tool and instance.
KEPT = instances.ROOT / "docs/benchmarks.csv"
# Elapsed time may be so many times the processor time before a run is ended all the same.
PATIENCE = 20


def main() -> None:
    options = arguments()
    # So that a run that is under way ends with this process.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    versions = {tool: version_of(tool) for tool in options.tools}
    paths = {name: make(name) for name in options.instances}
    for seed in range(1, options.seeds + 1):
        for name, path in paths.items():
            for tool, version in versions.items():
                run_once({"tool": tool, "version": version, "instance": name, "seed": seed}, path, options)


def run_once(job: dict, path: Path, options: argparse.Namespace) -> None:
    """Runs what stands not yet among the results, unless the tool has had its chances with earlier seeds."""
    results = read_results()
    job["limit"] = options.limit
    if job["tool"] == "lotwright-reach":
        job["reach"] = best_of_peers(results, job["instance"])
        if job["reach"] is None:
            return
    if any(job.items() <= r.items() for r in results):
        return
    same = {key: job[key] for key in ("tool", "version", "instance", "limit")}
    without = sum(same.items() <= r.items() and r["lots"] is None for r in results)
    if without < options.give_up:
        run(job, path, options)


def run(job: dict, path: Path, options: argparse.Namespace) -> None:
    """Solves, checks, and keeps the record; `lots` is null where there is no plan that obeys the rules."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        record = job | {"lots": None, "error": solve(job, path, answer, options)}
        if answer.exists():
            record |= check(path, answer)
    record |= {"machine": machine(), "date": datetime.date.today().isoformat()}
    with RESULTS.open("a") as file:
        file.write(json.dumps(record) + "\n")
    told = f"{record['lots']} lots, {record['search_seconds']:.2f} s" if record["lots"] else record["error"]
    print(f"{job['instance']:18} {job['tool']:16} seed {job['seed']:2}: {told}", file=sys.stderr)


def solve(job: dict, path: Path, answer: Path, options: argparse.Namespace) -> str | None:
    """Runs one tool; returns why there is no answer, in its own last words."""
    command = [sys.executable, str(HERE / "solve_one.py"), job["tool"], str(path), str(answer)]
    command += ["--seed", str(job["seed"]), "--limit", str(job["limit"]), "--memory", str(options.memory)]
    command += ["--reach", str(job["reach"])] if "reach" in job else []
    # Each tool has one core, and sums must not depend on the order of a set.
    one_core = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
    with tempfile.TemporaryFile("w+") as words:
        process = subprocess.Popen(
            command, stdout=words, stderr=words, env=os.environ | one_core, start_new_session=True
        )
        timer = threading.Timer(PATIENCE * job["limit"] + 60, end, [process])
        timer.start()
        try:
            code = process.wait()
        finally:
            timer.cancel()
            end(process)
        words.seek(0)
        last = words.read().strip().splitlines()[-1:]
    if code == 0:
        return None
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return f"no answer within {job['limit']:g} s"
    return " ".join(last) or f"ended by signal {-code}"


def end(process: subprocess.Popen) -> None:
    """Ends a run and what it has started, unless it has ended."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)


def check(path: Path, answer: Path) -> dict:
    """The verdict of the checker, in a process of its own so that this one stays small."""
    command = [sys.executable, str(HERE / "check.py"), str(path), str(answer)]
    verdict = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    if verdict["faults"]:
        fault = f"breaks the rules: {verdict['faults'][0]}"
        return verdict["facts"] | {"error": fault, "claimed": verdict["lots"]}
    return verdict["facts"] | {"lots": verdict["lots"], "cut_share": verdict["cut_share"]}


def make(name: str) -> Path:
    subprocess.run([sys.executable, str(HERE / "instances.py"), name], check=True)
    return instances.path_of(name)


def read_results() -> list[dict]:
    if not RESULTS.exists():
        return []
    return [json.loads(line) for line in RESULTS.read_text().splitlines()]


def read_kept() -> list[dict]:
    if not KEPT.exists():
        return []
    with KEPT.open(newline="") as file:
        return list(csv.DictReader(file))


def best_of_peers(results: list[dict], name: str) -> int | None:
    found = [r["lots"] for r in [*results, *read_kept()] if r["instance"] == name and r["tool"] in PEERS and r["lots"]]
    return max(map(int, found), default=None)


def machine() -> str:
    cpu = next((line.split(":")[1].strip() for line in read_lines("/proc/cpuinfo") if line.startswith("model name")), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{cpu or platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()}"


def read_lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=10, help="seeds 1 to this")
    parser.add_argument("--limit", type=float, default=120, help="processor seconds for a run")
    parser.add_argument("--memory", type=float, default=8, help="gigabytes of address space for a run")
    parser.add_argument("--give-up", type=int, default=2, help="runs without a plan after which a tool is left out")
    parser.add_argument("--instances", type=names(instances.NAMES), default=instances.NAMES)
    parser.add_argument("--tools", type=names([*PEERS, *OWN]), default=[*PEERS, *OWN])
    return parser.parse_args()


def names(known: list[str]):
    """Reads names separated by commas or spaces, each in full or the beginning of some up to a hyphen; none means all."""

    def read(text: str) -> list[str]:
        asked = text.replace(",", " ").split()
        for each in asked:
            if not any(f"{name}-".startswith(f"{each}-") for name in known):
                raise argparse.ArgumentTypeError(f"{each} is none of {', '.join(known)}")
        return [name for name in known if not asked or any(f"{name}-".startswith(f"{each}-") for each in asked)]

    return read


if __name__ == "__main__":
    main()
