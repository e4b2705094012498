"""The work of run.py in polars."""

import sys

import polars as pl

folder = sys.argv[1]
plan = pl.scan_csv(f"{folder}/plan.csv")
share = pl.col("value") / pl.col("target")
share = pl.when(pl.col("rises") == 1).then(share).otherwise(2 - share).clip(0, 1)
score = (100 * (pl.col("points") * share).sum() / pl.col("points").sum()).round(2)
data = pl.scan_csv(f"{folder}/data.csv").join(plan, on="indicator")
data.group_by("region", "year").agg(score.alias("score")).sink_csv(f"{folder}/polars.csv")
