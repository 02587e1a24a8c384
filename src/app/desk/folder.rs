//! The working folder of a desk: held by one process at a time, and nothing outside it is written.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::DeskError;
use crate::app::write_files;
use crate::domain::Finding;

/// The file whose lock says who holds the folder; it holds the number of the process.
const LOCK: &str = "serve.lock";
/// The plan as it stands.
pub const PLAN: &str = "plan.csv";
/// The areas that are locked.
pub const LOCKS: &str = "locks.csv";

/// A working folder that this process holds.
pub struct Folder {
    path: PathBuf,
    /// The lock of the system goes with the process, however that ends.
    lock: File,
    stale: bool,
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A process that this one has just started may hold the file for a moment longer, and with it the lock.
        let _ = self.lock.unlock();
    }
}

impl Folder {
    /// Makes the folder where it is missing, and holds it.
    ///
    /// # Errors
    /// Another process holds it (`W301`), or it cannot be written (`S003`).
    pub fn take(path: &Path) -> Result<Self, DeskError> {
        let failed = |error: std::io::Error| {
            let message = format!("cannot be the working folder: {error}");
            let help = "give a folder that can be written to with --out, such as --out ~/lots";
            Finding::error("S003", path.display().to_string(), message, help)
        };
        fs::create_dir_all(path).map_err(failed)?;
        let name = path.join(LOCK);
        refuse_link(&name)?;
        let mut lock = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&name)
            .map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => return Err(held(path, &name).into()),
            Err(fs::TryLockError::Error(error)) => return Err(failed(error).into()),
        }
        lock.set_len(0)
            .and_then(|()| writeln!(lock, "{}", std::process::id()))
            .map_err(failed)?;
        Ok(Self {
            path: path.to_path_buf(),
            lock,
            stale: true,
        })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A file of it.
    pub fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// What was written no longer holds.
    pub fn mark_stale(&mut self) {
        self.stale = true;
    }

    /// Whether what was written no longer holds.
    pub fn is_stale(&self) -> bool {
        self.stale
    }

    /// Writes plan and locks, each whole or not at all.
    ///
    /// # Errors
    /// `S003`.
    pub fn save(&mut self, plan: &[u8], locks: &[u8]) -> Result<(), DeskError> {
        self.write(&[(PLAN, plan.to_vec()), (LOCKS, locks.to_vec())])?;
        self.stale = false;
        Ok(())
    }

    /// Writes files, each whole or not at all.
    ///
    /// # Errors
    /// `S003`.
    pub fn write(&self, files: &[(&str, Vec<u8>)]) -> Result<(), DeskError> {
        Ok(write_files(&self.path, files)?)
    }
}

/// A link in the folder would lead what is read and written out of it.
///
/// # Errors
/// `W306`.
pub fn refuse_link(path: &Path) -> Result<(), DeskError> {
    let is_link = path.symlink_metadata().is_ok_and(|file| file.file_type().is_symlink());
    if !is_link {
        return Ok(());
    }
    let help = "take the link away, or give another folder with --out";
    let message = "is a link, and the program keeps to its working folder";
    Err(Finding::error("W306", path.display().to_string(), message, help).into())
}

fn held(path: &Path, lock: &Path) -> Finding {
    let by = fs::read_to_string(lock)
        .ok()
        .and_then(|text| text.trim().parse::<u32>().ok());
    let by = by.map_or_else(|| "another process".into(), |process| format!("process {process}"));
    let message = format!("{by} works in this folder already");
    let help = "use the page that it opened, end it with Ctrl-C, or give another folder with --out";
    Finding::error("W301", path.display().to_string(), message, help)
}
