//! The command line as types. No work is done here.

use std::num::NonZero;
use std::path::PathBuf;

use assess::data::{Encoding, Options};
use assess::number;
use assess::text::Lang;
use assess::year::{Year, Years};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;
use jiff::civil::Date;
use rust_decimal::Decimal;

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  done, and what the caller asked to fail on was found (--fail-on, --fail-under, --strict)
  2  could not run: bad usage, unreadable or invalid input; nothing was written";

/// Score a yearly environmental target assessment.
#[derive(Debug, Parser)]
#[command(
    version,
    after_help = EXIT_CODES,
    args_conflicts_with_subcommands = true,
    arg_required_else_help = true,
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) score: Option<Score>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Explain one item: what it asks, by which document, how a value becomes points
    Explain(Explain),
    /// Check target files: what keeps them from being read, and what is odd in them
    Check(Check),
    /// Print the JSON Schema of target files, of results, or of their comparison
    Schema {
        /// Of what
        #[arg(value_name = "WHAT", default_value = "target")]
        of: SchemaOf,
    },
    /// Compare two results: what changed, and what that did to the score
    Compare(Compare),
    /// Recompute a result from its inputs, and name the first difference
    Verify(Verify),
    /// Write the scoring as one SQL query, for values that are in a database
    Sql(Sql),
    /// Write a blank return for the responsible units to fill in
    Template(Template),
    /// Print shell completions
    Completions {
        /// The shell to complete in
        shell: Shell,
    },
}

/// Which plan, and in which language.
#[derive(Debug, Args)]
pub(crate) struct PlanArgs {
    /// A target file or a letter that amends one, or a folder of them; may be repeated [default:
    /// ./targets if it is there, else the plan that is built in]
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) targets: Vec<PathBuf>,

    /// The plan to use, where the target files hold several
    #[arg(long, value_name = "ID")]
    pub(crate) plan: Option<String>,

    /// The language of the report [default: that of the plan]
    #[arg(long, value_name = "LANG")]
    pub(crate) lang: Option<LangName>,
}

/// The measured values, and how their files are read.
#[derive(Debug, Args)]
pub(crate) struct DataArgs {
    /// Measured values: a CSV file or a workbook (`file.xlsx#Sheet` for one sheet), or a folder of
    /// them; may be repeated; `-` is standard input
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) data: Vec<PathBuf>,

    /// The encoding of text files, such as gb18030 or utf-16le [default: by the byte order mark,
    /// else UTF-8, else GB18030]
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<Encoding>,

    /// What separates the cells of text files: a sign, or `tab` [default: the comma, tab or
    /// semicolon that makes a header of the first rows]
    #[arg(long, value_name = "SIGN", value_parser = parse_delimiter)]
    pub(crate) delimiter: Option<u8>,

    /// Leave out indicators, regions and years that the plan does not have
    #[arg(long)]
    pub(crate) ignore_unknown: bool,
}

/// Explain one item.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The item: its id, its name or an alias
    #[arg(value_name = "ITEM")]
    pub(crate) item: String,

    /// The year to explain the points of [default: the first with a target that is set]
    #[arg(long, value_name = "YEAR")]
    pub(crate) year: Option<Year>,

    /// The region [default: the plan's own]
    #[arg(long, value_name = "NAME")]
    pub(crate) region: Option<String>,

    /// Score this value
    #[arg(long, value_name = "VALUE", allow_hyphen_values = true)]
    pub(crate) value: Option<String>,

    #[command(flatten)]
    pub(crate) values: DataArgs,

    #[command(flatten)]
    pub(crate) of: PlanArgs,
}

const CHECK_EXIT_CODES: &str = "\
Exit codes:
  0  nothing was found that counts
  1  errors were found, or with --strict warnings
  2  could not run: bad usage, a file that cannot be opened";

/// Check target files.
#[derive(Debug, Args)]
#[command(after_help = CHECK_EXIT_CODES)]
pub(crate) struct Check {
    /// Target files, or folders of them; a plan is checked with the letters that amend it
    /// [default: ./targets]
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,

    /// Leave out the findings of a rule; may be repeated. It goes before what the plan says in
    /// `[check]`
    #[arg(long, value_name = "CODE")]
    pub(crate) allow: Vec<String>,

    /// Make warnings of the findings of a rule; may be repeated
    #[arg(long, value_name = "CODE")]
    pub(crate) warn: Vec<String>,

    /// Make errors of the findings of a rule; may be repeated
    #[arg(long, value_name = "CODE")]
    pub(crate) deny: Vec<String>,

    /// Exit with 1 if there are warnings too
    #[arg(long)]
    pub(crate) strict: bool,

    /// The style of what goes to standard output [default: snippet in a terminal, else concise]
    #[arg(long, value_name = "STYLE")]
    pub(crate) format: Option<CheckFormat>,

    /// Show at most so many findings, and count the others
    #[arg(long, value_name = "COUNT")]
    pub(crate) max: Option<usize>,

    /// Mend in the files what can be mended for certain, and show what is left
    #[arg(long, conflicts_with = "diff")]
    pub(crate) fix: bool,

    /// Show what `--fix` would change, and change nothing
    #[arg(long)]
    pub(crate) diff: bool,

    /// Explain a rule, or list them: `all`
    #[arg(long, value_name = "CODE", exclusive = true)]
    pub(crate) explain: Option<String>,

    /// The day by which pending targets are late [default: SOURCE_DATE_EPOCH, else today]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub(crate) today: Option<Date>,

    /// The plan that measured values are checked against, where there are several
    #[arg(long, value_name = "ID", requires = "data")]
    pub(crate) plan: Option<String>,

    /// The year of measured values that say none
    #[arg(long, value_name = "YEAR", requires = "data")]
    pub(crate) year: Option<Year>,

    #[command(flatten)]
    pub(crate) values: DataArgs,
}

const COMPARE_EXIT_CODES: &str = "\
Exit codes:
  0  the two results are the same
  1  they differ
  2  could not run: bad usage, a file that is no result, nothing in common";

/// Compare two results.
#[derive(Debug, Args)]
#[command(after_help = COMPARE_EXIT_CODES)]
pub(crate) struct Compare {
    /// The earlier result, or that of the earlier plan: what `--format json` wrote
    #[arg(value_name = "BEFORE", value_hint = ValueHint::FilePath)]
    pub(crate) before: PathBuf,

    /// The later one
    #[arg(value_name = "AFTER", value_hint = ValueHint::FilePath)]
    pub(crate) after: PathBuf,

    /// The format of what goes to standard output [default: table]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<CompareFormatName>,

    /// Write to a file whose ending gives its format (.txt, .md, .json), instead of standard output;
    /// may be repeated
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Vec<PathBuf>,

    /// Tell of this region alone; may be repeated
    #[arg(long, value_name = "NAME")]
    pub(crate) region: Vec<String>,

    /// Leave out the groups and items that changed: of several regions, a line each and what changed in
    /// all alike. JSON has all
    #[arg(long)]
    pub(crate) summary: bool,

    /// The language of the comparison [default: that of the later result]
    #[arg(long, value_name = "LANG")]
    pub(crate) lang: Option<LangName>,
}

const VERIFY_EXIT_CODES: &str = "\
Exit codes:
  0  the result is what its inputs give
  1  it is not, or an input is another than it was
  2  could not run: bad usage, an input that is not to be found";

/// Verify a result.
#[derive(Debug, Args)]
#[command(after_help = VERIFY_EXIT_CODES)]
pub(crate) struct Verify {
    /// The result: what `--format json` wrote
    #[arg(value_name = "RESULT", value_hint = ValueHint::FilePath)]
    pub(crate) result: PathBuf,

    /// Where its target files are, if not where it says nor beside it: files, or folders of them; may
    /// be repeated
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) targets: Vec<PathBuf>,

    /// Where its measured values are, likewise
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) data: Vec<PathBuf>,
}

/// Write a blank return.
#[derive(Debug, Args)]
pub(crate) struct Template {
    /// The year to ask for, such as 2021
    #[arg(value_name = "YEAR")]
    pub(crate) year: Year,

    #[command(flatten)]
    pub(crate) of: PlanArgs,

    /// Only what this unit leads; may be repeated. What names no lead is the coordinator's
    #[arg(long, value_name = "NAME")]
    pub(crate) unit: Vec<String>,

    /// Write a file for each unit into this folder, which is made if need be; no file that is there
    /// is overwritten
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with_all = ["unit", "output"])]
    pub(crate) each_unit: Option<PathBuf>,

    /// The region [default: the plan's own]
    #[arg(long, value_name = "NAME")]
    pub(crate) region: Option<String>,

    /// The format of what goes to standard output [default: csv] or into the folder [default: xlsx],
    /// and of a file whose ending says none
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<FormFormat>,

    /// Write to a new file whose ending gives its format (.csv, .xlsx), instead of standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
}

/// Write the scoring as a query.
#[derive(Debug, Args)]
pub(crate) struct Sql {
    /// The year to score, such as 2021, or a span such as 2021-2025
    #[arg(value_name = "YEAR")]
    pub(crate) years: Years,

    /// The engine that is to run it
    #[arg(long, value_name = "ENGINE")]
    pub(crate) dialect: DialectName,

    /// The table of measured values: a row a value, with its region, year, indicator (the id) and
    /// value
    #[arg(long, value_name = "NAME", default_value = "measurements")]
    pub(crate) table: String,

    #[command(flatten)]
    pub(crate) of: PlanArgs,
}

/// Score a year: the main job.
#[derive(Debug, Args)]
// With arguments flattened into it, clap leaves the group empty, and would never find it given.
#[group(arg = "years")]
pub(crate) struct Score {
    /// The year to score, such as 2021, or a span such as 2021-2025
    #[arg(value_name = "YEAR")]
    pub(crate) years: Years,

    #[command(flatten)]
    pub(crate) values: DataArgs,

    #[command(flatten)]
    pub(crate) of: PlanArgs,

    /// Score this region only; may be repeated [default: every region that has values]
    #[arg(long, value_name = "NAME")]
    pub(crate) region: Vec<String>,

    /// The format of what goes to standard output [default: table] or into the folder of
    /// `--each-unit` [default: html], and of files whose ending says none
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<Format>,

    /// Write the report to a file whose ending gives its format (.html, .docx, .xlsx, .json,
    /// .jsonl, .csv, .md, .txt), instead of standard output; may be repeated; `-` is standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Vec<PathBuf>,

    /// List only the items that this responsible unit leads or supports, and what it owes; the
    /// score stays that of all
    #[arg(long, value_name = "NAME")]
    pub(crate) unit: Option<String>,

    /// Write a report for each responsible unit into this folder, which is made if need be: what it
    /// leads and supports, and what it owes
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with_all = ["unit", "output"])]
    pub(crate) each_unit: Option<PathBuf>,

    /// Write only a line for each region and year: its score, range and grade, its place and how many
    /// items are in each state; for tables, .csv, .md and .jsonl
    #[arg(long, conflicts_with_all = ["unit", "each_unit", "all"])]
    pub(crate) summary: bool,

    /// List items without a target for the year too
    #[arg(long)]
    pub(crate) all: bool,

    /// Score as if an item or an input had this value in every region and year that is scored; may
    /// be repeated. The report says that it is no result
    #[arg(long, value_name = "ITEM=VALUE", requires = "data")]
    pub(crate) set: Vec<String>,

    /// The values are up to this day of the year, which is not over: what is left to lose before
    /// targets are out of reach, and a provisional result
    #[arg(long, value_name = "DATE", requires = "data", value_parser = parse_date)]
    pub(crate) as_of: Option<Date>,

    /// The day that the report bears [default: SOURCE_DATE_EPOCH, else none]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub(crate) date: Option<Date>,

    /// Exit with 1 if any item is in one of these states
    #[arg(long, value_name = "STATES", value_delimiter = ',')]
    pub(crate) fail_on: Vec<FailOn>,

    /// Exit with 1 if a score, before it is rounded, is lower than this, or there is none
    #[arg(long, value_name = "SCORE", value_parser = parse_score)]
    pub(crate) fail_under: Option<Decimal>,

    /// Read and assess on so many threads; the result is the same [default: as many as the machine runs]
    #[arg(long, value_name = "COUNT")]
    pub(crate) threads: Option<NonZero<usize>>,

    /// Exit with 1 if there are warnings
    #[arg(long)]
    pub(crate) strict: bool,

    /// Say nothing on standard error but warnings and errors
    #[arg(short, long, conflicts_with = "verbose")]
    pub(crate) quiet: bool,

    /// Say more on standard error: every file that is read, with its hash
    #[arg(short, long)]
    pub(crate) verbose: bool,
}

fn parse_score(text: &str) -> Result<Decimal, number::NumberError> {
    number::parse(text)
}

fn parse_date(text: &str) -> Result<Date, &'static str> {
    text.parse().map_err(|_| "give a day such as `2022-03-01`")
}

fn parse_delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        _ if text.eq_ignore_ascii_case("tab") || text == "\\t" => Ok(b'\t'),
        &[sign] if sign.is_ascii_punctuation() && sign != b'"' || sign == b'\t' => Ok(sign),
        _ => Err("give one sign such as `,`, `;` or `|`, or `tab`".to_owned()),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Table,
    Json,
    /// JSON Lines: a line for each region and year
    Jsonl,
    Csv,
    #[value(alias = "md")]
    Markdown,
    Html,
    Xlsx,
    /// The circular on the results, a Word document
    Docx,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CompareFormatName {
    Table,
    #[value(alias = "md")]
    Markdown,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormFormat {
    Csv,
    Xlsx,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DialectName {
    #[value(name = "duckdb")]
    DuckDb,
    /// PostgreSQL 12 or later
    Postgres,
    /// Spark SQL 3.4 or later, in ANSI mode
    Spark,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// The line of the file with a label under it, and what to do
    Snippet,
    /// One line each
    Concise,
    Json,
    /// Annotations of GitHub Actions
    Github,
    /// SARIF 2.1.0
    Sarif,
    Junit,
    /// GitLab Code Quality
    Gitlab,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// Target files of format 1
    Target,
    /// What `--format json` writes
    Result,
    /// What `assess compare --format json` writes
    Compare,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LangName {
    Zh,
    En,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Missed,
    Missing,
    NotAssessable,
    Pending,
    Near,
}

impl DataArgs {
    /// How the files are read, where a value that says no year is of the year given here.
    pub(crate) fn options(&self, year: Option<Year>) -> Options {
        let Self { encoding, delimiter, ignore_unknown, .. } = *self;
        Options { year, encoding, delimiter, ignore_unknown, ..Options::default() }
    }
}

impl From<Format> for assess::report::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Table => Self::Table,
            Format::Json => Self::Json,
            Format::Jsonl => Self::Jsonl,
            Format::Csv => Self::Csv,
            Format::Markdown => Self::Markdown,
            Format::Xlsx => Self::Xlsx,
            Format::Docx => Self::Docx,
            Format::Html => Self::Html,
        }
    }
}

impl From<CheckFormat> for assess::emit::Format {
    fn from(format: CheckFormat) -> Self {
        match format {
            CheckFormat::Snippet => Self::Snippet,
            CheckFormat::Concise => Self::Concise,
            CheckFormat::Json => Self::Json,
            CheckFormat::Github => Self::Github,
            CheckFormat::Sarif => Self::Sarif,
            CheckFormat::Junit => Self::Junit,
            CheckFormat::Gitlab => Self::Gitlab,
        }
    }
}

impl From<DialectName> for assess::sql::Dialect {
    fn from(name: DialectName) -> Self {
        match name {
            DialectName::DuckDb => Self::DuckDb,
            DialectName::Postgres => Self::Postgres,
            DialectName::Spark => Self::Spark,
        }
    }
}

impl From<FormFormat> for assess::template::Format {
    fn from(format: FormFormat) -> Self {
        match format {
            FormFormat::Csv => Self::Csv,
            FormFormat::Xlsx => Self::Xlsx,
        }
    }
}

impl From<LangName> for Lang {
    fn from(name: LangName) -> Self {
        match name {
            LangName::Zh => Self::Zh,
            LangName::En => Self::En,
        }
    }
}
