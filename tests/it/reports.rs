//! Reports that are handed in: pages, workbooks, documents. What all of them say is one.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::events::Event;
use serde_json::Value;

use crate::world::{World, read};

const FORMATS: [&str; 8] = ["html", "xlsx", "docx", "json", "jsonl", "csv", "md", "txt"];

/// The fixture's reports in every format, as bytes by their endings.
fn reports(world: &World, args: &str) -> BTreeMap<&'static str, Vec<u8>> {
    let files: String = FORMATS.map(|ending| format!(" -o r.{ending}")).concat();
    let outcome = world.run(&format!("{args}{files} -q"));
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let bytes = |ending| (ending, std::fs::read(world.path(&format!("r.{ending}"))).unwrap());
    FORMATS.map(bytes).into_iter().collect()
}

fn fixture() -> World {
    World::new().copy("tests/it/fixture")
}

const FIXTURE: &str =
    "2021 --targets tests/it/fixture/plan.toml --data tests/it/fixture/values.csv --all";

/// A part of an OOXML file.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The texts of an element of a name, each with those of all elements within it joined.
fn texts(xml: &str, outer: &str, inner: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut texts, mut open, mut is_text) = (Vec::new(), false, false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) if tag.name().as_ref() == outer => {
                texts.push(String::new());
                open = true;
                is_text = outer == inner;
            }
            Event::Empty(tag) if tag.name().as_ref() == outer => {
                texts.push(String::new());
            }
            Event::Start(tag) if tag.name().as_ref() == inner => is_text = open,
            Event::End(tag) if tag.name().as_ref() == inner => {
                is_text = false;
                open &= outer != inner;
            }
            Event::End(tag) if tag.name().as_ref() == outer => open = false,
            Event::Text(text) if is_text => {
                texts.last_mut().unwrap().push_str(&text);
            }
            Event::GeneralRef(name) if is_text => {
                let name: &str = &name;
                let c = quick_xml::escape::unescape(&format!("&{name};")).unwrap().into_owned();
                texts.last_mut().unwrap().push_str(&c);
            }
            Event::Eof => return texts,
            _ => {}
        }
    }
}

/// The texts of a page between its tags.
fn page_texts(html: &str) -> Vec<String> {
    let body = html.split_once("<body>").unwrap().1;
    let texts = body.split('<').filter_map(|piece| piece.split_once('>').map(|(_, text)| text));
    let plain = |text: &str| {
        let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        text.replace("&amp;", "&")
    };
    texts.map(plain).filter(|text| !text.trim().is_empty()).collect()
}

/// Whether texts stand in a list in their order, with others between them.
fn stand_in_order(list: &[String], wanted: &[&str]) -> bool {
    let mut rest = list.iter();
    wanted.iter().all(|wanted| rest.any(|text| text.trim() == wanted.trim()))
}

/// The items of the fixture: name, target, value, state, points, sum, as JSON shows them.
fn shown(json: &[u8]) -> Vec<[String; 6]> {
    let result: Value = serde_json::from_slice(json).unwrap();
    let items = result["assessments"][0]["items"].as_array().unwrap().clone();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let row = |item: Value| {
        let shown = ["target", "value", "state", "points"].map(|key| text(&item["shown"][key]));
        let [target, value, state, points] = shown;
        [text(&item["name"]), target, value, state, points, text(&item["sum"])]
    };
    items.into_iter().map(row).collect()
}

#[test]
fn a_figure_is_the_same_text_in_pages_and_documents() {
    for lang in ["zh", "en"] {
        let reports = reports(&fixture(), &format!("{FIXTURE} --lang {lang}"));
        let html = page_texts(&String::from_utf8(reports["html"].clone()).unwrap());
        let document = texts(&part(&reports["docx"], "word/document.xml"), "w:p", "w:t");
        for item in shown(&reports["json"]) {
            let wanted: Vec<&str> =
                item.iter().map(String::as_str).filter(|t| !t.is_empty()).collect();
            let at = |list: &[String]| {
                let starts = list.iter().enumerate().filter(|(_, text)| text.trim() == item[0]);
                // The next item starts no more than so many texts later.
                let near = |(at, _): (usize, _)| list[at..].iter().take(14).cloned().collect();
                starts.map(near).collect::<Vec<Vec<String>>>()
            };
            let has = |list: &[String]| at(list).iter().any(|near| stand_in_order(near, &wanted));
            assert!(has(&html), "{wanted:?} in HTML");
            assert!(has(&document), "{wanted:?} in DOCX");
        }
    }
}

/// Of several regions and years, the ranking and the years side by side have the figures that each
/// assessment has.
#[test]
fn regions_and_years_have_the_same_figures_in_every_format() {
    let world = World::new().copy("examples/county-rules");
    let reports = reports(
        &world,
        "2021-2022 --targets examples/county-rules --data examples/county-rules/measurements.csv \
         --lang zh",
    );
    let text = |ending| String::from_utf8(reports[ending].clone()).unwrap();
    let result: Value = serde_json::from_str(&text("json")).unwrap();
    let html = page_texts(&text("html"));
    let document = texts(&part(&reports["docx"], "word/document.xml"), "w:p", "w:t");
    let (markdown, table) = (text("md"), text("txt"));
    let table: Vec<Vec<&str>> = table.lines().map(|l| l.split_whitespace().collect()).collect();
    let cells: Vec<String> = cells(&reports["xlsx"], 1).into_values().collect();
    let csv = text("csv");
    let rows: Vec<_> =
        csv::Reader::from_reader(csv.as_bytes()).records().map(Result::unwrap).collect();
    let is_run = |list: &[String], wanted: &[&str]| {
        list.windows(wanted.len())
            .any(|run| run.iter().map(|text| text.trim()).eq(wanted.iter().copied()))
    };
    let assessments = result["assessments"].as_array().unwrap();
    assert_eq!(assessments.len(), 6);
    for one in assessments {
        let [region, grade] = ["region", "grade"].map(|key| one[key].as_str().unwrap());
        let [year, score] = ["year", "score"].map(|key| one[key].to_string());
        let range = format!("{}～{}", one["range"]["low"], one["range"]["high"]);
        let wanted = [region, year.as_str(), score.as_str(), range.as_str()];
        assert!(is_run(&html, &wanted), "{wanted:?} in HTML");
        assert!(is_run(&document, &wanted), "{wanted:?} in DOCX");
        assert!(
            markdown.contains(&format!("| {} |", wanted.join(" | "))),
            "{wanted:?} in Markdown"
        );
        let in_table = table.iter().any(|line| line.windows(4).any(|run| run == wanted));
        assert!(in_table, "{wanted:?} in the table");
        let number: f64 = score.parse().unwrap();
        let is_number = |cell: &String| cell.parse::<f64>().is_ok_and(|cell| cell == number);
        assert!(cells.iter().any(is_number), "{score} in {cells:?}");
        let is_its =
            |row: &&csv::StringRecord| &row[0] == "score" && row[1] == *region && row[2] == year;
        let row = rows.iter().find(is_its).unwrap();
        assert_eq!([&row[14], &row[21]], [&score, grade], "{row:?}");

        for item in one["items"].as_array().unwrap() {
            let shown = |key: &str| item["shown"][key].as_str().unwrap();
            let [value, target, state, points] = ["value", "target", "state", "points"].map(shown);
            if value.is_empty() || target.is_empty() {
                continue;
            }
            let told = format!("{value}（{target}）、{state}、{points}").replace('<', "&lt;");
            assert!(markdown.contains(&told), "{told} in Markdown");
            let wanted = [value, target, &format!("{state} {points}")];
            assert!(is_run(&html, &wanted), "{wanted:?} in HTML");
        }
    }
}

/// A table of several pages has its titles on each.
#[test]
fn tables_of_a_circular_repeat_their_titles() {
    let reports = reports(&fixture(), FIXTURE);
    let document = part(&reports["docx"], "word/document.xml");
    let tables: Vec<&str> = document.split("<w:tbl>").skip(1).collect();
    assert!(tables.len() > 2);
    for table in tables {
        let (titles, rows) = table.split_once("</w:tr>").unwrap();
        assert!(titles.contains("<w:tblHeader />"), "{titles}");
        assert!(!rows.contains("<w:tblHeader />"), "{rows}");
    }
}

/// How many sheets with cells a workbook has.
fn sheets(workbook: &[u8]) -> usize {
    sheet_names(workbook).len()
}

/// The names of its sheets with cells, in their order.
fn sheet_names(workbook: &[u8]) -> Vec<String> {
    let [xml, rels] = ["xl/workbook.xml", "xl/_rels/workbook.xml.rels"].map(|p| part(workbook, p));
    let attribute = |text: &str, name: &str| -> String {
        let rest = text.split_once(&format!("{name}=\"")).unwrap().1;
        rest.split_once('"').unwrap().0.to_owned()
    };
    let has_cells = |sheet: &&str| {
        let id = format!("Id=\"{}\"", attribute(sheet, "r:id"));
        let of = |rel: &&str| rel.contains(&id);
        let rel = rels.split("<Relationship ").find(of).unwrap();
        attribute(rel, "Target").starts_with("worksheets/")
    };
    let sheets = xml.split("<sheet ").skip(1).filter(has_cells);
    sheets.map(|sheet| attribute(sheet, "name")).collect()
}

/// The cells of a sheet by their names: texts as such, numbers as they stand.
fn cells(workbook: &[u8], sheet: usize) -> BTreeMap<String, String> {
    let strings = texts(&part(workbook, "xl/sharedStrings.xml"), "si", "t");
    let xml = part(workbook, &format!("xl/worksheets/sheet{sheet}.xml"));
    assert!(!xml.contains("<f>"), "a report has no formula");
    let pieces = xml.split("<c r=\"").skip(1);
    let cell = |piece: &str| {
        let (name, rest) = piece.split_once('"').unwrap();
        let value = rest.split_once("<v>").and_then(|(_, v)| v.split_once("</v>")).map(|(v, _)| v);
        let value = value.filter(|_| !rest.split_once('>').unwrap().0.ends_with('/'))?;
        let is_text = rest.split_once('>').unwrap().0.contains("t=\"s\"");
        let text = if is_text {
            strings[value.parse::<usize>().unwrap()].clone()
        } else {
            value.to_owned()
        };
        Some((name.to_owned(), text))
    };
    pieces.filter_map(cell).collect()
}

#[test]
fn a_workbook_has_the_same_figures_as_numbers() {
    let reports = reports(&fixture(), &format!("{FIXTURE} --lang en"));
    let cells = cells(&reports["xlsx"], 2);
    let result: Value = serde_json::from_slice(&reports["json"]).unwrap();
    let items = result["assessments"][0]["items"].as_array().unwrap();
    let cell = |column: &str, row: usize| {
        cells.get(&format!("{column}{row}")).cloned().unwrap_or_default()
    };
    let float = |text: &str| text.parse::<f64>().ok();
    for (row, item) in (2..).zip(items) {
        assert_eq!(cell("D", row), item["name"].as_str().unwrap());
        assert_eq!(cell("F", row), item["shown"]["target"].as_str().unwrap());
        assert_eq!(cell("I", row), item["shown"]["state"].as_str().unwrap());
        assert_eq!(cell("L", row), item["sum"].as_str().unwrap());
        assert_eq!(float(&cell("J", row)), float(&item["points"].to_string()));
        // What a division left endless has six decimals, as for all people.
        let earned = item["earned"].is_number().then(|| item["earned"].to_string());
        let shown = earned.map(|earned| {
            let earned: rust_decimal::Decimal = earned.parse().unwrap();
            let earned = if earned.scale() > 6 { earned.round_dp(6) } else { earned };
            float(&earned.to_string()).unwrap()
        });
        assert_eq!(float(&cell("K", row)), shown, "{item}");
        if item["value"].is_number()
            && item["worked_out"] == false
            && item["shown"]["value"] != "60%"
            && !item["shown"]["value"].as_str().unwrap().is_empty()
        {
            assert_eq!(float(&cell("G", row)), float(&item["value"].to_string()), "{item}");
        }
    }
}

/// A plan, a region and notes that try to be something else than text.
fn hostile() -> World {
    let plan = r#"
format = 1
plan = "hostile"

[about]
title = "=cmd()|<script>alert(1)</script>"
region = "<b>市</b>"
years = "2021"

[[indicator]]
id = "x"
name = "=HYPERLINK(\"http://example.org\")|*a*|`b`|<img src=x onerror=alert(1)>"
unit = "分"
points = 1
lead = ["@SUM(A1)", "+1|]]>&amp;<!--"]
targets = { 2021 = ">= 1" }

[[indicator]]
id = "y"
name = "-2+3|</style></title></svg>"
points = 1
targets = { 2021 = "scored" }
score = { bands = [[">= -9", 1]] }
"#;
    let values = "indicator,value,region,year,source,note\n\
                  x,2,<b>市</b>,2021,=1+1,\"<a href='javascript:alert(1)'>\"\n\
                  y,-0.5,<b>市</b>,2021,@x,::error::x\n\
                  x,1,=cmd(),2021,-1+1,\n";
    World::new().file("plan.toml", plan).file("v.csv", values)
}

#[test]
fn hostile_names_are_text_in_every_format() {
    let world = hostile();
    let reports = reports(&world, "2021 --targets plan.toml --data v.csv --lang en");
    let text = |ending: &str| String::from_utf8(reports[ending].clone()).unwrap();

    let html = text("html");
    for tag in ["<script", "<img", "<b>市", "<!--", "<a href='"] {
        assert!(!html.contains(tag), "{tag}");
    }
    // What leads anywhere leads to another part of the page.
    let links: Vec<&str> = html.split("<a href=").skip(1).collect();
    assert_eq!(links.len(), 2);
    for link in links {
        let (id, _) = link.strip_prefix("\"#").unwrap().split_once('"').unwrap();
        assert!(html.contains(&format!("id=\"{id}\"")), "{id}");
    }
    assert_eq!(html.matches("</style>").count(), 1);
    assert_eq!(html.matches("<title>=cmd()").count(), 1);
    assert!(page_texts(&html).iter().any(|text| text.contains("<img src=x onerror=alert(1)>")));

    let csv = text("csv");
    for record in csv::Reader::from_reader(csv.as_bytes()).records() {
        for cell in &record.unwrap() {
            let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
            assert!(!is_formula || cell.parse::<f64>().is_ok(), "{cell}");
        }
    }
    assert!(csv.contains("'=cmd()") && csv.contains(",-0.5,"), "{csv}");

    let markdown = text("md");
    assert!(!markdown.contains("<script") && !markdown.contains("<img"), "{markdown}");
    let rows = markdown.lines().filter(|line| line.starts_with("| ") && line.contains("HYPERLINK"));
    for row in rows {
        let bars = row.replace("\\|", "").matches('|').count();
        assert_eq!(bars, 10, "{row}");
    }

    // Cells are texts, and XML stays well-formed: it was read to its end.
    for sheet in 1..=sheets(&reports["xlsx"]) {
        cells(&reports["xlsx"], sheet);
    }
    let document = texts(&part(&reports["docx"], "word/document.xml"), "w:p", "w:t");
    assert!(document.iter().any(|text| text.contains("-2+3|</style></title></svg>")));
}

/// What steers a terminal is no text that a plan or a table may bring.
#[test]
fn nothing_steers_the_terminal() {
    let plan = hostile();
    let values = "indicator,value,region,year,source,note\n\
                  x,2,<b>市</b>,2021,\u{1b}[31mred,\u{7}\u{202e}turned\n";
    let world = plan.file("v.csv", values);
    let outcome = world.run("2021 --targets plan.toml --data v.csv --lang en");
    let all = format!("{}{}", outcome.stdout, outcome.stderr);
    assert!(!all.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{all}");
    if outcome.code == 0 {
        let reports = reports(&world, "2021 --targets plan.toml --data v.csv --lang en");
        for (ending, bytes) in &reports {
            let text = match *ending {
                "xlsx" => part(bytes, "xl/sharedStrings.xml"),
                "docx" => part(bytes, "word/document.xml"),
                _ => String::from_utf8(bytes.clone()).unwrap(),
            };
            assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{ending}");
        }
    }
}

/// A log of GitHub Actions takes a line that begins with two colons for a command.
#[test]
fn no_line_of_a_table_is_a_command() {
    let plan = r#"
format = 1
plan = "p"

[about]
title = "::error::title"
region = "::stop-commands::R"
years = "2021-2022"

[[indicator]]
id = "x"
name = "::error title=Fake::name"
points = 4
lead = ["::stop-commands::x"]
score = { off = 1, per = 1 }
targets = { 2021-2022 = "<= 1" }
"#;
    let values = "indicator,year,value\nx,2021,3\nx,2022,2\n";
    let world = World::new().file("::warning::plan.toml", plan).file("v.csv", values);
    let args = "--targets ::warning::plan.toml --data v.csv --lang en";
    let mut told: Vec<String> = Vec::new();
    for year in ["2021", "2022", "2021-2022"] {
        let outcome = world.run(&format!("{year} {args} -o {year}.json -o {year}.txt"));
        let report = std::fs::read_to_string(world.path(&format!("{year}.txt"))).unwrap();
        told.extend([outcome.stdout, outcome.stderr, report]);
    }
    for args in [
        "compare 2021.json 2022.json",
        "explain x --targets ::warning::plan.toml --lang en",
        "verify 2021.json",
        "check ::warning::plan.toml",
    ] {
        let outcome = world.run(args);
        told.extend([outcome.stdout, outcome.stderr]);
    }
    let mut lines = told.iter().flat_map(|text| text.lines());
    assert!(lines.clone().any(|line| line.contains(":error title=Fake")), "{told:#?}");
    assert_eq!(lines.find(|line| line.trim_start().starts_with("::")), None);
}

/// The bytes of a report with what names lines and hashes of the inputs left out.
fn without_places(ending: &str, bytes: &[u8]) -> Vec<String> {
    let text = match ending {
        "xlsx" => {
            // The order of the shared texts is that of the cells.
            (1..=sheets(bytes))
                .flat_map(|sheet| cells(bytes, sheet).into_values())
                .collect::<Vec<_>>()
                .join("\n")
        }
        "docx" => part(bytes, "word/document.xml"),
        _ => String::from_utf8(bytes.to_vec()).unwrap(),
    };
    let is_place = |word: &str| {
        word.contains(".csv:") || word.len() == 64 && word.bytes().all(|b| b.is_ascii_hexdigit())
    };
    let words = text.split(|c: char| c.is_whitespace() || "\"<>;；,".contains(c));
    let words: Vec<String> = words.filter(|word| !is_place(word)).map(str::to_owned).collect();
    // `"line": 7` of JSON.
    let line = |at: usize| at > 1 && words[at - 2] == "line" || at > 0 && words[at - 1] == "line";
    let kept = words.iter().enumerate().filter(|(at, word)| {
        let is_line = line(*at) && word.trim_start_matches(':').parse::<usize>().is_ok();
        !is_line && !word.starts_with(':')
    });
    let mut kept: Vec<String> = kept.map(|(_, word)| word.clone()).collect();
    // Longer line numbers break the lines of a table elsewhere.
    if ending == "txt" {
        kept.retain(|word| !word.is_empty());
        kept.sort();
    }
    kept
}

#[test]
fn the_order_of_rows_and_files_the_zone_and_the_locale_change_nothing() {
    let values = read("examples/county-rules/measurements.csv");
    let mut rows: Vec<&str> = values.lines().collect();
    let header = rows.remove(0);
    let (first, second) = rows.split_at(rows.len() / 2);
    let file = |rows: &[&str]| format!("{header}\n{}\n", rows.join("\n"));
    let world = || World::new().copy("examples/county-rules");
    let args = "2021-2022 --targets examples/county-rules";

    // The same files in another order, elsewhere: the same bytes.
    let here = world().file("a.csv", file(first)).file("b.csv", file(second));
    let there = world().file("a.csv", file(first)).file("b.csv", file(second)).lang("tr_TR.UTF-8");
    let one = reports(&here, &format!("{args} --data a.csv --data b.csv"));
    let other = reports(&there.zone("Asia/Shanghai"), &format!("{args} --data b.csv --data a.csv"));
    for ending in FORMATS {
        assert!(one[ending] == other[ending], "{ending} has other bytes");
    }

    // The rows in another order: the same but for their places and the files' hashes.
    let turn = |rows: &[&str]| file(&rows.iter().rev().copied().collect::<Vec<_>>());
    let turned = world().file("a.csv", turn(first)).file("b.csv", turn(second));
    let turned = reports(&turned, &format!("{args} --data a.csv --data b.csv"));
    for ending in FORMATS {
        let [one, turned] = [&one, &turned].map(|of| without_places(ending, &of[ending]));
        let differs = one.iter().zip(&turned).position(|(one, other)| one != other);
        assert!(
            one == turned,
            "{ending}: {:?}",
            differs.map(|at| (&one[at.saturating_sub(5)..at + 3], &turned[at..at + 3]))
        );
    }
}

#[test]
fn a_report_bears_a_day_only_if_it_is_given() {
    let world = World::with_plan().file("v.csv", "indicator,value\npm25,28\n");
    for format in ["table", "markdown", "html", "json"] {
        let bare = world.run(&format!("2021 --data v.csv -q --format {format}")).stdout;
        let dated = world.run(&format!("2021 --data v.csv -q --format {format} --date 2022-03-01"));
        assert!(dated.stdout.contains("2022-03-01") && !bare.contains("2022-03-01"), "{format}");
    }
}

#[test]
fn each_unit_has_a_report_of_what_it_answers_for() {
    let world = World::new().copy("targets").copy("examples/hunchun-2021");
    let args = "2021 --data examples/hunchun-2021/measurements.csv --each-unit units --format markdown --lang zh";
    let outcome = world.run(args);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert!(outcome.stderr.contains("wrote 24 reports into `units`"), "{}", outcome.stderr);
    assert!(outcome.stdout.is_empty());
    let forestry = std::fs::read_to_string(world.path("units/市林业局.md")).unwrap();
    assert!(forestry.contains("- 牵头：") && forestry.contains("- 配合："), "{forestry}");
    assert!(forestry.contains("森林覆盖率") || forestry.contains("自然保护地"), "{forestry}");
    assert!(!forestry.contains("| PM2.5"), "{forestry}");
    // A file that is read is never written over.
    let inside = World::with_plan().file("units/v.csv", "indicator,value\npm25,28\n");
    let refused = inside.run("2021 --data units/v.csv --each-unit units");
    assert_eq!(refused.code, 2, "{}", refused.stdout);
}

/// Worked out by hand: 365 × 90 % = 328.5, so 329 good days are needed and 36 may be lost; 98.9 % of
/// 273 days are 270.
#[test]
fn what_is_left_during_the_year_is_in_every_format() {
    let world = World::new().copy("targets").copy("examples/hunchun-2021");
    let data = "2021 --data examples/hunchun-2021/measurements.csv --lang en";
    let reports = reports(&world, &format!("{data} --as-of 2021-09-30"));
    for (ending, bytes) in &reports {
        let text = match *ending {
            "xlsx" => part(bytes, "xl/sharedStrings.xml"),
            "docx" => part(bytes, "word/document.xml"),
            _ => String::from_utf8(bytes.clone()).unwrap(),
        };
        for said in ["33 days", "36 of 365 days may be lost; 3 of 273 so far were", "2021-09-30"] {
            assert!(text.contains(said), "{ending}: {said}");
        }
    }
    // Every row of CSV bears it, and so does the title of the circular.
    let csv = String::from_utf8(reports["csv"].clone()).unwrap();
    assert!(csv.lines().skip(1).all(|row| row.contains("2021-09-30")), "{csv}");
    assert!(part(&reports["docx"], "word/document.xml").contains("(Provisional)"));
    let result: Value = serde_json::from_slice(&reports["json"]).unwrap();
    let leeway = &result["assessments"][0]["leeway"];
    assert_eq!((&leeway[0]["left"], &leeway[1]["left"]), (&Value::from(33), &Value::from(1)));
    assert_eq!(world.run("verify r.json").code, 0);
    let other = world.run(&format!("{data} --as-of 2022-09-30"));
    assert!(other.code == 2 && other.stderr.contains("is not in 2021"), "{}", other.stderr);
}

#[test]
fn a_day_after_which_nothing_is_left_to_come_is_refused() {
    let world = World::with_plan().file("v.csv", "指标,年份,数值\nPM2.5,2021,31\nPM2.5,2022,30\n");
    for (args, why) in [
        ("2021 --as-of 2021-12-31", "with that day the year is over"),
        ("2021-2022 --as-of 2021-09-30", "is before 2022, which is scored too"),
    ] {
        let outcome = world.run(&format!("{args} --data v.csv"));
        assert!(outcome.code == 2 && outcome.stderr.contains(why), "{args}: {outcome:?}");
    }
    let last = world.run("2021-2022 --as-of 2022-09-30 --data v.csv -q");
    assert_eq!(last.code, 0, "{last:?}");
}

#[test]
fn what_comes_about_otherwise_has_no_leeway() {
    for (unit, accrues, why) in [
        ("天", "share-of-days", "a share of days is in per cent, and the unit of this is another"),
        ("天", "daily", "`daily` is not known here"),
    ] {
        let plan = crate::world::PLAN.replacen(
            "unit = \"μg/m³\"",
            &format!("unit = \"{unit}\"\naccrues = \"{accrues}\""),
            1,
        );
        let outcome = World::new().file("targets/p.toml", plan).run("check targets");
        assert!(outcome.code == 1 && outcome.stdout.contains(why), "{}", outcome.stdout);
    }
}

#[test]
fn amounts_that_are_not_whole_are_left_to_lose_in_parts() {
    let plan = |target: &str, unit: &str| {
        format!(
            "format = 1\nplan = \"amounts\"\n\n[about]\ntitle = \"Amounts\"\nregion = \"all\"\n\
             years = \"2021\"\n\n[[indicator]]\nid = \"spill\"\nname = \"Spilled oil\"\nunit = \"{unit}\"\n\
             accrues = \"count\"\ntargets = {{ 2021 = \"{target}\" }}\n"
        )
    };
    for (unit, target, value, state, left) in [
        ("天", "< 3", "1", "open", Some(1.0)),
        ("次", "<= 2.5", "2", "open", Some(0.0)),
        ("吨", "<= 2.5", "2.3", "open", Some(0.2)),
        ("吨", "<= 2.5", "2", "open", Some(0.5)),
        ("吨", "< 10", "9.5", "open", Some(0.5)),
        ("吨", "< 10", "9", "open", Some(1.0)),
        ("吨", "< 10", "10", "out_of_reach", None),
        ("吨", "<= 2.5", "2.6", "out_of_reach", None),
        // What cannot have been counted.
        ("吨", "<= 2.5", "-1", "", None),
    ] {
        let world = World::new()
            .file("plan.toml", plan(target, unit))
            .file("v.csv", format!("indicator,value\nspill,{value}\n"));
        let run = "2021 --targets plan.toml --data v.csv --as-of 2021-09-30 --format json -q";
        let outcome = world.run(run);
        let result: Value = serde_json::from_str(&outcome.stdout).expect(&outcome.stderr);
        let leeway = &result["assessments"][0]["leeway"][0];
        assert_eq!(
            (leeway["state"].as_str().unwrap_or_default(), leeway["left"].as_f64()),
            (state, left),
            "{target} {value}"
        );
    }
}

/// 93.5 % of what was reported as 97 %.
#[test]
fn what_was_verified_stands_beside_what_was_reported_in_every_format() {
    let world = World::new().copy("examples/returns");
    let data = "2021 --targets examples/returns/plan.toml --data examples/returns/returns";
    for (ending, bytes) in &reports(&world, data) {
        let text = match *ending {
            "xlsx" => part(bytes, "xl/sharedStrings.xml"),
            "docx" => part(bytes, "word/document.xml"),
            _ => String::from_utf8(bytes.clone()).unwrap(),
        };
        let difference = if ending.starts_with("json") { "-3.5" } else { "−3.5" };
        for said in ["97", "93.5", difference] {
            assert!(text.contains(said), "{ending}: {said}");
        }
    }
}

/// Made up: an item that loses points, one that is new, one that is gone, and one of another target.
#[test]
fn what_changed_between_years_is_in_every_format_for_programs() {
    let plan = "format = 1\nplan = \"p\"\n[about]\ntitle = \"T\"\nregion = \"R\"\n\
                years = \"2021-2022\"\n\
                [[indicator]]\nid = \"kept\"\nname = \"Kept\"\nunit = \"t\"\npoints = 4\n\
                targets = { 2021-2022 = \"<= 10\" }\n\
                [[indicator]]\nid = \"new\"\nname = \"New\"\npoints = 2\n\
                targets = { 2022 = \"<= 10\" }\n\
                [[indicator]]\nid = \"gone\"\nname = \"Gone\"\npoints = 3\n\
                targets = { 2021 = \"<= 10\" }\n\
                [[indicator]]\nid = \"same\"\nname = \"Same\"\npoints = 1\n\
                targets = { 2021 = \"<= 10\", 2022 = \"<= 9\" }\n";
    let values = "indicator,year,value\nkept,2021,9\nkept,2022,11\nnew,2022,1\ngone,2021,1\n\
                  same,2021,5\nsame,2022,5\n";
    let world = World::new().file("plan.toml", plan).file("v.csv", values);
    let reports = reports(&world, "2021-2022 --targets plan.toml --data v.csv --lang en");

    let result: Value = serde_json::from_slice(&reports["json"]).unwrap();
    assert!(result["assessments"][0].get("since").is_none());
    let since = &result["assessments"][1]["since"];
    assert_eq!(since["year"], 2021);
    let ids = |item: &Value| (item["id"].as_str().unwrap().to_owned(), item["gained"].as_f64());
    let items: Vec<_> = since["items"].as_array().unwrap().iter().map(ids).collect();
    let expected = [("kept", Some(-4.0)), ("gone", None), ("new", None), ("same", Some(0.0))];
    assert_eq!(items, expected.map(|(id, gained)| (id.to_owned(), gained)));
    assert_eq!(since["items"][0]["changed"][0]["before"], "9 t");

    let csv = String::from_utf8(reports["csv"].clone()).unwrap();
    let rows = csv.lines().filter(|line| line.starts_with("change,R,2022"));
    let rows: Vec<String> = rows.map(|row| row.replace(",,,,,,,,,", " ")).collect();
    let notes = [
        "change,R,2022 ,,,-57.14,,,,,,2021 → 2022: Score: 100.00 → 42.86 (−57.14),",
        "kept,Kept ,-4,,,,,,4/4 → 0/4; Value 9 t → 11 t; State met → missed; Sum:",
        "gone,Gone ,,,,,,,\"3/3 → –; no longer counted; no longer assessed (was: Target ≤ 10, Value 1",
        "new,New ,,,,,,,– → 2/2; newly counted; newly assessed; Target",
        "same,Same ,0,,,,,,1/1 → 1/1; Target ≤ 10 → ≤ 9,",
    ];
    for (row, note) in rows.iter().zip(notes) {
        assert!(row.contains(note), "{row}\n{note}");
    }
    assert_eq!(rows.len(), notes.len());

    let names = sheet_names(&reports["xlsx"]);
    let sheet =
        |name: &str| cells(&reports["xlsx"], names.iter().position(|n| n == name).unwrap() + 1);
    let (years, changes, lost) =
        (sheet("Over the years"), sheet("What changed"), sheet("Points lost"));
    let row = |sheet: &BTreeMap<String, String>, row: usize, columns: &str| {
        let cell = |column: char| sheet.get(&format!("{column}{row}")).cloned().unwrap_or_default();
        columns.chars().map(cell).collect::<Vec<_>>()
    };
    assert_eq!(
        row(&years, 2, "ABCDEFGHI"),
        ["R", "Kept", "t", "9", "met", "4", "11", "missed", "0"]
    );
    assert_eq!(row(&changes, 2, "ABCDF"), ["R", "2021", "2022", "Score", "-57.14"]);
    assert_eq!(row(&changes, 3, "DEF"), ["Kept", "4/4 → 0/4", "-4"]);
    assert_eq!(row(&changes, 4, "DEF"), ["Gone", "3/3 → –", "no longer counted"]);
    assert_eq!(row(&lost, 2, "BCD"), ["2022", "Kept", "4"]);
}

/// What is said above a table is said above every table of a workbook.
#[test]
fn every_sheet_says_that_a_result_is_none() {
    let world = World::new().copy("examples/county-rules");
    let data = "2021-2022 --targets examples/county-rules/plan.toml \
                --targets examples/county-rules/letter-2022.toml \
                --data examples/county-rules/measurements.csv --set satisfaction=90 --lang en";
    let reports = reports(&world, data);
    for sheet in 1..=sheets(&reports["xlsx"]) {
        let cells = cells(&reports["xlsx"], sheet);
        let is_marked = |text: &String| text.contains("satisfaction = 90 (a trial, no result)");
        assert!(cells.values().take(8).any(is_marked), "{sheet}: {cells:?}");
    }
}

/// Made up: a count that is beyond its target brings nothing back during the year, and of what others
/// answer for, a unit's report says nothing.
#[test]
fn what_would_help_is_what_can_still_be_and_is_listed() {
    let item = |id: &str, lead: &str| {
        format!(
            "[[indicator]]\nid = \"{id}\"\nname = \"{id}\"\nunit = \"次\"\npoints = 5\n\
             accrues = \"count\"\nlead = [\"{lead}\"]\ntargets = {{ 2021 = \"<= 2\" }}\n"
        )
    };
    let plan = "format = 1\nplan = \"p\"\n[about]\ntitle = \"T\"\nregion = \"R\"\n\
                years = \"2021\"\n[[grade]]\nname = \"good\"\nfrom = 50\n";
    let world = World::new()
        .file("plan.toml", format!("{plan}{}{}", item("spills", "A"), item("fires", "B")))
        .file("v.csv", "indicator,value\nspills,3\nfires,4\n");
    let run = |args: &str| {
        let outcome =
            world.run(&format!("2021 --targets plan.toml --data v.csv --lang en -q {args}"));
        assert_eq!(outcome.code, 0, "{outcome:?}");
        outcome.stdout
    };
    let said = "Enough for good (50) by the score: spills; or fires.";
    assert!(run("").contains(said));
    assert!(run("--unit A").contains("Enough for good (50) by the score: spills."));
    let of_a: Value = serde_json::from_str(&run("--unit A --format json")).unwrap();
    assert_eq!(of_a["assessments"][0]["next_grade"]["enough"], serde_json::json!([["spills"]]));
    // What alone is enough is another unit's: that is not said, and not that nothing is.
    let plan = std::fs::read_to_string(world.path("plan.toml")).unwrap();
    let worth_less = plan.replacen("points = 5", "points = 1", 1);
    std::fs::write(world.path("plan.toml"), worth_less).unwrap();
    let of_a: Value = serde_json::from_str(&run("--unit A --format json")).unwrap();
    assert!(of_a["assessments"][0]["next_grade"].is_null(), "{of_a}");
    assert!(!run("--unit A").contains("(50)"));
    assert!(!run("--as-of 2021-09-30").contains("Enough for good"));
    let result: Value = serde_json::from_str(&run("--as-of 2021-09-30 --format json")).unwrap();
    let assessment = &result["assessments"][0];
    assert_eq!(assessment["levers"].as_array().map(Vec::len), Some(0));
    assert!(assessment["next_grade"].is_null());
}
