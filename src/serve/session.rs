//! A Session is the port and the token of a folder: a page that is open finds the program again after it was started anew.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::app::{Finding, Findings};

/// The file.
const FILE: &str = "session.json";
/// The page that leads to the address.
const DOOR: &str = "open.html";
/// Bytes of a token: 256 bits.
const TOKEN_BYTES: usize = 32;

/// Port and token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The port.
    pub port: u16,
    /// The token, in hexadecimal.
    pub token: String,
}

impl Session {
    /// The last session of a folder, where there was one that can be read.
    pub fn read(folder: &Path) -> Option<Self> {
        let text = fs::read_to_string(folder.join(FILE)).ok()?;
        let session: Self = serde_json::from_str(&text).ok()?;
        let whole = session.token.len() == 2 * TOKEN_BYTES && session.token.bytes().all(|b| b.is_ascii_hexdigit());
        whole.then_some(session)
    }

    /// A session on a port: with the token of the last one, or a new one from the system's source of random numbers.
    ///
    /// # Errors
    /// Where that source fails.
    pub fn new(last: Option<Self>, port: u16) -> Result<Self, Findings> {
        let token = match last {
            Some(last) => last.token,
            None => fresh_token().map_err(|error| {
                let help = "try again; without random numbers the page cannot be kept from others";
                Finding::error("S003", "token", format!("no random numbers can be had: {error}"), help)
            })?,
        };
        Ok(Self { port, token })
    }

    /// Writes it into its folder, readable for this user alone.
    ///
    /// # Errors
    /// `S003`.
    pub fn write(&self, folder: &Path) -> Result<(), Findings> {
        let failed = |error: io::Error| {
            let help = "check that the folder can be written to, and has room";
            Finding::error(
                "S003",
                folder.display().to_string(),
                format!("{FILE} cannot be written: {error}"),
                help,
            )
        };
        let text = serde_json::to_string(self).map_err(|error| failed(error.into()))?;
        Ok(write_private(&folder.join(FILE), text.as_bytes()).map_err(failed)?)
    }

    /// The address, with the token in its fragment, which a browser keeps to itself.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/#token={}", self.port, self.token)
    }

    /// Writes a page that leads to the address, readable for this user alone.
    ///
    /// # Errors
    /// What the system reports.
    pub fn doorway(&self, folder: &Path) -> io::Result<PathBuf> {
        let path = folder.join(DOOR);
        let address = self.address();
        let text = format!(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>lotwright</title>\
            <meta http-equiv=\"refresh\" content=\"0;url={address}\"><p><a href=\"{address}\">Open the workbench</a></p></html>\n"
        );
        write_private(&path, text.as_bytes())?;
        fs::canonicalize(path)
    }
}

fn fresh_token() -> Result<String, getrandom::Error> {
    let mut bytes = [0; TOKEN_BYTES];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Writes a file anew that nobody else may read; one that is there, a link among them, is taken away first.
fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(bytes)
}
