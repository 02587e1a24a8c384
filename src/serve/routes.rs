//! Routes: what may be asked of the desk, and where.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::routing::{get, post};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tower_http::compression::CompressionLayer;

use super::Shared;
use super::answers::{self, Answered};
use super::assets::ASSETS;
use super::stream::{Events, in_one_line, stream};
use crate::app::desk::{
    AdoptAsked, BaselineAsked, CursorAsked, Desk, DeskError, Labelled, MapAsked, RunAsked, SetsAsked, Task, TaskAsked,
    Told,
};
use crate::app::{Finding, Progress, Watcher};

/// The most bytes of a request.
const MOST: usize = 1_000_000;
/// The most bytes of a plan.
const MOST_OF_PLAN: usize = 16_000_000;
/// The stack of a search: as much as the command line has.
const STACK: usize = 8 << 20;

type App = State<Arc<Shared>>;

/// All routes behind the guard.
pub fn router(shared: Arc<Shared>) -> Router {
    let mut router = Router::new();
    for (path, media, content) in ASSETS {
        router = router.route(path, get(move || async move { answers::bytes(media, content) }));
    }
    router
        .route("/api/desk", get(desk))
        .route("/api/state", get(state))
        .route("/api/history", get(history))
        .route("/api/labels", get(labels))
        .route("/api/look", get(look))
        .route("/api/baseline", get(baseline))
        .route("/api/export", get(export))
        .route("/api/strokes", post(stroke))
        .route("/api/undo", post(undo))
        .route("/api/redo", post(redo))
        .route("/api/goto", post(go))
        .route("/api/locks", post(lock))
        .route("/api/lots", post(lots))
        .route("/api/settings", post(settings))
        .route("/api/plan", post(plan))
        .route("/api/tasks", post(tasks))
        .route("/api/tasks/stop", post(stop))
        .route("/api/adopt", post(adopt))
        .route("/api/run", post(run))
        .fallback(unknown)
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn_with_state(Arc::clone(&shared), guarded))
        .layer(CompressionLayer::new())
        .with_state(shared)
}

async fn guarded(State(shared): App, request: Request, next: Next) -> Answered {
    let checked = shared.guard.check(request.method(), request.uri(), request.headers());
    answers::seal(match checked {
        Ok(()) => next.run(request).await,
        Err(refused) => {
            let (status, finding) = *refused;
            answers::finding(status, finding)
        }
    })
}

async fn unknown(uri: Uri) -> Answered {
    let help = "see docs/formats.md for what can be asked";
    answers::finding(
        StatusCode::NOT_FOUND,
        Finding::error("W106", uri.path(), "there is nothing here", help),
    )
}

async fn wrong_method(uri: Uri) -> Answered {
    let help = "what changes the desk is sent with POST, what reads it with GET";
    let finding = Finding::error("W107", uri.path(), "is not asked in this way", help);
    answers::finding(StatusCode::METHOD_NOT_ALLOWED, finding)
}

/// Does something with the desk where waiting does no harm.
async fn with_desk<T: Send + 'static>(
    shared: Arc<Shared>,
    ask: impl FnOnce(&mut Desk) -> Result<T, DeskError> + Send + 'static,
) -> Result<T, DeskError> {
    off(move || ask(&mut *shared.desk()?)).await
}

/// Does something long where waiting does no harm.
async fn off<T: Send + 'static>(ask: impl FnOnce() -> Result<T, DeskError> + Send + 'static) -> Result<T, DeskError> {
    tokio::task::spawn_blocking(ask)
        .await
        .unwrap_or_else(|error| Err(DeskError::Own(error.to_string())))
}

fn answer(result: Result<impl Serialize, DeskError>) -> Answered {
    result.map_or_else(|error| answers::failed(&error), |value| answers::json(&value))
}

/// Changes the desk; answers the whole state.
async fn change(
    shared: Arc<Shared>,
    ask: impl FnOnce(&mut Desk) -> Result<(), DeskError> + Send + 'static,
) -> Answered {
    let done = with_desk(Arc::clone(&shared), |desk| {
        ask(desk)?;
        Ok(desk.state())
    });
    let done = done.await;
    shared.changed.notify_one();
    answer(done)
}

/// The body of a request, no longer than it may be.
async fn body(request: Request, most: usize) -> Result<Vec<u8>, Box<Answered>> {
    let too_long = || {
        let message = format!("the body is longer than {most} bytes");
        let finding = Finding::error("W104", "request", message, "send less at once");
        Box::new(answers::finding(StatusCode::PAYLOAD_TOO_LARGE, finding))
    };
    let declared = request.headers().get(header::CONTENT_LENGTH);
    let declared = declared.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if declared.is_some_and(|length| length > most) {
        return Err(too_long());
    }
    to_bytes(request.into_body(), most)
        .await
        .map(|bytes| bytes.to_vec())
        .map_err(|_| too_long())
}

/// The body of a request as JSON of a shape.
async fn asked<T: DeserializeOwned>(request: Request) -> Result<T, Box<Answered>> {
    let bytes = body(request, MOST).await?;
    read_json(&bytes)
}

fn read_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Box<Answered>> {
    serde_json::from_slice(bytes).map_err(|error| {
        let help = "send JSON of the shape that docs/formats.md shows";
        let finding = Finding::error("W105", "request", format!("the body cannot be read: {error}"), help);
        Box::new(answers::finding(StatusCode::BAD_REQUEST, finding))
    })
}

/// A parameter of the address; percent signs and plus signs read as browsers write them.
fn parameter(uri: &Uri, name: &str) -> Option<String> {
    let pairs = uri.query()?.split('&').filter_map(|pair| pair.split_once('='));
    let mut values = pairs.filter(|(key, _)| *key == name).map(|(_, value)| value);
    values.next().map(decoded)
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = after
            .get(..2)
            .filter(|_| first == b'%')
            .and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(if first == b'+' { b' ' } else { first });
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

async fn desk(State(shared): App) -> Answered {
    let text = with_desk(shared, |desk| {
        serde_json::to_vec(&desk.opening()).map_err(DeskError::own)
    });
    text.await.map_or_else(
        |error| answers::failed(&error),
        |text| answers::bytes("application/json", text),
    )
}

async fn state(State(shared): App) -> Answered {
    answer(with_desk(shared, |desk| Ok(desk.state())).await)
}

async fn history(State(shared): App, uri: Uri) -> Answered {
    let number = |name: &str| parameter(&uri, name).and_then(|text| text.parse::<usize>().ok());
    let (from, count) = (number("from"), number("count").unwrap_or(100));
    answer(with_desk(shared, move |desk| Ok(desk.history(from, count))).await)
}

async fn labels(State(shared): App, uri: Uri) -> Answered {
    let scale = parameter(&uri, "scale").and_then(|text| text.parse::<f64>().ok());
    let scale = scale.filter(|scale| (0.001..=100.0).contains(scale)).unwrap_or(1.0);
    let beside = parameter(&uri, "beside").as_deref() != Some("no");
    let (baseline, proposed) = (parameter(&uri, "baseline"), parameter(&uri, "proposal").is_some());
    let labelled = with_desk(shared, move |desk| {
        desk.labelling(&match &baseline {
            Some(key) => Labelled::Baseline(key),
            None if proposed => Labelled::Proposal,
            None => Labelled::Drawn,
        })
    });
    let labelled = labelled.await;
    match labelled {
        Ok(labelling) => answer(off(move || Ok(labelling.labels(scale, beside))).await),
        Err(error) => answers::failed(&error),
    }
}

async fn baseline(State(shared): App, uri: Uri) -> Answered {
    let key = parameter(&uri, "key").unwrap_or_default();
    answer(with_desk(shared, move |desk| desk.baseline_answer(&key)).await)
}

async fn export(State(shared): App, uri: Uri) -> Answered {
    let kind = parameter(&uri, "kind").unwrap_or_default();
    let asked = map_asked(&uri);
    let ready = with_desk(shared, |desk| desk.export(asked)).await;
    let made = match ready {
        Ok(export) => off(move || export.file(&kind)).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(file) => {
            let mut answer = answers::bytes(file.media, file.bytes);
            let name = format!("attachment; filename=\"{}\"", file.name.replace(['"', '\\'], ""));
            if let Ok(value) = HeaderValue::from_str(&name) {
                answer.headers_mut().insert(header::CONTENT_DISPOSITION, value);
            }
            answer
        }
        Err(error) => answers::failed(&error),
    }
}

fn map_asked(uri: &Uri) -> MapAsked {
    MapAsked {
        paper: parameter(uri, "size"),
        show: parameter(uri, "show"),
        moved_from: parameter(uri, "moved_from"),
        no_deals: parameter(uri, "deals").as_deref() == Some("no"),
    }
}

async fn look(State(shared): App, uri: Uri) -> Answered {
    let asked = map_asked(&uri);
    let ready = with_desk(shared, |desk| desk.look(asked)).await;
    match ready {
        Ok(look) => answer(off(move || look.seen()).await),
        Err(error) => answers::failed(&error),
    }
}

async fn stroke(State(shared): App, request: Request) -> Answered {
    let asked: crate::app::desk::StrokeAsked = match asked(request).await {
        Ok(asked) => asked,
        Err(refused) => return *refused,
    };
    let done = with_desk(Arc::clone(&shared), move |desk| {
        let before = desk.revision();
        desk.stroke(&asked)?;
        Ok(desk.state_after(&asked, before))
    });
    let done = done.await;
    shared.changed.notify_one();
    answer(done)
}

async fn undo(State(shared): App) -> Answered {
    change(shared, Desk::undo).await
}

async fn redo(State(shared): App) -> Answered {
    change(shared, Desk::redo).await
}

async fn go(State(shared): App, request: Request) -> Answered {
    match asked::<CursorAsked>(request).await {
        Ok(asked) => change(shared, move |desk| desk.go(asked.cursor)).await,
        Err(refused) => *refused,
    }
}

async fn lock(State(shared): App, request: Request) -> Answered {
    match asked(request).await {
        Ok(asked) => change(shared, move |desk| desk.lock(&asked)).await,
        Err(refused) => *refused,
    }
}

async fn lots(State(shared): App, request: Request) -> Answered {
    match asked(request).await {
        Ok(asked) => change(shared, move |desk| desk.change_lot(&asked)).await,
        Err(refused) => *refused,
    }
}

async fn settings(State(shared): App, request: Request) -> Answered {
    let asked: SetsAsked = match asked(request).await {
        Ok(asked) => asked,
        Err(refused) => return *refused,
    };
    let done = with_desk(Arc::clone(&shared), move |desk| {
        desk.set(&asked)?;
        Ok(json!({ "state": desk.state(), "settings": desk.settings() }))
    });
    let done = done.await;
    shared.changed.notify_one();
    answer(done)
}

async fn plan(State(shared): App, request: Request) -> Answered {
    let media = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|media| media.to_str().ok());
    let is_json = media.is_some_and(|media| media.starts_with("application/json"));
    if is_json {
        return match asked::<BaselineAsked>(request).await {
            Ok(asked) => change(shared, move |desk| desk.open_baseline(&asked.baseline)).await,
            Err(refused) => *refused,
        };
    }
    match body(request, MOST_OF_PLAN).await {
        Ok(bytes) => change(shared, move |desk| desk.open_bytes(bytes)).await,
        Err(refused) => *refused,
    }
}

async fn adopt(State(shared): App, request: Request) -> Answered {
    match asked::<AdoptAsked>(request).await {
        Ok(asked) => change(shared, move |desk| desk.adopt(&asked)).await,
        Err(refused) => *refused,
    }
}

async fn run(State(shared): App, request: Request) -> Answered {
    let asked: RunAsked = match asked(request).await {
        Ok(asked) => asked,
        Err(refused) => return *refused,
    };
    let watcher = Ending(Arc::clone(&shared));
    let ready = with_desk(shared, move |desk| desk.run(asked)).await;
    let done = match ready {
        Ok(run) => off(move || run.answer(&watcher)).await,
        Err(error) => Err(error),
    };
    done.map_or_else(
        |error| answers::failed(&error),
        |answer| answers::bytes("application/json", answer.text),
    )
}

/// Stops a command once the program is to end.
struct Ending(Arc<Shared>);

impl Watcher for Ending {
    fn progress(&self, _: &Progress) {}

    fn cancelled(&self) -> bool {
        self.0.ending.load(Ordering::Relaxed)
    }
}

async fn stop(State(shared): App) -> Answered {
    answers::json(&json!({ "stopped": shared.stop_task() }))
}

async fn tasks(State(shared): App, request: Request) -> Answered {
    let asked: TaskAsked = match asked(request).await {
        Ok(asked) => asked,
        Err(refused) => return *refused,
    };
    let stop = Arc::new(AtomicBool::new(false));
    if let Err(error) = begin(&shared, &stop) {
        return answers::failed(&error);
    }
    let task = with_desk(Arc::clone(&shared), move |desk| desk.task(&asked)).await;
    let (events, answer) = stream(Arc::clone(&stop));
    let running = Running(Arc::clone(&shared));
    let started = task.and_then(|task| {
        let work = std::thread::Builder::new().name("search".into()).stack_size(STACK);
        work.spawn(move || search(&running, &task, &events, &stop))
            .map_err(DeskError::own)
    });
    started.map_or_else(|error| answers::failed(&error), |_| answer)
}

/// One search at a time.
fn begin(shared: &Shared, stop: &Arc<AtomicBool>) -> Result<(), DeskError> {
    let mut task = shared
        .task
        .lock()
        .map_err(|_| DeskError::Own("a search failed".into()))?;
    if task.is_some() {
        let help = "stop it, or wait until it has come to its end";
        return Err(DeskError::Busy(Finding::error(
            "W206",
            "task",
            "another search is under way",
            help,
        )));
    }
    *task = Some(Arc::clone(stop));
    Ok(())
}

/// Holds the place of the one search, and gives it free however the search ends.
struct Running(Arc<Shared>);

impl Drop for Running {
    fn drop(&mut self) {
        if let Ok(mut task) = self.0.task.lock() {
            *task = None;
        }
    }
}

fn search(running: &Running, task: &Task, events: &Events, stop: &AtomicBool) {
    let tell = |told: Told| match told {
        Told::Standing(standing) => events.send("progress", &standing),
        Told::Better(better) => events.send("plan", &better),
    };
    let run = || {
        let done = task.run(&tell, stop)?;
        let mut desk = running.0.desk()?;
        let plan = done.plan.as_ref();
        let proposal = plan.map(|plan| desk.propose(done.kind.word(), plan, done.command.clone()));
        let proposal = serde_json::to_string(&proposal).map_err(DeskError::own)?;
        Ok((in_one_line(&done.answer), proposal, done.status))
    };
    // Whoever listens is told of every end, that of a fault of the program too.
    let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(run));
    match ended.unwrap_or_else(|_| Err(DeskError::Own("the search failed".into()))) {
        Ok((answer, proposal, status)) => {
            let status = Value::from(status);
            events.send_text(
                "done",
                &format!("{{\"status\":{status},\"answer\":{answer},\"proposal\":{proposal}}}"),
            );
        }
        Err(error) => events.send("failed", &answers::told_by(&error).1),
    }
}
