//! What is kept: the journal, the folder, the port, and how it ends.

use std::fs;
use std::io::Write;
use std::net::{TcpListener, TcpStream};

use serde_json::json as value;

use crate::client::{Served, command, row};
use crate::common::Folder;

#[test]
fn killing_the_program_loses_at_most_the_stroke_in_hand() {
    let (folder, served) = row();
    served.stroke(&[0], value!({"new": true}));
    served.stroke(&[1, 2, 3], value!({"new": true, "name": "Rest"}));
    served.done("/api/lots", &value!({"lot": "1", "rename": "West"}));
    served.done("/api/locks", &value!({"seats": [3], "locked": true}));
    served.done("/api/settings", &value!({"sets": ["viability.floor_gbp=1000"]}));
    served.stroke(&[1], value!("West"));
    served.done("/api/undo", &value!({}));
    served.done("/api/undo", &value!({}));
    served.stroke(&[2], value!("West"));
    served.stroke(&[2], value!({"new": true}));
    served.done("/api/undo", &value!({}));
    let mut before = served.state();
    served.kill();
    let again = Served::start(folder.path(), &folder.file("desk"), &[]);
    let mut after = again.state();
    before["revision"] = value!(0);
    after["revision"] = value!(0);
    assert_eq!(after, before);
    assert_eq!(again.done("/api/redo", &value!({}))["lots"][2]["lot_id"], "1");
    let first = again.done("/api/goto", &value!({"cursor": 1}));
    assert_eq!(first["lots"].as_array().unwrap().len(), 1);
}

#[test]
fn a_line_that_was_torn_is_dropped_and_told() {
    let (folder, served) = row();
    served.stroke(&[0], value!({"new": true}));
    served.stroke(&[1], value!("1"));
    let before = served.labels();
    served.kill();
    let mut journal = fs::OpenOptions::new()
        .append(true)
        .open(folder.file("desk/journal.jsonl"))
        .unwrap();
    journal.write_all(b"{\"entry\":{\"index\":2,\"kind\":\"str").unwrap();
    let again = Served::start(folder.path(), &folder.file("desk"), &[]);
    assert!(again.said().contains("W303"), "{}", again.said());
    assert_eq!(again.get("/api/desk").json()["findings"][0]["code"], "W303");
    assert_eq!(again.labels(), before);
    again.stroke(&[2], value!("1"));
    again.kill();
    let last = Served::start(folder.path(), &folder.file("desk"), &[]);
    assert!(!last.said().contains("W303"), "{}", last.said());
    assert_eq!(last.labels()[2], Some("1".into()));
}

#[test]
fn a_line_that_names_what_is_not_there_ends_the_journal_and_the_whole_is_kept() {
    let (folder, served) = row();
    served.stroke(&[0], value!({"new": true}));
    served.stroke(&[1], value!("1"));
    served.stroke(&[2], value!("1"));
    served.kill();
    let text = folder.read("desk/journal.jsonl");
    let damaged = text.replacen("\"seat\":\"E06000002\"", "\"seat\":\"E99999999\"", 1);
    folder.write("desk/journal.jsonl", &damaged);
    let again = Served::start(folder.path(), &folder.file("desk"), &[]);
    assert!(again.said().contains("W303"), "{}", again.said());
    assert_eq!(again.labels(), [Some("1".into()), None, None, None]);
    assert!(
        set_aside(&folder)
            .iter()
            .any(|name| folder.read(&format!("desk/{name}")) == damaged)
    );
    again.stroke(&[3], value!("1"));
    again.kill();
    let last = Served::start(folder.path(), &folder.file("desk"), &[]);
    assert_eq!(last.labels(), [Some("1".into()), None, None, Some("1".into())]);
}

fn set_aside(folder: &Folder) -> Vec<String> {
    let names = fs::read_dir(folder.file("desk"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with("journal-")).collect()
}

#[test]
fn a_journal_of_other_files_is_put_aside_and_never_overwritten() {
    let (folder, served) = row();
    served.stroke(&[0], value!({"new": true}));
    served.kill();
    let old = folder.read("desk/journal.jsonl");
    folder.change("volumes.csv", "E06000001,100", "E06000001,150");
    let again = Served::start(folder.path(), &folder.file("desk"), &[]);
    assert!(again.said().contains("W302"), "{}", again.said());
    assert_eq!(again.state()["entries"], 0);
    let aside = set_aside(&folder);
    assert_eq!(aside.len(), 1);
    assert_eq!(folder.read(&format!("desk/{}", aside[0])), old);
}

#[test]
fn a_plan_is_opened_once_and_the_same_command_finds_the_desk_as_it_was_left() {
    let folder = Folder::new();
    folder.write(
        "p.csv",
        "area_code,lot_id\nE06000001,a\nE06000002,a\nE06000003,b\nE06000004,b\n",
    );
    let plan = folder.file("p.csv").display().to_string();
    let start = || Served::start(folder.path(), &folder.file("desk"), &["--plan", &plan]);
    let served = start();
    assert_eq!(served.state()["history"]["undo"], "Opened p.csv");
    served.stroke(&[1], value!("b"));
    let before = served.labels();
    served.kill();
    let again = start();
    assert_eq!(again.labels(), before);
    let told = again.get("/api/desk").json();
    assert!(
        told["findings"]
            .as_array()
            .unwrap()
            .iter()
            .any(|finding| finding["code"] == "W307")
    );
}

#[test]
fn one_program_works_in_a_folder_and_one_that_was_killed_holds_nothing() {
    let (folder, served) = row();
    let process = served.child.id().to_string();
    let second = command(folder.path(), &folder.file("desk"), &[]).output().unwrap();
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert_eq!(second.status.code(), Some(3), "{said}");
    assert!(
        said.contains("W301") && said.contains(&process) && said.contains("--out"),
        "{said}"
    );
    served.kill();
    assert_eq!(
        Served::start(folder.path(), &folder.file("desk"), &[]).state()["entries"],
        0
    );
}

#[test]
fn a_port_in_use_is_told_with_what_to_do() {
    let folder = Folder::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let refused = command(folder.path(), &folder.file("desk"), &["--port", &port])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(3), "{said}");
    assert!(said.contains("W304") && said.contains("leave --port out"), "{said}");
}

#[test]
fn ctrl_c_ends_it_with_the_plan_written() {
    let (folder, served) = row();
    served.stroke(&[0, 1], value!({"new": true}));
    served.done("/api/locks", &value!({"lot": "1", "locked": true}));
    // A page that keeps its connection open does not hold it up.
    let _open = TcpStream::connect(("127.0.0.1", served.port)).unwrap();
    assert_eq!(served.interrupt(), 0);
    assert_eq!(
        folder.read("desk/plan.csv"),
        "area_code,lot_id\nE06000001,1\nE06000002,1\nE06000003,\nE06000004,\n"
    );
    assert_eq!(
        folder.read("desk/locks.csv"),
        "area_code,lot_id\nE06000001,1\nE06000002,1\n"
    );
}

#[test]
fn a_scenario_from_standard_input_cannot_be_served() {
    let folder = Folder::new();
    let refused = command(std::path::Path::new("-"), &folder.file("desk"), &[])
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn a_plan_that_is_refused_leaves_nothing_behind() {
    let folder = Folder::new();
    folder.write("bad.csv", "area_code,lot_id\nE06000001,a\nE09999999,b\n");
    let plan = folder.file("bad.csv").display().to_string();
    let refused = command(folder.path(), &folder.file("desk"), &["--plan", &plan])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(3), "{said}");
    assert!(said.contains("P201"), "{said}");
    assert!(!folder.file("desk").exists(), "a folder is left behind");
}

#[test]
fn a_journal_without_an_entry_gives_way_without_a_word() {
    let (folder, served) = row();
    served.kill();
    let set = ["--set", "viability.floor_gbp=200000"];
    let again = Served::start(folder.path(), &folder.file("desk"), &set);
    assert!(!again.said().contains("W302"), "{}", again.said());
    assert!(set_aside(&folder).is_empty());
    again.stroke(&[0], value!({"new": true}));
    again.kill();
    let kept = Served::start(folder.path(), &folder.file("desk"), &set);
    assert_eq!(kept.state()["entries"], 1);
}

#[test]
fn a_scenario_that_is_not_there_and_a_folder_that_cannot_be_used_are_told_with_what_to_do() {
    let folder = Folder::new();
    let said = |scenario: &str, out: &std::path::Path| {
        let refused = command(std::path::Path::new(scenario), out, &[]).output().unwrap();
        assert!(!refused.status.success());
        String::from_utf8_lossy(&refused.stderr).into_owned()
    };
    let near = said("scenarios/whp-2071", &folder.file("desk"));
    assert!(
        near.contains("S001") && near.contains("did you mean `scenarios/whp-2017`?"),
        "{near}"
    );
    let far = said("nowhere", &folder.file("desk"));
    assert!(far.contains("give a folder with a scenario.toml in it"), "{far}");
    let file = said("scenarios/three-squares", &folder.file("deal.csv"));
    assert!(file.contains("S003") && file.contains("--out"), "{file}");
}
