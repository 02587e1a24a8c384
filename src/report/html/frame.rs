//! The frame of every page: its policy, its head, its banner, and where its content begins.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

/// The style of every page.
const STYLE: &str = include_str!("../assets/report.css");

/// A page that opens offline. Its content security policy allows the style of every page and the script that is given, by their checksums, and nothing else.
/// `footer` follows the content.
pub fn page(title: &str, script: Option<&str>, content: &Markup, footer: &Markup) -> String {
    let allowed = script.map_or_else(String::new, |script| format!(" script-src '{}';", checksum(script)));
    let policy = format!(
        "default-src 'none'; style-src '{}';{allowed} base-uri 'none'; form-action 'none'",
        checksum(STYLE)
    );
    let page = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a class="skip" href="#main" { "Skip to main content" }
                header { div class="width" { span class="brand" { "lotwright" } span { "Design of contract lots" } } }
                main id="main" class="width" { (content) }
                (footer)
            }
        }
    };
    page.into_string()
}

/// A checksum as a content security policy names it: `sha256-` and base64.
pub(super) fn checksum(text: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(text.as_bytes())))
}

/// Base64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits = three
            .iter()
            .enumerate()
            .fold(0u32, |bits, (k, &byte)| bits | u32::from(byte) << (16 - 8 * k));
        for k in 0..4 {
            let sign = char::from(SIGNS[(bits >> (18 - 6 * k)) as usize & 63]);
            text.push(if k <= three.len() { sign } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_follows_the_vectors_of_the_standard() {
        let vectors = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("foobar", "Zm9vYmFy"),
        ];
        for (text, coded) in vectors {
            assert_eq!(base64(text.as_bytes()), coded);
        }
    }
}
