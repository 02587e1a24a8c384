//! A Stream of events: a search as it goes on, sent while the connection is open; closing it stops the search.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use http_body::Frame;
use serde::Serialize;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::answers::{Answered, bytes};

/// Sends events.
#[derive(Clone)]
pub struct Events(UnboundedSender<Bytes>);

impl Events {
    /// Sends an event with a value as its data. Nothing is sent once nobody listens.
    pub fn send(&self, event: &str, data: &impl Serialize) {
        if let Ok(text) = serde_json::to_string(data) {
            self.send_text(event, &text);
        }
    }

    /// Sends an event with one line of JSON as its data.
    pub fn send_text(&self, event: &str, text: &str) {
        // Whoever listened may have gone.
        let _ = self.0.send(Bytes::from(format!("event: {event}\ndata: {text}\n\n")));
    }
}

/// An answer that lasts as long as events are sent; where it is dropped before, `stop` is set.
pub fn stream(stop: Arc<AtomicBool>) -> (Events, Answered) {
    let (sender, receiver) = unbounded_channel();
    let body = Body::new(EventBody { receiver, stop });
    (Events(sender), bytes("text/event-stream", body))
}

struct EventBody {
    receiver: UnboundedReceiver<Bytes>,
    stop: Arc<AtomicBool>,
}

impl HttpBody for EventBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.receiver
            .poll_recv(context)
            .map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes))))
    }
}

impl Drop for EventBody {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// JSON of several lines in one. Text in it holds no line breaks, so only blanks between values go.
pub fn in_one_line(text: &str) -> String {
    text.lines().map(str::trim_start).collect()
}
