//! The keys of the scenario that are set on a desk, beside those of the command line.

use std::sync::Arc;

use super::{DeskError, SetsAsked};
use crate::app::load::{Case, Rejoin};
use crate::domain::Finding;
use crate::io::settings::Setting;

/// What can be set without reading files again or changing what a seat is.
const OPEN: [&str; 6] = ["viability", "lots", "goal", "funding", "risk", "solve"];
/// What lies below these and cannot: it changes which areas touch, or names files that the desk writes.
const CLOSED: [&str; 2] = ["lots.links", "lots.locks"];
/// Cases that are kept joined.
const KEPT: usize = 6;

/// The keys that are set, and cases that were joined with some.
pub struct Sets {
    base: Vec<String>,
    page: Vec<String>,
    cases: Vec<(Vec<String>, Arc<Case>)>,
}

impl Sets {
    /// Those of the command line, with their case.
    pub fn new(base: &[String], case: Arc<Case>) -> Self {
        Self {
            base: base.to_vec(),
            page: Vec::new(),
            cases: vec![(Vec::new(), case)],
        }
    }

    /// Those set on the desk.
    pub fn of_page(&self) -> &[String] {
        &self.page
    }

    /// All of them, in the order of a command line.
    pub fn all(&self) -> Vec<String> {
        self.and(&self.page)
    }

    fn and(&self, page: &[String]) -> Vec<String> {
        self.base.iter().chain(page).cloned().collect()
    }

    /// What is set on the desk after a request: a key stands once, in the order of setting.
    ///
    /// # Errors
    /// What is not `key=value`, and a key that cannot be set here (`W202`).
    pub fn with(&self, asked: &SetsAsked) -> Result<Vec<String>, DeskError> {
        let mut page = self.page.clone();
        for key in &asked.resets {
            page.retain(|set| key_of(set) != key);
        }
        for set in &asked.sets {
            let setting = Setting::parse(set).map_err(|message| {
                DeskError::asked(
                    "sets",
                    message,
                    "write it as key=value, such as viability.floor_gbp=20e6",
                )
            })?;
            allowed(&setting.key)?;
            self.known_model(&setting)?;
            page.retain(|other| key_of(other) != setting.key);
            page.push(set.trim().to_string());
        }
        Ok(page)
    }

    /// A funding model is named, as on a page no path is: but for that of the scenario.
    fn known_model(&self, setting: &Setting) -> Result<(), DeskError> {
        let own = self.base_case().scenario.funding_model.as_deref();
        match setting.text().filter(|_| setting.key == "funding.model") {
            Some(name) if Some(name) != own => super::run::known_model(name),
            _ => Ok(()),
        }
    }

    /// The case under keys that are set on the desk.
    ///
    /// # Errors
    /// Faults of the keys and of the join.
    pub fn case_of(&mut self, rejoin: &Rejoin, page: &[String]) -> Result<Arc<Case>, DeskError> {
        if let Some((_, case)) = self.cases.iter().find(|(sets, _)| sets == page) {
            return Ok(Arc::clone(case));
        }
        let case = Arc::new(rejoin.case(&self.and(page))?);
        if self.cases.len() >= KEPT {
            // The first is that of the command line, which whoever undoes everything comes back to.
            self.cases.remove(1);
        }
        self.cases.push((page.to_vec(), Arc::clone(&case)));
        Ok(case)
    }

    /// From now on these are set on the desk.
    pub fn now(&mut self, page: Vec<String>) {
        self.page = page;
    }

    /// Sets them, and gives their case.
    ///
    /// # Errors
    /// As [`Sets::case_of`].
    pub fn use_sets(&mut self, rejoin: &Rejoin, page: Vec<String>) -> Result<Arc<Case>, DeskError> {
        let case = self.case_of(rejoin, &page)?;
        self.page = page;
        Ok(case)
    }

    /// The case of the command line alone.
    pub fn base_case(&self) -> &Arc<Case> {
        &self.cases[0].1
    }
}

/// The key of `key=value`.
pub fn key_of(set: &str) -> &str {
    set.split('=').next().unwrap_or_default().trim()
}

fn allowed(key: &str) -> Result<(), DeskError> {
    let family = key.split('.').next().unwrap_or_default();
    // A table as a whole could hold a key that is closed.
    let closed = CLOSED.contains(&key) || !key.contains('.') && key != "goal";
    if OPEN.contains(&family) && !closed {
        return Ok(());
    }
    let message = format!("`{key}` cannot be set while the desk is open");
    let help = format!("end the program and start it with --set {key}=…");
    Err(Finding::error("W202", key, message, help).into())
}
