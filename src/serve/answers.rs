//! Answers: JSON for what went well, and findings with a status for what did not.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use serde::Serialize;

use crate::app::desk::DeskError;
use crate::app::{ErrorAnswer, Finding, Findings, json_text};

/// An answer to a request.
pub type Answered = Response<Body>;

/// What a page may load and do: nothing from elsewhere.
const POLICY: &str = "default-src 'self'; style-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// Bytes of a media type.
pub fn bytes(media: &'static str, content: impl Into<Body>) -> Answered {
    let mut answer = Response::new(content.into());
    answer
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    answer
}

/// A value as JSON.
pub fn json(value: &impl Serialize) -> Answered {
    match serde_json::to_vec(value) {
        Ok(text) => bytes("application/json", text),
        Err(error) => failed(&DeskError::Own(error.to_string())),
    }
}

/// What went wrong, in the shape in which commands tell it.
pub fn findings(status: StatusCode, findings: &Findings) -> Answered {
    told(status, ErrorAnswer::new(findings, Vec::new()))
}

/// One thing that went wrong.
pub fn finding(status: StatusCode, finding: Finding) -> Answered {
    findings(status, &finding.into())
}

fn told(status: StatusCode, answer: ErrorAnswer) -> Answered {
    let text = json_text(&answer).unwrap_or_default();
    let mut answer = bytes("application/json", text);
    *answer.status_mut() = status;
    answer
}

/// Why the desk does not do what it is asked.
pub fn failed(error: &DeskError) -> Answered {
    let (status, answer) = told_by(error);
    told(status, answer)
}

/// Status and findings of an error.
pub fn told_by(error: &DeskError) -> (StatusCode, ErrorAnswer) {
    match error {
        DeskError::Invalid(found, joins) => {
            // What cannot be written is no fault of whoever asks.
            let own = found.0.iter().all(|finding| finding.code == "S003") && !found.0.is_empty();
            let status = if own {
                StatusCode::INTERNAL_SERVER_ERROR
            } else {
                StatusCode::UNPROCESSABLE_ENTITY
            };
            (status, ErrorAnswer::new(found, joins.clone()))
        }
        DeskError::Missing(finding) => (
            StatusCode::NOT_FOUND,
            ErrorAnswer::new(&finding.clone().into(), Vec::new()),
        ),
        DeskError::Busy(finding) => (
            StatusCode::CONFLICT,
            ErrorAnswer::new(&finding.clone().into(), Vec::new()),
        ),
        DeskError::Own(message) => {
            let help = "start the program again: the journal holds all that was done; please report what led here";
            let finding = Finding::error("W305", "program", message.clone(), help);
            (
                StatusCode::INTERNAL_SERVER_ERROR,
                ErrorAnswer::new(&finding.into(), Vec::new()),
            )
        }
    }
}

/// Adds what goes with every answer: it is not kept, not guessed at, not framed, and loads nothing from elsewhere.
pub fn seal(mut answer: Answered) -> Answered {
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        answer.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    answer
}
