//! Tables as people have them: exports as they come, hidden sheets, dates, the whole kingdom, columns that slipped.

use std::fs;

use crate::asked::{codes, doctor, inspect, inspected, volumes};
use crate::common::{Folder, lotwright};
use crate::figures::{FIGURES, csv, zipped};

/// An export of Stat-Xplore with annotations, a place in Scotland, people of no known place, and all that stands below.
fn export() -> String {
    let rows: String = FIGURES
        .iter()
        .map(|(_, name, people)| format!("\"{name} / Sgwâr\",1,,{people},,\n"))
        .collect();
    format!(
        "Stat-Xplore\n\n\"Households (I z)\"\n\"LA by Month\"\n\"Counting: Households\"\n\nFilters:\n\"Default Summation\",\"Households\"\n\n\
         \"Month\",\"March 2016\",\"March 2016 - Annotations\",\"April 2016 (r)\",\"April 2016 - Annotations\",\n\"National - Regional - LA - OAs\",\n{rows}\
         \"Glasgow City\",5,,5,,\n\"Unknown\",..,,7,,\n\"Total\",4,,1012,,\n\n\n\"INFO\",\"Totals may not sum.\"\n\n\nSymbol,Description\n\
         \"z\",\"\"\"..\"\" is nil or negligible.\"\n\n\nSource: DWP\n"
    )
}

#[test]
fn an_export_of_stat_xplore_joins_as_it_comes() {
    let folder = Folder::new();
    let weight = ["volumes.weight=\"April 2016 (r)\""];
    let seen = inspected(&folder, "export.csv", export().as_bytes(), &weight);
    assert_eq!(volumes(&seen), [100.0, 200.0, 300.0, 400.0]);
    let told = codes(&seen);
    for code in ["V210", "V215", "V222"] {
        assert!(told.contains(&code.to_string()), "{code}: {told:?}");
    }
    let counts = &seen["joins"][0]["counts"];
    assert_eq!(
        (&counts["rows"], &counts["matched"], &counts["extra"]),
        (&7.into(), &4.into(), &3.into())
    );
}

#[test]
fn rows_of_another_country_are_listed_and_counted_nowhere() {
    let folder = Folder::new();
    let text = csv() + "S12000033,Aberdeen City,500\nN09000003,Belfast,500\n";
    let seen = inspected(&folder, "uk.csv", text.as_bytes(), &[]);
    assert_eq!(volumes(&seen).iter().sum::<f64>(), 1000.0);
    let rows = seen["joins"][0]["rows"].as_array().unwrap();
    assert_eq!(rows[0]["how"], "of Scotland, which the boundaries do not show");
    let (exit, _, err) = inspect(&folder, "en.csv", (csv() + "E06009999,Nowhere,5\n").as_bytes(), &[]);
    assert!(
        exit == 3 && err.contains("V201"),
        "a code of England is still missed: {err}"
    );
}

#[test]
fn names_that_slipped_against_their_codes_are_told() {
    let folder = Folder::new();
    let slipped = csv().replace("Square 1", "Square 9").replace("Square 2", "square 1");
    let seen = inspected(&folder, "slipped.csv", slipped.as_bytes(), &[]);
    let finding = seen["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|f| f["code"] == "V223")
        .unwrap();
    let message = finding["message"].as_str().unwrap();
    assert!(
        message.starts_with("1 row has") && message.contains("E06000002 on line 3 is Square 2"),
        "{message}"
    );
    let seen = inspected(&folder, "right.csv", csv().as_bytes(), &[]);
    assert!(!codes(&seen).contains(&"V223".to_string()));
}

#[test]
fn a_cell_that_is_no_figure_is_unread_and_not_nothing() {
    let folder = Folder::new();
    let (exit, out, _) = inspect(&folder, "v.csv", csv().replace(",400", ",lots").as_bytes(), &[]);
    let told: serde_json::Value = serde_json::from_str(&out).unwrap();
    let row = &told["joins"][0]["rows"][0];
    assert_eq!(
        (exit, &row["cell"], row["middle"].is_null()),
        (3, &"unread".into(), true)
    );
    assert_eq!(told["joins"][0]["counts"]["unread"], 1);
}

#[test]
fn a_hidden_sheet_is_read_last_and_dates_are_dates() {
    let folder = Folder::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    let date = rust_xlsxwriter::Format::new().set_num_format("mmm yy");
    for (name, factor) in [("Figures", 1.0), ("Old", 2.0)] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        sheet.set_hidden(factor > 1.0);
        sheet.write_string(0, 0, "LAD16CD").unwrap();
        sheet.write_number_with_format(0, 1, 42_675, &date).unwrap();
        let more = (0..if factor > 1.0 { 50_u32 } else { 0 }).map(|k| (format!("E0100{k:04}"), 1));
        let rows = FIGURES
            .iter()
            .map(|(code, _, people)| ((*code).to_string(), *people))
            .chain(more);
        for (row, (code, people)) in (1..).zip(rows) {
            sheet.write_string(row, 0, code).unwrap();
            sheet.write_number(row, 1, f64::from(people) * factor).unwrap();
        }
    }
    let bytes = book.save_to_buffer().unwrap();
    let seen = inspected(&folder, "b.xlsx", &bytes, &["volumes.weight=\"2016-11-01\""]);
    assert_eq!(volumes(&seen), [100.0, 200.0, 300.0, 400.0]);
    let (_, told) = doctor(&folder, &["b.xlsx"]);
    let message = told["files"][0]["findings"][0]["message"].as_str().unwrap();
    assert!(message.contains("Old (hidden) holds area codes too"), "{message}");
}

#[test]
fn files_that_are_no_tables_are_told_by_what_they_are() {
    let folder = Folder::new();
    for (bytes, word) in [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0".to_vec(), "XLS"),
        (b"%PDF-1.4\ntext".to_vec(), "PDF"),
        (b"<!DOCTYPE html><html></html>".to_vec(), "web page"),
        (zipped(&[("data.csv", &csv())]), "data.csv in it"),
    ] {
        let (exit, _, err) = inspect(&folder, "v.dat", &bytes, &[]);
        assert!(exit == 3 && err.contains("S206") && err.contains(word), "{word}: {err}");
    }
}

#[test]
fn codes_in_lower_case_join_with_those_in_capitals() {
    let folder = Folder::new();
    let map = fs::read_to_string(folder.file("areas.geojson")).unwrap();
    folder.write("areas.geojson", &map.replace("E0600", "e0600"));
    folder.write("deal.csv", "area_code,deal,status\ne06000002,Middle,co-design\n");
    let seen = inspected(&folder, "v.csv", csv().as_bytes(), &[]);
    assert_eq!(volumes(&seen), [100.0, 200.0, 300.0, 400.0]);
    assert_eq!(seen["areas"][0]["code"], "E06000001");
}

#[test]
fn a_terminal_shows_the_first_of_many_findings_alike() {
    let folder = Folder::new();
    let unknown: String = (0..30).map(|k| format!("E070099{k:02},Nowhere,5\n")).collect();
    folder.write("volumes.csv", &(csv() + &unknown));
    let out = lotwright().arg("inspect").arg(folder.path()).output().unwrap();
    let err = String::from_utf8(out.stderr).unwrap();
    assert_eq!(err.matches("error V201").count(), 8, "{err}");
    assert!(
        err.contains("and 22 more V201 of volumes.csv; --json has all of them"),
        "{err}"
    );
}
