"""The tools side by side: under which name, from which package and by which function each solves an instance."""

import hashlib
import importlib
from importlib.metadata import version

from instances import LOTWRIGHT

# Name in the table: the package, the module here, and its function.
PEERS = {
    "spopt": ("spopt", "peer_spopt", "solve"),
    "geoda-greedy": ("pygeoda", "peer_geoda", "greedy"),
    "geoda-sa": ("pygeoda", "peer_geoda", "annealing"),
    "geoda-tabu": ("pygeoda", "peer_geoda", "tabu"),
    "gerrychain": ("gerrychain", "peer_gerrychain", "solve"),
}
# `lotwright` goes on until it is proved or its time is over; `lotwright-reach` stops at the number of lots of the best peer.
OWN = ("lotwright", "lotwright-reach")


def version_of(tool: str) -> str:
    """The version of a package; of lotwright the beginning of the checksum of the program, so that a new build runs anew."""
    if tool in PEERS:
        package = PEERS[tool][0]
        return f"{package} {version(package)}"
    with LOTWRIGHT.open("rb") as program:
        return f"lotwright {hashlib.file_digest(program, 'sha256').hexdigest()[:12]}"


def solver_of(tool: str):
    """The function that solves an instance with a peer; its package is imported here and not before."""
    _, module, function = PEERS[tool]
    return getattr(importlib.import_module(module), function)
