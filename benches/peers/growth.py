"""How time and memory grow with the rows: a table, and a picture for docs/performance.md.

    cargo build --release
    python3 benches/peers/growth.py [REGIONS ...] > growth.svg

The work is that of run.py, of which this makes the files. The table goes to standard error.
"""

import math
import pathlib
import statistics
import sys
import tempfile

from run import YEARS, make, programs, run

SIZES = [285, 2850, 28500, 285000]
WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 640, 360, 70, 50, 20


def measure(regions):
    """Rows, seconds and MiB."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        make(folder, regions)
        command, _ = programs(folder)["assess"]
        runs = [run(command) for _ in range(3)]
    seconds = statistics.median(seconds for seconds, _ in runs)
    return regions * len(YEARS) * 45, seconds, max(mib for _, mib in runs)


def scale(value, low, high, start, end):
    """Where a value stands on a logarithmic axis."""
    share = (math.log10(value) - math.log10(low)) / (math.log10(high) - math.log10(low))
    return start + share * (end - start)


def picture(points):
    """Rows across, seconds and MiB up, both axes logarithmic: what is linear is a slope of one."""
    low, high = points[0][0] / 2, points[-1][0] * 2
    x = lambda rows: scale(rows, low, high, LEFT, WIDTH - 20)
    y = lambda value: scale(value, 0.01, 10000, HEIGHT - BOTTOM, TOP)
    print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
          'font-family="sans-serif" font-size="13" role="img" aria-labelledby="t d">')
    print('<title id="t">Seconds and MiB by rows</title>')
    print('<desc id="d">Both grow in proportion to the rows.</desc>')
    print(f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>')
    for power in range(-2, 5):
        at, label = y(10 ** power), f"{10 ** power:g}"
        print(f'<path d="M{LEFT} {at:.0f}H{WIDTH - 20}" stroke="#ddd"/>')
        print(f'<text x="{LEFT - 8}" y="{at + 4:.0f}" text-anchor="end">{label}</text>')
    for rows, _, _ in points:
        at = x(rows)
        print(f'<text x="{at:.0f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{rows:,}</text>')
    print(f'<text x="{WIDTH / 2:.0f}" y="{HEIGHT - 8}" text-anchor="middle">rows</text>')
    for column, name, colour, dash in [(1, "seconds", "#0b5394", ""), (2, "MiB", "#990000", "6 4")]:
        line = " ".join(f"{x(point[0]):.0f},{y(point[column]):.0f}" for point in points)
        print(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2" '
              f'stroke-dasharray="{dash}"/>')
        for point in points:
            at = f'cx="{x(point[0]):.0f}" cy="{y(point[column]):.0f}"'
            print(f'<circle {at} r="4" fill="{colour}"/>')
        last = points[-1]
        print(f'<text x="{x(last[0]) - 12:.0f}" y="{y(last[column]) - 8:.0f}" '
              f'text-anchor="end" fill="{colour}">{name}</text>')
    print("</svg>")


def main():
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    print("| regions | rows | seconds | MiB |\n|---:|---:|---:|---:|", file=sys.stderr)
    points = []
    for regions in sizes:
        rows, seconds, mib = measure(regions)
        points.append((rows, seconds, mib))
        print(f"| {regions:,} | {rows:,} | {seconds:.2f} | {mib:,.0f} |", file=sys.stderr)
    picture(points)


main()
