//! The Guard says who may ask: only a page that this program served, on this machine, with the token that it was given.

use axum::http::{HeaderMap, Method, StatusCode, Uri, header};

use crate::app::Finding;

/// The longest address of a request, in bytes.
const LONGEST_URI: usize = 4096;
/// The most bytes of all headers.
const MOST_HEADERS: usize = 16_384;

/// Who may ask.
pub struct Guard {
    hosts: [String; 2],
    origins: [String; 2],
    token: String,
}

/// Why a request is refused.
pub type Refused = (StatusCode, Finding);

impl Guard {
    /// The guard of a port and a token.
    pub fn new(port: u16, token: &str) -> Self {
        let hosts = ["127.0.0.1", "localhost"].map(|name| format!("{name}:{port}"));
        Self {
            origins: [0, 1].map(|k: usize| format!("http://{}", hosts[k])),
            hosts,
            token: token.into(),
        }
    }

    /// Lets a request pass, or says why not.
    pub fn check(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), Box<Refused>> {
        self.size(uri, headers)?;
        self.host(uri, headers)?;
        self.origin(headers)?;
        if uri.path().starts_with("/api/") || uri.path() == "/api" {
            self.token(headers)?;
        } else if method != Method::GET && method != Method::HEAD {
            let help = "only GET is answered here";
            return refuse(
                StatusCode::METHOD_NOT_ALLOWED,
                "W107",
                uri.path(),
                "is only to be read",
                help,
            );
        }
        Ok(())
    }

    fn size(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), Box<Refused>> {
        let address = uri.path().len() + uri.query().map_or(0, str::len);
        if address > LONGEST_URI {
            let message = format!("the address has {address} bytes, more than {LONGEST_URI}");
            return refuse(
                StatusCode::URI_TOO_LONG,
                "W104",
                "request",
                &message,
                "ask with a shorter address",
            );
        }
        let all: usize = headers
            .iter()
            .map(|(name, value)| name.as_str().len() + value.len())
            .sum();
        if all > MOST_HEADERS {
            let message = format!("the headers have {all} bytes, more than {MOST_HEADERS}");
            let status = StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE;
            return refuse(status, "W104", "request", &message, "send fewer headers");
        }
        Ok(())
    }

    /// A name that another machine chose, and that was made to lead here, is not this one.
    fn host(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), Box<Refused>> {
        let mut named = headers.get_all(header::HOST).iter();
        let (first, second) = (named.next(), named.next());
        let text = first.and_then(|host| host.to_str().ok()).unwrap_or_default();
        let mine = |host: &str| self.hosts.iter().any(|mine| mine.eq_ignore_ascii_case(host));
        let authority = uri.authority().is_none_or(|authority| mine(authority.as_str()));
        if mine(text) && second.is_none() && authority {
            return Ok(());
        }
        let message = format!("`{text}` is not the address of this program");
        let help = "open the address that the program prints";
        refuse(StatusCode::MISDIRECTED_REQUEST, "W102", "Host", &message, help)
    }

    /// A page of elsewhere may not ask, whatever it has found out. A program that is no browser names no origin.
    fn origin(&self, headers: &HeaderMap) -> Result<(), Box<Refused>> {
        let all_mine = headers.get_all(header::ORIGIN).iter().all(|origin| {
            let text = origin.to_str().unwrap_or_default();
            self.origins.iter().any(|mine| mine.eq_ignore_ascii_case(text))
        });
        let site = headers.get("sec-fetch-site").and_then(|site| site.to_str().ok());
        let from_here = site.is_none_or(|site| site == "same-origin" || site == "none");
        // A link from another page may lead to the page itself, but not to what it asks.
        let navigates = headers.get("sec-fetch-mode").is_some_and(|mode| mode == "navigate");
        if all_mine && (from_here || navigates) {
            return Ok(());
        }
        let help = "ask from the page that this program serves";
        refuse(StatusCode::FORBIDDEN, "W103", "Origin", "another page asks", help)
    }

    fn token(&self, headers: &HeaderMap) -> Result<(), Box<Refused>> {
        let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = given
            .and_then(|value| value.strip_prefix("Bearer "))
            .unwrap_or_default();
        if same(token.as_bytes(), self.token.as_bytes()) {
            return Ok(());
        }
        let help = "open the address that the program prints; the token is its end";
        refuse(
            StatusCode::UNAUTHORIZED,
            "W101",
            "Authorization",
            "the token is missing or wrong",
            help,
        )
    }
}

fn refuse(
    status: StatusCode,
    code: &'static str,
    subject: &str,
    message: &str,
    help: &str,
) -> Result<(), Box<Refused>> {
    Err(Box::new((status, Finding::error(code, subject, message, help))))
}

/// Whether two texts are the same; how long it takes tells nothing of where they differ.
fn same(one: &[u8], other: &[u8]) -> bool {
    let differ = one.iter().zip(other).fold(0, |all, (a, b)| all | (a ^ b));
    std::hint::black_box(differ) == 0 && one.len() == other.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().unwrap());
        }
        headers
    }

    fn status(path: &str, pairs: &[(&'static str, &str)]) -> Option<u16> {
        let guard = Guard::new(4000, "abc");
        let checked = guard.check(&Method::GET, &path.parse().unwrap(), &headers(pairs));
        checked.err().map(|refused| refused.0.as_u16())
    }

    #[test]
    fn a_host_is_this_machine_and_port_in_any_case_and_nothing_else() {
        for host in ["127.0.0.1:4000", "localhost:4000", "LOCALHOST:4000"] {
            assert_eq!(status("/", &[("host", host)]), None, "{host}");
        }
        for host in [
            "127.0.0.1",
            "localhost",
            "localhost:4001",
            "evil.example:4000",
            "127.0.0.1.nip.io:4000",
            "localhost:4000.evil.example",
            "0.0.0.0:4000",
            "[::1]:4000",
            "",
        ] {
            assert_eq!(status("/", &[("host", host)]), Some(421), "{host}");
        }
        assert_eq!(status("/", &[]), Some(421));
        assert_eq!(
            status("/", &[("host", "localhost:4000"), ("host", "evil.example")]),
            Some(421)
        );
        assert_eq!(status("http://evil.example/", &[("host", "localhost:4000")]), Some(421));
    }

    #[test]
    fn another_page_may_not_ask_though_it_knows_the_token() {
        let here = [("host", "localhost:4000"), ("authorization", "Bearer abc")];
        for origin in [
            "http://evil.example",
            "null",
            "https://localhost:4000",
            "http://localhost:4001",
            "http://localhost",
        ] {
            assert_eq!(
                status("/api/desk", &[&here[..], &[("origin", origin)]].concat()),
                Some(403),
                "{origin}"
            );
        }
        assert_eq!(
            status(
                "/api/desk",
                &[&here[..], &[("origin", "http://localhost:4000")]].concat()
            ),
            None
        );
        assert_eq!(
            status("/api/desk", &[&here[..], &[("sec-fetch-site", "cross-site")]].concat()),
            Some(403)
        );
    }

    #[test]
    fn a_token_is_asked_for_wherever_the_desk_is() {
        for (given, expected) in [
            ("Bearer abc", None),
            ("Bearer abd", Some(401)),
            ("Bearer ab", Some(401)),
            ("Bearer abcd", Some(401)),
            ("abc", Some(401)),
            ("", Some(401)),
        ] {
            assert_eq!(
                status("/api/desk", &[("host", "localhost:4000"), ("authorization", given)]),
                expected,
                "{given}"
            );
        }
        assert_eq!(status("/api/nothing", &[("host", "localhost:4000")]), Some(401));
        assert_eq!(status("/", &[("host", "localhost:4000")]), None);
    }
}
