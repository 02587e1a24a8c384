//! Every kind of table is known by what it holds, and read for what it is.

use std::fs;

use crate::asked::{codes, doctor, inspect, inspected, refused, volumes};
use crate::common::Folder;
use crate::figures::{FIGURES, csv, kinds, nomis_query, stat_xplore_json, xlsx, zipped};

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
