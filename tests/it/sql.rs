//! The query of a plan, run in engines, and held against the program to the last digit.

use std::fmt::Write as _;
use std::io::Cursor;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use assess::data::{Options, Reader, Value};
use assess::plan::{Book, Plan, Quantity};
use assess::source::Source;
use assess::text::Lang;
use tempfile::TempDir;

use crate::world::{World, read, root};

/// Says why a test that passes tested less.
#[expect(clippy::print_stderr, reason = "a test has nowhere else to say it")]
fn skipped(why: &str) {
    eprintln!("skipped: {why}");
}

/// An engine that runs queries.
trait Engine {
    /// The name of its SQL.
    fn dialect(&self) -> &'static str;
    /// Runs some statements, and gives the rows of the last as CSV, or what the engine says of it.
    fn run(&self, setup: &str, query: &str) -> Result<String, String>;
}

/// DuckDB, in the Python environment that `.ci/run` makes.
struct DuckDb(PathBuf);

impl DuckDb {
    fn find() -> Option<Self> {
        let python = root().join("target/duckdb/bin/python");
        let is_there = Command::new(&python).args(["-c", "import duckdb"]).output();
        if is_there.is_ok_and(|output| output.status.success()) {
            return Some(Self(python));
        }
        skipped("DuckDB is not there (`.ci/run` installs it into target/duckdb)");
        None
    }
}

const PYTHON: &str = "
import csv, duckdb, sys
folder = sys.argv[1]
text = lambda name: open(folder + '/' + name, encoding='utf-8').read()
connection = duckdb.connect()
connection.execute(text('setup.sql'))
out = csv.writer(open(folder + '/out.csv', 'w', encoding='utf-8', newline=''), lineterminator='\\n')
cursor = connection.execute(text('query.sql'))
out.writerow([column[0] for column in cursor.description])
out.writerows(['' if cell is None else cell for cell in row] for row in cursor.fetchall())
";

impl Engine for DuckDb {
    fn dialect(&self) -> &'static str {
        "duckdb"
    }

    fn run(&self, setup: &str, query: &str) -> Result<String, String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("setup.sql"), setup).unwrap();
        std::fs::write(folder.path().join("query.sql"), query).unwrap();
        let output = Command::new(&self.0).arg("-c").arg(PYTHON).arg(folder.path()).output();
        let output = output.unwrap();
        if !output.status.success() {
            return Err(String::from_utf8(output.stderr).unwrap());
        }
        Ok(std::fs::read_to_string(folder.path().join("out.csv")).unwrap())
    }
}

/// A PostgreSQL server of its own, on a socket in a folder of its own.
struct Postgres {
    folder: TempDir,
    programs: PathBuf,
}

impl Postgres {
    fn find() -> Option<Self> {
        let Some(programs) = Self::programs() else {
            skipped("the programs of a PostgreSQL server are not there");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        let server = Self { folder, programs };
        if let Err(why) = server.start() {
            skipped(&format!("no PostgreSQL server can be started: {why}"));
            return None;
        }
        Some(server)
    }

    fn programs() -> Option<PathBuf> {
        let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
        let folders = versions.filter_map(|entry| Some(entry.ok()?.path().join("bin")));
        folders.filter(|folder| folder.join("initdb").exists()).max()
    }

    /// A program of the server; as an ordinary user, for it does not run as the first one.
    fn program(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        let id = Command::new("id").arg("-u").output().unwrap();
        if id.stdout.trim_ascii() != b"0" {
            return Command::new(program);
        }
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(program);
        command
    }

    fn start(&self) -> Result<(), String> {
        let path = self.folder.path();
        let _ = Command::new("chown").arg("postgres").arg(path).output();
        let data = path.join("data");
        let done = |command: &mut Command| {
            let output = command.current_dir("/").stdin(Stdio::null()).output();
            let output = output.map_err(|error| error.to_string())?;
            if output.status.success() {
                Ok(())
            } else {
                Err(String::from_utf8_lossy(&output.stderr).into_owned())
            }
        };
        let mut init = self.program("initdb");
        init.args(["--encoding=UTF8", "--locale=C", "--auth=trust", "--username=postgres"]);
        done(init.args(["--no-sync", "-D"]).arg(&data))?;
        let mut start = self.program("pg_ctl");
        let options = format!("-k {} -c listen_addresses= -c fsync=off", path.display());
        start.args(["-w", "-o", &options, "-l"]).arg(path.join("log")).arg("-D").arg(&data);
        done(start.arg("start").stdout(Stdio::null()).stderr(Stdio::null()))
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let mut stop = self.program("pg_ctl");
        stop.args(["-m", "immediate", "-D"]).arg(self.folder.path().join("data")).arg("stop");
        let _ = stop.current_dir("/").stdout(Stdio::null()).stderr(Stdio::null()).status();
    }
}

impl Engine for Postgres {
    fn dialect(&self) -> &'static str {
        "postgres"
    }

    fn run(&self, setup: &str, query: &str) -> Result<String, String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("all.sql");
        std::fs::write(&file, format!("\\o /dev/null\nBEGIN;\n{setup}\n\\o\n{query}\n;\n"))
            .unwrap();
        let psql = Command::new(self.programs.join("psql"))
            .args(["-X", "-q", "--csv", "-v", "ON_ERROR_STOP=1", "-U", "postgres", "-h"])
            .arg(self.folder.path())
            .arg("-f")
            .arg(&file)
            .env("PGCLIENTENCODING", "UTF8")
            .output()
            .unwrap();
        if psql.status.success() {
            Ok(String::from_utf8(psql.stdout).unwrap())
        } else {
            Err(String::from_utf8(psql.stderr).unwrap())
        }
    }
}

fn engines() -> Vec<Box<dyn Engine>> {
    let duckdb = DuckDb::find().map(|engine| Box::new(engine) as Box<dyn Engine>);
    let postgres = Postgres::find().map(|engine| Box::new(engine) as Box<dyn Engine>);
    duckdb.into_iter().chain(postgres).collect()
}

/// A plan, its letters and its values, as files of the repository or of a test.
struct Case {
    years: &'static str,
    targets: Vec<(String, String)>,
    data: Vec<(String, Vec<u8>)>,
}

impl Case {
    fn of(years: &'static str, targets: &[&str], data: &[&str]) -> Self {
        let targets = targets.iter().map(|path| ((*path).to_owned(), read(path))).collect();
        let bytes = |path: &&str| ((*path).to_owned(), std::fs::read(root().join(path)).unwrap());
        Self { years, targets, data: data.iter().map(bytes).collect() }
    }

    fn world(&self) -> World {
        let targets = self.targets.iter();
        let world = targets.fold(World::new(), |world, (path, text)| world.file(path, text));
        self.data.iter().fold(world, |world, (path, bytes)| world.file(path, bytes))
    }

    fn args(&self) -> String {
        let targets = self.targets.iter().map(|(path, _)| format!(" --targets {path}"));
        targets.collect()
    }

    /// What the program prints.
    fn assessed(&self) -> Vec<Vec<String>> {
        let data: String = self.data.iter().map(|(path, _)| format!(" --data {path}")).collect();
        let args = format!("{}{}{data} --format csv --lang zh", self.years, self.args());
        let outcome = self.world().run(&args);
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
        rows(&outcome.stdout)
    }

    fn query(&self, dialect: &str) -> String {
        let args = format!("sql {}{} --dialect {dialect} --lang zh", self.years, self.args());
        let outcome = self.world().run(&args);
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
        outcome.stdout
    }

    fn book(&self) -> Book {
        let sources = self.targets.iter().map(|(path, text)| Source::new(path, text.as_str()));
        let sources: Vec<Source> = sources.collect();
        if let [only] = sources.as_slice()
            && only.text().contains("amends")
        {
            let plan = Source::new("plan", read("targets/hunchun-2021-2025.toml"));
            return Book::read(&plan, &sources).unwrap();
        }
        match sources.split_first() {
            Some((plan, letters)) => Book::read(plan, letters).unwrap(),
            None => {
                let plan = Source::new("plan", read("targets/hunchun-2021-2025.toml"));
                Book::read(&plan, &[]).unwrap()
            }
        }
    }

    /// The statements that make the table: what the files have, in the units of the plan.
    fn table(&self) -> String {
        let book = self.book();
        let year = (!self.years.contains('-')).then(|| self.years.parse().unwrap());
        let mut reader = Reader::new(book.plan(), Options { year, ..Options::default() });
        for (path, text) in &self.data {
            reader.read(path, None, &mut Cursor::new(text)).unwrap();
        }
        let (measurements, _) = reader.finish().unwrap();
        let plan = book.plan();
        let mut lines = Vec::new();
        let indices = (0..plan.indicators().len()).map(Quantity::Item);
        let quantities: Vec<_> =
            indices.chain((0..plan.inputs().len()).map(Quantity::Input)).collect();
        for region in measurements.regions() {
            for year in 2015..=2030 {
                let year = year.to_string().parse().unwrap();
                for quantity in &quantities {
                    if let Some(measured) = region.get(year, *quantity) {
                        let value = value(plan, *quantity, &measured.value);
                        let id = plan.measure(*quantity).unwrap().id;
                        lines.push(row(region.name(), &year.to_string(), id, &value));
                    }
                }
            }
        }
        make(&lines)
    }
}

fn value(plan: &Plan, quantity: Quantity, value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Progress(done) => format!("{done}%"),
        Value::NotApplicable(reason) => format!("不适用：{reason}"),
        other => other.show(plan.measure(quantity).unwrap(), Lang::Zh),
    }
}

fn row(region: &str, year: &str, id: &str, value: &str) -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    format!("({}, {year}, {}, {})", quoted(region), quoted(id), quoted(value))
}

fn make(lines: &[String]) -> String {
    let mut text = "CREATE TEMPORARY TABLE measurements \
                    (region TEXT, year INTEGER, indicator TEXT, value TEXT);"
        .to_owned();
    if !lines.is_empty() {
        write!(text, "\nINSERT INTO measurements VALUES\n{};", lines.join(",\n")).unwrap();
    }
    text
}

/// What is compared: kind, region, year, id, state, points, earned, grade, value.
fn rows(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let columns = ["row", "region", "year", "id", "state", "points", "earned", "grade", "value"];
    let header = reader.headers().unwrap().clone();
    let at = columns.map(|name| header.iter().position(|column| column == name).unwrap());
    let kinds = ["item", "group", "total", "score"];
    let rows = reader.records().map(Result::unwrap).filter(|row| kinds.contains(&&row[at[0]]));
    let rows = rows.map(|row| {
        let mut row: Vec<String> = at.iter().map(|at| row[*at].to_owned()).collect();
        // What a spreadsheet could take for a formula has an apostrophe in the program's.
        if row[1].starts_with("'-") {
            row[1].remove(0);
        }
        let value = row.pop().unwrap();
        // What does not apply by way of another value has that one's reason in the program.
        let applies = row[4] != "not_applicable";
        row.push(if applies { printed(&value) } else { String::new() });
        row
    });
    let mut rows: Vec<_> = rows.collect();
    rows.sort();
    rows
}

/// A value that is a number, at the digits that a query gives what is worked out; other words each
/// has in its own way.
fn printed(value: &str) -> String {
    match value.parse::<rust_decimal::Decimal>() {
        Ok(number) if number.scale() > 18 => number.round_dp(18).normalize().to_string(),
        Ok(number) => number.to_string(),
        Err(_) => String::new(),
    }
}

fn agree(case: &Case, engine: &dyn Engine) {
    let found = engine.run(&case.table(), &case.query(engine.dialect()));
    let found = found.unwrap_or_else(|why| panic!("{}: {}", engine.dialect(), tail(&why)));
    let (found, expected) = (rows(&found), case.assessed());
    let show = |rows: &[Vec<String>]| rows.iter().map(|row| row.join(" | ")).collect::<Vec<_>>();
    let (found, expected) = (show(&found), show(&expected));
    let wrong: Vec<_> = expected.iter().filter(|row| !found.contains(row)).collect();
    let extra: Vec<_> = found.iter().filter(|row| !expected.contains(row)).collect();
    assert!(
        wrong.is_empty() && extra.is_empty(),
        "{}, {}\nprogram: {wrong:#?}\nquery: {extra:#?}",
        engine.dialect(),
        case.targets.iter().map(|(_, text)| text.as_str()).collect::<String>(),
    );
    assert!(!expected.is_empty());
}

fn tail(text: &str) -> &str {
    let at = text.floor_char_boundary(text.len().saturating_sub(1500));
    &text[at..]
}

fn files_in(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(root().join(folder)).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut paths: Vec<_> = names.map(|name| format!("{folder}/{name}")).collect();
    paths.sort();
    paths
}

/// Every example that ships, and the plan that is built in.
fn examples() -> Vec<Case> {
    let returns = files_in("examples/returns/returns");
    let returns: Vec<&str> = returns.iter().map(String::as_str).collect();
    let county = "examples/county-rules";
    vec![
        Case::of("2021", &[], &["examples/hunchun-2021/measurements.csv"]),
        Case::of(
            "2022",
            &["examples/hunchun-2022-letter/letter.toml"],
            &["examples/hunchun-2022-letter/measurements.csv"],
        ),
        Case::of("2021-2024", &["examples/jilin/plan.toml"], &["examples/jilin/measurements.csv"]),
        Case::of("2021", &["examples/returns/plan.toml"], &returns),
        Case::of(
            "2021-2022",
            &[&format!("{county}/plan.toml"), &format!("{county}/letter-2022.toml")],
            &[&format!("{county}/measurements.csv")],
        ),
    ]
}

#[test]
fn every_example_is_the_same_in_engines() {
    for engine in engines() {
        for case in examples() {
            agree(&case, engine.as_ref());
        }
    }
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    fn pick<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[usize::try_from(self.roll(of.len() as u64)).unwrap()]
    }
}

/// Rules that are covered, each with its target; the item is worth ten points.
const RULES: [(&str, &str); 43] = [
    ("", ">= 50"),
    ("", "< 50"),
    ("", "40 to 60.5"),
    ("off = 0.7, per = 3", "<= 50"),
    ("off = 0.7, per = 3, part = \"whole\"", ">= 50"),
    ("off = 0.7, per = 0.3, part = \"begun\"", "<= 49.5"),
    ("off = 1, per = 7, zero-at = 20", ">= 50.25"),
    ("off = 3, per = 7", "45 to 55"),
    ("off = 0.5, per = 3, of-target = true", "<= 48"),
    ("off = 1, per = 1", "<= last year"),
    ("off = 0.3, per = 1, bonus = { add = 0.3, per = 7, up-to = 2 }", ">= 97% of last year"),
    (
        "met = 8, off = 0.4, per = 3, bonus = { add = 0.4, per = 3, up-to = 2, part = \"begun\" }",
        ">= 50",
    ),
    ("off = 1, per = 3, floor = -4", ">= 50"),
    ("off = 1.1, per = 3, round = { digits = 1, ties = \"up\" }", ">= 50"),
    ("off = 1.25, per = 2, round = { digits = 1, ties = \"even\" }", ">= 50"),
    ("proportional = true", ">= 60"),
    ("proportional = true, times = 0.7", ">= 70"),
    ("proportional = true, round-rate = 0", ">= 70"),
    ("proportional = true, round-rate = 2, times = 0.9", ">= last year + 1.5"),
    ("proportional = true, worse-than-last-year = 0", ">= 60"),
    ("line = [[30, 0], [63, 10]]", "scored"),
    ("line = [[20, 10], [33, 4], [70, 0]]", "scored"),
    ("line = [[80, 0], [101, 10]], of-target = true", ">= 57"),
    ("bands = [[\">= 60\", 10], [\">= 50\", 6], [\"else\", 1]]", "scored"),
    ("bands = [[\"<= 40\", 10], [\"< 50\", 6]]", "scored"),
    ("bands = [[\">= 100\", 10], [\">= 90\", 6]], of-target = true", ">= 53"),
    ("rank = { last = 3 }", "scored"),
    ("rank = { last = 3, ties = \"mean\" }", "scored"),
    ("rank = { last = 3, ties = \"dense\" }", "scored"),
    ("rank = { by = \"value\", last = 2 }", "scored"),
    ("rank = { bands = [[\"<= 2\", 10], [\"<= 4\", 5]] }", "scored"),
    ("reported = true", "scored"),
    ("formula = \"if value >= target { points } else { points * value / target * 0.8 }\"", ">= 60"),
    ("formula = \"min(points, max(value / 7, round(value / 9, 1)))\"", "scored"),
    ("formula = \"floor(value / 7) + ceil(value / 9) - abs(value) / 50\"", "scored"),
    ("formula = \"if value > 40 && other > 40 || value < 20 { 9 } else { other / 11 }\"", "scored"),
    ("formula = \"other / 13 + last_year(other) / 17\"", "scored"),
    ("formula = \"in_year(other, 2020) / 19 + base_year(other) / 23\"", "scored"),
    ("formula = \"round(value * value / 700, 2) - 10% * other\", floor = -3", "scored"),
    ("off = 0.3, per = 0.7, bonus = { add = 1, per = 7 }, cap = 12.5", "<= 50"),
    ("", ">= 90% of base year"),
    ("", "<= 40% of the way to 2023"),
    ("off = 0.9, per = 3", ">= 55"),
];

fn made_up(dice: &mut Dice) -> (String, String) {
    let missing = dice.pick(&["zero", "leave-out"]);
    let not_applicable = dice.pick(&["leave-out", "full", "zero", "mean"]);
    let compare = dice.pick(&["exact", "exact", "rounded"]);
    let ties = dice.pick(&["even", "up"]);
    let combine = |dice: &mut Dice| dice.pick(&["sum", "mean", "lowest", "weighted"]);
    let extra = |dice: &mut Dice| {
        dice.pick(&["", "points = 33\n", "points = 20\ncap = 15\n", "floor = 2\n"])
    };
    let mut plan = format!(
        "format = 1\nplan = \"dice\"\n[about]\ntitle = \"骰子\"\nregion = \"r0\"\nyears = \"2021-2023\"\n\
         base-year = 2020\n[scoring]\ntotal = {}\nmissing = \"{missing}\"\nnot-applicable = \"{not_applicable}\"\n\
         compare = \"{compare}\"\nround = {{ digits = {}, ties = \"{ties}\" }}\nnot-assessable = \"{}\"\n\
         [[grade]]\nname = \"A\"\nfrom = 60\n[[grade]]\nname = \"B\"\nfrom = 49.995\n[[grade]]\nname = \"C\"\nfrom = 0\n",
        dice.pick(&["100", "120", "33.3"]),
        dice.roll(4),
        dice.pick(&["zero", "leave-out"]),
    );
    for limit in [
        "missing > 3",
        "share(inner) < 0.5",
        "earned(e1) == 0 || other > 90",
        "score > 70 && state(e2) == \"missed\"",
        "lowest_share < 0.05",
        "e3 > 80 && missed > 2",
    ] {
        if dice.roll(3) == 0 {
            let what = dice.pick(&["grade = \"B\"", "grade = \"C\"", "lower = 1"]);
            plan += &format!("[[grade-limit]]\nwhen = '{limit}'\n{what}\nreason = \"r\"\n");
        }
    }
    let (first, second, third) = (combine(dice), combine(dice), combine(dice));
    let (a, b, c) = (extra(dice), extra(dice), extra(dice));
    plan += &format!(
        "[[group]]\nid = \"outer\"\ntitle = \"o\"\ncombine = \"{first}\"\n{a}\
         [[group]]\nid = \"inner\"\nin = \"outer\"\ntitle = \"i\"\ncombine = \"{second}\"\nweight = 0.3\n{b}\
         [[group]]\nid = \"side\"\ntitle = \"s\"\ncombine = \"{third}\"\nweight = 2\n{c}\
         [[input]]\nid = \"other\"\nname = \"其他\"\n[[input]]\nid = \"days\"\nname = \"天\"\nleast = 1\n"
    );
    for index in 1..=14 {
        let (rule, target) = RULES[usize::try_from(dice.roll(RULES.len() as u64)).unwrap()];
        let group = dice.pick(&["outer", "inner", "side", ""]);
        let group = if group.is_empty() { String::new() } else { format!("group = \"{group}\"\n") };
        let worked = !rule.contains("by = \"value\"") && dice.roll(6) == 0;
        let value = if worked { "value = \"other * 30 / days\"\n" } else { "" };
        let needs = if dice.roll(6) == 0 { "needs = { days = 20 }\n" } else { "" };
        let target = match target {
            "<= 40% of the way to 2023" => {
                "{ 2021-2022 = \"<= 40% of the way to 2023\", 2023 = \"<= 90% of base year\" }"
                    .to_owned()
            }
            target => format!(
                "{{ 2021 = \"{target}\", 2022 = {} }}",
                match dice.roll(8) {
                    0 => "{ pending = \"later\" }".to_owned(),
                    1 => format!(
                        "{{ firm = \"{target}\", waived = {{ reason = \"r\", by = \"b\", until = 2022-12-31 }} }}"
                    ),
                    _ => format!("\"{target}\""),
                }
            ),
        };
        let veto = if dice.roll(12) == 0 { "unmet-limits-grade = \"B\"\n" } else { "" };
        let better = if target.contains("scored") { "better = \"higher\"\n" } else { "" };
        let better = if rule.contains("<= 40") || rule.contains("[20, 10]") {
            "better = \"lower\"\n"
        } else {
            better
        };
        plan += &format!(
            "[[indicator]]\nid = \"e{index}\"\nname = \"项目{index}\"\npoints = 10\nweight = {}\n{group}{value}{needs}{veto}{better}\
             targets = {target}\n",
            dice.pick(&["1", "0.5", "3"]),
        );
        if !rule.is_empty() {
            plan += &format!("score = {{ {rule} }}\n");
        }
    }
    // A bonus item, of no points of its own and no value of its own.
    let group = dice.pick(&["outer", "inner", "side"]);
    plan += &format!(
        "[[indicator]]\nid = \"e15\"\nname = \"加分\"\npoints = 0\ngroup = \"{group}\"\n\
         score = {{ formula = \"other / 40\", cap = 2, floor = -1 }}\ntargets = {{ 2021-2022 = \"scored\" }}\n"
    );
    let mut data = "indicator,region,year,value\n".to_owned();
    for region in 0..12 {
        for year in 2020..=2022 {
            let items = (1..=14).map(|index| format!("e{index}"));
            for id in items.chain(["other".to_owned(), "days".to_owned()]) {
                if plan.contains(&format!("id = \"{id}\"\n")) && is_worked_out(&plan, &id) {
                    continue;
                }
                let value = match dice.roll(12) {
                    0 => continue,
                    1 if id != "days" => "不适用：无".to_owned(),
                    2 => "50".to_owned(),
                    3 => "49.995".to_owned(),
                    4 if id != "days" => format!("-{}", dice.roll(90)),
                    5 => format!("{}", 1 + dice.roll(100)),
                    6 => format!("{}.{:06}", 1 + dice.roll(100), dice.roll(1_000_000)),
                    _ => format!("{}.{:02}", 1 + dice.roll(100), dice.roll(100)),
                };
                data += &format!("{id},r{region},{year},{value}\n");
            }
        }
    }
    (plan, data)
}

fn is_worked_out(plan: &str, id: &str) -> bool {
    let start = plan.find(&format!("id = \"{id}\"\n")).unwrap();
    let end = plan[start..].find("[[").map_or(plan.len(), |end| start + end);
    plan[start..end].contains("\nvalue = ")
}

#[test]
fn made_up_plans_are_the_same_in_engines() {
    let rounds = std::env::var("ASSESS_SQL_ROUNDS").map_or(6, |rounds| rounds.parse().unwrap());
    let first = std::env::var("ASSESS_SQL_FIRST").map_or(1, |first| first.parse().unwrap());
    let engines = engines();
    let mut done = 0;
    for seed in first..first + rounds {
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(seed));
        let (plan, data) = made_up(&mut dice);
        let case = Case {
            years: "2021-2022",
            targets: vec![("plan.toml".to_owned(), plan.clone())],
            data: vec![("data.csv".to_owned(), data.into_bytes())],
        };
        // A few contradict themselves.
        if Book::read(&Source::new("plan.toml", plan.as_str()), &[]).is_err() {
            continue;
        }
        for engine in &engines {
            agree(&case, engine.as_ref());
        }
        done += 1;
    }
    assert!(done * 2 >= rounds, "only {done} of {rounds} made a plan");
}

/// A plan whose names are what a query could stumble over.
const HOSTILE: &str = r#"
format = 1
plan = "ho'stile -- \\ plan"

[about]
title = "a 'title' -- of words"
region = "O'Brien"
years = "2021-2022"

[scoring]
round = { digits = 1, ties = "up" }

[[grade]]
name = "it's \"good\""
from = 50

[[grade]]
name = "\\'; DROP TABLE measurements; --"
from = 0

[[indicator]]
id = "pm25"
name = "tie on the threshold"
points = 6
least = -50
most = 99.5
score = { off = 0.5, per = 1, floor = -2 }
targets = { 2021-2022 = "<= 30" }

[[indicator]]
id = "class"
name = "class"
classes = ["it's", "so-so", "b\\ad"]
targets = { 2021-2022 = "so-so or better" }

[[indicator]]
id = "task"
name = "task"
kind = "task"
score = { proportional = true }
targets = { 2021-2022 = "done" }

[[set]]
indicator = "pm25"
regions = ["x', 'y"]
points = 10
"#;

fn hostile(data: &str) -> Case {
    Case {
        years: "2021-2022",
        targets: vec![("plan.toml".to_owned(), HOSTILE.to_owned())],
        data: vec![("data.csv".to_owned(), data.as_bytes().to_vec())],
    }
}

const HOSTILE_DATA: &str = "indicator,region,year,value
pm25,O'Brien,2021,30
class,O'Brien,2021,it's
task,O'Brien,2021,done
pm25,O'Brien,2022,30.000001
class,O'Brien,2022,b\\ad
task,O'Brien,2022,not done
pm25,\"x', 'y\",2021,-12.50
class,\"x', 'y\",2021,so-so
task,\"x', 'y\",2021,60%
pm25,\"--\",2022,99.5
class,\"\"\"; DROP\",2021,不适用：无
pm25,\\',2021,42
";

#[test]
fn hostile_names_ties_and_negatives_are_the_same_in_engines() {
    for engine in engines() {
        agree(&hostile(HOSTILE_DATA), engine.as_ref());
    }
}

#[test]
fn an_empty_table_has_no_region_and_one_without_known_rows_neither() {
    for engine in engines() {
        let case = hostile(HOSTILE_DATA);
        let query = case.query(engine.dialect());
        let none = engine.run(&make(&[]), &query).unwrap();
        assert!(rows(&none).is_empty(), "{none}");
        let other = row("East", "2021", "of another plan", "3");
        assert!(rows(&engine.run(&make(&[other]), &query).unwrap()).is_empty());
        // Where a value is null, its region is known all the same, and all is missing.
        let null = "('East', 2021, 'pm25', NULL)".to_owned();
        let found = rows(&engine.run(&make(&[null]), &query).unwrap());
        let missing = found.iter().filter(|row| row[4] == "missing").count();
        assert_eq!((found.len(), missing), (10, 6), "{found:?}");
    }
}

#[test]
fn a_table_of_exact_numbers_does_as_well_as_one_of_texts() {
    let table = "CREATE TEMPORARY TABLE measurements \
                 (region TEXT, year INTEGER, indicator TEXT, value NUMERIC(20, 8));\n\
                 INSERT INTO measurements VALUES ('', 2021, 'pm25', 31.4), ('East', 2021, 'pm25', 30), \
                 ('East', 2021, 'task', 60);";
    for engine in engines() {
        let query = hostile(HOSTILE_DATA).query(engine.dialect());
        let found = rows(&engine.run(table, &query).unwrap());
        let items = found.iter().filter(|row| row[0] == "item" && row[2] == "2021");
        let told: Vec<_> =
            items.map(|row| format!("{} {} {} {}", row[1], row[3], row[4], row[6])).collect();
        assert_eq!(
            told,
            [
                "East class missing 0",
                "East pm25 met 6",
                "East task missed 0.6",
                "O'Brien class missing 0",
                "O'Brien pm25 missed 5.3",
                "O'Brien task missing 0",
            ]
        );
    }
}

#[test]
fn what_a_table_cannot_mean_stops_the_query() {
    let region = |value: &str| vec![row("East", "2021", "pm25", value)];
    let cases = [
        (region("thirty"), "the value `thirty` of `pm25`, East, 2021, cannot be read"),
        (region("1e3"), "cannot be read"),
        (region("30.1234567"), "cannot be read"),
        (region("1000000000000000"), "cannot be read"),
        (region("99.6"), "the value `99.6` of `pm25`, East, 2021, is outside what the plan allows"),
        (region("-51"), "is outside what the plan allows"),
        (vec![row("East", "2021", "task", "101%")], "is outside what the plan allows"),
        (vec![row("East", "2021", "class", "no class")], "cannot be read"),
        ([region("3"), region("4")].concat(), "`pm25` has two values for East, 2021: `3` and `4`"),
    ];
    for engine in engines() {
        let query = hostile(HOSTILE_DATA).query(engine.dialect());
        for (lines, expected) in &cases {
            let why = engine.run(&make(lines), &query).unwrap_err();
            assert!(why.contains(expected), "{}: {expected}: {}", engine.dialect(), tail(&why));
        }
        // One value that is said twice is one value.
        let twice = [region("3.10"), region("3.1"), region("+3.1")].concat();
        engine.run(&make(&twice), &query).unwrap();
    }
}

#[test]
fn a_plan_that_lists_its_regions_knows_no_others() {
    let plan = format!(
        "{}\n[[region]]\nname = \"East\"\naliases = [\"E\", \"001\"]\n",
        HOSTILE.replace("x', 'y", "East")
    );
    let data =
        "indicator,region,year,value\npm25,001,2021,31.4\npm25,E,2022,3\npm25,O'Brien,2021,5\n";
    let mut case = hostile(data);
    case.targets = vec![("plan.toml".to_owned(), plan)];
    for engine in engines() {
        agree(&case, engine.as_ref());
        let query = case.query(engine.dialect());
        let alias = row("001", "2021", "pm25", "31.4");
        let found = rows(&engine.run(&make(&[alias]), &query).unwrap());
        assert!(found.iter().all(|row| row[1] == "East"), "{found:?}");
        let unknown = row("North", "2021", "pm25", "31.4");
        let why = engine.run(&make(&[unknown]), &query).unwrap_err();
        assert!(why.contains("the plan lists no region `North`"), "{}", tail(&why));
    }
}

#[test]
fn a_number_that_grows_too_large_stops_the_query_and_is_never_a_wrong_one() {
    let plan = "format = 1\nplan = \"p\"\n[about]\ntitle = \"t\"\nregion = \"r\"\nyears = \"2021\"\n\
                [[indicator]]\nid = \"a\"\nname = \"a\"\npoints = 10\nbetter = \"higher\"\n\
                score = { formula = \"value * value * value / 1000000000000\" }\n\
                targets = { 2021 = \"scored\" }\n";
    let case = Case {
        years: "2021",
        targets: vec![("plan.toml".to_owned(), plan.to_owned())],
        data: vec![("d.csv".to_owned(), b"indicator,value\na,999999999999\n".to_vec())],
    };
    for engine in engines() {
        let found = engine.run(&case.table(), &case.query(engine.dialect()));
        match engine.dialect() {
            "duckdb" => assert!(found.unwrap_err().contains("Out of Range"), "no overflow"),
            _ => agree(&case, engine.as_ref()),
        }
    }
}

#[test]
fn a_plan_that_scores_nothing_while_a_value_is_missing_has_no_score() {
    let plan = HOSTILE.replace("[scoring]", "[scoring]\nmissing = \"refuse\"");
    let mut case = hostile(HOSTILE_DATA);
    case.targets = vec![("plan.toml".to_owned(), plan)];
    for engine in engines() {
        let found = rows(&engine.run(&case.table(), &case.query(engine.dialect())).unwrap());
        let scores = found.iter().filter(|row| row[0] == "score");
        let with_score = scores.filter(|row| !row[6].is_empty() || !row[7].is_empty());
        let told: Vec<_> = with_score.map(|row| format!("{} {}", row[1], row[2])).collect();
        assert_eq!(told, ["O'Brien 2021", "O'Brien 2022", "x', 'y 2021"]);
    }
}

/// The example of the documentation.
#[test]
fn the_documented_result_is_what_engines_give() {
    let page = read("docs/sql.md");
    let block = |start: &str| {
        let rest = page.split_once(&format!("```{start}\n")).unwrap().1;
        rest.split_once("\n```").unwrap().0.to_owned() + "\n"
    };
    let case = Case {
        years: "2021",
        targets: vec![("targets/plan.toml".to_owned(), block("toml targets/plan.toml"))],
        data: vec![("values.csv".to_owned(), block("csv values.csv").into_bytes())],
    };
    let rows: Vec<String> = block("csv values.csv")
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<_> = line.split(',').collect();
            row(cells[0], cells[1], cells[2], cells[3])
        })
        .collect();
    for engine in engines() {
        let query = case.query(engine.dialect()).replace("--lang zh", "");
        assert_eq!(engine.run(&make(&rows), &query).unwrap(), block("text"));
    }
}

/// There is no Spark to run it in: its text is read.
#[test]
fn the_query_for_spark_is_as_it_was_read() {
    let plan = HOSTILE.replace("2021-2022", "2021");
    let mut case = hostile(HOSTILE_DATA);
    (case.years, case.targets) = ("2021", vec![("plan.toml".to_owned(), plan)]);
    insta::assert_snapshot!(case.query("spark"));
}

#[test]
fn what_no_query_says_is_refused_by_name_all_at_once() {
    let plan = r#"
format = 1
plan = "refused"
[about]
title = "t"
region = "r"
years = "2021"
[scoring]
compare = "rounded"
[[input]]
id = "x"
name = "x"
[[input]]
id = "y"
name = "y"
least = 1
[[indicator]]
id = "place"
name = "place"
better = "higher"
value = "x / y"
points = 3
score = { rank = { by = "value", last = 1 } }
targets = { 2021 = "scored" }
[[indicator]]
id = "own"
name = "own"
points = 3
score = { formula = "value + by-way" }
targets = { 2021 = ">= 1.5" }
[[indicator]]
id = "by-way"
name = "by way"
value = "own / 3"
points = 3
targets = { 2021 = ">= 1" }
"#;
    let world = World::new().file("targets/plan.toml", plan);
    let outcome = world.run("sql 2021 --dialect duckdb");
    assert!(outcome.stdout.is_empty());
    insta::assert_snapshot!(outcome.transcript());
}

#[test]
fn a_table_is_named_as_the_engine_names_it() {
    let world = World::with_plan();
    let told = world.run("sql 2021 --dialect duckdb --table air.readings");
    assert!(told.stdout.contains("FROM air.readings AS t"), "{}", told.stdout);
    let outcome = world.run("sql 2021 --dialect duckdb --table a;b");
    assert_eq!((outcome.code, outcome.stdout.as_str()), (2, ""));
    assert!(outcome.stderr.contains("`a;b` is no name of a table"), "{}", outcome.stderr);
    let outcome = world.run("sql 2031 --dialect duckdb");
    assert_eq!((outcome.code, outcome.stdout.as_str()), (2, ""));
    assert!(outcome.stderr.contains("2031 is not within the years"), "{}", outcome.stderr);
}
