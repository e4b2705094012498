//! Files of measured values with faults: every one is shown, with file, line, column and cell.

use crate::world::World;

fn world() -> World {
    World::with_plan()
}

fn refused(content: impl AsRef<[u8]>) -> String {
    let world = world().file("values.csv", content);
    let outcome = world.run("2021 --data values.csv -q -o report.json");
    assert_eq!((outcome.code, outcome.stdout.as_str()), (2, ""), "{}", outcome.stderr);
    assert_eq!(world.files(), ["targets/plan.toml", "values.csv"]);
    outcome.stderr
}

#[test]
fn five_bad_rows_are_shown_in_one_run() {
    insta::assert_snapshot!(refused(
        "指标,数值,单位,年份,备注\n\
         PM2.5,三十,μg/m³,2021,\n\
         PM2.5年均值,28,μg/m³,2021,\n\
         优良天数比例,95,天,2021,\n\
         优良天数比例,95,%,二〇二一,\n\
         PM2.5,28,,2021,\"甲,\n"
    ));
}

#[test]
fn every_fault_has_its_message() {
    let cases: [(&str, &[u8]); 26] = [
        ("an empty file", b""),
        ("only a byte order mark", b"\xef\xbb\xbf"),
        ("a header only", "指标,数值\n\n".as_bytes()),
        ("no header", "PM2.5,28\n".as_bytes()),
        ("two columns of one kind", "指标,数值,实测值\nPM2.5,28,29\n".as_bytes()),
        ("neither UTF-8 nor GB18030", b"\xd6\xb8\xb1\xea,\xca\xfd\xd6\xb5\nPM2.5,28,\xff\n"),
        (
            "UTF-8, with a line that was put there in GBK",
            b"\xe6\x8c\x87\xe6\xa0\x87,\xe6\x95\xb0\xe5\x80\xbc\n\xd6\xb8\xb1\xea,28\n\
              \xe4\xbc\x98\xe8\x89\xaf\xe5\xa4\xa9\xe6\x95\xb0\xe6\xaf\x94\xe4\xbe\x8b,92\n",
        ),
        ("a workbook", b"PK\x03\x04rest"),
        (
            "a number of 40 digits",
            b"indicator,value\npm25,1234567890123456789012345678901234567890\n",
        ),
        ("a percentage of 9000", b"indicator,value\ndays,9000\n"),
        ("a thousands separator", b"indicator,value\npm25,1,234\n"),
        ("a word for a value", "indicator,value\ndays,全部达标\n".as_bytes()),
        ("无, which means two things", "indicator,value\ndays,无\n".as_bytes()),
        ("two different values", b"indicator,value\npm25,28\npm25,28.1\n"),
        ("no value cell", b"indicator,value\npm25\n"),
        ("no indicator", b"indicator,value\n,28\n"),
        ("not applicable without a reason", "indicator,value\npm25,不适用\n".as_bytes()),
        ("a year after the plan", b"indicator,value,year\npm25,28,2026\n"),
        ("another unit", b"indicator,value,unit\npm25,0.028,t\n"),
        ("two units", b"indicator,value,unit\npm25,0.028mg/m3,ug/m3\n"),
        ("a share or per cent", b"indicator,value\ndays,0.92\n"),
        ("a share in percentage points", "indicator,value,unit\ndays,92,百分点\n".as_bytes()),
        ("below the detection limit", b"indicator,value\npm25,<0.01\n"),
        ("NA, which means two things", b"indicator,value\npm25,N/A\n"),
        ("a slip of the pen", "indicator,value\ndays,76。7\n".as_bytes()),
        ("a control character", b"indicator,value,source\npm25,28,\x1b[31mred\n"),
    ];
    let all: String = cases
        .into_iter()
        .map(|(what, content)| format!("## {what}\n\n{}\n", refused(content)))
        .collect();
    insta::assert_snapshot!(all);
}

#[test]
fn two_different_values_in_two_files_name_both_places() {
    let world = world()
        .file("a.csv", "指标,数值\n\n\r\nPM2.5,28\r\n")
        .file("b.csv", "\u{feff}note,value,indicator\r\n\"two\nlines\",29,PM2.5\r\n");
    let outcome = world.run("2021 --data a.csv --data b.csv -q");
    assert_eq!(outcome.code, 2);
    insta::assert_snapshot!(outcome.stderr);
}

#[test]
fn lines_are_counted_as_an_editor_does() {
    for (content, place) in [
        ("indicator,value\npm25,x\n", "values.csv:2:6"),
        ("indicator,value\r\npm25,x\r\n", "values.csv:2:6"),
        ("indicator,value\r\n\r\n\r\npm25,x", "values.csv:4:6"),
        ("\u{feff}indicator,value\n\n\"pm25\",x\n", "values.csv:3:8"),
        ("note,indicator,value\n\"a\nb\",PM2.5,28\n细颗粒物,pm25,x\n", "values.csv:4:11"),
        ("indicator,value\rpm25,x\r", "values.csv:2:6"),
    ] {
        let found = refused(content);
        assert!(found.contains(place), "{content:?}: {found}");
    }
}

#[test]
fn names_are_known_however_they_are_spelled() {
    for name in [
        "pm25",
        "PM2.5",
        "ｐｍ２．５",
        "细颗粒物（PM2.5）浓度",
        " 细颗粒物 [pm2.5] 浓度 ",
        "\"细颗粒物(PM2.5)\u{3000}浓度\"",
    ] {
        let world =
            world().file("values.csv", format!("指标,实测值\n{name},28\n优良天数比例,95%\n"));
        let outcome = world.run("2021 --data values.csv --format csv -q");
        assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""), "{name}");
        assert!(outcome.stdout.contains("score,珲春市,2021,,,,,,,,,,,100,100.00,"), "{name}");
    }
}

#[test]
fn only_plain_digits_are_digits() {
    for value in ["10²", "3₂", "①", "㉚", "90.⑤", "三十", "1e3", "0x10", "½"] {
        let found = refused(format!("indicator,value\npm25,{value}\n"));
        assert!(found.contains("is no number"), "{value}: {found}");
    }
    let world = world().file("values.csv", "indicator,value\npm25,２８．５\ndays,９５％\n");
    let outcome = world.run("2021 --data values.csv --format csv -q");
    assert!(
        outcome.stdout.contains(",28.5,met") && outcome.stdout.contains(",95,met"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn spellings_of_one_region_are_one_region() {
    let rows = "region,indicator,value\n珲春市,pm25,28\n 珲 春 市 ,days,95\n珲春,pm25,29\n";
    let outcome =
        world().file("values.csv", rows).run("2021 --data values.csv --lang en --format csv");
    assert_eq!(outcome.stdout.lines().filter(|row| row.starts_with("score,")).count(), 2);
    assert!(
        outcome.stderr.contains(
            "warning[like-region]: `珲春` is scored apart from the plan's region, `珲春市`"
        )
    );
}

#[test]
fn rows_that_nothing_reads_are_said() {
    let rows = "indicator,value,yaer,年度\npm25,28,x,2012\npm25,27,x,2020\ndays,95,x,2022\n";
    let outcome = world().file("values.csv", rows).run("2021 --data values.csv -q");
    assert_eq!(outcome.code, 0);
    insta::assert_snapshot!(outcome.stderr);
}

#[test]
fn the_note_of_a_missing_value_is_reported() {
    let rows = "indicator,value,note\npm25,—,尚未报送\ndays,95,\n";
    let outcome = world().file("values.csv", rows).run("2021 --data values.csv -q --format csv");
    assert!(
        outcome.stdout.contains("no value → 0,,,values.csv:2,,尚未报送,"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn reasons_for_not_applying_are_gathered() {
    let rows = "indicator,value,note\npm25,不适用,甲\npm25,不适用,乙\ndays,95,\n";
    let outcome =
        world().file("values.csv", rows).run("2021 --data values.csv -q --lang en --format csv");
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert!(outcome.stdout.contains(",乙; 甲,"), "{}", outcome.stdout);
}

#[test]
fn what_a_terminal_obeys_is_never_shown() {
    let csi = "\u{9b}31m";
    let found = refused(format!("indicator,value,source\npm25,28,{csi}red\ndays,95,a\u{202e}b\n"));
    assert!(
        found.contains("control-character")
            && !found.contains('\u{9b}')
            && !found.contains('\u{202e}'),
        "{found}"
    );
    // No XML may hold it.
    let found = refused("indicator,value,source\npm25,28,\u{ffff}\ndays,95,\n");
    assert!(found.contains("control-character"), "{found}");
    let world = world().file("a\u{1b}[31m.csv", "indicator,value\npm25,28\n");
    let mut command = world.command(env!("CARGO_BIN_EXE_assess"));
    command.args(["2021", "--data", "a\u{1b}[31m.csv"]);
    let outcome = crate::world::Outcome::of(command, b"");
    assert!(
        !outcome.stdout.contains('\u{1b}') && !outcome.stderr.contains('\u{1b}'),
        "{outcome:?}"
    );
}

#[test]
fn thousands_of_faults_are_counted_and_not_all_shown() {
    let rows = "pm25,x\n".repeat(5000);
    let found = refused(format!("indicator,value\n{rows}"));
    assert!(
        found.ends_with(
            "… and 801 more\n\nerror: 1001 faults in the measured values; nothing was written\n"
        ),
        "{found}"
    );
    let header = format!("indicator,value{}\npm25,28\n", ",x".repeat(20_000));
    let outcome = world().file("values.csv", header).run("2021 --data values.csv");
    assert!(outcome.stderr.contains("and 19995 more are not read"), "{}", outcome.stderr);
}

#[test]
fn quotation_marks_that_shift_cells_are_refused() {
    let found = refused("indicator,value,source,note\npm25,28,\"《\"十四五\"规划,第3页》\",x\n");
    assert!(found.contains("error[bad-quotes]"), "{found}");
}

#[test]
fn a_header_alone_is_refused_whatever_else_is_odd() {
    assert!(refused("indicator,value,foo\n").contains("error[no-rows]"));
}

#[test]
fn no_error_hides_behind_warnings() {
    let rows: String = (0..250).map(|n| format!("r{n},days,101\n")).collect();
    let found = refused(format!("region,indicator,value\n{rows}a,pm25,x\n"));
    assert!(
        found.contains("`x` is no number") && found.contains("has 50 more warnings of this kind"),
        "{found}"
    );
}

#[test]
fn units_that_differ_by_case_are_two() {
    let plan = crate::world::PLAN.replace("unit = \"%\"", "unit = \"MW\"");
    let world = World::new()
        .file("targets/plan.toml", plan)
        .file("values.csv", "indicator,value,unit\ndays,95,mW\n");
    let outcome = world.run("2021 --data values.csv -q");
    assert!(
        outcome.stderr.contains("the unit `mW` is not that of the indicator, `MW`"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn a_mistyped_header_is_recognised() {
    assert!(refused("指标,数直\nPM2.5,28\n").contains("did you mean `数值` by `数直`?"));
}

#[test]
fn other_delimiters_and_decimal_commas_are_said() {
    let found = refused("indicator|value\npm25|28\n");
    assert!(found.contains("help: separate the cells with commas"), "{found}");
    let found = refused("indicator,value\npm25,\"31,4\"\n");
    assert!(found.contains("help: did you mean `31.4`?"), "{found}");
}

#[test]
fn one_value_may_be_written_in_many_ways() {
    let plain = "indicator,value,unit\npm25,28.0,\ndays,95.5,\n";
    let report = |content: &str| {
        let world = world().file("values.csv", content);
        let outcome = world.run("2021 --data values.csv -q --format csv");
        assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""));
        outcome.stdout
    };
    let expected = report(plain);
    let expected = expected.as_str();
    for (pm25, days) in [
        ("０．０２８０,毫克每立方米", "95.5%,"),
        ("28.0微克/立方米,μg/m^3", "95.5 ％,%"),
        ("0.0280 mg/m3,", "955‰,"),
    ] {
        let other = format!("indicator,value,unit\npm25,{pm25}\ndays,{days}\n");
        // What stood there is told beside the place.
        let report = [" (０．０２８０ 毫克每立方米)", " (0.0280 mg/m3)", " (955‰)"]
            .iter()
            .fold(report(&other), |report, stood| report.replace(stood, ""));
        assert_eq!(report, expected, "{pm25} {days}");
    }
}

#[test]
fn the_shortest_spelling_of_a_region_is_shown() {
    let rows = "region,indicator,value\n 乙 市,pm25,28\n乙市,days,95\n";
    let outcome = world().file("values.csv", rows).run("2021 --data values.csv --lang en -q");
    assert!(outcome.stdout.contains("\n乙市, 2021\n"), "{}", outcome.stdout);
}

#[test]
fn the_row_that_lacks_last_years_value_is_cited_with_its_year() {
    let plan = crate::world::PLAN.replace("\">= 90\"", "\"> last year\"");
    let rows = "indicator,value,year,note\ndays,95,2021,\ndays,—,2020,未统计\npm25,28,2021,\n";
    let world = World::new().file("targets/plan.toml", plan).file("values.csv", rows);
    let outcome = world.run("2021 --data values.csv --lang en -q --format csv");
    let expected = "no value for 2020 → 0,,,values.csv:2; values.csv:3 (2020),";
    assert!(outcome.stdout.contains(expected), "{}", outcome.stdout);
}

#[test]
fn a_bad_cell_behind_many_blocks_is_told_as_in_a_small_file() {
    let said = |rows: usize| {
        let sound =
            |row: usize| format!("县{:05},{},PM2.5,2{}\n", row / 5, 2021 + row % 5, row % 10);
        let rows_text: String = (0..rows).map(sound).collect();
        let values = format!("地区,年份,指标,数值\n{rows_text}县00000,2021,days,IOO\n");
        let world = World::with_plan().file("values.csv", values);
        let outcome = world.run("2021-2025 --data values.csv --lang en");
        let line = (rows + 2).to_string();
        // The frame of a snippet is as wide as the number of the line.
        let text = outcome.stderr.replace(&line, "LINE");
        (outcome.code, outcome.stdout, text.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let small = said(5);
    assert!(small.2.contains("values.csv:LINE"), "{}", small.2);
    assert_eq!(said(20_000), small);
}

/// What a record has swallowed is never lost without a word, whatever the record seems to be: blank, a
/// remark, a signature.
#[test]
fn what_a_record_swallows_is_refused() {
    let plan = "format = 1\nplan = \"p\"\n[about]\ntitle = \"T\"\nregion = \"R\"\nyears = \"2021\"\n\
                [[indicator]]\nid = \"x\"\nname = \"x\"\ntargets = { 2021 = \"> 0\" }\n";
    let rows = |from: usize| -> String {
        (from..from + 200).map(|region| format!("county {region},2021,x,1\n")).collect()
    };
    let long = |cell: &str| format!("{cell}{}", " ".repeat(3 << 20));
    for (row, code) in [
        (long(""), "row-too-large"),
        (long("填表人："), "row-too-large"),
        (",".repeat(3 << 20), "row-too-large"),
        ("\"".to_owned(), "bad-quotes"),
        ("\"county 1000,2021,x,1".to_owned(), "bad-quotes"),
    ] {
        let values = format!("region,year,indicator,value\n{}{row}\n{}", rows(0), rows(500));
        let world = World::new().file("p.toml", plan).file("v.csv", values);
        let outcome = world.run("2021 --targets p.toml --data v.csv --summary --format jsonl");
        assert_eq!(outcome.code, 2, "{code}: {}", outcome.stderr);
        assert!(outcome.stderr.contains(&format!("error[{code}]")), "{}", outcome.stderr);
        assert!(outcome.stderr.contains("v.csv:202"), "{}", outcome.stderr);
    }
    // And a name that is not known counts once.
    let values = format!("region,year,indicator,value\n{}county 1,2021,y,1\n", rows(0));
    let world = World::new().file("p.toml", plan).file("v.csv", values);
    let outcome = world.run("2021 --targets p.toml --data v.csv --summary");
    assert!(outcome.stderr.contains("no indicator `y`\n"), "{}", outcome.stderr);
}

/// A few bytes of another encoding, wherever they stand, make no other file of one in UTF-8; and what of a
/// long file could not be told by its beginning is said where it stands.
#[test]
fn bytes_of_another_encoding_are_refused() {
    let plan = "format = 1\nplan = \"p\"\n[about]\ntitle = \"T\"\nregion = \"R\"\nyears = \"2021\"\n\
                [[indicator]]\nid = \"x\"\nname = \"水质\"\ntargets = { 2021 = \"> 0\" }\n";
    // Rows of four kinds, `K` being those whose region is named in GBK.
    let text = |rows: &[(&str, usize)]| -> Vec<u8> {
        let row = |(row, count): &(&str, usize)| match *row {
            "K" => b"\xe7\xf5\xb4\xba\xca\xd0,2021,x,1\n".to_vec(),
            row => {
                (0..*count).flat_map(|at| row.replace('#', &at.to_string()).into_bytes()).collect()
            }
        };
        rows.iter().flat_map(row).collect()
    };
    let header = ("region,year,indicator,value\n", 1);
    let (chinese, plain) = ("county #,2021,水质,1\n", "county #,2021,x,1\n");
    let long = text(&[header, (plain, 60_000), ("K", 1), ("county,2021,x,1\n", 1), ("K", 1)]);
    let half =
        text(&[header, (chinese, 9)]).split_last().unwrap().1.split_last().unwrap().1.to_vec();
    for (values, options, lines) in [
        (text(&[header, (chinese, 200), ("K", 1), (chinese, 9)]), "", vec![202]),
        // In what stands over the header.
        (text(&[("K", 1), header, (chinese, 9)]), "", vec![1]),
        (long.clone(), "", vec![60_002, 60_004]),
        (text(&[header, ("K", 1)]), "--encoding utf-8", vec![2]),
        // In the midst of its last character.
        ([half, "珲".as_bytes()[..2].to_vec()].concat(), "", vec![10]),
    ] {
        for threads in [1, 2] {
            let world = World::new().file("p.toml", plan).file("v.csv", values.as_slice());
            let args = format!("2021 --targets p.toml --data v.csv --threads {threads} --summary");
            let outcome = world.run(&format!("{args} {options}"));
            assert_eq!(outcome.code, 2, "{lines:?}: {}", outcome.stderr);
            assert!(outcome.stderr.contains("error[unknown-encoding]"), "{}", outcome.stderr);
            for line in &lines {
                assert!(outcome.stderr.contains(&format!("v.csv:{line}:")), "{}", outcome.stderr);
            }
        }
    }
    let world = World::new().file("p.toml", plan).file("v.csv", long);
    let args = "2021 --targets p.toml --data v.csv --summary --region 珲春市 --encoding gbk";
    let outcome = world.run(args);
    assert!(outcome.stdout.contains("珲春市"), "{}{}", outcome.stdout, outcome.stderr);
}

/// A lone carriage return within a row would make two of it: half a number, half a name.
#[test]
fn a_stray_carriage_return_is_refused() {
    let plan = "format = 1\nplan = \"p\"\n[about]\ntitle = \"T\"\nregion = \"R\"\nyears = \"2021\"\n\
                [[indicator]]\nid = \"x\"\nname = \"x\"\ntargets = { 2021 = \"> 0\" }\n";
    for row in ["county 999,2021,x,9\r4.80", "county 999,2021,x,\r94.80", "county\r 999,2021,x,1"] {
        for end in ["\n", "\r\n"] {
            let rows: String = (0..200).map(|at| format!("county {at},2021,x,1{end}")).collect();
            let values = format!("region,year,indicator,value{end}{rows}{row}{end}{rows}");
            let world = World::new().file("p.toml", plan).file("v.csv", values);
            let outcome = world.run("2021 --targets p.toml --data v.csv --summary");
            assert_eq!(outcome.code, 2, "{row:?}: {}", outcome.stderr);
            assert!(outcome.stderr.contains("error[stray-return]"), "{}", outcome.stderr);
            assert!(outcome.stderr.contains("v.csv:202"), "{}", outcome.stderr);
        }
    }
}
