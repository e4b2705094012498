use std::io::{Cursor, Write};

use rust_xlsxwriter as writer;

use super::*;

/// Reads a workbook that is in memory.
fn open(bytes: &[u8]) -> Result<Workbook, Refused> {
    read(&mut Cursor::new(bytes), None)
}

fn message(bytes: &[u8]) -> String {
    open(bytes).unwrap_err().message
}

fn rounded(sheet: &Sheet) -> (usize, [&str; 3]) {
    let (count, first) = sheet.rounded.as_ref().unwrap();
    (*count, first.each_ref().map(String::as_str))
}

/// A ZIP of these parts.
fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An .xlsx of one sheet, with these cells.
fn xlsx_of(cells: &str) -> Vec<u8> {
    let rels = r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="s.xml"/></Relationships>"#;
    let book = r#"<workbook><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#;
    zip(&[
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", rels.as_bytes()),
        ("xl/s.xml", format!("<worksheet>{cells}</worksheet>").as_bytes()),
    ])
}

/// An .ods of this content.
fn ods_of(tables: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body>{tables}</office:body></office:document-content>"
    );
    zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ])
}

/// An .xlsx as Excel writes it, with all that counts.
fn full_xlsx() -> Vec<u8> {
    let mut book = writer::Workbook::new();
    let per_cent = writer::Format::new().set_num_format("0.00%");
    let two = writer::Format::new().set_num_format("0.00");
    let day = writer::Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
    let plain = writer::Format::new();
    let sheet = book.add_worksheet().set_name("空气").unwrap();
    sheet.merge_range(1, 1, 1, 3, "环境空气", &plain).unwrap();
    sheet.write(2, 1, "指标,\"一\"").unwrap();
    sheet.write(2, 2, "数\r\n值").unwrap();
    sheet.write(3, 2, 81.53).unwrap();
    sheet.write(4, 2, 0.1 + 0.2).unwrap();
    sheet.write_with_format(5, 2, 0.8153, &per_cent).unwrap();
    sheet.write_with_format(6, 2, 260.0 / 3.0, &two).unwrap();
    sheet.write_with_format(7, 2, 0.123_456, &per_cent).unwrap();
    sheet.write_with_format(8, 2, 44_561, &day).unwrap();
    sheet.write(9, 2, true).unwrap();
    sheet.write(10, 2, writer::Formula::new("1/0").set_result("#DIV/0!")).unwrap();
    sheet.write(11, 2, writer::Formula::new("1+1").set_result("2")).unwrap();
    sheet.write(12, 2, 1e-7).unwrap();
    sheet.merge_range(13, 1, 14, 1, "州", &plain).unwrap();
    sheet.write(14, 2, "x").unwrap();
    let hidden = book.add_worksheet().set_name("旧").unwrap().set_hidden(true);
    hidden.write(0, 0, "h").unwrap();
    book.add_worksheet().set_name("空").unwrap();
    let mut chart = writer::Chart::new(writer::ChartType::Line);
    chart.add_series().set_values(("空气", 3, 2, 4, 2));
    book.add_chartsheet().set_name("图").unwrap().insert_chart(0, 0, &chart).unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn reads_xlsx() {
    let book = open(&full_xlsx()).unwrap();
    assert_eq!((book.kind, book.hidden), (Kind::Xlsx, vec!["旧".to_owned()]));
    let [sheet] = book.sheets.as_slice() else { panic!("{:?}", book.sheets) };
    assert_eq!(sheet.name, "空气");
    assert_eq!(
        sheet.text.lines().collect::<Vec<_>>(),
        [
            "",
            ",环境空气,环境空气",
            ",\"指标,\"\"一\"\"\",数 值",
            ",,81.53",
            ",,0.3",
            ",,81.53%",
            ",,86.6666666666667",
            ",,12.3456%",
            ",,2021-12-31",
            ",,TRUE",
            ",,#DIV/0!",
            ",,2",
            ",,0.0000001",
            ",州",
            ",州,x",
        ]
    );
    assert_eq!(sheet.repeated, BTreeSet::from([(2, 2), (15, 1)]));
    assert_eq!(rounded(sheet), (2, ["C7", "86.67", "86.6666666666667"]));
}

#[test]
fn reads_the_sheet_that_is_wanted() {
    let bytes = full_xlsx();
    let wanted = |name| read(&mut Cursor::new(&bytes), Some(name));
    let hidden = wanted("旧").unwrap();
    assert_eq!((hidden.sheets[0].text.as_str(), hidden.hidden.len()), ("h\n", 0));
    assert_eq!(wanted("空").unwrap().sheets[0].text, "");
    let unknown = wanted("水").unwrap_err();
    assert_eq!(unknown.message, "no sheet is named `水`");
    assert_eq!(unknown.help, "the sheets are `空气`, `旧`, `空`");
}

#[test]
fn reads_cells_of_other_writers() {
    let texts = "<sst><si><t>a&amp;b</t></si><si><r><t>富</t></r><r><t xml:space='preserve'> 文</t></r>\
                 <rPh><t>ふ</t></rPh></si></sst>";
    let cells = "<sheetData><row><c t='s'><v>0</v></c><c t='s'><v>1</v></c></row>\
                 <row r='3'><c r='B3' t='inlineStr'><is><t>内_x000D_联</t></is></c><c><v>1.50E+1</v></c>\
                 <c><f>1+1</f></c><c t='str'><v>文</v></c><c t='d'><v>2021-12-31T00:00:00</v></c></row>\
                 </sheetData>";
    let bytes = {
        let rels = r#"<Relationships xmlns="x"><Relationship Id="r1" Type="x/worksheet" Target="/XL/s.xml"/></Relationships>"#;
        let book = r#"<x:workbook xmlns:x="m"><x:workbookPr date1904="0"/><x:sheets><x:sheet name="S" sheetId="1" rel:id="r1"/></x:sheets></x:workbook>"#;
        zip(&[
            ("xl\\Workbook.xml", book.as_bytes()),
            ("xl/_rels/workbook.xml.rels", rels.as_bytes()),
            ("xl/s.xml", format!("\u{feff}<worksheet>{cells}</worksheet>").as_bytes()),
            ("xl/sharedStrings.xml", texts.as_bytes()),
        ])
    };
    let book = open(&bytes).unwrap();
    assert_eq!(book.sheets[0].text, "a&b,富 文\n\n,内 联,15,,文,2021-12-31\n");
}

#[test]
fn names_cells() {
    assert_eq!(cell_name(12, 2), "C12");
    assert_eq!(cell_name(1, 701), "ZZ1");
    assert_eq!(cell_name(1_048_576, 16_383), "XFD1048576");
}

#[test]
fn knows_containers() {
    assert!(is_container(b"PK\x03\x04..."));
    assert!(is_container(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"));
    assert!(!is_container(b"a,b"));
    assert!(!is_container(b""));
}

#[test]
fn refuses_what_is_no_workbook() {
    assert_eq!(message(&zip(&[("word/document.xml", b"")])), "not a workbook: a Word document");
    assert_eq!(
        message(&zip(&[("ppt/presentation.xml", b"")])),
        "not a workbook: a PowerPoint presentation"
    );
    assert_eq!(message(&zip(&[("a.csv", b"")])), "a ZIP archive, not a workbook");
    let text: (&str, &[u8]) = ("mimetype", b"application/vnd.oasis.opendocument.text");
    assert_eq!(message(&zip(&[text])), "not a workbook: an OpenDocument file of another kind");
    assert_eq!(message(b"a,b"), "not a workbook: neither a ZIP nor an OLE file");
    assert!(message(b"PK\x03\x04 broken").starts_with("the workbook is damaged"));
    assert_eq!(message(&ole(&["/EncryptedPackage"])), "the workbook has a password");
    assert_eq!(message(&ole(&["/WordDocument"])), "not a workbook: an old Word document");
    let other = "not a workbook: an OLE file without a workbook in it";
    assert_eq!(message(&ole(&["/Other"])), other);
    assert_eq!(message(&xlsx_of("<sheetData/>")), "no sheet of the workbook has a filled cell");
}

/// An OLE file with these streams.
fn ole(names: &[&str]) -> Vec<u8> {
    let mut ole = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for name in names {
        ole.create_stream(name).unwrap().write_all(b"x").unwrap();
    }
    ole.into_inner().into_inner()
}

#[test]
fn refuses_an_ods_with_a_password() {
    let manifest = b"<m:manifest><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>";
    let bytes = zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", b"\x00\x01"),
    ]);
    assert_eq!(message(&bytes), "the workbook has a password");
}

#[test]
fn refuses_too_many_cells() {
    let far = "<sheetData><row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'>\
               <c r='XFD1048576'><v>1</v></c></row></sheetData>";
    assert_eq!(open(&xlsx_of(far)).unwrap_err(), Refused::too_many_cells("S"));
    let cell = "<table:table-cell table:number-columns-repeated='16384'><text:p>1</text:p></table:table-cell>";
    for rows in ["1048576", "18446744073709551615"] {
        let rows = format!(
            "<table:table table:name='S'><table:table-row table:number-rows-repeated='{rows}'>{cell}</table:table-row></table:table>"
        );
        assert_eq!(open(&ods_of(&rows)).unwrap_err(), Refused::too_many_cells("S"));
    }
    let merged = "<sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData>\
                  <mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells>";
    assert_eq!(open(&xlsx_of(merged)).unwrap().sheets[0].text, "1\n");
}

#[test]
fn refuses_broken_parts() {
    for cells in [
        "<sheetData><row><c><v>1</v></c></row>",
        "<sheetData></x>",
        "<sheetData><row><c t='s'><v>7</v></c></row></sheetData>",
        "<sheetData><row><c t='s'><v>x</v></c></row></sheetData>",
    ] {
        assert!(message(&xlsx_of(cells)).starts_with("the workbook is damaged"), "{cells}");
    }
}

#[test]
fn reads_ods_as_it_is_written() {
    let tables = "<table:tracked-changes><table:table-cell office:value-type='float' office:value='9'/></table:tracked-changes>\
        <table:table table:name='S'><table:table-column table:number-columns-repeated='3'/>\
        <table:table-row table:number-rows-repeated='2'><table:table-cell table:number-columns-repeated='1024'/></table:table-row>\
        <table:table-row><table:table-cell/><table:table-cell office:value-type='percentage' office:value='0.871'><text:p>87%</text:p></table:table-cell>\
        <table:table-cell table:number-columns-repeated='2' office:value-type='string'><office:annotation><text:p>no</text:p></office:annotation>\
        <text:p>a<text:s text:c='2'/>b</text:p><text:p>c</text:p></table:table-cell></table:table-row>\
        <table:table-row><table:table-cell table:number-rows-spanned='2' office:value-type='float' office:value='1E-3'/>\
        <table:table-cell office:value-type='date' office:date-value='2021-12-31T00:00:00'/>\
        <table:table-cell office:value-type='boolean' office:boolean-value='true'/>\
        <table:table-cell office:value-type='string' office:string-value='' calcext:value-type='error'><text:p>#DIV/0!</text:p></table:table-cell></table:table-row>\
        <table:table-row><table:covered-table-cell/><table:table-cell office:value-type='time' office:time-value='PT08H30M00S'/></table:table-row>\
        <table:table-row table:number-rows-repeated='1048570'><table:table-cell table:number-columns-repeated='1024'/></table:table-row>\
        </table:table>";
    let book = open(&ods_of(tables)).unwrap();
    assert_eq!(book.kind, Kind::Ods);
    assert_eq!(
        book.sheets[0].text,
        "\n\n,87.1%,a  b c,a  b c\n0.001,2021-12-31,TRUE,#DIV/0!\n0.001,08:30:00\n"
    );
    assert_eq!(book.sheets[0].repeated, BTreeSet::from([(5, 0)]));
}

const XLS: &[u8] = include_bytes!("../../../tests/it/workbooks/air.xls");
const XLWT: &[u8] = include_bytes!("../../../tests/it/workbooks/air-xlwt.xls");
const ODS: &[u8] = include_bytes!("../../../tests/it/workbooks/air.ods");

/// What the fixtures hold, but for two formulas that LibreOffice saved in its own way.
fn air(truth: &str, text: &str) -> Vec<String> {
    let lines = format!(
        "\n,环境空气,环境空气,环境空气\n,\"指标,\"\"一\"\"\",数 值\n,,81.53\n,,0.3\n,,81.53%\n\
         ,,86.6666666666667\n,,12.3456%\n,,2021-12-31\n,,{truth}\n,,#DIV/0!\n,,2\n,,0.0000001\n\
         ,州\n,州,x\n,,{text}\n,,87.1%,12,1.25\n"
    );
    lines.lines().map(str::to_owned).collect()
}

#[test]
fn reads_xls_and_ods() {
    for (bytes, kind, [truth, text]) in
        [(XLS, Kind::Xls, ["TRUE", "0"]), (ODS, Kind::Ods, ["1", "计算值"])]
    {
        let book = open(bytes).unwrap();
        assert_eq!((book.kind, book.hidden), (kind, vec!["旧".to_owned()]));
        let [sheet] = book.sheets.as_slice() else { panic!("{:?}", book.sheets) };
        assert_eq!(sheet.name, "空气");
        assert_eq!(sheet.text.lines().collect::<Vec<_>>(), air(truth, text), "{kind}");
        assert_eq!(sheet.repeated, BTreeSet::from([(2, 2), (2, 3), (15, 1)]));
        assert_eq!(rounded(sheet), (2, ["C7", "86.67", "86.6666666666667"]));
    }
}

#[test]
fn reads_xls_whose_formulas_were_never_worked_out() {
    let book = open(XLWT).unwrap();
    let lines = book.sheets[0].text.lines().collect::<Vec<_>>();
    assert_eq!(lines[9], ",,TRUE");
    assert_eq!(lines[16], ",,87.1%,12,1.25");
    assert_eq!(book.hidden, ["旧"]);
}

/// A record of an .xls.
fn biff(kind: u16, bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap();
    [&kind.to_le_bytes(), &length.to_le_bytes(), bytes].concat()
}

/// An .xls of one sheet, with these records of the workbook and of the sheet.
fn xls_of(version: u16, name: &[u8], globals: &[Vec<u8>], sheet: &[Vec<u8>]) -> Vec<u8> {
    let begin = biff(0x0809, &[version.to_le_bytes(), [5, 0]].concat());
    let end = biff(0x0A, &[]);
    let at = begin.len() + globals.concat().len() + 10 + name.len() + end.len();
    let at = u32::try_from(at).unwrap().to_le_bytes();
    let bound = biff(0x85, &[&at, &[0, 0][..], name].concat());
    let stream = [begin.clone(), globals.concat(), bound, end.clone(), begin, sheet.concat(), end];
    let mut ole = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    let path = if version == 0x0500 { "/Book" } else { "/Workbook" };
    ole.create_stream(path).unwrap().write_all(&stream.concat()).unwrap();
    ole.into_inner().into_inner()
}

#[test]
fn reads_xls_of_excel_95() {
    let (name, _, _) = encoding_rs::GBK.encode("空气");
    let label = [&[1, 0, 2, 0, 0, 0, 4, 0][..], &name].concat();
    let bytes = xls_of(
        0x0500,
        &[&[4][..], &name].concat(),
        &[
            biff(0x42, &936_u16.to_le_bytes()),
            biff(0x041E, b"\xA4\x00\x050.00%"),
            biff(0xE0, &[0, 0, 0xA4, 0]),
        ],
        &[
            biff(0x0204, &label),
            biff(0x0203, &[&[1, 0, 3, 0, 0, 0][..], &0.5_f64.to_le_bytes()].concat()),
        ],
    );
    let book = open(&bytes).unwrap();
    assert_eq!(
        (book.sheets[0].name.as_str(), book.sheets[0].text.as_str()),
        ("空气", "\n,,空气,50%\n")
    );
}

#[test]
fn reads_texts_of_xls_that_go_on_in_the_next_record() {
    // `ab` in one byte each, then `中文` in two; runs and phonetics that are broken as well.
    let texts = biff(
        0xFC,
        &[&[2, 0, 0, 0, 2, 0, 0, 0][..], &[4, 0, 12, 1, 0, 2, 0, 0, 0, b'a', b'b']].concat(),
    );
    let go_on = biff(0x3C, &[1, 0x2D, 0x4E, 0x87, 0x65, 9, 9]);
    let more = biff(0x3C, &[9, 9, 9, 9, 1, 0, 0, b'z']);
    let cell = |column, at| biff(0xFD, &[0, 0, column, 0, 0, 0, at, 0, 0, 0]);
    let chart = [biff(0x0809, &[0, 6]), biff(0x0203, &[0; 14]), biff(0x0A, &[])];
    let formula = |column, value: [u8; 8]| {
        biff(0x06, &[&[1, 0, column, 0, 0, 0][..], &value, &[0; 8]].concat())
    };
    let cells = [
        cell(0, 0),
        cell(1, 1),
        chart.concat(),
        formula(0, [1, 0, 1, 0, 0, 0, 0xFF, 0xFF]),
        formula(1, [2, 0, 0x2A, 0, 0, 0, 0xFF, 0xFF]),
        formula(2, [3, 0, 0, 0, 0, 0, 0xFF, 0xFF]),
        formula(3, [0, 0, 0, 0, 0, 0, 0xFF, 0xFF]),
        biff(0x0207, &[1, 0, 0, b'f']),
        formula(4, f64::NAN.to_le_bytes()),
        biff(0xBD, &[2, 0, 0, 0, 0, 0, 0x03, 0, 0, 0, 0, 0, 0x23, 0x30, 0, 0, 1, 0]),
        biff(0x0205, &[3, 0, 0, 0, 0, 0, 0x07, 1]),
    ];
    let bytes = xls_of(0x0600, b"\x01\x00S", &[texts, go_on, more], &cells);
    let lines = "ab中文,z\nTRUE,#N/A,,f,#NUM!\n0,30.8\n#DIV/0!\n";
    let sheet = open(&bytes).unwrap().sheets.remove(0);
    assert_eq!(sheet.text.lines().take(4).collect::<Vec<_>>(), lines.lines().collect::<Vec<_>>());
}

#[test]
fn refuses_xls_with_a_password_or_broken() {
    let refused = |globals: &[Vec<u8>]| message(&xls_of(0x0600, b"\x01\x00S", globals, &[]));
    assert_eq!(refused(&[biff(0x2F, &[1, 0])]), "the workbook has a password");
    let broken = "the workbook is damaged: a record breaks off";
    assert_eq!(refused(&[biff(0xFC, &[0, 0, 0, 0, 255, 255, 255, 255])]), broken);
    assert_eq!(refused(&[biff(0x85, &[255, 255, 255, 255, 0, 0, 1, 0, b'T'])]), broken);
    assert_eq!(message(&ole(&["/Workbook"])), broken);
}

/// A record of an .xlsb.
fn biff12(kind: u16, bytes: &[u8]) -> Vec<u8> {
    let kind = match kind {
        0..0x80 => vec![u8::try_from(kind).unwrap()],
        _ => vec![u8::try_from(kind & 0x7F | 0x80).unwrap(), u8::try_from(kind >> 7).unwrap()],
    };
    [&kind, &[u8::try_from(bytes.len()).unwrap()][..], bytes].concat()
}

fn wide(text: &str) -> Vec<u8> {
    let units = text.encode_utf16().collect::<Vec<_>>();
    let length = u32::try_from(units.len()).unwrap().to_le_bytes();
    length.into_iter().chain(units.into_iter().flat_map(u16::to_le_bytes)).collect()
}

fn full_xlsb() -> Vec<u8> {
    let rels = r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="s.bin"/></Relationships>"#;
    let sheet = |state: u8, name| {
        biff12(0x9C, &[&[state, 0, 0, 0, 1, 0, 0, 0][..], &wide("r1"), &wide(name)].concat())
    };
    let styles = [
        biff12(0x2C, &[&[0xA4, 0][..], &wide("0.0%")].concat()),
        biff12(0x2F, &[0, 0, 9, 0]),
        biff12(0x269, &[3, 0, 0, 0]),
        biff12(0x2F, &[0; 4]),
        biff12(0x2F, &[0, 0, 0xA4, 0]),
        biff12(0x2F, &[0, 0, 14, 0]),
        biff12(0x26A, &[]),
    ];
    let cell = |kind, column, style, value: &[u8]| {
        biff12(kind, &[&[column, 0, 0, 0, style, 0, 0, 0][..], value].concat())
    };
    let cells = [
        biff12(0, &[1, 0, 0, 0]),
        cell(7, 1, 0, &[0; 4]),
        cell(5, 2, 0, &81.53_f64.to_le_bytes()),
        cell(9, 3, 1, &0.8153_f64.to_le_bytes()),
        cell(5, 4, 2, &44_561_f64.to_le_bytes()),
        cell(2, 5, 0, &(3080_u32 << 2 | 3).to_le_bytes()),
        cell(2, 6, 0, &((1.25_f64.to_bits() >> 32) as u32).to_le_bytes()),
        cell(4, 7, 0, &[1]),
        cell(11, 8, 0, &[7]),
        cell(8, 9, 0, &wide("文")),
        cell(1, 10, 0, &[]),
        biff12(0, &[2, 0, 0, 0]),
        cell(6, 2, 0, &wide("z")),
        biff12(0xB0, &[1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]),
    ];
    zip(&[
        ("xl/workbook.bin", &[sheet(0, "空气"), sheet(1, "旧")].concat()),
        ("xl/_rels/workbook.bin.rels", rels.as_bytes()),
        ("xl/sharedStrings.bin", &biff12(0x13, &[&[0][..], &wide("指标")].concat())),
        ("xl/styles.bin", &styles.concat()),
        ("xl/s.bin", &cells.concat()),
    ])
}

#[test]
fn reads_xlsb() {
    let book = open(&full_xlsb()).unwrap();
    assert_eq!((book.kind, book.hidden), (Kind::Xlsb, vec!["旧".to_owned()]));
    let [sheet] = book.sheets.as_slice() else { panic!("{:?}", book.sheets) };
    assert_eq!(sheet.text, "\n,指标,81.53,81.53%,2021-12-31,30.8,1.25,TRUE,#DIV/0!,文\n,指标,z\n");
    assert_eq!(sheet.repeated, BTreeSet::from([(3, 1)]));
    assert_eq!(rounded(sheet), (1, ["D2", "81.5%", "81.53%"]));
}

/// The fixtures, and the parts of those that are packed: a byte that is changed in a packed part
/// is mostly found by its checksum.
fn fixtures() -> Vec<Vec<u8>> {
    vec![full_xlsx(), full_xlsb(), XLS.to_vec(), XLWT.to_vec(), ODS.to_vec()]
}

#[test]
fn survives_files_that_break_off() {
    for bytes in fixtures() {
        for length in (0..bytes.len()).step_by(50) {
            open(&bytes[..length]).unwrap_err();
        }
    }
}

/// How often each fixture is changed; thousands have been tried.
const ROUNDS: usize = 60;

/// A changing number (xorshift).
fn next(seed: &mut u64) -> usize {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    usize::try_from(*seed >> 8).unwrap()
}

#[test]
fn survives_changed_bytes() {
    let mut seed = 0x9E37_79B9_7F4A_7C15;
    for bytes in fixtures() {
        for _ in 0..ROUNDS {
            let mut changed = bytes.clone();
            for _ in 0..=next(&mut seed) % 4 {
                let at = next(&mut seed) % changed.len();
                changed[at] = match next(&mut seed) % 3 {
                    0 => 0xFF,
                    1 => 0,
                    _ => next(&mut seed).to_le_bytes()[0],
                };
            }
            let _ = open(&changed);
        }
    }
}

/// The parts of a ZIP, each changed and packed again, so that its checksum is right.
#[test]
fn survives_changed_parts() {
    let mut seed = 0x2545_F491_4F6C_DD1D;
    for bytes in [full_xlsx(), full_xlsb(), ODS.to_vec()] {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut parts = Vec::new();
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).unwrap();
            let (name, mut bytes) = (part.name().unwrap().into_owned(), Vec::new());
            part.read_to_end(&mut bytes).unwrap();
            parts.push((name, bytes));
        }
        for _ in 0..ROUNDS {
            let mut changed = parts.clone();
            for _ in 0..=next(&mut seed) % 4 {
                let part = next(&mut seed) % changed.len();
                let bytes = &mut changed[part].1;
                let at = next(&mut seed) % bytes.len().max(1);
                let _ =
                    bytes.get_mut(at).map(|byte| *byte = next(&mut seed).to_le_bytes()[0] & 0x7F);
            }
            let list = changed.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
            let _ = open(&zip(&list.collect::<Vec<_>>()));
        }
    }
}

#[test]
fn goes_on_counting_past_any_row() {
    let most = usize::MAX;
    let cells = format!(
        "<sheetData><row r='{most}'><c/></row><row><c/></row><row><c r='A1'><v>1</v></c></row></sheetData>"
    );
    assert_eq!(open(&xlsx_of(&cells)).unwrap().sheets[0].text, "1\n");
}
