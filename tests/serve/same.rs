//! A page gets what the command line gives, and opens the whole country.

use std::fs;

use serde_json::json as value;

use crate::client::{Served, national, row, typed};
use crate::common::{Folder, lotwright};

/// The same text with every number of seconds left out.
fn timeless(text: &str) -> String {
    let lines = text
        .lines()
        .map(|line| match line.trim_start().starts_with("\"seconds\":") {
            true => "",
            false => line,
        });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_page_gets_the_bytes_that_the_command_prints() {
    let folder = Folder::new();
    fs::create_dir(folder.file("plans")).unwrap();
    folder.write(
        "plans/old.csv",
        "area_code,lot_id\nE06000001,a\nE06000002,b\nE06000003,b\nE06000004,b\n",
    );
    let served = Served::start(folder.path(), &folder.file("desk"), &[]);
    served.stroke(&[0, 1, 2], value!({"new": true}));
    served.stroke(&[3], value!({"new": true, "name": "It's far"}));
    served.done("/api/settings", &value!({"sets": ["viability.floor_gbp=450_000"]}));
    let (plan, baseline) = (folder.file("desk/plan.csv"), folder.file("plans/old.csv"));
    let sets = "--set viability.floor_gbp=450_000";
    let line = |command: &str, rest: &str| format!("lotwright {command} {} {sets}{rest}", folder.path().display());
    let on_plan = format!(" --plan {}", plan.display());
    let old = format!("{on_plan} --plan {}", baseline.display());
    for (command, args, rest) in [
        ("evaluate", value!({}), on_plan.clone()),
        ("check", value!({}), on_plan.clone()),
        ("inspect", value!({}), String::new()),
        ("compare", value!({"baselines": ["old"]}), old),
        (
            "finance",
            value!({"model": "whp-2017", "assume": ["provider.caseload=40"]}),
            format!("{on_plan} --model whp-2017 --assume provider.caseload=40"),
        ),
        (
            "stress",
            value!({"draws": 50, "preset": "restart"}),
            format!("{on_plan} --draws 50 --preset restart"),
        ),
    ] {
        let answer = served.post("/api/run", &value!({"command": command, "args": args}));
        assert_eq!(answer.status, 200, "{command}: {}", answer.text());
        assert_eq!(
            timeless(&answer.text()),
            timeless(&typed(&line(command, &rest), &[])),
            "{command}"
        );
    }
    let vary = served.post(
        "/api/run",
        &value!({"command": "frontier", "args": {"vary": "viability.cap_gbp=1e6,2e6"}}),
    );
    assert_eq!(
        timeless(&vary.text()),
        timeless(&typed(&line("frontier", " --vary viability.cap_gbp=1e6,2e6"), &[]))
    );
    let shown = served.state()["command"].as_str().unwrap().to_string();
    let evaluated = served.post("/api/run", &value!({"command": "evaluate"}));
    assert_eq!(timeless(&evaluated.text()), timeless(&typed(&shown, &[])));
    for (command, args) in [
        ("evaluate", value!({"draws": 3})),
        ("solve", value!({})),
        ("compare", value!({})),
        ("stress", value!({"draws": 0})),
        ("frontier", value!({"vary": "x"})),
    ] {
        assert_eq!(
            served
                .post("/api/run", &value!({"command": command, "args": args}))
                .status,
            422,
            "{command}"
        );
    }
}

#[test]
fn files_are_those_of_the_command_line() {
    let (folder, served) = row();
    served.stroke(&[0, 1], value!({"new": true}));
    served.stroke(&[2, 3], value!({"new": true}));
    let out = folder.file("out");
    served.post("/api/run", &value!({"command": "check"}));
    let plan = folder.file("desk/plan.csv");
    lotwright()
        .arg("evaluate")
        .arg(folder.path())
        .arg("--plan")
        .arg(&plan)
        .arg("--out")
        .arg(&out)
        .arg("-q")
        .assert()
        .success();
    for (kind, file) in [
        ("csv", "plan.csv"),
        ("geojson", "areas.geojson"),
        ("svg", "map.svg"),
        ("lots-csv", "lots.csv"),
    ] {
        let answer = served.get(&format!("/api/export?kind={kind}"));
        assert_eq!(answer.body, fs::read(out.join(file)).unwrap(), "{kind}");
        assert!(answer.head.contains("attachment; filename=\"row-"), "{}", answer.head);
    }
    for (asked, options) in [
        ("size=a4&show=people", vec!["--paper", "a4", "--show", "people"]),
        (
            "size=slide&show=lot-value&deals=no",
            vec!["--paper", "slide", "--show", "lot-value", "--no-deals"],
        ),
    ] {
        let to = folder.file("shown.svg");
        lotwright()
            .arg("export")
            .arg(folder.path())
            .arg("--plan")
            .arg(&plan)
            .args(options)
            .arg("--to")
            .arg(&to)
            .arg("-q")
            .assert()
            .success();
        let answer = served.get(&format!("/api/export?kind=svg&{asked}"));
        assert_eq!(answer.body, fs::read(&to).unwrap(), "{asked}");
    }
    let html = served.get("/api/export?kind=html").text();
    assert!(
        html.contains("Four squares in a row") && html.contains("</html>"),
        "{html}"
    );
    let again = served.ask("POST", "/api/plan", &served.get("/api/export?kind=csv").body);
    assert_eq!(
        again.json()["entries"],
        2,
        "a plan that reads back unchanged changes nothing"
    );
}

#[test]
fn a_map_of_what_moved_is_that_of_the_command_line_and_the_page_is_told_the_same() {
    let (folder, served) = row();
    assert_eq!(
        served.get("/api/look?moved_from=@opened").status,
        422,
        "nothing was opened"
    );
    let opened = served.ask(
        "POST",
        "/api/plan",
        b"area_code,lot_id\nE06000001,1\nE06000002,1\nE06000003,2\nE06000004,2\n",
    );
    assert_eq!(opened.status, 200, "{}", opened.text());
    served.stroke(&[1], value!("2"));
    let answer = served.get("/api/export?kind=svg&size=a4&moved_from=@opened");
    served.post("/api/run", &value!({"command": "check"}));
    let to = folder.file("moved.svg");
    lotwright()
        .arg("export")
        .arg(folder.path())
        .arg("--plan")
        .arg(folder.file("desk/plan.csv"))
        .arg("--moved-from")
        .arg(folder.file("desk/opened.csv"))
        .args(["--paper", "a4", "--to"])
        .arg(&to)
        .arg("-q")
        .assert()
        .success();
    assert_eq!(answer.body, fs::read(&to).unwrap());
    let look = served.get("/api/look?moved_from=@opened").json();
    assert_eq!(look["of"], "moved");
    assert_eq!(look["class_of"], value!([null, 0, null, null]));
    let people = served.get("/api/look?show=people").json();
    assert_eq!(
        (&people["of"], people["class_of"].as_array().unwrap().len()),
        (&value!("area"), 4)
    );
    let lots = served.get("/api/look?show=lot-people").json();
    assert_eq!(lots["class_of"].as_array().unwrap().len(), 2);
    for asked in [
        "look?show=rain",
        "look?show=lots",
        "export?kind=svg&show=rain",
        "export?kind=svg&show=people&moved_from=@opened",
    ] {
        assert_eq!(served.get(&format!("/api/{asked}")).status, 422, "{asked}");
    }
    assert_eq!(served.get("/api/look?moved_from=nothing").status, 404);
    assert_eq!(served.get("/api/labels?scale=1&baseline=nothing").status, 404);
    assert_eq!(served.get("/api/labels?scale=1&proposal=1").status, 404);
    let labels = served.get("/api/labels?scale=1").json();
    assert!(labels[0]["half"][0].as_f64().unwrap() > 0.0, "{labels}");
}

#[test]
fn the_whole_country_opens_with_its_baselines_and_a_small_body() {
    let (_folder, served) = national();
    let (host, bearer) = (served.host(), served.bearer());
    let packed = served.send(
        "GET",
        "/api/desk",
        &[("Host", &host), ("Authorization", &bearer), ("Accept-Encoding", "gzip")],
        b"",
    );
    assert!(packed.head.to_ascii_lowercase().contains("content-encoding: gzip"));
    assert!(packed.body.len() < 300_000, "{} bytes", packed.body.len());
    let desk = served.get("/api/desk").json();
    assert_eq!(desk["schema"], "lotwright/desk/1");
    let baselines = desk["baselines"].as_array().unwrap();
    let named = |key: &str| {
        baselines
            .iter()
            .find(|one| one["key"] == key)
            .map(|one| one["lots"].as_u64().unwrap())
    };
    assert_eq!(named("cpa"), Some(6));
    assert_eq!(named("lep"), Some(38));
    assert_eq!(
        named("restart-2021-cpa"),
        Some(9),
        "nine of the twelve have areas outside of London and Greater Manchester"
    );
    for area in desk["areas"].as_array().unwrap() {
        assert!(
            area["path"].as_str().unwrap().starts_with('M') && area["groups"]["country"].is_array(),
            "{area}"
        );
    }
    // Every common border has its line, so that lots can be outlined.
    let arcs = desk["arcs"].as_array().unwrap();
    assert!(
        arcs.iter()
            .all(|arc| arc["left"].is_u64() && arc["path"].as_str().unwrap().len() > 4)
    );
    served.ask("POST", "/api/plan", b"area_code,lot_id\nE06000001,x\n");
    let opened = {
        let body = b"{\"baseline\":\"cpa\"}";
        served
            .send(
                "POST",
                "/api/plan",
                &[
                    ("Host", &host),
                    ("Authorization", &bearer),
                    ("Content-Type", "application/json"),
                ],
                body,
            )
            .json()
    };
    assert_eq!(
        (&opened["totals"]["lots"], &opened["unassigned"]["areas"]),
        (&value!(6), &value!(0))
    );
    let against = served.get("/api/baseline?key=restart-2021-cpa").json();
    assert_eq!(
        against["lot_of_seat"].as_array().unwrap().len(),
        desk["seats"].as_array().unwrap().len()
    );
    let labels = served.get("/api/labels?scale=0.15").json();
    assert!(labels.as_array().unwrap().len() >= 5, "{labels}");
}
