//! What the optimiser is asked, streamed, stopped and adopted.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};

use serde_json::{Value, json as value};

use crate::client::{Served, labels, national, row, typed};
use crate::common::json;

#[test]
fn a_task_streams_is_reviewed_as_a_difference_and_adopted_in_part() {
    let (_folder, served) = row();
    served.stroke(&[0], value!({"new": true, "name": "Keep"}));
    served.done("/api/locks", &value!({"lot": "Keep", "locked": true}));
    served.stroke(&[1], value!({"new": true, "name": "Move"}));
    let events = served.task(&value!({"kind": "solve", "time_limit_s": 20, "seed": 5}));
    let (last, done) = events.last().unwrap();
    assert_eq!(last, "done");
    assert_eq!(done["status"], "optimal");
    assert!(
        events
            .iter()
            .any(|(event, better)| event == "plan" && better["lot_of_seat"].as_array().unwrap().len() == 4)
    );
    let proposal = &done["proposal"];
    let lots = proposal["lots"].as_array().unwrap();
    let placed = proposal["lot_of_seat"].as_array().unwrap();
    assert_eq!(lots[placed[0].as_u64().unwrap() as usize]["lot_id"], "Keep");
    let before = served.state();
    let moves = proposal["moves"].as_array().unwrap();
    assert!(!moves.is_empty());
    let part = served.done("/api/adopt", &value!({"proposal": proposal["id"], "seats": [3]}));
    let label = |state: &Value, seat: usize| labels(state)[seat].clone();
    assert_eq!(label(&part, 2), label(&before, 2));
    assert!(label(&part, 3).is_some());
    assert!(
        part["history"]["undo"]
            .as_str()
            .unwrap()
            .starts_with("Adopted part of solve: 1 area placed (£400,000)")
    );
    let all = served.done("/api/adopt", &value!({"proposal": proposal["id"]}));
    assert_eq!(
        (&all["problems"], &all["unassigned"]["areas"]),
        (&value!([]), &value!(0))
    );
    assert_eq!(label(&all, 0), Some("Keep".into()));
    assert_eq!(served.post("/api/adopt", &value!({"proposal": 99})).status, 404);
}

#[test]
fn finishing_and_repairing_move_as_little_as_they_can() {
    let (_folder, served) = row();
    served.stroke(&[0, 1], value!({"new": true}));
    served.stroke(&[3], value!({"new": true}));
    let finished = served.task(&value!({"kind": "finish"}));
    let proposal = finished.last().unwrap().1["proposal"].clone();
    let adopted = served.done("/api/adopt", &value!({"proposal": proposal["id"]}));
    assert_eq!(adopted["history"]["undo"], "Adopted finish: 1 area placed (£300,000)");
    served.done("/api/undo", &value!({}));
    assert_eq!(
        (&proposal["areas_moved"], &proposal["areas_placed"]),
        (&value!(0), &value!(1))
    );
    served.done("/api/adopt", &value!({"proposal": proposal["id"]}));
    served.stroke(&[0], value!("2"));
    let repaired = served.task(&value!({"kind": "repair"}));
    let (event, done) = repaired.last().unwrap();
    assert_eq!(
        (event.as_str(), &done["answer"]["goals"][0]["name"]),
        ("done", &value!("moved"))
    );
    assert_eq!(
        done["proposal"]["people_moved"],
        done["answer"]["repair"]["moved_volume"]
    );
    assert!(
        repaired
            .iter()
            .any(|(event, told)| event == "progress" && told["measure"] == "moved")
    );
}

/// The answer of a stream's last event, byte by byte.
fn answer_of(stream: &str) -> &str {
    let done = stream.rsplit("event: done\ndata: ").next().unwrap();
    let (_, answer) = done.split_once("\"answer\":").unwrap();
    &answer[..answer.find(",\"proposal\":").unwrap()]
}

/// What a command prints, in one line as events have it, without its seconds.
fn in_one_line(text: &str) -> String {
    let lines = text.lines().map(str::trim_start);
    lines.filter(|line| !line.starts_with("\"seconds\":")).collect()
}

#[test]
fn an_answer_of_a_task_has_the_bytes_that_its_command_prints() {
    let (_folder, served) = row();
    served.stroke(&[0], value!({"new": true, "name": "Keep"}));
    served.done("/api/locks", &value!({"lot": "Keep", "locked": true}));
    served.stroke(&[1, 2], value!({"new": true}));
    served.done("/api/settings", &value!({"sets": ["viability.floor_gbp=100_000"]}));
    for kind in ["solve", "finish", "repair"] {
        let stream = served
            .post("/api/tasks", &value!({"kind": kind, "time_limit_s": 20, "seed": 5}))
            .text();
        let done = crate::client::events(&stream).pop().unwrap().1;
        let printed = in_one_line(&typed(done["proposal"]["command"].as_str().unwrap(), &[]));
        let seconds = format!("\"seconds\": {},", done["answer"]["seconds"]);
        assert!(stream.contains(&seconds), "{kind}: {seconds}");
        assert_eq!(answer_of(&stream).replacen(&seconds, "", 1), printed, "{kind}");
    }
}

#[test]
fn solving_from_a_plan_that_obeys_every_rule_begins_from_it() {
    let (_folder, served) = row();
    served.stroke(&[0, 1, 2], value!({"new": true}));
    served.stroke(&[3], value!({"new": true}));
    // Over before any search of its own, the task still has the plan that is drawn.
    let events = served.task(&value!({"kind": "solve", "time_limit_s": 1e-6}));
    let (event, done) = events.last().unwrap();
    assert_eq!((event.as_str(), &done["status"]), ("done", &value!("feasible")));
    assert_eq!(done["proposal"]["moves"], value!([]));
    let stream = served
        .post("/api/tasks", &value!({"kind": "solve", "time_limit_s": 20}))
        .text();
    let done = crate::client::events(&stream).pop().unwrap().1;
    assert_eq!(done["answer"]["goals"][0]["value"], 3.0);
    let command = done["proposal"]["command"].as_str().unwrap();
    assert!(command.contains(" --from "), "{command}");
    let seconds = format!("\"seconds\": {},", done["answer"]["seconds"]);
    assert_eq!(
        answer_of(&stream).replacen(&seconds, "", 1),
        in_one_line(&typed(command, &[]))
    );
}

#[test]
fn the_smaller_lot_is_merged_into_the_larger_and_each_merger_offered_once() {
    let (_folder, served) = row();
    served.stroke(&[2, 3], value!({"new": true}));
    served.stroke(&[1], value!({"new": true}));
    let state = served.stroke(&[0], value!({"new": true}));
    let problems = state["problems"].as_array().unwrap();
    let fixes = problems.iter().flat_map(|problem| problem["fixes"].as_array().unwrap());
    let mergers: Vec<&Value> = fixes.filter(|fix| fix["kind"] == "merge").collect();
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert_eq!(mergers.len(), 1, "{mergers:?}");
    assert_eq!(mergers[0]["label"], "Merge 3 into 2");
    assert_eq!(mergers[0]["stroke"], value!({"seats": [0], "lot": "2"}));
}

#[test]
fn a_lock_of_a_part_of_an_area_is_in_the_command_that_repeats_the_task() {
    let folder = crate::common::Folder::new();
    folder.write(
        "lep.csv",
        "area_code,lep\nE06000001,West\nE06000002,West\nE06000002,East\nE06000003,East\nE06000004,East\n",
    );
    folder.change(
        "scenario.toml",
        "[\"deal.csv\"]",
        "[\"lep.csv\"]\nunit = \"lep\"\noverlap = \"split\"",
    );
    folder.change("scenario.toml", "300_000", "100_000");
    let served = Served::start(folder.path(), &folder.file("desk"), &[]);
    served.stroke(&[0, 1], value!({"new": true, "name": "W"}));
    served.done("/api/locks", &value!({"seats": [1], "locked": true}));
    let stream = served.post("/api/tasks", &value!({"kind": "solve"})).text();
    let done = crate::client::events(&stream).pop().unwrap().1;
    assert_eq!(
        folder.read("desk/locks.csv"),
        "area_code,lot_id,part_of\nE06000002,W,West\n"
    );
    let command = done["proposal"]["command"].as_str().unwrap();
    let printed = json(&typed(command, &[]));
    assert_eq!(printed["lots"], done["answer"]["lots"]);
    let held = printed["lots"]
        .as_array()
        .unwrap()
        .iter()
        .find(|lot| lot["lot_id"] == "W")
        .unwrap();
    assert_eq!(held["units"], value!(["West"]), "{held}");
}

/// Opens a stream and reads until its first event has come.
fn begin(served: &Served, body: &str) -> TcpStream {
    let mut stream = TcpStream::connect(("127.0.0.1", served.port)).unwrap();
    let head = format!(
        "POST /api/tasks HTTP/1.1\r\nHost: {}\r\nAuthorization: {}\r\nContent-Length: {}\r\n\r\n{body}",
        served.host(),
        served.bearer(),
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut seen = Vec::new();
    let mut buffer = [0; 4096];
    while !String::from_utf8_lossy(&seen).contains("event: plan") {
        let read = stream.read(&mut buffer).unwrap();
        assert!(read > 0, "ended early: {}", String::from_utf8_lossy(&seen));
        seen.extend(&buffer[..read]);
    }
    stream
}

#[test]
fn a_search_that_is_stopped_keeps_its_best_and_one_runs_at_a_time() {
    let (_folder, served) = national();
    let mut stream = begin(&served, "{\"kind\":\"solve\",\"time_limit_s\":100}");
    let second = served.post("/api/tasks", &value!({"kind": "solve"}));
    assert_eq!((second.status, second.code()), (409, "W206".into()));
    // The desk is worked on meanwhile.
    served.stroke(&[0], value!({"new": true}));
    assert_eq!(served.done("/api/tasks/stop", &value!({})), value!({"stopped": true}));
    let mut rest = String::new();
    let mut reader = BufReader::new(&mut stream);
    while !rest.ends_with("\n\n") || !rest.contains("event: done") {
        let mut line = String::new();
        assert!(reader.read_line(&mut line).unwrap() > 0, "{rest}");
        rest += &line;
    }
    assert!(rest.contains("\"stopped\": \"cancelled\"") || rest.contains("\"stopped\":\"cancelled\""));
    assert!(rest.contains("\"proposal\":{\"id\":1"));
}

#[test]
fn closing_the_stream_stops_the_search() {
    let (_folder, served) = national();
    let stream = begin(&served, "{\"kind\":\"solve\",\"time_limit_s\":100}");
    stream.shutdown(Shutdown::Both).unwrap();
    drop(stream);
    let freed = (0..300).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        served.done("/api/tasks/stop", &value!({})) == value!({"stopped": false})
    });
    assert!(freed, "the search goes on");
}

#[test]
fn ctrl_c_ends_a_search_and_the_program() {
    let (_folder, served) = national();
    let _stream = begin(&served, "{\"kind\":\"solve\",\"time_limit_s\":100}");
    assert_eq!(served.interrupt(), 0);
}
