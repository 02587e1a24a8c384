//! Tests of the volumes: cells, marks, headings, rates, totals.

use super::*;

fn volumes(text: &str) -> Result<(Volumes, Findings), Findings> {
    of("esa", text)
}

fn of(weight: &str, text: &str) -> Result<(Volumes, Findings), Findings> {
    let asked = VolumesSpec {
        weight: weight.into(),
        ..VolumesSpec::default()
    };
    read(&Input::from_bytes("v.csv", text.as_bytes().to_vec()), None, &asked)
}

#[test]
fn numbers_blanks_and_marks_are_read() {
    let (read, _) = volumes("area_code,esa\nA,\"1,200\"\nB,\nC,[c]\nD,2.5\nE,-\nF,~\n").unwrap();
    let found: Vec<_> = read.rows.iter().map(|row| row.cell).collect();
    let number = |milli| Cell::Number(Volume(milli));
    let wanted = [
        number(1_200_000),
        Cell::Suppressed,
        Cell::Suppressed,
        number(2500),
        Cell::Suppressed,
        Cell::Negligible,
    ];
    assert_eq!(found, wanted);
}

#[test]
fn marks_of_the_statistical_service_are_read_by_their_meaning() {
    let text = "area_code,esa\nA,<5\nB,[z]\nC,[k]\nD,\"1,200 [e]\"\nE,7[p]\nF,[e]\nG,< 10\n";
    let (read, findings) = volumes(text).unwrap();
    let found: Vec<_> = read.rows.iter().map(|row| row.cell).collect();
    let people = |people| Cell::Number(Volume::people(people));
    let wanted = [
        Cell::AtMost(Volume::people(4)),
        Cell::Suppressed,
        Cell::Negligible,
        people(1200),
        people(7),
        Cell::Unread,
        Cell::AtMost(Volume::people(9)),
    ];
    assert_eq!(found, wanted);
    assert_eq!((findings.0.len(), findings.0[0].subject.as_str()), (1, "v.csv line 7"));
}

#[test]
fn every_bad_cell_is_told_at_once() {
    let (_, findings) = volumes("LAD16CD,esa\nA,-1\nB,many\nA,3\n,4\nC,\"1,2\"\nD,NaN\nE,1\nF,2\nG,3\n").unwrap();
    let codes: Vec<_> = findings.0.iter().map(|f| (f.code, f.subject.as_str())).collect();
    assert_eq!(
        codes,
        [
            ("V105", "v.csv line 2"),
            ("V104", "v.csv line 3"),
            ("V103", "v.csv line 4"),
            ("V106", "v.csv line 5"),
            ("V104", "v.csv line 6"),
            ("V104", "v.csv line 7")
        ]
    );
}

#[test]
fn an_unknown_measure_gets_the_nearest_name() {
    let findings = volumes("area_code,ESA_wrag\nA,1\n").unwrap_err();
    assert_eq!(findings.0[0].help, "did you mean `ESA_wrag`?");
}

#[test]
fn a_heading_of_two_columns_is_refused_with_the_places_of_both() {
    let findings = of("Male", "area_code,Male,Name,Male\nE06000001,3,A,1\n").unwrap_err();
    assert_eq!((findings.0[0].code, findings.0.len()), ("V108", 1));
    assert!(findings.0[0].message.ends_with("2 and 4"), "{findings}");
}

#[test]
fn points_for_thousands_are_told() {
    let told = |cells: [&str; 4]| {
        let rows: String = (1..)
            .zip(cells)
            .map(|(k, cell)| format!("E0600000{k};{cell}\n"))
            .collect();
        let findings = volumes(&format!("area_code;esa\n{rows}")).unwrap().1;
        findings.0.iter().any(|finding| finding.code == "V109")
    };
    assert!(told(["92.817", "140.398", "6", "1.250"]) && told(["92.817", "140.398", "135.404", "c"]));
    assert!(!told(["92.817", "140.39", "6", "1.250"]) && !told(["92.817", "1", "6", "12"]));
    assert!(!told(["92817", "140398", "6", "1250"]) && !told(["92.817", "140.398", "6.125", "1250"]));
}

#[test]
fn a_rate_is_refused_as_weight_unless_the_user_knows_better() {
    let text = "area_code,Claimant rate\nE06000001,3\n";
    assert_eq!(of("Claimant rate", text).unwrap_err().0[0].code, "V107");
    let asked = VolumesSpec {
        weight: "Claimant rate".into(),
        adds_up: true,
        ..VolumesSpec::default()
    };
    assert!(read(&Input::from_bytes("v.csv", text.into()), None, &asked).is_ok());
}

#[test]
fn totals_are_marked_and_never_an_area_of_their_own() {
    let (read, findings) =
        volumes("area_code,name,esa\nE06000001,Hartlepool,5\nE92000001,England,5\n,Column Total,5\n").unwrap();
    assert!(findings.0.is_empty(), "{findings}");
    assert_eq!(
        read.rows.iter().map(|row| row.wider).collect::<Vec<_>>(),
        [false, true, true]
    );
}

#[test]
fn the_notes_say_to_what_figures_are_rounded() {
    for (note, step) in [
        ("Figures are rounded to the nearest 10.", Some(10)),
        ("Numbers have been rounded to five", Some(5)),
        ("Rounded to the nearest 1,000 people", Some(1000)),
        ("All figures rounded to nearest hundred", Some(100)),
        ("A well-rounded set of notes", None),
    ] {
        let line = Line {
            line: 1,
            text: note.into(),
        };
        assert_eq!(rounded_to([&line]), step.map(Volume::people), "{note}");
    }
}
