//! The workbench over the network: who may ask, what is kept, and that a page gets what the command line gives.

mod common;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use common::{Folder, json, lotwright, root};
use serde_json::{Value, json as value};

/// A program that serves a scenario, ended with the test.
struct Served {
    child: Child,
    port: u16,
    token: String,
    said: PathBuf,
}

/// An answer: status, headers as they came, body.
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The code of the first finding of a refusal.
    fn code(&self) -> String {
        self.json()["findings"][0]["code"].as_str().unwrap().to_string()
    }
}

fn command(scenario: &Path, out: &Path, options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lotwright"));
    command
        .current_dir(root())
        .env("LOTWRIGHT_DATA", root().join("target/no-data-sets"));
    command
        .arg("serve")
        .arg(scenario)
        .args(["--no-open", "--out"])
        .arg(out)
        .args(options);
    command
}

impl Served {
    fn start(scenario: &Path, out: &Path, options: &[&str]) -> Self {
        fs::create_dir_all(out).unwrap();
        let said = out.join("said.txt");
        let mut command = command(scenario, out, options);
        command.stdout(Stdio::piped()).stderr(fs::File::create(&said).unwrap());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line.trim().strip_prefix("http://127.0.0.1:").map(str::to_string);
        let address = address.unwrap_or_else(|| panic!("no address: {line}{}", fs::read_to_string(&said).unwrap()));
        let (port, token) = address.split_once("/#token=").unwrap();
        Self {
            port: port.parse().unwrap(),
            token: token.into(),
            child,
            said,
        }
    }

    fn said(&self) -> String {
        fs::read_to_string(&self.said).unwrap()
    }

    /// Sends bytes as they are and reads all that comes.
    fn raw(&self, request: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        // A program that refuses need not read the rest.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        parse(&bytes)
    }

    fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut text = format!(
            "{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n",
            body.len()
        );
        for (name, value) in headers {
            text += &format!("{name}: {value}\r\n");
        }
        self.raw(&[text.as_bytes(), b"\r\n", body].concat())
    }

    fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    fn bearer(&self) -> String {
        format!("Bearer {}", self.token)
    }

    fn ask(&self, method: &str, path: &str, body: &[u8]) -> Answer {
        let (host, bearer) = (self.host(), self.bearer());
        self.send(method, path, &[("Host", &host), ("Authorization", &bearer)], body)
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, b"")
    }

    fn post(&self, path: &str, body: &Value) -> Answer {
        self.ask("POST", path, body.to_string().as_bytes())
    }

    /// Posts what must go well.
    fn done(&self, path: &str, body: &Value) -> Value {
        let answer = self.post(path, body);
        assert_eq!(answer.status, 200, "{path} {body}: {}", answer.text());
        answer.json()
    }

    fn stroke(&self, seats: &[usize], lot: Value) -> Value {
        self.done("/api/strokes", &value!({ "seats": seats, "lot": lot }))
    }

    fn state(&self) -> Value {
        self.get("/api/state").json()
    }

    /// Lots of all seats, by their labels.
    fn labels(&self) -> Vec<Option<String>> {
        labels(&self.state())
    }

    /// Posts a task and gives its events.
    fn task(&self, body: &Value) -> Vec<(String, Value)> {
        let answer = self.post("/api/tasks", body);
        assert_eq!(answer.status, 200, "{}", answer.text());
        events(&answer.text())
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    fn interrupt(mut self) -> i32 {
        let process = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-INT", &process])
                .status()
                .unwrap()
                .success()
        );
        self.child.wait().unwrap().code().unwrap()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn labels(state: &Value) -> Vec<Option<String>> {
    let lots = state["lots"].as_array().unwrap();
    let label = |lot: &Value| {
        lot.as_u64()
            .map(|lot| lots[lot as usize]["lot_id"].as_str().unwrap().to_string())
    };
    state["lot_of_seat"].as_array().unwrap().iter().map(label).collect()
}

fn parse(bytes: &[u8]) -> Answer {
    let text = String::from_utf8_lossy(bytes);
    let end = text.find("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {text}"));
    let head = text[..end].to_string();
    let body = &bytes[end + 4..];
    let chunked = head.to_ascii_lowercase().contains("transfer-encoding: chunked");
    Answer {
        status: head[9..12].parse().unwrap(),
        body: if chunked { unchunked(body) } else { body.to_vec() },
        head,
    }
}

fn unchunked(mut body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(end) = body.windows(2).position(|pair| pair == b"\r\n") {
        let size = usize::from_str_radix(std::str::from_utf8(&body[..end]).unwrap(), 16).unwrap();
        if size == 0 {
            break;
        }
        whole.extend(&body[end + 2..end + 2 + size]);
        body = &body[end + 4 + size..];
    }
    whole
}

fn events(text: &str) -> Vec<(String, Value)> {
    let blocks = text.split("\n\n").filter(|block| !block.is_empty());
    let event = |block: &str| {
        let (event, data) = block.split_once('\n').unwrap();
        (event["event: ".len()..].to_string(), json(&data["data: ".len()..]))
    };
    blocks.map(event).collect()
}

fn row() -> (Folder, Served) {
    let folder = Folder::new();
    let served = Served::start(folder.path(), &folder.file("desk"), &[]);
    (folder, served)
}

#[test]
fn only_the_page_of_this_program_with_its_token_is_answered() {
    let (_folder, served) = row();
    let (host, bearer) = (served.host(), served.bearer());
    let local = format!("LOCALHOST:{}", served.port);
    let rebound = format!("rebound.evil.example:{}", served.port);
    let origin = format!("http://{host}");
    let with = |headers: &[(&str, &str)]| {
        let answer = served.send("GET", "/api/state", headers, b"");
        (
            answer.status,
            if answer.status == 200 {
                String::new()
            } else {
                answer.code()
            },
        )
    };
    let (ok, token, other, page) = (
        (200, String::new()),
        (401, "W101".to_string()),
        (421, "W102".to_string()),
        (403, "W103".to_string()),
    );
    assert_eq!(with(&[("Host", &host), ("Authorization", &bearer)]), ok);
    assert_eq!(with(&[("Host", &local), ("Authorization", &bearer)]), ok);
    assert_eq!(
        with(&[("Host", &host), ("Authorization", &bearer), ("Origin", &origin)]),
        ok
    );
    assert_eq!(with(&[("Host", &host)]), token);
    assert_eq!(with(&[("Host", &host), ("Authorization", "Bearer 0000")]), token);
    assert_eq!(
        with(&[("Host", &host), ("Authorization", &bearer[..bearer.len() - 1])]),
        token
    );
    for wrong in [rebound.as_str(), "127.0.0.1", "localhost", "evil.example", "[::1]"] {
        assert_eq!(with(&[("Host", wrong), ("Authorization", &bearer)]), other, "{wrong}");
    }
    for wrong in ["http://evil.example", "null", "http://127.0.0.1", "https://localhost:1"] {
        assert_eq!(
            with(&[("Host", &host), ("Authorization", &bearer), ("Origin", wrong)]),
            page,
            "{wrong}"
        );
    }
    let fetched = [
        ("Host", host.as_str()),
        ("Authorization", &bearer),
        ("Sec-Fetch-Site", "cross-site"),
    ];
    assert_eq!(with(&fetched), page);
}

#[test]
fn the_page_needs_no_token_and_loads_nothing_from_elsewhere() {
    let (_folder, served) = row();
    let host = served.host();
    for (path, media) in [
        ("/", "text/html"),
        ("/workbench.js", "text/javascript"),
        ("/workbench.css", "text/css"),
    ] {
        let answer = served.send("GET", path, &[("Host", &host)], b"");
        let head = answer.head.to_ascii_lowercase();
        assert_eq!(answer.status, 200, "{path}");
        for part in [
            media,
            "default-src 'self'",
            "frame-ancestors 'none'",
            "nosniff",
            "no-referrer",
            "no-store",
        ] {
            assert!(head.contains(part), "{path} lacks {part}: {head}");
        }
        assert!(!answer.text().contains(&served.token), "{path}");
    }
    assert_eq!(served.send("POST", "/", &[("Host", &host)], b"").status, 405);
}

#[test]
fn what_is_too_large_malformed_or_unknown_is_refused_and_changes_nothing() {
    let (_folder, served) = row();
    let before = served.state();
    let refused = |answer: Answer| (answer.status, answer.code());
    let big = vec![b' '; 1_000_001];
    assert_eq!(refused(served.ask("POST", "/api/strokes", &big)), (413, "W104".into()));
    let host = served.host();
    let endless = format!(
        "POST /api/plan HTTP/1.1\r\nHost: {host}\r\nAuthorization: {}\r\nContent-Length: 99999999999\r\n\r\n",
        served.bearer()
    );
    assert_eq!(refused(served.raw(endless.as_bytes())), (413, "W104".into()));
    let long = format!("/api/state?{}", "x".repeat(5000));
    assert_eq!(refused(served.get(&long)), (414, "W104".into()));
    let wide = "x".repeat(17_000);
    assert_eq!(
        refused(served.send("GET", "/api/state", &[("Host", &host), ("X", &wide)], b"")),
        (431, "W104".into())
    );
    for body in [
        "",
        "{",
        "[]",
        "{\"seats\":[0]",
        "{\"seats\":\"0\",\"lot\":null}",
        "{\"seats\":[-1],\"lot\":null}",
        "{\"seats\":[0],\"lot\":null,\"more\":1}",
        "\u{0}",
    ] {
        assert_eq!(
            refused(served.ask("POST", "/api/strokes", body.as_bytes())),
            (400, "W105".into()),
            "{body}"
        );
    }
    assert_eq!(
        refused(served.ask("POST", "/api/goto", b"\xff\xfe")),
        (400, "W105".into())
    );
    for path in [
        "/api",
        "/api/",
        "/api/nothing",
        "/api/desk/",
        "/api/../etc/passwd",
        "/etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
    ] {
        assert_eq!(refused(served.get(path)), (404, "W106".into()), "{path}");
    }
    for (method, path) in [
        ("GET", "/api/undo"),
        ("POST", "/api/desk"),
        ("DELETE", "/api/state"),
        ("PUT", "/api/strokes"),
    ] {
        assert_eq!(
            refused(served.ask(method, path, b"{}")),
            (405, "W107".into()),
            "{method} {path}"
        );
    }
    for body in [
        value!({"seats": [4], "lot": null}),
        value!({"seats": [0], "lot": "9"}),
        value!({"seats": [0], "lot": {"new": true, "name": ""}}),
    ] {
        assert_eq!(
            refused(served.post("/api/strokes", &body)),
            (422, "W201".into()),
            "{body}"
        );
    }
    assert_eq!(served.state(), before);
}

#[test]
fn nothing_outside_of_the_working_folder_is_read_or_written() {
    let (folder, served) = row();
    folder.write("secret.toml", "name = \"secret\"\n");
    let refused = |answer: Answer| (answer.status, answer.code());
    for model in [
        "../secret.toml",
        &folder.file("secret.toml").display().to_string(),
        "secret.toml",
        "..",
        "whp-2017/../../secret",
    ] {
        let asked = value!({"command": "finance", "args": {"model": model}});
        assert_eq!(
            refused(served.post("/api/run", &asked)),
            (422, "W205".into()),
            "{model}"
        );
        let sets = value!({"sets": [format!("funding.model=\"{model}\"")]});
        assert_eq!(
            refused(served.post("/api/settings", &sets)),
            (422, "W205".into()),
            "{model}"
        );
    }
    for set in [
        "funding={model=\"../secret.toml\"}",
        "lots.locks=\"/etc/passwd\"",
        "lots={locks=\"/etc/passwd\"}",
        "areas.boundaries=\"/etc/passwd\"",
        "volumes.file=\"../x\"",
    ] {
        assert_eq!(
            refused(served.post("/api/settings", &value!({"sets": [set]}))),
            (422, "W202".into()),
            "{set}"
        );
    }
    for key in ["../secret", "/etc/passwd", "..%2Fsecret"] {
        assert_eq!(
            refused(served.get(&format!("/api/baseline?key={key}"))),
            (404, "W203".into()),
            "{key}"
        );
        assert_eq!(
            refused(served.get(&format!("/api/export?kind={key}"))),
            (422, "W201".into()),
            "{key}"
        );
    }
    served.kill();
    let elsewhere = folder.file("elsewhere.jsonl");
    fs::remove_file(folder.file("desk/journal.jsonl")).unwrap();
    std::os::unix::fs::symlink(&elsewhere, folder.file("desk/journal.jsonl")).unwrap();
    let refused = command(folder.path(), &folder.file("desk"), &[]).output().unwrap();
    assert_eq!(refused.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("W306"));
    assert!(!elsewhere.exists());
}

#[test]
fn the_token_is_for_this_user_alone_and_stays_when_the_program_starts_anew() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, served) = row();
    let session = folder.file("desk/session.json");
    assert_eq!(fs::metadata(&session).unwrap().permissions().mode() & 0o777, 0o600);
    let (port, token) = (served.port, served.token.clone());
    assert_eq!(token.len(), 64);
    assert_eq!(served.interrupt(), 0);
    let again = Served::start(folder.path(), &folder.file("desk"), &[]);
    assert_eq!((again.port, &again.token), (port, &token));
    let other = Served::start(folder.path(), &folder.file("other"), &[]);
    assert_ne!(other.token, token);
}

#[test]
fn strokes_are_told_in_words_and_money_and_taken_back_one_by_one() {
    let (_folder, served) = row();
    let first = served.stroke(&[0, 1], value!({"new": true}));
    assert_eq!(first["history"]["undo"], "Put Square 2 and Square 1 into 1: +£300,000");
    assert_eq!(first["lots"][0]["words"], "Cuts Middle");
    let second = served.stroke(&[2, 3], value!({"new": true, "name": "East"}));
    assert_eq!(second["lots"][1]["lot_id"], "East");
    assert_ne!(second["lots"][0]["colour"], second["lots"][1]["colour"]);
    assert_eq!(second["problems"], value!([]));
    let third = served.stroke(&[1], value!("East"));
    assert_eq!(third["history"]["undo"], "Moved Square 2 from 1 to East: +£200,000");
    assert_eq!(third["lots"][0]["status"], "below_floor");
    let problem = &third["problems"][0];
    assert_eq!((&problem["rule"], &problem["lot_id"]), (&value!("floor"), &value!("1")));
    let fixes: Vec<&str> = problem["fixes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fix| fix["kind"].as_str().unwrap())
        .collect();
    assert_eq!(fixes, ["merge", "undo", "repair"]);
    assert_eq!(served.done("/api/undo", &value!({}))["problems"], value!([]));
    let all = ["1", "1", "East", "East"].map(|lot| Some(lot.to_string()));
    assert_eq!(served.labels(), all);
    served.done("/api/goto", &value!({"cursor": 0}));
    assert_eq!(served.labels(), [None, None, None, None]);
    assert_eq!(served.state()["lots"], value!([]));
    served.done("/api/goto", &value!({"cursor": 2}));
    assert_eq!(served.labels(), all);
    let redone = served.done("/api/redo", &value!({}));
    assert_eq!((&redone["cursor"], &redone["entries"]), (&value!(3), &value!(3)));
    let history = served.get("/api/history?from=1&count=1").json();
    assert_eq!(
        history["entries"][0]["words"],
        "Put Square 4 and Square 3 into East: +£700,000"
    );
}

#[test]
fn a_piece_apart_is_a_problem_with_a_stroke_that_mends_it() {
    let (_folder, served) = row();
    served.stroke(&[0, 3], value!({"new": true}));
    let state = served.stroke(&[1, 2], value!({"new": true}));
    assert_eq!(state["lots"][0]["words"], "2 pieces");
    let problem = &state["problems"][0];
    assert_eq!(
        (&problem["rule"], &problem["areas"]),
        (&value!("contiguous"), &value!([0]))
    );
    assert!(problem["box"][0].as_i64() < problem["box"][2].as_i64());
    let fix = &problem["fixes"][0];
    assert_eq!(fix["label"], "Attach Square 1 to 2");
    let mended = served.done("/api/strokes", &fix["stroke"]);
    assert_eq!(mended["problems"], value!([]));
}

#[test]
fn a_stroke_sent_twice_counts_once_and_may_be_answered_without_what_is_known() {
    let (_folder, served) = row();
    let one = value!({"seats": [0], "lot": {"new": true}, "id": "a", "revision": 0, "delta": true});
    let first = served.done("/api/strokes", &one);
    assert_eq!((&first["id"], first.get("lot_of_seat")), (&value!("a"), None));
    let again = served.done("/api/strokes", &one);
    assert_eq!((&again["entries"], again["lot_of_seat"].is_array()), (&value!(1), true));
    let nothing = served.done("/api/strokes", &value!({"seats": [0, 0], "lot": "1", "id": "b"}));
    assert_eq!(nothing["entries"], 1);
}

#[test]
fn locked_seats_and_lots_stay_whatever_is_painted() {
    let (_folder, served) = row();
    served.stroke(&[0, 1], value!({"new": true}));
    served.stroke(&[2, 3], value!({"new": true}));
    served.done("/api/locks", &value!({"seats": [0], "locked": true}));
    let locked = served.done("/api/locks", &value!({"lot": "2", "locked": true}));
    assert_eq!(
        (&locked["locked_seats"], &locked["lots"][1]["locked"]),
        (&value!([0]), &value!(true))
    );
    let state = served.stroke(&[0, 1, 2], value!(null));
    assert_eq!(
        state["history"]["undo"],
        "Took Square 2 out of 1: −£200,000; 2 locked seats stayed"
    );
    let stays = served.stroke(&[3], value!("1"));
    assert_eq!(stays["entries"], state["entries"]);
    served.done("/api/locks", &value!({"lot": "2", "locked": false}));
    assert_eq!(served.stroke(&[3], value!("1"))["lots"][0]["areas"], 2);
}

#[test]
fn lots_are_made_and_renamed_and_no_label_stands_twice() {
    let (_folder, served) = row();
    assert_eq!(
        served.done("/api/lots", &value!({"new": true}))["lots"][0]["status"],
        "empty"
    );
    served.stroke(&[0], value!("1"));
    let renamed = served.done("/api/lots", &value!({"lot": "1", "rename": "North"}));
    assert_eq!(renamed["lots"][0]["lot_id"], "North");
    served.done("/api/lots", &value!({"new": true}));
    for taken in ["North", "0", "-1", "", "a\nb"] {
        assert_eq!(
            served.post("/api/lots", &value!({"lot": "1", "rename": taken})).status,
            422,
            "{taken}"
        );
    }
    assert_eq!(
        served.done("/api/undo", &value!({}))["lots"].as_array().unwrap().len(),
        1
    );
}

#[test]
fn settings_take_effect_at_once_and_a_fault_leaves_all_as_it_was() {
    let (_folder, served) = row();
    served.stroke(&[0, 1, 2, 3], value!({"new": true}));
    let set = served.done(
        "/api/settings",
        &value!({"sets": ["viability.cap_gbp=500000", "lots.count=2"]}),
    );
    let rules: Vec<&str> = set["state"]["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["rule"].as_str().unwrap())
        .collect();
    assert_eq!(rules, ["cap", "count"]);
    assert!(
        set["state"]["command"]
            .as_str()
            .unwrap()
            .contains("--set viability.cap_gbp=500000 --set lots.count=2")
    );
    let before = served.state();
    for wrong in [
        "viability.cap_gbp=1",
        "viability.cap_gbp=\"x\"",
        "lots.count=0",
        "viability.nothing=1",
        "nonsense",
    ] {
        assert_eq!(
            served.post("/api/settings", &value!({"sets": [wrong]})).status,
            422,
            "{wrong}"
        );
    }
    assert_eq!(served.state(), before);
    let reset = served.done("/api/settings", &value!({"resets": ["viability.cap_gbp"]}));
    assert_eq!(reset["state"]["problems"].as_array().unwrap().len(), 1);
    let undone = served.done("/api/goto", &value!({"cursor": 1}));
    assert_eq!(undone["problems"], value!([]));
}

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

/// What a command line prints, given as the page shows it.
fn typed(line: &str, options: &[&str]) -> String {
    let words = line.strip_prefix("lotwright ").unwrap();
    let script = format!("exec \"$0\" {words} --json --quiet {}", options.join(" "));
    let mut command = Command::new("sh");
    command
        .current_dir(root())
        .env("LOTWRIGHT_DATA", root().join("target/no-data-sets"));
    let output = command
        .args(["-c", &script, env!("CARGO_BIN_EXE_lotwright")])
        .output()
        .unwrap();
    assert!(
        output.stderr.is_empty(),
        "{script}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
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
    let typed = json(&typed(proposal["command"].as_str().unwrap(), &[]));
    for part in ["goals", "lots", "scenario", "findings"] {
        assert_eq!(done["answer"][part], typed[part], "{part}");
    }
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
            .starts_with("Adopted part of solve: 1 area moved")
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

fn national() -> (Folder, Served) {
    let folder = Folder::new();
    let served = Served::start(Path::new("scenarios/whp-2017"), &folder.file("desk"), &[]);
    (folder, served)
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
        ("geojson", "lots.geojson"),
        ("svg", "map.svg"),
        ("lots.csv", "lots.csv"),
    ] {
        let answer = served.get(&format!("/api/export?kind={kind}"));
        assert_eq!(answer.body, fs::read(out.join(file)).unwrap(), "{kind}");
        assert!(answer.head.contains("attachment; filename=\"row-"), "{}", answer.head);
    }
    let html = served.get("/api/export?kind=html").text();
    assert_eq!(
        timeless(&html).len(),
        timeless(&fs::read_to_string(out.join("report.html")).unwrap()).len()
    );
    let again = served.ask("POST", "/api/plan", &served.get("/api/export?kind=csv").body);
    assert_eq!(
        again.json()["entries"],
        2,
        "a plan that reads back unchanged changes nothing"
    );
}

/// Kilobytes of memory that a process holds.
#[cfg(target_os = "linux")]
fn resident(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn many_strokes_leave_memory_flat() {
    let (_folder, served) = national();
    served.stroke(&[0], value!({"new": true}));
    served.stroke(&[1], value!({"new": true}));
    let strokes = |count: usize| {
        for k in 0..count {
            served.stroke(&[2 + k % 300], value!(if k % 2 == 0 { "1" } else { "2" }));
        }
    };
    strokes(50);
    let before = resident(served.child.id());
    strokes(300);
    let after = resident(served.child.id());
    assert!(after < before + 6_000, "{before} kB before, {after} kB after");
}
