//! Tables of every kind are read for what they are, and every row of them is accounted for: each fault with its code, and a next step that works.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;

use common::{Folder, json, lotwright, root, squares};
use serde_json::Value;

/// Four rows with their figures, in the order of the squares.
const FIGURES: [(&str, &str, u32); 4] = [
    ("E06000001", "Square 1", 100),
    ("E06000002", "Square 2", 200),
    ("E06000003", "Square 3", 300),
    ("E06000004", "Square 4", 400),
];

fn rows(line: impl Fn(&str, &str, u32) -> String) -> String {
    FIGURES
        .iter()
        .map(|(code, name, people)| line(code, name, *people))
        .collect()
}

/// What `inspect --json` says, with the volumes in a file of that content.
fn inspected(folder: &Folder, file: &str, bytes: &[u8], sets: &[&str]) -> Value {
    let (code, out, err) = inspect(folder, file, bytes, sets);
    assert_eq!(code, 0, "{file}: {err}");
    json(&out)
}

fn inspect(folder: &Folder, file: &str, bytes: &[u8], sets: &[&str]) -> (i32, String, String) {
    fs::write(folder.file(file.split('#').next().unwrap()), bytes).unwrap();
    let named = format!("volumes.file=\"{file}\"");
    let mut options = vec!["--json", "--set", &named];
    sets.iter().for_each(|set| options.extend(["--set", set]));
    folder.run("inspect", &options)
}

/// Expects a refusal with that code and those words.
fn refused(folder: &Folder, text: &str, sets: &[&str], words: &[&str]) {
    let (code, _, err) = inspect(folder, "given.csv", text.as_bytes(), sets);
    assert_eq!(code, 3, "{err}");
    for word in words {
        assert!(err.contains(word), "`{word}` is not in:\n{err}");
    }
}

fn codes(seen: &Value) -> Vec<String> {
    let findings = seen["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|finding| finding["code"].as_str().unwrap().to_string())
        .collect()
}

fn volumes(seen: &Value) -> Vec<f64> {
    seen["areas"]
        .as_array()
        .unwrap()
        .iter()
        .map(|area| area["volume"].as_f64().unwrap())
        .collect()
}

fn doctor(folder: &Folder, files: &[&str]) -> (i32, Value) {
    let paths = files.iter().map(|file| folder.file(file));
    let output = lotwright().arg("doctor").args(paths).arg("--json").output().unwrap();
    (
        output.status.code().unwrap(),
        json(&String::from_utf8(output.stdout).unwrap()),
    )
}

fn nomis_query() -> String {
    let body = rows(|code, name, people| format!("\"{name}\",\"{code}\",\"{people}\",\"1.5\"\n"));
    format!(
        "\"Employment and support allowance claimants\"\n\"ONS Crown Copyright Reserved [from Nomis on 3 March 2017]\"\n\n\"date\",\"August 2016\"\n\n\
         \"local authority\",\"mnemonic\",\"number\",\"%\"\n{body}\"Column Total\",\"\",\"1,000\",\"1.5\"\n\n\"Percentages are of residents.\"\n"
    )
}

fn nomis_api() -> String {
    let body = rows(|code, name, people| {
        format!(
            "\"August 2016\",\"{name}\",\"{code}\",20100,\"value\",{people},\"A\"\n\"August 2016\",\"{name}\",\"{code}\",20301,\"percent\",1.5,\"A\"\n"
        )
    });
    format!(
        "\"DATE_NAME\",\"GEOGRAPHY_NAME\",\"GEOGRAPHY_CODE\",\"MEASURES\",\"MEASURES_NAME\",\"OBS_VALUE\",\"OBS_STATUS\"\n{body}"
    )
}

fn stat_xplore_csv() -> String {
    let body = rows(|_, name, people| format!("\"{name}\",\"{people}\"\n"));
    format!(
        "\"Employment and Support Allowance\"\n\"Counting: Caseload\"\n\n\"Local authority\",\"people\"\n{body}\"Total\",\"1000\"\n\n\"(c) Crown copyright, Stat-Xplore\"\n"
    )
}

fn stat_xplore_json() -> String {
    let item =
        |code: &str, name: &str| format!("{{\"labels\":[\"{name}\"],\"uris\":[\"str:value:ESA:V:GEO:{code}\"]}},");
    let items = rows(|code, name, _| item(code, name));
    let values = rows(|_, _, people| format!("{people},"));
    format!(
        "{{\"measures\":[{{\"uri\":\"m\",\"label\":\"people\"}}],\"fields\":[{{\"label\":\"Area\",\"items\":[{items}{{\"type\":\"Total\",\"labels\":[\"Total\"]}}]}}],\
         \"cubes\":{{\"m\":{{\"values\":[{values}1000]}}}},\"annotationMap\":{{}}}}"
    )
}

fn xlsx() -> Vec<u8> {
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
fn ods() -> Vec<u8> {
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

fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        archive.start_file(*name, stored).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn csv() -> String {
    "area_code,name,people\n".to_string() + &rows(|code, name, people| format!("{code},{name},{people}\n"))
}

fn utf16(text: &str) -> Vec<u8> {
    let units = text.encode_utf16().flat_map(u16::to_le_bytes);
    [0xff, 0xfe].into_iter().chain(units).collect()
}

/// Every kind: name, column of people, content, and what the doctor calls it. Names say nothing of the content.
fn kinds() -> Vec<(&'static str, &'static str, Vec<u8>)> {
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

#[test]
fn the_same_figures_in_every_kind_of_table_give_the_same_volumes() {
    let folder = Folder::new();
    for (kind, column, bytes) in kinds() {
        let seen = inspected(
            &folder,
            "figures.dat",
            &bytes,
            &[&format!("volumes.weight=\"{column}\"")],
        );
        assert_eq!(volumes(&seen), [100.0, 200.0, 300.0, 400.0], "{kind}");
        let join = &seen["joins"][0];
        assert_eq!(
            (join["kind"].as_str(), join["counts"]["matched"].as_u64()),
            (Some(kind), Some(4))
        );
        let counts = &join["counts"];
        assert_eq!(
            counts["rows"].as_u64().unwrap(),
            4 + counts["extra"].as_u64().unwrap(),
            "{kind}: a total is extra"
        );
    }
}

#[test]
fn the_doctor_tells_every_kind_by_its_content() {
    let folder = Folder::new();
    for (kind, column, bytes) in kinds() {
        fs::write(folder.file("figures.dat"), bytes).unwrap();
        let (code, told) = doctor(&folder, &["figures.dat"]);
        let file = &told["files"][0];
        assert_eq!(
            (code, file["role"].as_str(), file["kind"].as_str()),
            (0, Some("table"), Some(kind)),
            "{told}"
        );
        let columns = file["columns"].as_array().unwrap();
        let found = columns.iter().find(|one| one["name"] == *column).unwrap();
        assert_eq!(found["role"], "counts", "{kind}");
    }
    let (code, told) = doctor(&folder, &["areas.geojson", "nowhere.csv"]);
    assert_eq!((code, told["files"][0]["role"].as_str()), (3, Some("boundaries")));
    assert_eq!(told["files"][1]["findings"][0]["code"], "S001");
}

#[test]
fn the_doctor_tells_rates_doubles_and_years() {
    let folder = Folder::new();
    folder.write(
        "mixed.csv",
        "LAD17CD,Claimant rate,people\nE06000063,1,100\nE07000150,2,200\nE07000150,3,300\n",
    );
    folder.write("belied.csv", "LAD17CD,people\nE06000063,1\n");
    folder.write("nothing.csv", "1,2\n3,4\n");
    let (code, told) = doctor(&folder, &["mixed.csv", "belied.csv", "nothing.csv"]);
    let found = |k: usize| codes(&told["files"][k]);
    for code in ["V107", "V218", "V103", "V206"] {
        assert!(found(0).contains(&code.to_string()), "{code}: {told}");
    }
    assert_eq!(found(1), ["V219"]);
    assert_eq!((found(2).as_slice(), code), (&["V102".to_string()][..], 3));
}

#[test]
fn a_text_of_another_encoding_is_read_and_told() {
    let folder = Folder::new();
    let bytes: Vec<u8> = csv()
        .replace("Square 1", "Ynys M?n")
        .bytes()
        .map(|byte| if byte == b'?' { 0xf4 } else { byte })
        .collect();
    fs::write(folder.file("v.csv"), &bytes).unwrap();
    let (_, told) = doctor(&folder, &["v.csv"]);
    assert_eq!(codes(&told["files"][0]), ["S204"]);
    assert_eq!(
        volumes(&inspected(&folder, "v.csv", &bytes, &[])),
        [100.0, 200.0, 300.0, 400.0]
    );
}

#[test]
fn broken_workbooks_and_files_that_are_no_tables_are_refused() {
    let folder = Folder::new();
    let whole = xlsx();
    let bomb = "<a/>".repeat(40 << 20);
    for (bytes, code) in [
        (whole[..whole.len() / 2].to_vec(), "S205"),
        (
            zipped(&[("xl/workbook.xml", "<workbook"), ("[Content_Types].xml", "")]),
            "S205",
        ),
        (zipped(&[("xl/workbook.xml", &bomb)]), "S205"),
        (zipped(&[("areas.shp", "")]), "S206"),
        (b"%PDF-1.7\n\x00\x01".to_vec(), "S206"),
        (stat_xplore_json().replace("1000]", "1000,1]").into_bytes(), "S209"),
        (b"\n\n".to_vec(), "S202"),
        (format!("{}\nNotes\n\n{}", csv(), csv()).into_bytes(), "S208"),
        (b"area_code,people\nE06000001,1,2\n".to_vec(), "S201"),
    ] {
        let (exit, _, err) = inspect(&folder, "v.dat", &bytes, &[]);
        assert!(exit == 3 && err.contains(code), "{code}: {err}");
    }
}

#[test]
fn a_sheet_is_named_behind_a_hash() {
    let folder = Folder::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, factor) in [("ESA", 1.0), ("PIP", 2.0)] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        sheet.write_string(0, 0, "area_code").unwrap();
        sheet.write_string(0, 1, "people").unwrap();
        for (k, (code, _, people)) in FIGURES.into_iter().enumerate() {
            sheet.write_string(1 + k as u32, 0, code).unwrap();
            sheet.write_number(1 + k as u32, 1, f64::from(people) * factor).unwrap();
        }
    }
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(volumes(&inspected(&folder, "b.xlsx", &bytes, &[]))[0], 100.0);
    assert_eq!(
        volumes(&inspected(&folder, "b.xlsx#PIP", &bytes, &[]))[0],
        200.0,
        "the next step of S207 works"
    );
    let (_, told) = doctor(&folder, &["b.xlsx"]);
    assert_eq!(codes(&told["files"][0]), ["S207"]);
    let (code, _, err) = inspect(&folder, "b.xlsx#DLA", &bytes, &[]);
    assert!(code == 3 && err.contains("S205") && err.contains("ESA, PIP"), "{err}");
}

#[test]
fn a_cell_far_away_costs_no_memory() {
    let folder = Folder::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, head) in ["area_code", "people"].into_iter().enumerate() {
        sheet.write_string(0, column as u16, head).unwrap();
    }
    for (k, (code, _, people)) in FIGURES.into_iter().enumerate() {
        sheet.write_string(1 + k as u32, 0, code).unwrap();
        sheet.write_number(1 + k as u32, 1, people).unwrap();
    }
    sheet
        .write_string(1_048_575, 0, "Note: the last row of a sheet")
        .unwrap();
    let seen = inspected(&folder, "far.xlsx", &book.save_to_buffer().unwrap(), &[]);
    assert_eq!(volumes(&seen)[3], 400.0);
    assert_eq!(seen["joins"][0]["aside"][0], "Note: the last row of a sheet");
}

#[test]
fn rates_are_refused_as_weights_and_the_next_step_works() {
    let folder = Folder::new();
    let text = csv().replace("people", "Claimant rate");
    let weight = "volumes.weight=\"Claimant rate\"";
    refused(
        &folder,
        &text,
        &[weight],
        &["V107", "its name says `rate`", "volumes.adds_up"],
    );
    inspected(&folder, "given.csv", text.as_bytes(), &[weight, "volumes.adds_up=true"]);
    refused(&folder, &nomis_query(), &["volumes.weight=\"%\""], &["V107"]);
}

/// A folder whose squares have these codes.
fn with_codes(codes: &[&str]) -> Folder {
    let folder = Folder::new();
    folder.write("areas.geojson", &squares(codes));
    folder.change("scenario.toml", "tables = [\"deal.csv\"]\n", "");
    folder
}

/// The four districts that merged into North Northamptonshire in 2021.
const BEFORE: &str = "area_code,people\nE07000150,10\nE07000152,20\nE07000153,30\nE07000156,40\n";
const DISTRICTS: [&str; 4] = ["E07000150", "E07000152", "E07000153", "E07000156"];

#[test]
fn areas_that_merged_are_summed_forward_and_every_row_is_told() {
    let folder = with_codes(&["E06000061"]);
    let seen = inspected(&folder, "v.csv", BEFORE.as_bytes(), &[]);
    assert_eq!((volumes(&seen), codes(&seen)), (vec![100.0], vec!["V207".to_string()]));
    let join = &seen["joins"][0];
    assert_eq!(
        (
            join["counts"]["merged"].as_u64(),
            join["rows"].as_array().unwrap().len()
        ),
        (Some(4), 4)
    );
    assert_eq!(join["rows"][3]["areas"][0], "E06000061");
    assert_eq!(join["vintage"], "2020 or earlier");
}

#[test]
fn a_sum_without_one_of_its_parts_is_refused() {
    let folder = with_codes(&["E06000061"]);
    let short = BEFORE.replace("E07000156,40\n", "");
    refused(&folder, &short, &[], &["V213", "E07000156 (Wellingborough) has no row"]);
    let blank = BEFORE.replace("E07000156,40", "E07000156,");
    let seen = inspected(&folder, "v.csv", blank.as_bytes(), &["volumes.suppressed=25"]);
    assert_eq!(volumes(&seen), [85.0], "the next step works");
}

#[test]
fn people_in_two_rows_are_refused() {
    let folder = with_codes(&["E06000061"]);
    refused(
        &folder,
        &format!("{BEFORE}E06000061,100\n"),
        &[],
        &["V212", "E07000150 (Corby) on line 2", "E06000061 (Square 1) on line 6"],
    );
    let folder = with_codes(&["E08000038"]);
    refused(
        &folder,
        "area_code,people\nE08000016,5\nE08000038,5\n",
        &[],
        &["V212", "Barnsley"],
    );
}

#[test]
fn codes_that_were_replaced_are_read_both_ways() {
    for (boundaries, given) in [("E08000038", "E08000016"), ("E08000016", "E08000038")] {
        let folder = with_codes(&[boundaries]);
        let seen = inspected(
            &folder,
            "v.csv",
            format!("area_code,people\n{given},7\n").as_bytes(),
            &[],
        );
        assert_eq!((volumes(&seen), codes(&seen)), (vec![7.0], vec!["V206".to_string()]));
        assert_eq!(seen["joins"][0]["rows"][0]["outcome"], "recoded");
    }
}

#[test]
fn a_figure_is_divided_only_by_a_weight_and_then_marked_as_estimated() {
    let folder = with_codes(&DISTRICTS);
    let after = "area_code,people\nE06000061,100\n";
    refused(&folder, after, &[], &["V208", "Square 1, Square 2", "volumes.split_by"]);
    folder.write("people.csv", &BEFORE.replace("people", "residents"));
    let split = "volumes.split_by=\"people.csv:residents\"";
    let seen = inspected(&folder, "v.csv", after.as_bytes(), &[split]);
    assert_eq!(volumes(&seen), [10.0, 20.0, 30.0, 40.0]);
    assert_eq!(codes(&seen)[0], "V209");
    assert_eq!(seen["joins"][0]["rows"][0]["outcome"], "estimated");
    let short = BEFORE.replace("people", "residents").replace("E07000150,10\n", "");
    folder.write("people.csv", &short);
    refused(&folder, after, &[split], &["V208", "give figures above zero"]);
}

#[test]
fn the_weight_that_the_help_names_is_among_the_tables_of_the_data_set() {
    let folder = Folder::new();
    folder.change("scenario.toml", "areas.geojson", "lad-2016");
    folder.change("scenario.toml", "tables = [\"deal.csv\"]\n", "");
    let text = "area_code,people\nE06000061,100\n";
    let include = format!("areas.include={DISTRICTS:?}");
    refused(&folder, text, &[&include], &["V208", "volumes.csv:population_mid_2016"]);
    let sets = [include.as_str(), "volumes.split_by=\"volumes.csv:population_mid_2016\""];
    // A table of the user's own that bears the same name is the one to be divided.
    let seen = inspected(&folder, "volumes.csv", text.as_bytes(), &sets);
    assert_eq!(seen["totals"]["volume"], 100.0);
    let names: Vec<&Value> = seen["inputs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|input| &input["file"])
        .collect();
    assert_eq!(
        names
            .iter()
            .filter(|name| **name == "boundaries/lad-2016/volumes.csv")
            .count(),
        1
    );
}

#[test]
fn names_are_a_last_resort_and_near_ones_wait_for_a_yes() {
    let folder = with_codes(&["E06000001", "E06000002", "E06000003", "E06000004"]);
    let exact = "Area name,people\nSquare 1,1\nSquare 2,2\nsquare  3,3\nSquare 4,4\n";
    let seen = inspected(&folder, "v.csv", exact.as_bytes(), &[]);
    assert_eq!(
        (volumes(&seen), codes(&seen)),
        (vec![1.0, 2.0, 3.0, 4.0], vec!["V210".to_string()])
    );
    assert_eq!(seen["joins"][0]["counts"]["named"], 4);
    folder.change("areas.geojson", "Square 1", "Hartlepool");
    let near = exact.replace("Square 1", "Hartlepol");
    refused(
        &folder,
        &near,
        &[],
        &["V211", "Hartlepool (E06000001)", "volumes.near_names"],
    );
    let seen = inspected(&folder, "v.csv", near.as_bytes(), &["volumes.near_names=true"]);
    assert_eq!(seen["joins"][0]["rows"][0]["how"], "by name (near): Hartlepool");
    refused(
        &folder,
        &exact.replace("Square 1", "Atlantis"),
        &[],
        &["V201", "no area is called `Atlantis`"],
    );
    folder.change("areas.geojson", "Square 2", "hartlepool");
    refused(
        &folder,
        &exact.replace("Square 1", "HARTLEPOOL"),
        &[],
        &["V214", "E06000001", "E06000002"],
    );
}

#[test]
fn totals_and_wider_areas_are_counted_nowhere() {
    let folder = Folder::new();
    let text = csv() + "E92000001,England,1000\n,Total,1000\n";
    let seen = inspected(&folder, "v.csv", text.as_bytes(), &[]);
    assert_eq!(seen["totals"]["volume"], 1000.0);
    assert!(codes(&seen).contains(&"V215".to_string()));
    assert_eq!(seen["joins"][0]["counts"]["extra"], 2);
}

#[test]
fn codes_of_several_years_are_told() {
    let folder = with_codes(&["E06000061", "E07000163"]);
    let seen = inspected(&folder, "v.csv", b"area_code,people\nE06000061,5\nE07000163,5\n", &[]);
    assert!(codes(&seen).is_empty(), "2021 and 2022 have both");
    let folder = with_codes(&["E06000061", "E07000100"]);
    let seen = inspected(&folder, "v.csv", b"area_code,people\nE06000061,5\nE07000100,5\n", &[]);
    assert_eq!(codes(&seen), ["V218"]);
}

/// The answer of `solve --json` with these volumes.
fn solved(folder: &Folder, text: &str, sets: &[&str]) -> Value {
    folder.write("volumes.csv", text);
    let mut options = vec!["--json", "--quiet"];
    sets.iter().for_each(|set| options.extend(["--set", set]));
    let (code, out, err) = folder.run("solve", &options);
    assert_eq!(code, 0, "{err}");
    json(&out)
}

#[test]
fn intervals_go_through_to_lots_and_a_floor_that_holds_in_part_is_told() {
    let folder = Folder::new();
    let text = csv().replace("E06000001,Square 1,100", "E06000001,Square 1,c");
    let answer = solved(
        &folder,
        &text,
        &["volumes.suppressed=100", "volumes.suppressed_most=150", "lots.count=2"],
    );
    let totals = &answer["totals"];
    assert_eq!(
        (totals["volume_low"].as_f64(), totals["volume_high"].as_f64()),
        (Some(900.0), Some(1050.0))
    );
    for lot in answer["lots"].as_array().unwrap() {
        let at = |key: &str| lot["interval"][key].as_f64().unwrap();
        let value = lot["contract_value_gbp"].as_f64().unwrap();
        assert!(at("contract_value_low_gbp") <= value && value <= at("contract_value_high_gbp"));
        assert!(lot["interval"]["cap_holds"].is_null(), "there is no cap");
    }
    folder.write(
        "locks.csv",
        "area_code,lot_id\nE06000001,1\nE06000002,1\nE06000003,2\nE06000004,2\n",
    );
    let halves = ["volumes.suppressed=100", "lots.count=2", "lots.locks=\"locks.csv\""];
    let edge = solved(&folder, &text, &halves);
    let lots = &edge["lots"];
    assert_eq!(lots[0]["interval"]["volume_low"], 200.0);
    assert_eq!(lots[0]["interval"]["contract_value_low_gbp"], 222_222.22, "200 of 900");
    assert_eq!(
        lots[0]["interval"]["floor_holds"], "partly",
        "200 of 900 to 400 of 1,100"
    );
    assert_eq!(lots[1]["interval"]["floor_holds"], "always");
    assert!(codes(&edge).contains(&"V217".to_string()));
    // The next step: a floor that leaves room.
    let lower = [&halves[..], &["viability.floor_gbp=200000"]].concat();
    assert!(!codes(&solved(&folder, &text, &lower)).contains(&"V217".to_string()));
}

#[test]
fn exact_figures_have_no_interval() {
    let answer = solved(&Folder::new(), &csv(), &[]);
    assert!(answer["lots"][0].get("interval").is_none() && answer["totals"].get("volume_low").is_none());
    assert_eq!(answer["joins"][0]["matched"].as_array().unwrap().len(), 4);
}

#[test]
fn notes_and_options_say_to_what_figures_are_rounded() {
    let folder = Folder::new();
    let noted = csv() + "\nFigures are rounded to the nearest 10.\n";
    let seen = inspected(&folder, "v.csv", noted.as_bytes(), &[]);
    let row = &seen["joins"][0]["rows"][0];
    assert_eq!(
        (row["cell"].as_str(), row["low"].as_f64(), row["high"].as_f64()),
        (Some("rounded"), Some(95.0), Some(105.0))
    );
    assert!(codes(&seen).contains(&"V216".to_string()));
    let seen = inspected(&folder, "v.csv", noted.as_bytes(), &["volumes.rounded_to=100"]);
    assert_eq!(
        seen["totals"]["volume_high"], 1200.0,
        "the option goes before the notes"
    );
    let negligible = stat_xplore_json().replace("[100,", "[\"..\",");
    let seen = inspected(&folder, "s.json", negligible.as_bytes(), &[]);
    let row = &seen["joins"][0]["rows"][0];
    assert_eq!(
        (row["cell"].as_str(), row["high"].as_f64()),
        (Some("negligible"), Some(5.0))
    );
}

#[test]
fn the_report_shows_the_joins() {
    let folder = with_codes(&["E06000061"]);
    folder.write("volumes.csv", BEFORE);
    let out = folder.file("out");
    let (code, said, err) = folder.run("solve", &["--out", out.to_str().unwrap()]);
    assert_eq!(code, 0, "{err}");
    assert!(said.contains("joined volumes.csv: 4 rows: 4 merged"), "{said}");
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    assert!(page.contains("How the tables joined") && page.contains("E07000150"));
}

/// Small squares in a row, one a code.
fn strip(codes: impl IntoIterator<Item = String>) -> String {
    let square = |(k, code): (usize, String)| {
        let (west, east) = (
            format!("{:.2}", -6.0 + 0.01 * k as f64),
            format!("{:.2}", -5.99 + 0.01 * k as f64),
        );
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"area_code\":\"{code}\"}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":\
             [[[{west},52.0],[{east},52.0],[{east},52.01],[{west},52.01],[{west},52.0]]]}}}}"
        )
    };
    let features: Vec<String> = codes.into_iter().enumerate().map(square).collect();
    format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{}]}}",
        features.join(",")
    )
}

/// Districts of 2016, as they were in a later year by the table of changes.
fn districts_of(year: u16) -> Vec<String> {
    let table = |name: &str| fs::read_to_string(root().join("boundaries").join(name)).unwrap();
    let changes = table("code-changes.csv");
    let mut later: BTreeMap<String, String> = BTreeMap::new();
    for record in csv::Reader::from_reader(changes.as_bytes()).records() {
        let record = record.unwrap();
        let succeeds = matches!(&record[4], "merged" | "recoded");
        if succeeds && record[5].parse::<u16>().unwrap() <= year {
            later.insert(record[0].to_string(), record[2].to_string());
        }
    }
    let mut codes: Vec<String> = Vec::new();
    for record in csv::Reader::from_reader(table("lad-2016/areas.csv").as_bytes()).records() {
        let mut code = record.unwrap()[0].to_string();
        while let Some(next) = later.get(&code) {
            code.clone_from(next);
        }
        codes.push(code);
    }
    codes.sort();
    codes.dedup();
    codes
}

#[test]
fn the_same_volumes_give_equal_totals_on_boundaries_of_every_year() {
    let folder = Folder::new();
    folder.change("scenario.toml", "tables = [\"deal.csv\"]\n", "");
    let real = fs::read(root().join("boundaries/lad-2016/volumes.csv")).unwrap();
    let weight = "volumes.weight=\"population_mid_2016\"";
    let mut totals = Vec::new();
    for (year, areas) in [(2016, 348), (2019, 339), (2021, 331), (2023, 318)] {
        folder.write("areas.geojson", &strip(districts_of(year)));
        let seen = inspected(&folder, "v.csv", &real, &[weight]);
        assert_eq!(seen["areas"].as_array().unwrap().len(), areas, "{year}");
        totals.push(seen["totals"]["volume"].as_f64().unwrap());
        // And back again: what is of the later year is divided among the districts of 2016, and adds up to the same.
        let later = seen["areas"].as_array().unwrap().iter();
        let rows: String = later
            .map(|area| format!("{},{}\n", area["code"].as_str().unwrap(), area["volume"]))
            .collect();
        folder.write("areas.geojson", &strip(districts_of(2016)));
        folder.write("old.csv", std::str::from_utf8(&real).unwrap());
        let split = "volumes.split_by=\"old.csv:population_mid_2016\"";
        let back = inspected(
            &folder,
            "later.csv",
            format!("area_code,people\n{rows}").as_bytes(),
            &[split],
        );
        totals.push(back["totals"]["volume"].as_f64().unwrap());
    }
    assert!(totals.iter().all(|total| *total == totals[0]), "{totals:?}");
}

#[test]
fn an_old_table_of_your_own_gives_equal_totals_on_boundaries_of_every_year() {
    // Taunton Deane and West Somerset merged in 2019, and with three more into Somerset in 2023.
    let text = "area_code,people\nE07000187,1\nE07000188,2\nE07000189,4\nE07000190,8\nE07000191,16\n";
    for codes in [
        &["E07000187", "E07000188", "E07000189", "E07000190", "E07000191"][..],
        &["E07000187", "E07000188", "E07000189", "E07000246"],
        &["E06000066"],
    ] {
        let folder = with_codes(codes);
        let seen = inspected(&folder, "v.csv", text.as_bytes(), &[]);
        assert_eq!(seen["totals"]["volume"], 31.0, "{codes:?}");
    }
}

#[test]
fn no_bytes_whatever_make_a_reader_panic() {
    use rand::{RngExt, SeedableRng};
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(7);
    for (kind, _, bytes) in kinds() {
        for _ in 0..300 {
            let mut bent = bytes.clone();
            for _ in 0..random.random_range(1..8) {
                let at = random.random_range(0..bent.len());
                bent[at] = random.random();
            }
            bent.truncate(random.random_range(bent.len() / 2..=bent.len()));
            if let Ok((table, _)) = lotwright::io::tables::read("bent", &bent) {
                let width = table.columns.len();
                assert!(table.rows.iter().all(|row| row.cells.len() == width), "{kind}");
                lotwright::io::columns::roles(&table);
            }
        }
    }
}
