//! What would be if values were others than those measured: `--set ITEM=VALUE`.

use std::collections::BTreeSet;

use anyhow::{Result, anyhow, bail};
use assess::data::{self, Measurements, Value};
use assess::plan::{Plan, Quantity};
use assess::report::{Input, Supposed};
use assess::year::Years;

use super::input::sha256;

/// The name under which supposed values stand among the inputs.
const NAME: &str = "--set";

/// A value that is supposed.
pub(super) struct Supposition {
    quantity: Quantity,
    value: Value,
    said: Supposed,
}

/// What is supposed, in the order in which it was typed.
pub(super) fn read(said: &[String], plan: &Plan) -> Result<Vec<Supposition>> {
    let all: Vec<Supposition> = said.iter().map(|text| one(text, plan)).collect::<Result<_>>()?;
    for (at, supposition) in all.iter().enumerate() {
        if all.iter().take(at).any(|other| other.quantity == supposition.quantity) {
            bail!("`--set` gives `{}` two values", supposition.said.item);
        }
    }
    Ok(all)
}

fn one(text: &str, plan: &Plan) -> Result<Supposition> {
    let Some((name, value)) = text.split_once('=') else {
        bail!("`--set {text}` is not `ITEM=VALUE`");
    };
    let (name, value) = (name.trim(), value.trim());
    let found = plan.find(name).and_then(|quantity| Some((quantity, plan.measure(quantity)?)));
    let Some((quantity, measure)) = found else {
        let near = plan.nearest(name).first().map(|near| format!("did you mean `{near}`?"));
        let help = near.unwrap_or_else(|| "give the id, the name or an alias of one".to_owned());
        bail!("`--set {text}`: the plan has no item `{name}`; {help}");
    };
    if measure.is_worked_out {
        bail!("`--set {text}`: the plan works out the value of `{}`: set its inputs", measure.id);
    }
    let said = Supposed { item: measure.id.to_owned(), value: value.to_owned() };
    let value = Value::read(value, measure).map_err(|why| anyhow!("`--set {text}`: {why}"))?;
    Ok(Supposition { quantity, value, said })
}

/// What of this no item rests on that is judged in these years, by a plan that nothing changes: it moves no score.
pub(super) fn idle<'a>(
    supposed: &'a [Supposition],
    plan: &Plan,
    years: Years,
) -> impl Iterator<Item = &'a str> {
    let asked = years.iter().flat_map(|year| plan.asks(year, |target| target.is_judged(year)));
    let asked: BTreeSet<Quantity> = asked.map(|asked| asked.quantity).collect();
    let idle = supposed.iter().filter(move |one| !asked.contains(&one.quantity));
    idle.map(|one| one.said.item.as_str())
}

/// Puts what is supposed in the place of what was measured, in some regions and years.
pub(super) fn apply(
    supposed: Vec<Supposition>,
    regions: &[String],
    years: Years,
    measurements: &mut Measurements<'_>,
    inputs: &mut Vec<Input>,
) -> Vec<Supposed> {
    if supposed.is_empty() {
        return Vec::new();
    }
    let file = inputs.len();
    for region in regions {
        for year in years.iter() {
            for (at, Supposition { quantity, value, .. }) in supposed.iter().enumerate() {
                let of = (region.as_str(), year, *quantity);
                measurements.suppose(of, value.clone(), (file, at + 1));
            }
        }
    }
    let said: Vec<Supposed> = supposed.into_iter().map(|supposition| supposition.said).collect();
    let lines = said.iter().map(|Supposed { item, value }| format!("{item}={value}\n"));
    let sha256 = sha256(lines.collect::<String>().as_bytes());
    inputs.push(Input { table: data::Input::supposed(NAME, said.len()), sha256 });
    said
}
