//! A target file of format 1, key by key. Every fault is kept and reading goes on; a plan comes
//! out only where there is none.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use toml::de::DeTable;

use super::class::Classes;
use super::comparison::{Comparison, ComparisonError};
use super::group::{Combine, Group};
use super::indicator::{Indicator, Kind};
use super::scoring::{Compare, Grade, Missing, NotApplicable, Rounding, Scoring, Ties};
use super::table::{Faults, Node, Table, outside, read_years};
use super::target::{Ask, Target, Waiver};
use super::{About, Document, Plan};
use crate::diagnostic::{Diagnostic, Findings};
use crate::number;
use crate::source::{Place, Source};
use crate::text::{fold, nearest};
use crate::unit::Unit;
use crate::year::Years;

/// The format that this program reads.
const FORMAT: u32 = 1;

/// In how many groups a group may not lie: it keeps adding up shallow.
const MOST_NESTED: usize = 16;

/// The largest number of points of an item, and of the score's scale.
const MOST_POINTS: u32 = 1_000_000;

pub(super) fn read(source: &Source) -> Result<Plan, Findings> {
    let (root, syntax) = DeTable::parse_recoverable(source.text());
    let faults = Faults::new(source, &syntax);
    let table = Table::new(root.get_ref(), 0..0, "the target file", &faults);
    let plan = Reader { faults: &faults }.plan(table);
    let found = faults.into_sorted();
    match plan {
        Some(plan) if found.is_empty() => Ok(plan),
        _ => Err(found),
    }
}

/// What reading one file needs at every step.
#[derive(Clone, Copy)]
struct Reader<'a> {
    faults: &'a Faults,
}

impl<'a> Reader<'a> {
    fn plan(self, mut file: Table<'a>) -> Option<Plan> {
        file.required("format", Self::format);
        let id = file.required("plan", Node::owned_string);
        let about = file.required("about", Self::about);
        let scoring = match file.get("scoring") {
            Some(node) => Self::scoring(node),
            None => Some(Scoring::default()),
        };
        let grades = self.grades(file.tables("grade", "a grade"));
        let groups = self.groups(file.tables("group", "a group"));
        let years = about.as_ref().map(|about| about.years);
        let context = Context { groups: &groups.ids, years };
        let indicators = file.tables("indicator", "an indicator");
        if indicators.is_empty() && !self.faults.is_partial() {
            let fault = Diagnostic::error("no-indicators", "the plan has no `[[indicator]]`");
            self.faults.add(fault.at(file.place(), ""));
        }
        let indicators = self.indicators(indicators, &context);
        file.finish();
        let names = indicators.names;
        Some(Plan {
            id: id?,
            about: about?,
            scoring: scoring?,
            grades: grades?,
            groups: groups.read?,
            indicators: indicators.read?,
            names,
        })
    }

    fn format(node: Node<'a>) -> Option<()> {
        let format = node.decimal()?;
        if format == Decimal::from(FORMAT) {
            return Some(());
        }
        let message = format!("format {format} is not known; this program reads format {FORMAT}");
        node.fault("unknown-format", message, "use a version of the program that reads it");
        None
    }

    fn about(node: Node<'a>) -> Option<About> {
        let mut table = node.table("`[about]`")?;
        let title = table.required("title", Node::text);
        let region = table.required("region", Node::owned_string);
        let years = table.required("years", Node::years);
        let document = match table.get("document") {
            Some(node) => Self::document(node),
            None => Some(Document::default()),
        };
        let coordinator = table.optional("coordinator", Node::owned_string);
        table.finish();
        Some(About {
            title: title?,
            region: region?,
            years: years?,
            document: document?,
            coordinator,
        })
    }

    fn document(node: Node<'a>) -> Option<Document> {
        let mut table = node.table("a document")?;
        let number = table.optional("number", Node::owned_string);
        let issuer = table.optional("issuer", Node::owned_string);
        let date = table.optional("date", Node::date);
        table.finish();
        Some(Document { number, issuer, date })
    }

    fn scoring(node: Node<'a>) -> Option<Scoring> {
        let mut table = node.table("`[scoring]`")?;
        let default = Scoring::default();
        let total = table.optional("total", |node| node.decimal_within(1, MOST_POINTS, 6));
        let missing = table.optional("missing", |node| node.one_of(&Missing::WORDS));
        let not_applicable =
            table.optional("not-applicable", |node| node.one_of(&NotApplicable::WORDS));
        let compare = table.optional("compare", |node| node.one_of(&Compare::WORDS));
        let round = table.optional("round", Self::rounding);
        let near = table.optional("near", Self::near);
        let note = table.optional("note", Node::text);
        table.finish();
        Some(Scoring {
            total: total.unwrap_or(default.total),
            missing: missing.unwrap_or_default(),
            not_applicable: not_applicable.unwrap_or_default(),
            compare: compare.unwrap_or_default(),
            round: round.unwrap_or_default(),
            near,
            note,
        })
    }

    fn rounding(node: Node<'a>) -> Option<Rounding> {
        let mut table = node.table("a rounding")?;
        let digits = table.optional("digits", |node| node.decimal_within(0, 10, 0));
        let ties = table.optional("ties", |node| node.one_of(&Ties::WORDS));
        table.finish();
        let default = Rounding::default();
        Some(Rounding {
            digits: digits.and_then(|digits| digits.try_into().ok()).unwrap_or(default.digits),
            ties: ties.unwrap_or_default(),
        })
    }

    fn near(node: Node<'a>) -> Option<Decimal> {
        let text = node.string()?;
        let near = number::parse_per_cent(text).ok();
        let near = near.filter(|near| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(near));
        if near.is_none() {
            let message = format!("`{text}` is no share of a target");
            node.fault(
                "bad-number",
                message,
                "write it in per cent, from `0%` to `100%`: `\"5%\"`",
            );
        }
        near
    }

    fn grades(self, tables: Vec<Table<'a>>) -> Option<Vec<Grade>> {
        let mut grades: Vec<Option<Grade>> = Vec::new();
        for mut table in tables {
            let place = table.place();
            let name = table.required("name", Node::text);
            let from = table.required("from", |node| node.decimal_within(0, MOST_POINTS, 6));
            table.finish();
            let above = grades.last().and_then(|grade| grade.as_ref()).map(|grade| grade.from);
            if above.zip(from).is_some_and(|(above, from)| from >= above) {
                let message = "the grade does not begin below the one before it";
                let fault = Diagnostic::error("grade-order", message).at(place, "");
                self.faults.add(fault.help("list the grades from the best to the worst"));
            }
            grades.push(name.zip(from).map(|(name, from)| Grade { name, from }));
        }
        grades.into_iter().collect()
    }

    fn groups(self, mut tables: Vec<Table<'a>>) -> Groups {
        let ids = self.group_ids(&mut tables);
        let parents: Vec<_> = tables.iter_mut().map(|table| self.parent(table, &ids)).collect();
        self.refuse_cycles(&tables, &parents);
        let groups = tables.into_iter().zip(parents);
        let read = groups.map(|(table, parent)| Self::group(table, parent)).collect::<Vec<_>>();
        Groups { ids, read: read.into_iter().collect() }
    }

    fn group_ids(self, tables: &mut [Table<'a>]) -> BTreeMap<String, usize> {
        let mut places: BTreeMap<&str, Place> = BTreeMap::new();
        let mut ids = BTreeMap::new();
        for (index, table) in tables.iter_mut().enumerate() {
            let Some(node) = table.get("id").filter(|node| node.is_string()) else {
                continue;
            };
            let Some(id) = node.string() else { continue };
            if let Some(first) = places.get(id) {
                self.twice(
                    "duplicate-id",
                    &format!("two groups have the id `{id}`"),
                    node.place(),
                    first,
                );
                continue;
            }
            places.insert(id, node.place());
            ids.insert(id.to_owned(), index);
        }
        ids
    }

    /// Reports a thing that stands at two places, at the second of them.
    fn twice(self, code: &'static str, message: &str, second: Place, first: &Place) {
        let fault = Diagnostic::error(code, message).at(second, "the second");
        self.faults.add(fault.at(first.clone(), "the first"));
    }

    fn parent(self, table: &mut Table<'a>, ids: &BTreeMap<String, usize>) -> Option<usize> {
        table.optional("in", |node| Self::known_group(node, ids))
    }

    fn known_group(node: Node<'a>, ids: &BTreeMap<String, usize>) -> Option<usize> {
        let id = node.string()?;
        let known = ids.get(id).copied();
        if known.is_none() {
            let near = nearest(id, ids.keys().map(String::as_str));
            let help = match near.first() {
                Some(near) => format!("did you mean `{near}`?"),
                None => "give the id of a `[[group]]`".to_owned(),
            };
            node.fault("unknown-group", format!("no group has the id `{id}`"), &help);
        }
        known
    }

    /// A group that lies in itself has no place in the report and no points.
    fn refuse_cycles(self, tables: &[Table<'a>], parents: &[Option<usize>]) {
        for (index, table) in tables.iter().enumerate() {
            let up = |at: &usize| parents.get(*at).copied().flatten();
            let above: Vec<_> = std::iter::successors(up(&index), up).take(MOST_NESTED).collect();
            let fault = if above.contains(&index) {
                let fault = Diagnostic::error("group-cycle", "the group lies in itself");
                fault.help("mend `in` of one of its groups")
            } else if above.len() == MOST_NESTED {
                let message = format!("the group lies in {MOST_NESTED} others or more");
                Diagnostic::error("group-depth", message).help("nest groups less deeply")
            } else {
                continue;
            };
            self.faults.add(fault.at(table.place(), ""));
        }
    }

    fn group(mut table: Table<'a>, parent: Option<usize>) -> Option<Group> {
        let id = table.required("id", Node::owned_string);
        let title = table.required("title", Node::text);
        let clause = table.optional("clause", Node::owned_string);
        let combine = table.optional("combine", |node| node.one_of(&Combine::WORDS));
        let weight = table.optional("weight", Self::weight);
        table.finish();
        Some(Group {
            id: id?,
            parent,
            title: title?,
            clause,
            combine: combine.unwrap_or_default(),
            weight: weight.unwrap_or(Decimal::ONE),
        })
    }

    fn weight(node: Node<'a>) -> Option<Decimal> {
        let weight = node.decimal_within(0, MOST_POINTS, 6)?;
        if weight.is_zero() {
            node.fault("out-of-range", "a weight of 0 counts for nothing", "leave the item out");
            return None;
        }
        Some(weight)
    }

    fn indicators(self, tables: Vec<Table<'a>>, context: &Context<'_>) -> Indicators {
        let mut ids: BTreeMap<String, Place> = BTreeMap::new();
        let mut owners: BTreeMap<String, (usize, Place)> = BTreeMap::new();
        let mut read = Vec::new();
        for (index, mut table) in tables.into_iter().enumerate() {
            self.own_names(index, &mut table, &mut ids, &mut owners);
            read.push(self.indicator(table, context));
        }
        let names = owners.into_iter().map(|(name, (index, _))| (name, index)).collect();
        Indicators { read: read.into_iter().collect(), names }
    }

    /// Notes the names of an indicator, and refuses those that another one has.
    fn own_names(
        self,
        index: usize,
        table: &mut Table<'a>,
        ids: &mut BTreeMap<String, Place>,
        owners: &mut BTreeMap<String, (usize, Place)>,
    ) {
        let nodes = ["id", "name", "aliases"]
            .into_iter()
            .filter_map(|key| table.get(key).map(|node| (key, node)));
        for (key, name) in nodes.flat_map(|(key, node)| names_in(node).map(move |name| (key, name)))
        {
            let folded = fold(name.text);
            match owners.get(&folded) {
                Some((owner, first)) if *owner != index => {
                    let same_id = key == "id" && ids.contains_key(name.text);
                    let (code, what) = if same_id {
                        ("duplicate-id", format!("two indicators have the id `{}`", name.text))
                    } else {
                        ("ambiguous-name", format!("`{}` names two indicators", name.text))
                    };
                    self.twice(code, &what, name.place, first);
                }
                Some(_) => {}
                None => {
                    if key == "id" {
                        ids.insert(name.text.to_owned(), name.place.clone());
                    }
                    owners.insert(folded, (index, name.place));
                }
            }
        }
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
        let per_cent = unit.as_ref().is_some_and(Unit::is_per_cent);
        let asked = Asked { kind: kind.as_ref(), per_cent, years: context.years };
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
        let asks_for_class = targets.is_some_and(|node| {
            let mut asks = node.strings_within().into_iter().filter_map(Node::peek);
            asks.any(|text| text.ends_with("or better"))
        });
        let word = match table.get("kind") {
            Some(node) => {
                node.one_of(&[("number", "number"), ("task", "task"), ("class", "class")])?
            }
            None if classes.is_some() || asks_for_class => "class",
            None => "number",
        };
        if let Some(node) = classes.filter(|_| word != "class") {
            let help = "leave one of `kind` and `classes` out";
            node.fault("unknown-key", format!("a {word} has no classes"), help);
            return None;
        }
        Some(match word {
            "task" => Kind::Task,
            "class" => Kind::Class(match classes {
                Some(node) => Self::classes(node)?,
                None => Classes::water(),
            }),
            _ => Kind::Number,
        })
    }

    fn classes(node: Node<'a>) -> Option<Classes> {
        let names = node.strings()?;
        let classes = Classes::new(&names);
        let distinct =
            names.iter().enumerate().all(|(rank, name)| classes.find(name) == Some(rank));
        if names.len() < 2 || !distinct {
            let help = "list at least two different classes, the best first";
            node.fault("bad-classes", "the classes have no order", help);
            return None;
        }
        Some(classes)
    }

    fn targets(self, node: Node<'a>, asked: &Asked<'_>) -> Option<Vec<Target>> {
        let mut read: Vec<(Years, Place, Option<Target>)> = Vec::new();
        let mut sound = true;
        for (key, place, node) in node.table("the targets by year")?.entries() {
            let Some(years) = read_years(key, place.clone(), self.faults) else {
                sound = false;
                continue;
            };
            self.check_years(years, &place, asked.years);
            for (other, first, _) in &read {
                if let Some(year) = years.overlap(*other) {
                    let message = format!("two targets are for {year}");
                    self.twice("years-overlap", &message, place.clone(), first);
                }
            }
            let target = self.target(node, years, asked);
            read.push((years, place, target));
        }
        read.sort_by_key(|(years, ..)| *years);
        let targets: Option<Vec<_>> = read.into_iter().map(|(_, _, target)| target).collect();
        targets.filter(|_| sound)
    }

    fn check_years(self, years: Years, place: &Place, plan: Option<Years>) {
        let Some(plan) = plan else { return };
        if let Some(year) = outside(years, plan) {
            let message = format!("{year} is outside the plan's years, {plan}");
            let fault = Diagnostic::error("year-outside-plan", message).at(place.clone(), "");
            self.faults.add(fault.help("mend the year, or `years` in `[about]`"));
        }
    }

    fn target(self, node: Node<'a>, years: Years, asked: &Asked<'_>) -> Option<Target> {
        if !node.is_table() {
            let ask = Ask::Firm(Self::comparison(node, asked)?);
            return Some(Target { years, ask, stretch: None, waiver: None });
        }
        let mut table = node.table("a target")?;
        let given = ["firm", "expected", "pending"].map(|key| table.get(key));
        let ask = match given {
            [Some(firm), None, None] => Self::comparison(firm, asked).map(Ask::Firm),
            [None, Some(expected), None] => Self::comparison(expected, asked).map(Ask::Expected),
            [None, None, Some(why)] => why.text().map(Ask::Pending),
            _ => {
                let message = "a target is just one of `firm`, `expected` and `pending`";
                node.fault("bad-target", message, "write it so: `{ expected = \">= 80\" }`");
                None
            }
        };
        let stretch = table.get("stretch").map(|node| Self::comparison(node, asked));
        let waiver = table.get("waived").map(Self::waiver);
        table.finish();
        Some(Target { years, ask: ask?, stretch: sound(stretch)?, waiver: sound(waiver)? })
    }

    fn waiver(node: Node<'a>) -> Option<Waiver> {
        let mut table = node.table("a waiver")?;
        let reason = table.required("reason", Node::text);
        let by = table.required("by", Node::owned_string);
        let until = table.required("until", Node::date);
        table.finish();
        Some(Waiver { reason: reason?, by: by?, until: until? })
    }

    fn comparison(node: Node<'a>, asked: &Asked<'_>) -> Option<Comparison> {
        let kind = asked.kind?;
        if node.is_number() {
            let help = ComparisonError::NoRelation.help();
            node.fault("bad-comparison", "nothing says how a value is compared", &help);
            return None;
        }
        let text = node.string()?;
        let read = match kind {
            Kind::Number => Comparison::parse_number(text),
            Kind::Task => Comparison::parse_task(text),
            Kind::Class(classes) => Comparison::parse_class(text, classes),
        };
        let comparison = read
            .map_err(|error| {
                let message = format!("`{text}` is no comparison: {error}");
                node.fault("bad-comparison", message, &error.help());
            })
            .ok()?;
        let far = |number: &Decimal| asked.per_cent && number.abs() > Decimal::ONE_THOUSAND;
        if let Some(number) = comparison.numbers().into_iter().find(far) {
            let help = "write 90 % as `90`";
            node.fault("implausible-per-cent", format!("{number} % cannot be meant"), help);
            return None;
        }
        Some(comparison)
    }
}

/// A key that was left out is sound; one whose value could not be read is not.
fn sound<T>(read: Option<Option<T>>) -> Option<Option<T>> {
    match read {
        None => Some(None),
        Some(None) => None,
        Some(Some(value)) => Some(Some(value)),
    }
}

/// The groups, and the ids by which they are known even where one of them could not be read.
struct Groups {
    ids: BTreeMap<String, usize>,
    read: Option<Vec<Group>>,
}

/// The indicators, and every folded name with the index of the one that it names.
struct Indicators {
    read: Option<Vec<Indicator>>,
    names: BTreeMap<String, usize>,
}

/// What an indicator refers to elsewhere in the file.
struct Context<'a> {
    groups: &'a BTreeMap<String, usize>,
    years: Option<Years>,
}

/// What a target must fit.
struct Asked<'a> {
    kind: Option<&'a Kind>,
    per_cent: bool,
    years: Option<Years>,
}

struct Name<'a> {
    text: &'a str,
    place: Place,
}

/// The names under `id`, `name` or `aliases`, without judging the rest.
fn names_in(node: Node<'_>) -> impl Iterator<Item = Name<'_>> {
    node.strings_within()
        .into_iter()
        .map(|node| Name { text: node.peek().unwrap_or_default(), place: node.place() })
}
