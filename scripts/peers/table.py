"""Renders `results.jsonl` as Markdown: what came out on each instance, then each tool. With a path, puts it into that page."""

import sys
from collections import Counter
from pathlib import Path
from statistics import median

from bench import best_of_peers, read_results
from instances import NAMES, Instance, path_of
from tools import PEERS

BEGIN, END = "<!-- peers: begin -->", "<!-- peers: end -->"


def main() -> None:
    # Of runs of the same tool, instance and seed the last one counts.
    last = {(r["tool"], r["instance"], r["seed"]): r for r in read_results()}
    results = list(last.values())
    names = [name for name in NAMES if any(r["instance"] == name for r in results)]
    text = "\n\n".join([circumstances(results), summary(results, names), details(results, names)])
    print(text)
    if len(sys.argv) > 1:
        page = Path(sys.argv[1])
        before, rest = page.read_text().split(BEGIN)
        page.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{rest.split(END)[1]}")


def circumstances(results: list[dict]) -> str:
    """Machines, dates, versions and limits of the runs."""
    dates = sorted({r["date"] for r in results})
    versions = sorted({r["version"] for r in results})
    limits = sorted({r["limit"] for r in results})
    return (
        f"Machine: {'; '.join(sorted({r['machine'] for r in results}))}. "
        f"Date: {' to '.join(dict.fromkeys([dates[0], dates[-1]]))}. "
        f"Versions: {', '.join(versions)}. "
        f"Limit: {', '.join(f'{limit:g}' for limit in limits)} s."
    )


def summary(results: list[dict], names: list[str]) -> str:
    """lotwright beside the best peer: its number of lots, and the time in which lotwright reaches that number."""
    head = ["instance", "units", "by counting", "lotwright", "bound", "search s", "best peer", "lots", "search s", "reached in s"]
    return markdown(head, [summary_row(results, name) for name in names])


def summary_row(results: list[dict], name: str) -> list[str]:
    instance = Instance.read(path_of(name))
    own, best = plans(results, "lotwright", name), best_of_peers(results, name)
    met = [tool for tool in PEERS if any(r["lots"] == best for r in plans(results, tool, name))]
    # Of tools that reach the same number, the one that takes the least time.
    peer = min(met, key=lambda tool: middle(plans(results, tool, name), "search_seconds"), default=None)
    return [
        name,
        f"{len(instance.units):,}",
        f"{instance.counting()}",
        lots(own) if any(r["tool"] == "lotwright" and r["instance"] == name for r in results) else "",
        bound(own),
        seconds(own, "search_seconds"),
        peer or "none",
        lots(plans(results, peer, name)) if peer else "",
        seconds(plans(results, peer, name), "search_seconds"),
        seconds(reach(results, name), "search_seconds"),
    ]


def details(results: list[dict], names: list[str]) -> str:
    head = ["instance", "tool", "lots", "bound", "pairs cut", "search s", "process s", "MB", "sooner", "runs", "without a plan"]
    rows = [detail_row(results, tool, name) for name in names for tool in ["lotwright", *PEERS]]
    return markdown(head, [row for row in rows if row])


def detail_row(results: list[dict], tool: str, name: str) -> list[str] | None:
    runs = [r for r in results if r["tool"] == tool and r["instance"] == name]
    good = plans(results, tool, name)
    if not runs:
        return None
    return [
        name,
        tool,
        lots(good),
        bound(good),
        f"{100 * middle(good, 'cut_share'):.1f} %" if good else "",
        seconds(good, "search_seconds"),
        seconds(good, "process_seconds"),
        f"{max(r['peak_mb'] for r in good):,.0f}" if good else "",
        sooner(results, good, name) if tool in PEERS else "",
        f"{len(good)} of {len(runs)}",
        "; ".join(f"{count} × {error}" for error, count in Counter(r["error"] for r in runs if r["error"]).items()),
    ]


def plans(results: list[dict], tool: str | None, name: str) -> list[dict]:
    """Runs that gave a plan which obeys the rules."""
    return [r for r in results if r["tool"] == tool and r["instance"] == name and r["lots"]]


def reach(results: list[dict], name: str) -> list[dict]:
    """Runs of lotwright that stopped at the number of the best peer, and did find as many."""
    best = best_of_peers(results, name)
    return [r for r in plans(results, "lotwright-reach", name) if r["lots"] == best]


def sooner(results: list[dict], good: list[dict], name: str) -> str:
    """How many times sooner lotwright has the number of lots of the best peer than this peer its own: search, whole process."""
    own = reach(results, name)
    if not good or not own:
        return ""
    times = [middle(good, key) / max(middle(own, key), 1e-3) for key in ("search_seconds", "process_seconds")]
    return " / ".join(f"{each:,.0f}" if each >= 1 else f"{each:.1g}" for each in times)


def lots(runs: list[dict]) -> str:
    """The best of all seeds, and the median where it differs."""
    found = [r["lots"] for r in runs]
    if not found:
        return "none"
    return f"{max(found)}" if median(found) == max(found) else f"{max(found)} ({median(found):g})"


def bound(runs: list[dict]) -> str:
    known = [r["bound"] for r in runs if r.get("bound") is not None]
    if not known:
        return ""
    return f"{min(known):g}{', proved' if min(known) == max(r['lots'] for r in runs) else ''}"


def seconds(runs: list[dict], key: str) -> str:
    if not runs:
        return ""
    time = middle(runs, key)
    return f"{time:.3f}" if time < 0.1 else f"{time:.2f}" if time < 10 else f"{time:.0f}"


def middle(runs: list[dict], key: str) -> float:
    return median(r[key] for r in runs)


def markdown(head: list[str], rows: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *rows])


if __name__ == "__main__":
    main()
