"""Keeps the results in `docs/benchmarks.csv` and renders them as Markdown. With a path, puts that into the page.

The file has a row for each tool and instance, with the middle of its runs. Rows of which there are no new runs in `results.jsonl` stay as they are.
"""

import csv
import sys
from collections import Counter
from pathlib import Path
from statistics import median

from bench import KEPT, read_kept, read_results
from instances import NAMES, Instance, path_of
from tools import PEERS

BEGIN, END = "<!-- peers: begin -->", "<!-- peers: end -->"
COLUMNS = (
    "instance tool lots median_lots bound cut_share search_seconds process_seconds peak_mb good runs without_a_plan "
    "units by_counting version limit machine date"
).split()


def main() -> None:
    # Of runs of the same tool, instance and seed the last one counts.
    last = {(r["tool"], r["instance"], r["seed"]): r for r in read_results()}
    rows = keep(list(last.values()))
    text = "\n\n".join([circumstances(rows), summary(rows), details(rows)])
    print(text)
    if len(sys.argv) > 1:
        page = Path(sys.argv[1])
        before, rest = page.read_text().split(BEGIN)
        page.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{rest.split(END)[1]}")


def keep(results: list[dict]) -> list[dict]:
    """The rows that are kept, with those of new results in their places; they are written back."""
    rows = {(row["instance"], row["tool"]): row for row in read_kept()}
    tools = ["lotwright", "lotwright-reach", *PEERS]
    for name in NAMES:
        for tool in tools:
            runs = [r for r in results if r["tool"] == tool and r["instance"] == name]
            if runs:
                rows[name, tool] = row_of(name, tool, runs)
    ordered = sorted(rows.values(), key=lambda row: (NAMES.index(row["instance"]), tools.index(row["tool"])))
    with KEPT.open("w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(ordered)
    return read_kept()


def row_of(name: str, tool: str, runs: list[dict]) -> dict:
    """The middle of some runs; lots, times and memory are of those that gave a plan which obeys the rules."""
    instance = Instance.read(path_of(name))
    good = [r for r in runs if r["lots"]]
    known = [r["bound"] for r in good if r.get("bound") is not None]
    row = {
        "instance": name,
        "tool": tool,
        "lots": max((r["lots"] for r in good), default=""),
        "median_lots": f"{median(r['lots'] for r in good):g}" if good else "",
        "bound": f"{min(known):g}" if known else "",
        "good": len(good),
        "runs": len(runs),
        "without_a_plan": "; ".join(f"{n} × {error}" for error, n in Counter(r["error"] for r in runs if r["error"]).items()),
        "units": len(instance.units),
        "by_counting": instance.counting(),
    }
    for key in ("cut_share", "search_seconds", "process_seconds"):
        row[key] = f"{median(r[key] for r in good):.4g}" if good else ""
    row["peak_mb"] = f"{max(r['peak_mb'] for r in good):.0f}" if good else ""
    return row | {key: runs[-1][key] for key in ("version", "limit", "machine", "date")}


def circumstances(rows: list[dict]) -> str:
    """Machines, dates, versions and limits of the runs."""
    dates = sorted({row["date"] for row in rows})
    limits = sorted({float(row["limit"]) for row in rows})
    return (
        f"Machine: {'; '.join(sorted({row['machine'] for row in rows}))}. "
        f"Date: {' to '.join(dict.fromkeys([dates[0], dates[-1]]))}. "
        f"Versions: {', '.join(sorted({row['version'] for row in rows}))}. "
        f"Limit: {', '.join(f'{limit:g}' for limit in limits)} s."
    )


def summary(rows: list[dict]) -> str:
    """lotwright beside the best peer: its number of lots, and the time in which lotwright reaches that number."""
    head = ["instance", "units", "by counting", "lotwright", "bound", "search s", "best peer", "lots", "search s", "reached in s"]
    names = [name for name in NAMES if any(row["instance"] == name for row in rows)]
    return markdown(head, [summary_row([row for row in rows if row["instance"] == name]) for name in names])


def summary_row(rows: list[dict]) -> list[str]:
    own = next((row for row in rows if row["tool"] == "lotwright"), None)
    peers = [row for row in rows if row["tool"] in PEERS and row["lots"]]
    # Of tools that reach the same number, the one that takes the least time.
    peer = min(peers, key=lambda row: (-int(row["lots"]), float(row["search_seconds"])), default=None)
    return [
        rows[0]["instance"],
        f"{int(rows[0]['units']):,}",
        rows[0]["by_counting"],
        lots(own) if own else "",
        bound(own) if own else "",
        seconds(own, "search_seconds"),
        peer["tool"] if peer else "none",
        lots(peer) if peer else "",
        seconds(peer, "search_seconds"),
        seconds(reach(rows), "search_seconds"),
    ]


def details(rows: list[dict]) -> str:
    head = ["instance", "tool", "lots", "bound", "pairs cut", "search s", "process s", "MB", "sooner", "runs", "without a plan"]
    told = [row for row in rows if row["tool"] != "lotwright-reach"]
    return markdown(head, [detail_row(row, [each for each in rows if each["instance"] == row["instance"]]) for row in told])


def detail_row(row: dict, rows: list[dict]) -> list[str]:
    return [
        row["instance"],
        row["tool"],
        lots(row),
        bound(row),
        f"{100 * float(row['cut_share']):.1f} %" if row["lots"] else "",
        seconds(row, "search_seconds"),
        seconds(row, "process_seconds"),
        f"{float(row['peak_mb']):,.0f}" if row["lots"] else "",
        sooner(row, reach(rows)) if row["tool"] in PEERS else "",
        f"{row['good']} of {row['runs']}",
        row["without_a_plan"],
    ]


def reach(rows: list[dict]) -> dict | None:
    """lotwright where it stopped at the number of the best peer, if it did find as many; `rows` are of one instance."""
    best = max((int(row["lots"]) for row in rows if row["tool"] in PEERS and row["lots"]), default=None)
    return next((row for row in rows if row["tool"] == "lotwright-reach" and row["lots"] == f"{best}"), None)


def sooner(peer: dict, own: dict | None) -> str:
    """How many times sooner lotwright has the number of lots of the best peer than this peer its own: search, whole process."""
    if not peer["lots"] or not own:
        return ""
    times = [float(peer[key]) / max(float(own[key]), 1e-3) for key in ("search_seconds", "process_seconds")]
    return " / ".join(f"{each:,.0f}" if each >= 1 else f"{each:.1g}" for each in times)


def lots(row: dict) -> str:
    """The best of all seeds, and the median where it differs."""
    if not row["lots"]:
        return "none"
    return row["lots"] if row["lots"] == row["median_lots"] else f"{row['lots']} ({row['median_lots']})"


def bound(row: dict) -> str:
    if not row["bound"]:
        return ""
    return f"{row['bound']}{', proved' if row['bound'] == row['lots'] else ''}"


def seconds(row: dict | None, key: str) -> str:
    if not row or not row[key]:
        return ""
    time = float(row[key])
    return f"{time:.3f}" if time < 0.1 else f"{time:.2f}" if time < 10 else f"{time:.0f}"


def markdown(head: list[str], rows: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *rows])


if __name__ == "__main__":
    main()
