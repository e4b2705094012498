"""The same work in assess, DuckDB and polars, one after the other.

    python3 -m venv target/peers && target/peers/bin/pip install duckdb polars
    cargo build --release --bins --example read_records
    target/peers/bin/python benches/peers/run.py [REGIONS ...]

The work: 45 indicators of REGIONS regions in five years, each scored on a straight line between
two values, added up to a score out of 100 for each region and year. The numbers are made up. Every
program starts anew for each run; wall time is the median of five, memory the most that was held.
All answers must agree, to the last digit. Beside them stands what merely reading the records takes.
"""

import csv
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
RELEASE = HERE.parents[1] / "target" / "release"
YEARS = range(2021, 2026)
RUNS = 5


def make(folder, regions):
    """Writes plan.toml and data.csv for assess, and plan.csv for the peers."""
    chance = random.Random(2021)
    items = []
    for number in range(45):
        rises = chance.random() < 0.5
        target = f"{chance.uniform(10, 100):.2f}"
        points = f"{chance.uniform(0.5, 3):.1f}"
        items.append((f"item-{number:02}", rises, target, points))
    with open(folder / "plan.csv", "w") as plan:
        plan.write("indicator,rises,target,points\n")
        for name, rises, target, points in items:
            plan.write(f"{name},{int(rises)},{target},{points}\n")
    with open(folder / "plan.toml", "w") as plan:
        plan.write('format = 1\nplan = "bench"\n\n[about]\ntitle = "Benchmark"\n')
        plan.write('region = "all"\nyears = "2021-2025"\n')
        plan.write('\n[[group]]\nid = "all"\ntitle = "All"\n')
        for name, rises, target, points in items:
            worst = f"[[0, 0], [{target}, {points}]]"
            best = f"[[{target}, {points}], [{2 * float(target):.2f}, 0]]"
            plan.write(f'\n[[indicator]]\nid = "{name}"\nname = "{name}"\ngroup = "all"\n')
            plan.write(f"points = {points}\n")
            plan.write(f"score = {{ line = {worst if rises else best} }}\n")
            sign = ">=" if rises else "<="
            plan.write(f'targets = {{ 2021-2025 = "{sign} {target}" }}\n')
    with open(folder / "data.csv", "w") as data:
        data.write("region,year,indicator,value\n")
        for region in range(regions):
            for year in YEARS:
                for name, _, target, _ in items:
                    value = float(target) * chance.uniform(0.8, 1.2)
                    data.write(f"county {region:06},{year},{name},{value:.2f}\n")


def programs(folder):
    """What each program is called with, and the file that it writes."""
    plan, data = folder / "plan.toml", folder / "data.csv"
    ours = [RELEASE / "assess", "2021-2025", "--targets", plan, "--data", data]
    ours += ["--summary", "--quiet"]
    return {
        "assess": (ours + ["-o", folder / "assess.jsonl"], "assess.jsonl"),
        "assess, one thread": (ours + ["--threads", "1", "-o", folder / "one.jsonl"], "one.jsonl"),
        "DuckDB": ([sys.executable, HERE / "with_duckdb.py", folder], "duckdb.csv"),
        "polars": ([sys.executable, HERE / "with_polars.py", folder], "polars.csv"),
        "reading the records alone": ([RELEASE / "examples" / "read_records", data], None),
    }


def run(command, written):
    """Seconds and MiB of one run that writes its answers anew."""
    written.unlink(missing_ok=True)
    start = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command])
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status != 0:
        sys.exit(f"failed: {command}")
    return seconds, used.ru_maxrss / 1024


def answers(path):
    """The score of each region and year."""
    with open(path, encoding="utf-8") as file:
        rows = map(json.loads, file) if path.suffix == ".jsonl" else csv.DictReader(file)
        return {(row["region"], int(row["year"])): float(row["score"]) for row in rows}


def main():
    sizes = [int(size) for size in sys.argv[1:]] or [2850, 28500]
    for regions in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            make(folder, regions)
            all_programs = programs(folder)
            used = {name: [] for name in all_programs}
            for _ in range(RUNS):
                for name, (command, file) in all_programs.items():
                    used[name].append(run(command, folder / (file or "nothing")))
            files = {name: file for name, (_, file) in all_programs.items() if file}
            found = {name: answers(folder / file) for name, file in files.items()}
            for name, scores in found.items():
                if scores != found["assess"]:
                    sys.exit(f"{name} has other answers than assess")
            rows = regions * len(YEARS) * 45
            print(f"\n{rows:,} rows; {len(found['assess']):,} scores, the same in all\n")
            print("| | seconds | times assess | MiB |\n|---|---:|---:|---:|")
            median = {name: statistics.median(s for s, _ in runs) for name, runs in used.items()}
            for name, runs in used.items():
                memory = max(mib for _, mib in runs)
                ratio = median[name] / median["assess"]
                print(f"| {name} | {median[name]:.2f} | {ratio:.2f} | {memory:.0f} |")


if __name__ == "__main__":
    main()
