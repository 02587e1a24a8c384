//! An Explanation says why a problem has no plan, and which least changes to its rules would give it one.

use super::SolveError;
use super::backend::{Backend, Highs};
use super::clock::Clock;
use super::conflict::{Conflict, Inquiry, Standing};
use super::probe::Probing;
use super::relax::{Change, Relaxation, dropped, relaxation};
use super::rule::Rule;
use super::witness::witness;
use crate::domain::{Finding, Problem, Watcher, words};

/// The part of the time limit that an explanation has at least, even where the search has used all of it.
const LEAST_SHARE: f64 = 0.2;
/// The part of its time that may be spent before relaxations are sought.
const CONFLICT_SHARE: f64 = 0.6;
/// Seconds of one probe: a part of the time limit, within bounds.
const PROBE_SHARE: f64 = 0.05;
const PROBE_SECONDS: (f64, f64) = (0.2, 5.0);

/// Why a problem has no plan.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// Rules that cannot hold together.
    pub conflict: Conflict,
    /// The rules and the reason, in words with figures.
    pub message: String,
    /// Changes of one rule with which there is a plan; where no one rule will do, rules that can be dropped together.
    pub relaxations: Vec<Relaxation>,
    /// All of it as findings.
    pub findings: Vec<Finding>,
}

/// Explains why `problem` has no plan, which must be proved. Takes what is left of the time limit after `spent` seconds, and a fifth of the limit at
/// least. `None` where there is nothing to divide.
///
/// # Errors
/// If the backend fails.
pub fn explain(problem: &Problem, watcher: &dyn Watcher, spent: f64) -> Result<Option<Explanation>, SolveError> {
    explain_with(problem, watcher, &Highs, spent)
}

/// As [`explain`], with a backend of choice.
///
/// # Errors
/// If the backend fails.
pub fn explain_with(
    problem: &Problem,
    watcher: &dyn Watcher,
    backend: &dyn Backend,
    spent: f64,
) -> Result<Option<Explanation>, SolveError> {
    if problem.units().is_empty() {
        return Ok(None);
    }
    let limit = problem.search().time_limit_s;
    let time = (limit - spent).max(LEAST_SHARE * limit);
    let probing = |clock| Probing {
        clock,
        seconds: (limit * PROBE_SHARE).clamp(PROBE_SECONDS.0, PROBE_SECONDS.1),
        backend,
    };
    let first = Clock::start(time * CONFLICT_SHARE, watcher);
    let mut inquiry = Inquiry::new(problem, probing(&first));
    let conflict = inquiry.conflict()?;
    let message = message(problem, &conflict);
    let second = Clock::start(time - first.spent(), watcher);
    inquiry.go_on(probing(&second));
    let (relaxations, open) = relaxations(problem, &probing(&second), &mut inquiry, &conflict)?;
    let findings = findings(problem, &conflict, &message, &relaxations, &open);
    Ok(Some(Explanation {
        conflict,
        message,
        relaxations,
        findings,
    }))
}

/// Relaxations of the rules in conflict, and the rules about which nothing was decided.
fn relaxations(
    problem: &Problem,
    probing: &Probing<'_>,
    inquiry: &mut Inquiry<'_>,
    conflict: &Conflict,
) -> Result<(Vec<Relaxation>, Vec<Rule>), SolveError> {
    let (mut found, mut open) = (Vec::new(), Vec::new());
    for &rule in &conflict.rules {
        match relaxation(problem, probing, inquiry, rule)? {
            Some(relaxation) => found.push(relaxation),
            None if inquiry.without(rule)? == Standing::Open => open.push(rule),
            None => {}
        }
    }
    if found.is_empty()
        && let Some(rules) = inquiry.fewest_broken()
        && let Some(plan) = inquiry.plan_without(&rules)
    {
        found.push(dropped(problem, &rules, plan));
    }
    Ok((found, open))
}

/// The rules in conflict, the reason, and what is not decided about them.
fn message(problem: &Problem, conflict: &Conflict) -> String {
    let rules: Vec<String> = conflict.rules.iter().map(|rule| rule.words(problem)).collect();
    let rules = match rules.as_slice() {
        [one] => format!("one rule cannot be met: {one}"),
        all => format!("{} rules cannot hold together: {}", all.len(), all.join("; ")),
    };
    let why = witness(problem, &conflict.rules);
    let open = if conflict.smallest {
        ""
    } else {
        ". Whether fewer of them are in conflict already was not decided"
    };
    format!("{rules}. {}{open}", capital(&why))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn findings(
    problem: &Problem,
    conflict: &Conflict,
    message: &str,
    relaxations: &[Relaxation],
    open: &[Rule],
) -> Vec<Finding> {
    let mut keys: Vec<&str> = conflict.rules.iter().map(|rule| rule.source(problem)).collect();
    keys.dedup();
    let help = if relaxations.is_empty() {
        "Relax one of them, or give more time with --time-limit to find by how much.".into()
    } else {
        let ways: Vec<String> = relaxations
            .iter()
            .map(|relaxation| how(problem, &relaxation.change))
            .collect();
        format!("{}.", capital(&ways.join(", or ")))
    };
    let mut found = vec![Finding::error("R121", words::list(&keys, keys.len()), message, help)];
    found.extend(relaxations.iter().map(|relaxation| {
        let keys = relaxation.change.sources(problem);
        Finding::note(
            "R122",
            words::list(&keys, keys.len()),
            &relaxation.message,
            how(problem, &relaxation.change),
        )
    }));
    found.extend(open.iter().map(|rule| {
        let fact = format!(
            "whether there is a plan without the rule that {} was not decided",
            rule.words(problem)
        );
        Finding::note("R123", rule.source(problem), fact, "Give more time with --time-limit.")
    }));
    found
}

/// What to do for a change, as a clause.
fn how(problem: &Problem, change: &Change) -> String {
    match (change, change.value()) {
        (Change::Drop(rules), _) if *rules == [Rule::Contiguous] => "set lots.contiguous=false".into(),
        (Change::Drop(rules), _) => {
            let words: Vec<String> = rules.iter().map(|rule| rule.words(problem)).collect();
            let (keys, words) = (change.sources(problem), words.join(" and that "));
            if keys == ["plan"] {
                format!("do not hold that {words}")
            } else {
                format!("take out of {} that {words}", words::list(&keys, keys.len()))
            }
        }
        (_, value) => format!("set {}={}", change.keys().join(", "), value.unwrap_or(0)),
    }
}
