//! What the page is made of, embedded as it was built.

/// Paths with their media types and contents.
pub const ASSETS: [(&str, &str, &str); 3] = [
    ("/", "text/html; charset=utf-8", include_str!("assets/index.html")),
    (
        "/workbench.js",
        "text/javascript; charset=utf-8",
        include_str!("assets/workbench.js"),
    ),
    (
        "/workbench.css",
        "text/css; charset=utf-8",
        include_str!("assets/workbench.css"),
    ),
];
