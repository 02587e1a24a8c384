//! The first Ctrl-C stops the search and still writes the best plan; the second ends the program.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use super::exit::INTERRUPTED;

static STOP: AtomicBool = AtomicBool::new(false);
static LISTENING: OnceLock<bool> = OnceLock::new();

/// Starts to listen for Ctrl-C; gives false where the system does not let it.
pub fn listen() -> bool {
    *LISTENING.get_or_init(|| {
        ctrlc::set_handler(|| {
            if STOP.swap(true, Ordering::SeqCst) {
                std::process::exit(i32::from(INTERRUPTED));
            }
        })
        .is_ok()
    })
}

/// Whether Ctrl-C has come.
pub fn stopped() -> bool {
    STOP.load(Ordering::SeqCst)
}
