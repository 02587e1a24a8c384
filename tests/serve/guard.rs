//! Who may ask, and what is refused.

use std::fs;

use serde_json::json as value;

use crate::client::{Answer, Served, command, row};

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
