#!/usr/bin/env python3
"""Makes the letters that maps carry: Liberation Sans 2 (SIL Open Font License 1.1) cut down to the characters that names in Britain need.

    apt-get install fonts-liberation2 && pip install fonttools brotli
    python3 scripts/fonts.py /usr/share/fonts/truetype/liberation2

Its licence reserves the name Liberation, so the smaller font has a name of its own.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FAMILY = "Lotwright Sans"
OUT = Path(__file__).parent.parent / "src" / "report" / "fonts"

LATIN_AND_GREEK = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x370, 0x400)]
WELSH = [*range(0x1E80, 0x1E86), 0x1EF2, 0x1EF3]
SIGNS = [*map(ord, "‐‑‒–—‘’‚“”„†•…‰′″€™←↑→↓−≈≠≤≥")]


def cut(source: Path, style: str) -> TTFont:
    """The font with the characters above and its kerning, without hints."""
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = ["kern", "ccmp", "mark"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["FFTM"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=LATIN_AND_GREEK + WELSH + SIGNS)
    subsetter.subset(font)
    names = {1: FAMILY, 2: style, 3: f"{FAMILY} {style}", 4: f"{FAMILY} {style}", 6: f"{FAMILY.replace(' ', '')}-{style}"}
    for record in font["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]
    return font


def main() -> None:
    folder = Path(sys.argv[1])
    for style in ("Regular", "Bold"):
        font = cut(folder / f"LiberationSans-{style}.ttf", style)
        font.save(OUT / f"{style.lower()}.ttf")
        font.flavor = "woff2"
        font.save(OUT / f"{style.lower()}.woff2")


if __name__ == "__main__":
    main()
