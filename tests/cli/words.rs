//! What every command takes: options, standard streams, and words for misuse; and what `inspect` shows.

use crate::common::{Folder, json, lotwright};

#[test]
fn an_option_goes_before_the_scenario() {
    let folder = Folder::new();
    let (_, out, _) = folder.run("solve", &["--json", "--set", "viability.floor_gbp=500e3"]);
    assert_eq!(
        json(&out)["lots"].as_array().unwrap().len(),
        1,
        "no two parts of the row hold 500 each"
    );
    let (code, _, err) = folder.run("solve", &["--set", "viability.floor_gbp"]);
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("key=value"), "{err}");
    let (code, _, err) = folder.run("solve", &["--set", "name=row"]);
    assert_eq!(code, 2);
    assert!(err.contains("in quotes"), "{err}");
}

/// The program with a standard error to which nothing can be written.
#[cfg(target_os = "linux")]
fn unheard() -> std::process::Command {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_lotwright"));
    command.stderr(full);
    command
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_said_to_nobody_changes_nothing() {
    let folder = Folder::new();
    let output = unheard().args(["solve", "--json"]).arg(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(json(&String::from_utf8(output.stdout).unwrap())["lots"].is_array());
    let output = unheard().args(["solve", "no-such-scenario"]).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
}

#[test]
fn a_wrong_command_line_is_usage() {
    for words in [
        &["solv"][..],
        &["solve"],
        &["evaluate", "scenarios/three-squares"],
        &["compare", "scenarios/three-squares", "--plan", "a.csv"],
    ] {
        let output = lotwright().args(words).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn a_number_out_of_range_is_usage_and_says_what_may_be_given() {
    let folder = Folder::new();
    for (option, values, said) in [
        (
            "--time-limit",
            ["nan", "1e300", "0", "-1"],
            "give seconds, more than 0 and at most 31536000 (a year), such as 60",
        ),
        (
            "--seed",
            ["-1", "9223372036854775808", "1e99", "x"],
            "give a whole number from 0 to 9223372036854775807, such as 7",
        ),
        (
            "--threads",
            ["0", "-1", "257", "1.5"],
            "give a whole number from 1 to 256, such as 2",
        ),
    ] {
        for value in values {
            let (code, out, err) = folder.run("solve", &[option, value]);
            assert_eq!((code, out.as_str()), (2, ""), "{option} {value}: {err}");
            assert!(
                err.contains(option) && err.contains(&format!("'{value}'")) && err.contains(said),
                "{err}"
            );
        }
    }
    let (code, _, err) = folder.run("solve", &["--set", "solve.time_limit_s=1e9"]);
    assert_eq!(code, 3);
    assert!(err.contains("S104") && err.contains("more than a year"), "{err}");
    assert_eq!(folder.run("solve", &["--seed", "9223372036854775807", "--quiet"]).0, 0);
}

#[test]
fn standard_input_is_read_where_a_file_is_expected() {
    let folder = Folder::new();
    let plan = "area_code,lot_id\nE06000001,1\nE06000002,1\nE06000003,2\nE06000004,3\n";
    let output = lotwright()
        .arg("check")
        .arg(folder.path())
        .args(["--plan", "-"])
        .write_stdin(plan)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    let scenario = folder.read("scenario.toml");
    let output = lotwright()
        .current_dir(folder.path())
        .args(["inspect", "-"])
        .write_stdin(scenario)
        .output()
        .unwrap();
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn quiet_says_nothing_on_standard_error() {
    let (code, _, err) = Folder::new().run("solve", &["--quiet", "--set", "volumes.suppressed=5"]);
    assert_eq!((code, err.as_str()), (0, ""));
}

#[test]
fn inspect_shows_areas_units_borders_and_totals() {
    let (code, out, _) = Folder::new().run("inspect", &["--json"]);
    assert_eq!(code, 0);
    let seen = json(&out);
    assert_eq!(seen["areas"].as_array().unwrap().len(), 4);
    assert_eq!(seen["units"][1]["id"], "E06000002");
    let borders = seen["borders"].as_array().unwrap();
    assert_eq!(borders.len(), 3);
    // A side of 0.2 degrees of latitude is 22.25 km.
    assert!(
        borders
            .iter()
            .all(|border| (border["metres"].as_f64().unwrap() - 22_250.0).abs() < 50.0),
        "{borders:?}"
    );
    assert_eq!(seen["components"].as_array().unwrap().len(), 1);
    assert_eq!(seen["islands"], serde_json::json!([]));
}
