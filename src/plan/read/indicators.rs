//! The indicators and the inputs, and the names that they go by.

use std::collections::btree_map::Entry;

use rust_decimal::Decimal;

use super::Reader;
use super::draft::{Draft, Head, Owner, Places};
use super::formulas::{Own, Sees};
use super::rules::Scored;
use super::targets::Asked;
use crate::diagnostic::Diagnostic;
use crate::formula::{self, Formula, Range};
use crate::plan::class::Classes;
use crate::plan::comparison::{Better, Bound, Comparison};
use crate::plan::indicator::{Indicator, Kind};
use crate::plan::node::Node;
use crate::plan::quantity::{Accrual, Input, Quantity, Symbol};
use crate::plan::rule::Rule;
use crate::plan::scoring::NotApplicable;
use crate::plan::table::Table;
use crate::plan::target::Target;
use crate::spelling::{fold, fold_name};
use crate::unit::Unit;

/// What the key `kind` says.
#[derive(Clone, Copy)]
enum Values {
    Numbers,
    Tasks,
    Classes,
}

impl Values {
    const WORDS: [(&str, Self); 3] =
        [("number", Self::Numbers), ("task", Self::Tasks), ("class", Self::Classes)];
}

/// What is known of an indicator before what refers to others is read.
struct Begun<'a> {
    index: usize,
    table: Table<'a>,
    kind: Option<Kind>,
    range: Range,
}

impl<'a> Reader<'a> {
    /// Reads inputs and indicators: first what they are, so that formulas can name any of them.
    pub(super) fn quantities(
        self,
        inputs: Vec<Table<'a>>,
        indicators: Vec<Table<'a>>,
        draft: &mut Draft,
    ) {
        let before = (draft.indicators.len(), draft.inputs.len());
        let mut begun_inputs = Vec::new();
        for (index, mut table) in inputs.into_iter().enumerate() {
            let quantity = Quantity::Input(before.1 + index);
            self.own_names(quantity, &mut table, draft);
            let range = self.range(&mut table);
            Self::note_head(&mut table, Head { quantity, is_number: true, range }, draft);
            begun_inputs.push((quantity, table, range));
        }
        let mut begun = Vec::new();
        for (index, mut table) in indicators.into_iter().enumerate() {
            let index = before.0 + index;
            let quantity = Quantity::Item(index);
            self.own_names(quantity, &mut table, draft);
            let range = self.range(&mut table);
            let targets = table.get("targets");
            let kind = Self::kind(&mut table, targets);
            let is_number = !matches!(kind, Some(Kind::Class(_)));
            if range != Range::default() && !matches!(kind, None | Some(Kind::Number)) {
                let message = "only values that are numbers have a `least` and a `most`";
                let fault = Diagnostic::error("needless-key", message).at(table.place(), "");
                self.faults.add(fault.help("leave them out"));
            }
            Self::note_head(&mut table, Head { quantity, is_number, range }, draft);
            begun.push(Begun { index, table, kind, range });
        }
        for (quantity, table, range) in begun_inputs {
            let input = Self::input(quantity, table, range, draft);
            draft.inputs.push(input);
        }
        for begun in begun {
            let indicator = self.indicator(begun, draft);
            draft.indicators.push(indicator);
        }
        self.refuse_circles(before, draft);
    }

    fn note_head(table: &mut Table<'a>, head: Head, draft: &mut Draft) {
        if let Some(id) = table.get("id").and_then(Node::peek) {
            draft.heads.entry(id.to_owned()).or_insert(head);
        }
    }

    /// Notes the names of a quantity, and refuses those that another one has.
    fn own_names(self, quantity: Quantity, table: &mut Table<'a>, draft: &mut Draft) {
        for key in ["id", "name", "aliases"] {
            for node in table.get(key).map(Node::strings_within).unwrap_or_default() {
                let Some(name) = node.peek().filter(|name| !name.is_empty()) else { continue };
                let folded = fold_name(name);
                if folded.is_empty() {
                    let message = format!("`{name}` has no letter or digit");
                    node.fault("empty-name", message, "give it a name that can be written");
                    continue;
                }
                let owner = Owner { quantity, is_id: key == "id", place: node.place() };
                match draft.names.entry(folded) {
                    Entry::Occupied(first) if first.get().quantity != quantity => {
                        self.refuse_name(name, first.get(), owner);
                    }
                    Entry::Occupied(_) => {}
                    Entry::Vacant(free) => {
                        free.insert(owner);
                    }
                }
            }
        }
    }

    fn refuse_name(self, name: &str, first: &Owner, second: Owner) {
        let both = match (first.quantity, second.quantity) {
            (Quantity::Item(_), Quantity::Item(_)) => "two indicators",
            (Quantity::Input(_), Quantity::Input(_)) => "two inputs",
            _ => "an indicator and an input",
        };
        let (code, message) = if first.is_id && second.is_id {
            ("duplicate-id", format!("{both} have the id `{name}`"))
        } else {
            ("ambiguous-name", format!("`{name}` names {both}"))
        };
        self.twice(code, &message, second.place, &first.place);
    }

    /// The legal values.
    fn range(self, table: &mut Table<'a>) -> Range {
        let least = table.optional("least", Node::decimal);
        let most = table.optional("most", Node::decimal);
        if least.zip(most).is_some_and(|(least, most)| least > most) {
            let message = "no value is legal: `least` is above `most`";
            let fault = Diagnostic::error("empty-range", message).at(table.place(), "");
            self.faults.add(fault.help("mend one of them"));
        }
        Range { least, most }
    }

    fn input(
        quantity: Quantity,
        mut table: Table<'a>,
        range: Range,
        draft: &mut Draft,
    ) -> Option<Input> {
        let id = table.required("id", Node::owned_string);
        let name = table.required("name", Node::text);
        let aliases = table.optional("aliases", Node::strings);
        let unit = table.optional("unit", Node::string).map(Unit::new);
        let needs = Self::needs(&mut table, quantity, draft);
        let zero = Self::zero(&mut table, None);
        table.finish();
        let aliases = aliases.unwrap_or_default();
        Some(Input { id: id?, name: name?, aliases, unit, range, needs, zero })
    }

    fn indicator(self, begun: Begun<'a>, draft: &mut Draft) -> Option<Indicator> {
        let Begun { index, mut table, kind, range } = begun;
        let needs = Self::needs(&mut table, Quantity::Item(index), draft);
        let zero = Self::zero(&mut table, kind.as_ref());
        let accrues = table.get("accrues");
        let id = table.required("id", Node::owned_string);
        let group = table.optional("group", |node| Self::known_group(node, draft));
        let name = table.required("name", Node::text);
        let aliases = table.optional("aliases", Node::strings);
        let unit = self.unit(&mut table, kind.as_ref());
        let accrues = accrues.and_then(|node| accrual(node, kind.as_ref(), unit.as_ref()));
        let points = table.optional("points", Self::points).unwrap_or(Decimal::ONE);
        let weight = table.optional("weight", Self::weight);
        let lead = table.optional("lead", Node::strings);
        let support = table.optional("support", Node::strings);
        let clause = table.optional("clause", Node::owned_string);
        let not_applicable =
            table.optional("not-applicable", |node| node.one_of(&NotApplicable::WORDS));
        let limited = table.optional("unmet-limits-grade", |node| Self::known_grade(node, draft));
        let base_year = table.optional("base-year", Node::year);
        let about = draft.about.as_ref();
        let base_year = base_year.or_else(|| about.and_then(|about| about.base_year));
        let years = about.map(|about| about.years);
        let has_base_year = base_year.is_some();
        let asked = Asked { kind: kind.as_ref(), unit: unit.as_ref(), years, has_base_year };
        let targets = match table.get("targets") {
            Some(node) => self.targets(node, &asked, draft.layers.len().saturating_sub(1)),
            None => table.required("targets", |_| None),
        };
        let better = table.optional("better", |node| node.one_of(&Better::WORDS));
        let own = Own {
            index,
            range: legal(kind.as_ref(), range),
            target: targets.as_deref().and_then(bounds),
            points: Range { least: Some(points), most: Some(points) },
            has_base_year,
        };
        let formula = self.value_formula(&mut table, kind.as_ref(), own, draft);
        let by_targets = targets.as_deref().and_then(self::better);
        let is_counted = matches!(kind, Some(Kind::Class(_) | Kind::Task));
        let direction = by_targets.or(better).or(is_counted.then_some(Better::Higher));
        let scored = Scored { kind: kind.as_ref(), better: direction, own, draft };
        let rule = match table.get("score") {
            Some(node) => self.rule(node, &scored),
            None => Some(Rule::default()),
        };
        draft.places.push(Places::of(&mut table));
        table.finish();
        Some(Indicator {
            id: id?,
            group,
            name: name?,
            aliases: aliases.unwrap_or_default(),
            kind: kind?,
            unit,
            range,
            needs,
            zero,
            accrues,
            formula,
            better,
            base_year,
            points,
            rule: rule?,
            not_applicable,
            unmet_limits_grade: limited,
            weight: weight.unwrap_or(Decimal::ONE),
            lead: lead.unwrap_or_default(),
            support: support.unwrap_or_default(),
            clause,
            targets: targets?,
            amended: Vec::new(),
        })
    }

    /// The formula of an indicator's value.
    fn value_formula(
        self,
        table: &mut Table<'a>,
        kind: Option<&Kind>,
        own: Own,
        draft: &Draft,
    ) -> Option<Formula<Symbol>> {
        let node = table.get("value")?;
        if matches!(kind, Some(Kind::Class(_))) {
            let message = "a class cannot be worked out";
            node.fault("bad-formula", message, "leave `value` out");
            return None;
        }
        self.formula(node, formula::Kind::Number, Sees::Inputs(own), draft)
    }

    fn unit(self, table: &mut Table<'a>, kind: Option<&Kind>) -> Option<Unit> {
        let node = table.get("unit")?;
        let unit = node.string().map(Unit::new);
        if let Some(Kind::Task | Kind::Class(_)) = kind {
            let message = "only an indicator whose values are numbers has a unit";
            node.fault("needless-unit", message, "leave `unit` out");
        }
        unit
    }

    /// What the values are: as `kind` says; without it, classes where `classes` or words with
    /// points are given or a target says `or better`, else numbers.
    fn kind(table: &mut Table<'a>, targets: Option<Node<'a>>) -> Option<Kind> {
        let classes = table.get("classes");
        let states = table.get("score").and_then(|score| score.inside("states"));
        let asks = targets.map(Node::values).unwrap_or_default();
        let asks = asks.into_iter().flat_map(|node| {
            let inside = ["firm", "expected", "stretch"].map(|key| node.inside(key));
            inside.into_iter().flatten().chain([node])
        });
        let asks_for_class = asks.filter_map(Node::peek).any(|text| text.ends_with("or better"));
        let values = match table.get("kind") {
            Some(node) => node.one_of(&Values::WORDS)?,
            None if classes.is_some() || states.is_some() || asks_for_class => Values::Classes,
            None => Values::Numbers,
        };
        match (values, classes, states) {
            (Values::Classes, Some(node), _) => Self::classes(node).map(Kind::Class),
            (Values::Classes, None, Some(node)) => Self::words(node).map(Kind::Class),
            (Values::Classes, None, None) => Some(Kind::Class(Classes::water())),
            (Values::Numbers | Values::Tasks, Some(node), _) => {
                let message = "only the kind `class` has classes";
                node.fault("unknown-key", message, "leave one of `kind` and `classes` out");
                None
            }
            (Values::Numbers, None, _) => Some(Kind::Number),
            (Values::Tasks, None, _) => Some(Kind::Task),
        }
    }

    fn classes(node: Node<'a>) -> Option<Classes> {
        Self::ordered(node, &node.strings()?, "list at least two different classes, the best first")
    }

    /// The words that have points, in the order of the file.
    fn words(node: Node<'a>) -> Option<Classes> {
        let words: Vec<_> = node.entries().into_iter().map(|(word, ..)| word.to_owned()).collect();
        Self::ordered(node, &words, "write at least two different words, the best first")
    }

    fn ordered(node: Node<'a>, names: &[String], help: &str) -> Option<Classes> {
        let classes = Classes::new(names);
        let distinct =
            names.iter().enumerate().all(|(rank, name)| classes.find(name) == Some(rank));
        let is_empty = names.iter().any(|name| fold(name).is_empty());
        if names.len() < 2 || !distinct || is_empty {
            node.fault("bad-classes", "the classes have no order", help);
            return None;
        }
        Some(classes)
    }
}

/// Which way is better by all targets that say it; none where they disagree.
pub(super) fn better(targets: &[Target]) -> Option<Better> {
    let mut all = targets.iter().flat_map(Target::comparison).filter_map(Comparison::better);
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}

/// Between which numbers the bounds of all targets lie, where each has one.
pub(super) fn bounds(targets: &[Target]) -> Option<Range> {
    let mut range: Option<Range> = None;
    if targets.iter().all(|target| target.comparison().is_none()) {
        return Some(Range::default());
    }
    for comparison in targets.iter().filter_map(Target::comparison) {
        let one = match comparison {
            Comparison::One(_, Bound::Number(number)) => {
                Range { least: Some(*number), most: Some(*number) }
            }
            Comparison::One(_, Bound::Derived(_)) => Range::default(),
            Comparison::Done => {
                Range { least: Some(Decimal::ONE_HUNDRED), most: Some(Decimal::ONE_HUNDRED) }
            }
            Comparison::Within(..) | Comparison::OrBetter { .. } | Comparison::Scored => {
                return None;
            }
        };
        range = Some(match range {
            None => one,
            Some(all) => Range {
                least: all.least.zip(one.least).map(|(a, b)| a.min(b)),
                most: all.most.zip(one.most).map(|(a, b)| a.max(b)),
            },
        });
    }
    range
}

/// The values that can be given: of a task, its progress.
pub(super) fn legal(kind: Option<&Kind>, range: Range) -> Range {
    match kind {
        Some(Kind::Task) => Range { least: Some(Decimal::ZERO), most: Some(Decimal::ONE_HUNDRED) },
        _ => range,
    }
}

/// How a value comes about during its year: a number, and a share only in per cent.
fn accrual(node: Node<'_>, kind: Option<&Kind>, unit: Option<&Unit>) -> Option<Accrual> {
    let accrual = node.one_of(&Accrual::WORDS)?;
    if let Some(Kind::Task | Kind::Class(_)) = kind {
        let message = "only values that are numbers come about day by day";
        node.fault("needless-key", message, "leave it out");
    } else if accrual == Accrual::ShareOfDays && !unit.is_some_and(Unit::is_per_cent) {
        let message = "a share of days is in per cent, and the unit of this is another";
        node.fault("needless-key", message, "leave it out, or write `unit = \"%\"`");
    }
    Some(accrual)
}
