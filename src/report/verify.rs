//! Whether a result is what its inputs give: the first place where two documents differ.

use serde_json::Value;

/// A place of a result where it is not what was recomputed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// The way to it, by region, year and id: `assessments › 珲春市 2021 › items › pm25 › earned`.
    pub place: String,
    /// What the result says there.
    pub recorded: String,
    /// What was recomputed.
    pub recomputed: String,
}

/// The first difference between a result and the same recomputed, but for the program's version.
///
/// # Errors
///
/// When one of them is no JSON.
pub fn first_difference(
    recorded: &str,
    recomputed: &str,
) -> Result<Option<Difference>, serde_json::Error> {
    let mut recorded: Value = serde_json::from_str(recorded)?;
    let mut recomputed: Value = serde_json::from_str(recomputed)?;
    for document in [&mut recorded, &mut recomputed] {
        if let Some(program) = document.pointer_mut("/program").and_then(Value::as_object_mut) {
            program.remove("version");
        }
    }
    Ok(difference(&recorded, &recomputed, &mut Vec::new()))
}

/// What is looked at first: what comes from nothing else, before what follows from it.
const CAUSES: [&str; 10] = [
    "assessments",
    "items",
    "value",
    "target",
    "firmness",
    "rule",
    "points",
    "state",
    "earned",
    "groups",
];

fn difference(one: &Value, other: &Value, place: &mut Vec<String>) -> Option<Difference> {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            let keys = one.keys().chain(other.keys().filter(|key| !one.contains_key(*key)));
            let mut keys: Vec<&String> = keys.collect();
            keys.sort_by_key(|key| {
                CAUSES.iter().position(|cause| cause == key).unwrap_or(usize::MAX)
            });
            for key in keys {
                place.push(key.clone());
                let [one, other] = [one, other].map(|of| of.get(key).unwrap_or(&Value::Null));
                let found = difference(one, other, place);
                if found.is_some() {
                    return found;
                }
                place.pop();
            }
            None
        }
        (Value::Array(one), Value::Array(other)) => {
            for at in 0..one.len().max(other.len()) {
                let [one, other] = [one, other].map(|of| of.get(at));
                let named = one.and_then(label).or_else(|| label(other?));
                place.push(named.unwrap_or((at + 1).to_string()));
                // An entry that is nothing is another than none.
                let found = match one.zip(other) {
                    Some((one, other)) => difference(one, other, place),
                    None => Some(Difference {
                        place: place.join(" › "),
                        recorded: entry(one),
                        recomputed: entry(other),
                    }),
                };
                if found.is_some() {
                    return found;
                }
                place.pop();
            }
            None
        }
        (one, other) if one == other => None,
        (one, other) => Some(Difference {
            place: place.join(" › "),
            recorded: text(one),
            recomputed: text(other),
        }),
    }
}

/// What an entry of a list is called by.
fn label(value: &Value) -> Option<String> {
    let region = value.get("region").zip(value.get("year"));
    let region = region.map(|(region, year)| format!("{} {}", text(region), text(year)));
    region.or_else(|| {
        ["id", "item", "file", "of"].into_iter().find_map(|key| value.get(key)).map(text)
    })
}

/// An entry of a list.
fn entry(value: Option<&Value>) -> String {
    match value {
        Some(Value::Null) => Value::Null.to_string(),
        Some(value) => text(value),
        None => text(&Value::Null),
    }
}

/// A value on a line, cut where it is long.
fn text(value: &Value) -> String {
    const LONGEST: usize = 200;
    let whole = match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => text.clone(),
        value => value.to_string(),
    };
    let cut: String = whole.chars().take(LONGEST).collect();
    if cut.len() < whole.len() { format!("{cut}…") } else { whole }
}
