"""The work of run.py in DuckDB."""

import sys

import duckdb

folder = sys.argv[1]
duckdb.sql(f"""
with scored as (
  select region, year, points,
         points * greatest(0, least(1, if(rises = 1, value / target, 2 - value / target))) as earned
  from '{folder}/data.csv' join '{folder}/plan.csv' using (indicator)
)
select region, year, round(100 * sum(earned) / sum(points), 2) as score
from scored group by all
""").write_csv(f"{folder}/duckdb.csv")
