//! The command `serve`: a page on this machine alone on which a plan is drawn.

use std::path::Path;
use std::process::{Command, Stdio};

use serde::Serialize;

use super::args::Common;
use super::commands::{print, print_json, say, say_findings};
use super::exit::{DONE, Failure};
use crate::app::desk::{Desk, DeskError};
use crate::serve::Server;

/// Where the page is, for scripts.
#[derive(Serialize)]
struct Served {
    schema: &'static str,
    address: String,
    folder: String,
}

/// Opens the desk, prints the address, and answers until Ctrl-C.
pub fn run(common: &Common, port: Option<u16>, open: bool, plan: Option<&Path>) -> Result<u8, Failure> {
    if common.scenario == Path::new("-") {
        return Err(Failure::usage(
            "serve needs a scenario in a file: its folder is read again",
        ));
    }
    let folder = common.options.out.as_deref();
    let desk = Desk::open(&common.scenario, &common.all_sets(), folder, plan).map_err(failure)?;
    say_findings(common, &desk.case().findings);
    say_findings(common, &desk.findings);
    let server = Server::open(desk, port)?;
    let address = server.address();
    if common.options.json {
        print_json(&Served {
            schema: "lotwright/serve/1",
            address,
            folder: server.folder().display().to_string(),
        })?;
    } else {
        print(&address)?;
    }
    say(
        common,
        &format!("work is kept in {}; Ctrl-C ends", server.folder().display()),
    );
    if open {
        open_browser(common, &server);
    }
    server.run().map_err(Failure::unexpected)?;
    Ok(DONE)
}

fn failure(error: DeskError) -> Failure {
    match error {
        DeskError::Invalid(findings, joins) => Failure::unjoined(findings, joins),
        DeskError::Missing(finding) | DeskError::Busy(finding) => finding.into(),
        DeskError::Own(message) => Failure::unexpected(message),
    }
}

/// Opens the page in a browser; where that fails, the address is to be opened by hand.
fn open_browser(common: &Common, server: &Server) {
    let opened = server.doorway().and_then(|page| {
        let mut command = opener();
        command
            .arg(page)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut child = command.spawn()?;
        // Whoever opens pages may stay as long as the browser does.
        std::thread::spawn(move || child.wait());
        Ok(())
    });
    if let Err(error) = opened {
        say(
            common,
            &format!("no browser could be started ({error}); open the address above by hand"),
        );
    }
}

#[cfg(target_os = "macos")]
fn opener() -> Command {
    Command::new("open")
}

#[cfg(target_os = "windows")]
fn opener() -> Command {
    Command::new("explorer")
}

#[cfg(not(any(target_os = "macos", target_os = "windows")))]
fn opener() -> Command {
    Command::new("xdg-open")
}
