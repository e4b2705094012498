//! An item of a published result.

use rust_decimal::Decimal;
use serde::Deserialize;

use super::PublishedPlan;
use crate::assessment::State;
use crate::report::change::ComparedItem;
use crate::report::counting::may_count;
use crate::report::words::Words;
use crate::spelling::printable;

#[derive(Debug, Deserialize)]
pub(super) struct PublishedItem {
    pub(super) id: String,
    name: String,
    points: Decimal,
    #[serde(default)]
    group: Option<String>,
    #[serde(default)]
    weight: Decimal,
    earned: Option<Decimal>,
    #[serde(default)]
    takes_share: bool,
    #[serde(default)]
    value: Option<serde_json::Value>,
    #[serde(default)]
    target: Option<String>,
    #[serde(default)]
    pub(super) near: bool,
    #[serde(default)]
    target_from: Option<PublishedSource>,
    #[serde(default)]
    amended: Vec<PublishedSource>,
    rule: Vec<String>,
    #[serde(default)]
    stretch: Option<PublishedStretch>,
    #[serde(default)]
    lead: Vec<String>,
    #[serde(default)]
    pub(super) reason: Option<String>,
    #[serde(default)]
    waiver: Option<PublishedWaiver>,
    #[serde(default)]
    firmness: Option<String>,
    sum: String,
    pub(super) state: String,
    shown: Shown,
}

/// Why and by whom a target is lifted.
#[derive(Debug, Deserialize)]
struct PublishedWaiver {
    by: String,
    until: String,
    #[serde(default)]
    in_force: bool,
}

/// What is aimed at beyond the target.
#[derive(Debug, Deserialize)]
struct PublishedStretch {
    target: String,
    shown: String,
}

/// By which document something of an item is.
#[derive(Debug, Deserialize)]
struct PublishedSource {
    document: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Shown {
    value: String,
    target: String,
    points: String,
}

impl PublishedItem {
    pub(super) fn compared(&self, words: &Words) -> ComparedItem {
        let state = self.known_state();
        ComparedItem {
            id: printable(&self.id),
            own_id: printable(&self.id),
            name: printable(&self.name),
            compared_name: printable(&self.name),
            value: printable(&self.shown.value),
            target: printable(&self.shown.target),
            stretch: self.stretch(false),
            lead: printable(&self.lead.join(words.list_comma)),
            reason: printable(&self.reason(words)),
            rule: self.rule.iter().map(|said| printable(said)).collect(),
            by: self.by(),
            by_layers: String::new(),
            not_applicable: String::new(),
            value_by: String::new(),
            worth: self.points,
            group: self.group.as_deref().map(printable).unwrap_or_default(),
            weight: self.weight,
            state: self.state_name(words),
            known_state: state,
            earned: self.earned.map(|earned| earned.normalize()),
            takes_share: self.takes_share,
            may_count: may_count(self.earned, state),
            points: printable(&self.shown.points),
            sum: printable(&self.sum),
            standing: None,
        }
    }

    /// Why it is in its state; of a waiver with who granted it, or that it ended.
    fn reason(&self, words: &Words) -> String {
        match (&self.reason, &self.waiver) {
            (Some(reason), Some(waiver)) if self.state == State::Waived.code() => {
                match waiver.until.parse() {
                    Ok(until) => words.waived(reason, &waiver.by, until),
                    Err(_) => reason.clone(),
                }
            }
            (None, Some(waiver)) if !waiver.in_force => {
                waiver.until.parse().map(|until| words.expired(until)).unwrap_or_default()
            }
            (reason, _) => reason.clone().unwrap_or_default(),
        }
    }

    /// The documents that its target is by, and what else of it was changed.
    fn by(&self) -> String {
        self.documents().into_iter().map(printable).collect::<Vec<_>>().join(" + ")
    }

    /// The same, where the plan's own document has no name: that it has another is said of the plan.
    pub(super) fn by_layers(&self, plan: &PublishedPlan) -> String {
        let own = plan.layers.first().and_then(|own| own.number.as_deref());
        let called = |name| if Some(name) == own { "" } else { name };
        self.documents().into_iter().map(called).collect::<Vec<_>>().join(" + ")
    }

    fn documents(&self) -> Vec<&str> {
        let mut all = Vec::new();
        for document in self.target_from.iter().chain(&self.amended) {
            let name = document.document.as_deref();
            all.extend(name.filter(|name| !all.contains(name)));
        }
        all
    }

    /// The same in any language.
    pub(super) fn by_codes(&self, words: &Words) -> ComparedItem {
        let value = match &self.value {
            None | Some(serde_json::Value::Null) => String::new(),
            Some(serde_json::Value::String(text)) => printable(text),
            Some(_) => printable(&self.shown.value),
        };
        let target = match (&self.target, self.firmness.as_deref()) {
            (Some(target), _) => printable(target),
            (None, Some("pending")) => State::Pending.name(words.lang).to_owned(),
            (None, _) => String::new(),
        };
        ComparedItem {
            value,
            target,
            stretch: self.stretch(true),
            compared_name: String::new(),
            rule: Vec::new(),
            reason: String::new(),
            sum: String::new(),
            ..self.compared(words)
        }
    }

    pub(super) fn known_state(&self) -> Option<State> {
        State::of_code(&self.state)
    }

    /// Its state in any language.
    fn state_name(&self, words: &Words) -> String {
        let state = self.known_state().map_or(self.state.as_str(), |state| state.name(words.lang));
        let state = if self.near { words.near_state(state) } else { state.to_owned() };
        printable(&state)
    }

    /// What is aimed at beyond the target, as people read it or as the plan has it.
    fn stretch(&self, by_codes: bool) -> String {
        let stretch = self.stretch.as_ref();
        let text = stretch.map(|of| if by_codes { &of.target } else { &of.shown });
        text.map(|text| printable(text)).unwrap_or_default()
    }
}
