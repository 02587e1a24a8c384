//! The program behind the workbench: a page for this machine alone, and the desk that it works on.
//!
//! `guard` says who may ask, `routes` what may be asked, `answers` how it is answered, `stream` how a search is watched, `assets` what the page is made of.
//! Everything else is the desk's.

mod answers;
mod assets;
mod guard;
mod routes;
mod session;
mod signals;
mod stream;

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};
use tokio::sync::Notify;

use crate::app::desk::{Desk, DeskError};
use crate::app::{Finding, Findings};
use guard::Guard;
use session::Session;
use signals::Signals;

/// How long the desk rests before the plan is written.
const REST: Duration = Duration::from_millis(700);
/// How long answers that are under way may take once the program is to end.
const PATIENCE: Duration = Duration::from_secs(2);

/// What all requests share.
struct Shared {
    desk: Mutex<Desk>,
    guard: Guard,
    /// Stops the search that runs; `None` where none does.
    task: Mutex<Option<Arc<AtomicBool>>>,
    /// Whether the program is to end.
    ending: AtomicBool,
    changed: Notify,
}

impl Shared {
    /// The desk, for one request at a time.
    fn desk(&self) -> Result<MutexGuard<'_, Desk>, DeskError> {
        let broken =
            "the program failed in the middle of a change; start it again: the journal holds all that was done";
        self.desk.lock().map_err(|_| DeskError::Own(broken.into()))
    }

    /// Waits for the search that was stopped, but no longer than that: a solver is better not cut off in the middle.
    fn wait_for_task(&self, most: Duration) {
        let began = Instant::now();
        while began.elapsed() < most && self.task.lock().is_ok_and(|task| task.is_some()) {
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Stops the search that runs; says whether one did.
    fn stop_task(&self) -> bool {
        let running = self.task.lock().ok().and_then(|task| task.clone());
        running.is_some_and(|stop| {
            stop.store(true, Ordering::Relaxed);
            true
        })
    }
}

/// A server that has its place on the network and does not answer yet.
pub struct Server {
    listener: TcpListener,
    shared: Arc<Shared>,
    session: Session,
    folder: PathBuf,
    runtime: Runtime,
    signals: Signals,
}

impl Server {
    /// Takes a port of this machine alone: the one that is asked for, or that of the last session of the folder where it is free, or any.
    ///
    /// # Errors
    /// A port that cannot be had (`W304`); a folder in which nothing can be written.
    pub fn open(desk: Desk, port: Option<u16>) -> Result<Self, Findings> {
        let folder = desk.folder().to_path_buf();
        let last = Session::read(&folder);
        let listener = listen(port, last.as_ref().map(|last| last.port))?;
        let port = listener.local_addr().map_err(|error| no_port(0, &error))?.port();
        let session = Session::new(last, port)?;
        session.write(&folder)?;
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| no_start(&error))?;
        // From here on Ctrl-C is an end in order, whenever it comes.
        let signals = Signals::listen(&runtime).map_err(|error| no_start(&error))?;
        Ok(Self {
            shared: Arc::new(Shared {
                desk: Mutex::new(desk),
                guard: Guard::new(port, &session.token),
                task: Mutex::new(None),
                ending: AtomicBool::new(false),
                changed: Notify::new(),
            }),
            listener,
            session,
            folder,
            runtime,
            signals,
        })
    }

    /// The address to open, token and all.
    pub fn address(&self) -> String {
        self.session.address()
    }

    /// The working folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes a page that leads to the address, readable for this user alone: what a browser is started with can be seen by others.
    ///
    /// # Errors
    /// What the system reports.
    pub fn doorway(&self) -> std::io::Result<PathBuf> {
        self.session.doorway(&self.folder)
    }

    /// Answers until the program is told to end (Ctrl-C, or a signal to terminate); then the plan is written.
    ///
    /// # Errors
    /// What the system reports of the network; a plan that cannot be written.
    pub fn run(self) -> Result<(), Box<dyn std::error::Error>> {
        let shared = Arc::clone(&self.shared);
        self.listener.set_nonblocking(true)?;
        let serving = serve(self.listener, Arc::clone(&shared), self.signals);
        let served = self.runtime.block_on(serving);
        self.runtime.shutdown_timeout(PATIENCE);
        shared.wait_for_task(PATIENCE);
        shared.desk()?.save()?;
        Ok(served?)
    }
}

fn listen(asked: Option<u16>, last: Option<u16>) -> Result<TcpListener, Findings> {
    let bind = |port: u16| TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    if let (None, Some(Ok(listener))) = (asked, last.map(bind)) {
        return Ok(listener);
    }
    let port = asked.unwrap_or(0);
    bind(port).map_err(|error| no_port(port, &error).into())
}

fn no_port(port: u16, error: &std::io::Error) -> Finding {
    let message = format!("cannot be used: {error}");
    let help = "leave --port out to have one that is free, or give another";
    Finding::error("W304", format!("port {port}"), message, help)
}

fn no_start(error: &std::io::Error) -> Finding {
    let help = "try again; the system lets this program neither wait for requests nor hear Ctrl-C";
    Finding::error("W305", "program", format!("cannot begin to serve: {error}"), help)
}

async fn serve(listener: TcpListener, shared: Arc<Shared>, mut signals: Signals) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let ended = Arc::new(Notify::new());
    let (wait, told) = (Arc::clone(&ended), Arc::clone(&shared));
    let ending = async move {
        signals.end().await;
        told.ending.store(true, Ordering::Relaxed);
        told.stop_task();
        wait.notify_one();
    };
    let answering = axum::serve(listener, routes::router(Arc::clone(&shared))).with_graceful_shutdown(ending);
    tokio::select! {
        served = answering => served,
        () = keep_saved(&shared) => Ok(()),
        // A page keeps its connections open; nothing is waited for that does not come to an end by itself.
        () = async { ended.notified().await; tokio::time::sleep(PATIENCE).await } => Ok(()),
    }
}

/// Writes the plan whenever the desk has rested.
async fn keep_saved(shared: &Arc<Shared>) {
    loop {
        shared.changed.notified().await;
        tokio::time::sleep(REST).await;
        let desk = Arc::clone(shared);
        // What cannot be written now is written again after the next change, and told at the end.
        let _ = tokio::task::spawn_blocking(move || desk.desk().and_then(|mut desk| desk.save())).await;
    }
}
