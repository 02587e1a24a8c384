//! A program that serves a scenario, and a client that speaks to it byte by byte.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json as value};

use crate::common::{Folder, json, root};

/// A program that serves a scenario, ended with the test.
pub struct Served {
    pub child: Child,
    pub port: u16,
    pub token: String,
    pub said: PathBuf,
}

/// An answer: status, headers as they came, body.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The code of the first finding of a refusal.
    pub fn code(&self) -> String {
        self.json()["findings"][0]["code"].as_str().unwrap().to_string()
    }
}

pub fn command(scenario: &Path, out: &Path, options: &[&str]) -> Command {
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
    pub fn start(scenario: &Path, out: &Path, options: &[&str]) -> Self {
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

    pub fn said(&self) -> String {
        fs::read_to_string(&self.said).unwrap()
    }

    /// Sends bytes as they are and reads all that comes.
    pub fn raw(&self, request: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        // A program that refuses need not read the rest.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        parse(&bytes)
    }

    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut text = format!(
            "{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n",
            body.len()
        );
        for (name, value) in headers {
            text += &format!("{name}: {value}\r\n");
        }
        self.raw(&[text.as_bytes(), b"\r\n", body].concat())
    }

    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub fn bearer(&self) -> String {
        format!("Bearer {}", self.token)
    }

    pub fn ask(&self, method: &str, path: &str, body: &[u8]) -> Answer {
        let (host, bearer) = (self.host(), self.bearer());
        self.send(method, path, &[("Host", &host), ("Authorization", &bearer)], body)
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, b"")
    }

    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.ask("POST", path, body.to_string().as_bytes())
    }

    /// Posts what must go well.
    pub fn done(&self, path: &str, body: &Value) -> Value {
        let answer = self.post(path, body);
        assert_eq!(answer.status, 200, "{path} {body}: {}", answer.text());
        answer.json()
    }

    pub fn stroke(&self, seats: &[usize], lot: Value) -> Value {
        self.done("/api/strokes", &value!({ "seats": seats, "lot": lot }))
    }

    pub fn state(&self) -> Value {
        self.get("/api/state").json()
    }

    /// Lots of all seats, by their labels.
    pub fn labels(&self) -> Vec<Option<String>> {
        labels(&self.state())
    }

    /// Posts a task and gives its events.
    pub fn task(&self, body: &Value) -> Vec<(String, Value)> {
        let answer = self.post("/api/tasks", body);
        assert_eq!(answer.status, 200, "{}", answer.text());
        events(&answer.text())
    }

    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub fn interrupt(mut self) -> i32 {
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

pub fn labels(state: &Value) -> Vec<Option<String>> {
    let lots = state["lots"].as_array().unwrap();
    let label = |lot: &Value| {
        lot.as_u64()
            .map(|lot| lots[lot as usize]["lot_id"].as_str().unwrap().to_string())
    };
    state["lot_of_seat"].as_array().unwrap().iter().map(label).collect()
}

pub fn parse(bytes: &[u8]) -> Answer {
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

pub fn unchunked(mut body: &[u8]) -> Vec<u8> {
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

pub fn events(text: &str) -> Vec<(String, Value)> {
    let blocks = text.split("\n\n").filter(|block| !block.is_empty());
    let event = |block: &str| {
        let (event, data) = block.split_once('\n').unwrap();
        (event["event: ".len()..].to_string(), json(&data["data: ".len()..]))
    };
    blocks.map(event).collect()
}

pub fn row() -> (Folder, Served) {
    let folder = Folder::new();
    let served = Served::start(folder.path(), &folder.file("desk"), &[]);
    (folder, served)
}

/// What a command line prints, given as the page shows it.
pub fn typed(line: &str, options: &[&str]) -> String {
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

pub fn national() -> (Folder, Served) {
    let folder = Folder::new();
    let served = Served::start(Path::new("scenarios/whp-2017"), &folder.file("desk"), &[]);
    (folder, served)
}
