//! Signals by which the system tells the program to end.

use std::io;

use tokio::runtime::Runtime;

/// Ctrl-C, and where there is such a thing the signal to terminate.
pub struct Signals {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(windows)]
    interrupt: tokio::signal::windows::CtrlC,
}

impl Signals {
    /// Listens from now on.
    ///
    /// # Errors
    /// What the system reports.
    #[cfg(unix)]
    pub fn listen(runtime: &Runtime) -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let _within = runtime.enter();
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    /// Listens from now on.
    ///
    /// # Errors
    /// What the system reports.
    #[cfg(windows)]
    pub fn listen(runtime: &Runtime) -> io::Result<Self> {
        let _within = runtime.enter();
        Ok(Self {
            interrupt: tokio::signal::windows::ctrl_c()?,
        })
    }

    /// Waits until one has come.
    #[cfg(unix)]
    pub async fn end(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }

    /// Waits until one has come.
    #[cfg(windows)]
    pub async fn end(&mut self) {
        self.interrupt.recv().await;
    }
}
