//! The indicators, and the names that they go by.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::targets::Asked;
use super::{MOST_POINTS, Reader};
use crate::plan::class::Classes;
use crate::plan::indicator::{Indicator, Kind};
use crate::plan::node::Node;
use crate::plan::table::Table;
use crate::source::Place;
use crate::spelling::fold;
use crate::unit::Unit;
use crate::year::Years;

/// The indicators, and every folded name with the index of the one that it names.
pub(super) struct Indicators {
    pub(super) read: Option<Vec<Indicator>>,
    pub(super) names: BTreeMap<String, usize>,
}

/// Which indicator has a name, by the folded name.
type Owners = BTreeMap<String, Owner>;

struct Owner {
    index: usize,
    is_id: bool,
    place: Place,
}

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

/// What an indicator refers to elsewhere in the file.
pub(super) struct Context<'a> {
    pub(super) groups: &'a BTreeMap<String, usize>,
    pub(super) years: Option<Years>,
}

impl<'a> Reader<'a> {
    pub(super) fn indicators(self, tables: Vec<Table<'a>>, context: &Context<'_>) -> Indicators {
        let mut owners = Owners::new();
        let mut read = Vec::new();
        for (index, mut table) in tables.into_iter().enumerate() {
            self.own_names(index, &mut table, &mut owners);
            read.push(self.indicator(table, context));
        }
        let names = owners.into_iter().map(|(name, owner)| (name, owner.index)).collect();
        Indicators { read: read.into_iter().collect(), names }
    }

    /// Notes the names of an indicator, and refuses those that another one has.
    fn own_names(self, index: usize, table: &mut Table<'a>, owners: &mut Owners) {
        for key in ["id", "name", "aliases"] {
            for node in table.get(key).map(Node::strings_within).unwrap_or_default() {
                let Some(name) = node.peek().filter(|name| !name.is_empty()) else { continue };
                if fold(name).is_empty() {
                    let message = format!("`{name}` has no letter or digit");
                    node.fault("empty-name", message, "give it a name that can be written");
                    continue;
                }
                let owner = Owner { index, is_id: key == "id", place: node.place() };
                match owners.get(&fold(name)) {
                    Some(first) if first.index != index => self.refuse_name(name, first, owner),
                    Some(_) => {}
                    None => {
                        owners.insert(fold(name), owner);
                    }
                }
            }
        }
    }

    fn refuse_name(self, name: &str, first: &Owner, second: Owner) {
        let (code, message) = if first.is_id && second.is_id {
            ("duplicate-id", format!("two indicators have the id `{name}`"))
        } else {
            ("ambiguous-name", format!("`{name}` names two indicators"))
        };
        self.twice(code, &message, second.place, &first.place);
    }

    fn indicator(self, mut table: Table<'a>, context: &Context<'_>) -> Option<Indicator> {
        let id = table.required("id", Node::owned_string);
        let group = table.optional("group", |node| Self::known_group(node, context.groups));
        let name = table.required("name", Node::text);
        let aliases = table.optional("aliases", Node::strings);
        let unit_node = table.get("unit");
        let unit = unit_node.and_then(Node::string).map(Unit::new);
        let points = table.optional("points", |node| node.decimal_within(0, MOST_POINTS, 6));
        let weight = table.optional("weight", Self::weight);
        let lead = table.optional("lead", Node::strings);
        let support = table.optional("support", Node::strings);
        let clause = table.optional("clause", Node::owned_string);
        let targets = table.get("targets");
        let kind = Self::kind(&mut table, targets);
        if let (Some(node), Some(Kind::Task | Kind::Class(_))) = (unit_node, &kind) {
            let message = "only an indicator whose values are numbers has a unit";
            node.fault("needless-unit", message, "leave `unit` out");
        }
        let asked = Asked { kind: kind.as_ref(), unit: unit.as_ref(), years: context.years };
        let targets = match targets {
            Some(node) => self.targets(node, &asked),
            None => table.required("targets", |_| None),
        };
        table.finish();
        Some(Indicator {
            id: id?,
            group,
            name: name?,
            aliases: aliases.unwrap_or_default(),
            kind: kind?,
            unit,
            points: points.unwrap_or(Decimal::ONE),
            weight: weight.unwrap_or(Decimal::ONE),
            lead: lead.unwrap_or_default(),
            support: support.unwrap_or_default(),
            clause,
            targets: targets?,
        })
    }

    /// What the values are: as `kind` says; without it, classes where `classes` are given or a
    /// target says `or better`, else numbers.
    fn kind(table: &mut Table<'a>, targets: Option<Node<'a>>) -> Option<Kind> {
        let classes = table.get("classes");
        let asks = targets.map(Node::values).unwrap_or_default();
        let asks = asks.into_iter().flat_map(|node| {
            let inside = ["firm", "expected", "stretch"].map(|key| node.inside(key));
            inside.into_iter().flatten().chain([node])
        });
        let asks_for_class = asks.filter_map(Node::peek).any(|text| text.ends_with("or better"));
        let values = match table.get("kind") {
            Some(node) => node.one_of(&Values::WORDS)?,
            None if classes.is_some() || asks_for_class => Values::Classes,
            None => Values::Numbers,
        };
        match (values, classes) {
            (Values::Classes, Some(node)) => Self::classes(node).map(Kind::Class),
            (Values::Classes, None) => Some(Kind::Class(Classes::water())),
            (Values::Numbers | Values::Tasks, Some(node)) => {
                let message = "only the kind `class` has classes";
                node.fault("unknown-key", message, "leave one of `kind` and `classes` out");
                None
            }
            (Values::Numbers, None) => Some(Kind::Number),
            (Values::Tasks, None) => Some(Kind::Task),
        }
    }

    fn classes(node: Node<'a>) -> Option<Classes> {
        let names = node.strings()?;
        let classes = Classes::new(&names);
        let distinct =
            names.iter().enumerate().all(|(rank, name)| classes.find(name) == Some(rank));
        let is_empty = names.iter().any(|name| fold(name).is_empty());
        if names.len() < 2 || !distinct || is_empty {
            let help = "list at least two different classes, the best first";
            node.fault("bad-classes", "the classes have no order", help);
            return None;
        }
        Some(classes)
    }
}
