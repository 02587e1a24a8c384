//! The same figures of four areas in every kind of table.
#![allow(dead_code, reason = "each test program uses a part of it")]

use std::io::Write;

/// Four rows with their figures, in the order of the squares.
pub const FIGURES: [(&str, &str, u32); 4] = [
    ("E06000001", "Square 1", 100),
    ("E06000002", "Square 2", 200),
    ("E06000003", "Square 3", 300),
    ("E06000004", "Square 4", 400),
];

pub fn rows(line: impl Fn(&str, &str, u32) -> String) -> String {
    FIGURES
        .iter()
        .map(|(code, name, people)| line(code, name, *people))
        .collect()
}

pub fn nomis_query() -> String {
    let body = rows(|code, name, people| format!("\"{name}\",\"{code}\",\"{people}\",\"1.5\"\n"));
    format!(
        "\"Employment and support allowance claimants\"\n\"ONS Crown Copyright Reserved [from Nomis on 3 March 2017]\"\n\n\"date\",\"August 2016\"\n\n\
         \"local authority\",\"mnemonic\",\"number\",\"%\"\n{body}\"Column Total\",\"\",\"1,000\",\"1.5\"\n\n\"Percentages are of residents.\"\n"
    )
}

pub fn nomis_api() -> String {
    let body = rows(|code, name, people| {
        format!(
            "\"August 2016\",\"{name}\",\"{code}\",20100,\"value\",{people},\"A\"\n\"August 2016\",\"{name}\",\"{code}\",20301,\"percent\",1.5,\"A\"\n"
        )
    });
    format!(
        "\"DATE_NAME\",\"GEOGRAPHY_NAME\",\"GEOGRAPHY_CODE\",\"MEASURES\",\"MEASURES_NAME\",\"OBS_VALUE\",\"OBS_STATUS\"\n{body}"
    )
}

/// An export as it comes: filters above, the field of the rows below that of the columns, annotations, and words on disclosure and symbols below.
pub fn stat_xplore_csv() -> String {
    let body = rows(|_, name, people| format!("\"{name}\",{people},,\n"));
    format!(
        "Stat-Xplore\n\n\"Employment and Support Allowance (I z)\"\n\"National - Regional - LA - OAs by Quarter\"\n\"Counting: Caseload\"\n\n\
         Filters:\n\"Default Summation\",\"Caseload\"\n\n\"Quarter\",\"people\",\"people - Annotations\",\n\"National - Regional - LA - OAs\",\n\
         {body}\"Total\",1000,,\n\n\n\"INFO\",\"Totals may not sum.\"\n\n\nSymbol,Description\n\"z\",\"Nil or negligible.\"\n\n\nSource: DWP\n"
    )
}

pub fn stat_xplore_json() -> String {
    let item =
        |code: &str, name: &str| format!("{{\"labels\":[\"{name}\"],\"uris\":[\"str:value:ESA:V:GEO:{code}\"]}},");
    let items = rows(|code, name, _| item(code, name));
    let values = rows(|_, _, people| format!("{people},"));
    format!(
        "{{\"measures\":[{{\"uri\":\"m\",\"label\":\"people\"}}],\"fields\":[{{\"label\":\"Area\",\"items\":[{items}{{\"type\":\"Total\",\"labels\":[\"Total\"]}}]}}],\
         \"cubes\":{{\"m\":{{\"values\":[{values}1000]}}}},\"annotationMap\":{{}}}}"
    )
}

pub fn xlsx() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let cover = book.add_worksheet().set_name("Cover").unwrap();
    cover.write_string(0, 0, "About these figures").unwrap();
    let sheet = book.add_worksheet().set_name("Figures").unwrap();
    sheet.write_string(0, 0, "Table 1: people by area").unwrap();
    for (column, head) in ["LAD16CD", "LAD16NM", "people"].into_iter().enumerate() {
        sheet.write_string(2, column as u16, head).unwrap();
    }
    for (k, (code, name, people)) in FIGURES.into_iter().enumerate() {
        let row = 3 + k as u32;
        sheet.write_string(row, 0, code).unwrap();
        sheet.write_string(row, 1, name).unwrap();
        sheet.write_number(row, 2, people).unwrap();
    }
    sheet.write_string(8, 0, "Source: made for a test").unwrap();
    book.save_to_buffer().unwrap()
}

/// A workbook of OpenDocument with one sheet, as small as it can be.
pub fn ods() -> Vec<u8> {
    let text = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let body = rows(|code, name, people| {
        format!(
            "<table:table-row>{}{}<table:table-cell office:value-type=\"float\" office:value=\"{people}\"><text:p>{people} people</text:p></table:table-cell>\
             <table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>",
            text(code),
            text(name)
        )
    });
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content><office:body><office:spreadsheet><table:table table:name=\"Figures\">\
         <table:table-row>{}{}{}</table:table-row>{body}<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell/></table:table-row>\
         </table:table></office:spreadsheet></office:body></office:document-content>",
        text("LAD16CD"),
        text("Names &amp; more"),
        text("people")
    );
    zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", &content),
    ])
}

pub fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        archive.start_file(*name, stored).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

pub fn csv() -> String {
    "area_code,name,people\n".to_string() + &rows(|code, name, people| format!("{code},{name},{people}\n"))
}

pub fn utf16(text: &str) -> Vec<u8> {
    let units = text.encode_utf16().flat_map(u16::to_le_bytes);
    [0xff, 0xfe].into_iter().chain(units).collect()
}

/// Every kind: name, column of people, content, and what the doctor calls it. Names say nothing of the content.
pub fn kinds() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    vec![
        ("csv", "people", csv().into_bytes()),
        (
            "csv",
            "people",
            format!("\u{feff}{}", csv().replace(',', ";")).into_bytes(),
        ),
        (
            "csv",
            "people",
            csv().replace("area_code", "lad17cd").replace("E0", "e0").into_bytes(),
        ),
        ("tsv", "people", csv().replace(',', "\t").into_bytes()),
        ("csv", "people", utf16(&csv())),
        ("nomis_query", "number", nomis_query().into_bytes()),
        ("nomis_api", "value", nomis_api().into_bytes()),
        ("stat_xplore_csv", "people", stat_xplore_csv().into_bytes()),
        ("stat_xplore_json", "people", stat_xplore_json().into_bytes()),
        ("xlsx", "people", xlsx()),
        ("ods", "people", ods()),
    ]
}
