"""Make the fonts in this folder from the npm package `inter-ui` 4.1.1 (needs fonttools and brotli).

    python subset.py PACKAGE/web

Digits are mapped to Inter's tabular forms, because the drawing code applies no OpenType features and
columns of numbers have to line up. Layout tables are dropped for the same reason: what is measured is
what is drawn, in the picture and in a browser alike.
"""
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

# Latin, Greek, Cyrillic, punctuation, currency, arrows, mathematics, shapes.
WIDE = "U+20-7E,U+A0-17F,U+192,U+218-21B,U+2C6-2DD,U+370-3FF,U+400-4FF,U+1E00-1EFF,U+2000-206F,U+2070-209F,U+20A0-20BF,U+2100-214F,U+2190-21FF,U+2200-22FF,U+25A0-25FF,U+2713,U+2717"
# What an SVG carries inside itself: Western Latin and the signs that figures use.
SMALL = "U+20-7E,U+A0-FF,U+2013,U+2014,U+2018-201D,U+2022,U+2026,U+202F,U+2190-2193,U+2212,U+2264,U+2265,U+2248,U+25CF,U+25A0"


def unicodes(ranges):
    for part in ranges.split(","):
        low, _, high = part[2:].partition("-")
        yield from range(int(low, 16), int(high or low, 16) + 1)


def build(source, target, ranges, flavor):
    font = TTFont(source, recalcTimestamp=False)
    for table in font["cmap"].tables:
        for code in range(0x30, 0x3A):
            if code in table.cmap:
                tabular = table.cmap[code].removesuffix(".tf") + ".tf"
                assert tabular in font.getGlyphSet(), tabular
                table.cmap[code] = tabular
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 4, 6, 13, 14])
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=list(unicodes(ranges)))
    subsetter.subset(font)
    for table in ("GPOS", "GSUB", "GDEF"):
        if table in font:
            del font[table]
    font.flavor = flavor
    font.save(target)
    print(target, Path(target).stat().st_size)


web = Path(sys.argv[1])
here = Path(__file__).parent
for weight in ("Regular", "SemiBold"):
    source = web / f"Inter-{weight}.woff2"
    build(source, here / f"Inter-{weight}.ttf", WIDE, None)
    build(source, here / f"Inter-{weight}-small.woff2", SMALL, "woff2")
