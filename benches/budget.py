#!/usr/bin/env python3
"""Counts the instructions of small runs and holds them against `budget.toml`.

    cargo build --release --locked && benches/budget.py [PROGRAM]

An instruction is counted the same whatever else the machine does, so a small change shows.
"""

import os
import pathlib
import platform
import re
import shlex
import shutil
import subprocess
import sys
import tomllib

HERE = pathlib.Path(__file__).resolve().parent


def millions(program, args):
    """How many million instructions a run takes."""
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, *args]
    # Nothing of the environment, which is copied and looked into by what starts a program.
    env = {"PATH": os.environ["PATH"]}
    run = subprocess.run(command, cwd=HERE.parent, env=env, capture_output=True, text=True)
    counted = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode != 0 or not counted:
        sys.exit(f"`{shlex.join(command)}` failed:\n{run.stderr}")
    return int(counted[1]) / 1e6


def main():
    if shutil.which("valgrind") is None or platform.machine() != "x86_64":
        print("no valgrind for x86-64: the instructions of small runs are not counted")
        return
    built = os.path.join(os.environ.get("CARGO_TARGET_DIR", "target"), "release", "assess")
    program = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else built)
    budget = tomllib.loads((HERE / "budget.toml").read_text())
    over = []
    print("| million instructions | budget | room | run |\n|---:|---:|---:|---|")
    for run in budget["run"]:
        taken, most = millions(program, shlex.split(run["args"])), run["millions"]
        room = most * (1 + budget["room"] / 100)
        mark = " **over**" if taken > room else ""
        print(f"| {taken:.1f}{mark} | {most:.1f} | {room:.1f} | `assess {run['args']}` |")
        if mark:
            over.append(run["args"])
    if over:
        sys.exit(f"{len(over)} of {len(budget['run'])} runs take more than their budget allows")


if __name__ == "__main__":
    main()
