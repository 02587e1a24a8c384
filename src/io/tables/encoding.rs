//! The encoding of a text: UTF-8 and UTF-16 with or without a byte order mark, Windows-1252 otherwise.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The text without its byte order mark, and the name of its encoding. Bytes that are no UTF-8 and no UTF-16 are read as Windows-1252, which gives every
/// byte a character, so this never fails; a caller that minds looks at the name.
pub fn decode(bytes: &[u8]) -> (String, &'static str) {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or_else(|| (guess(bytes), 0));
    let text = encoding.decode_without_bom_handling(&bytes[mark..]).0;
    (text.into_owned(), encoding.name())
}

/// Without a mark, UTF-16 of western text shows by its zeros: every other byte.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let sample = &bytes[..bytes.len().min(512)];
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|&&byte| byte == 0).count();
    let most = sample.len() / 2 * 4 / 5;
    if sample.len() >= 4 && zeros(1) > most && zeros(0) == 0 {
        return UTF_16LE;
    }
    if sample.len() >= 4 && zeros(0) > most && zeros(1) == 0 {
        return UTF_16BE;
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => UTF_8,
        // A text cut off within a character is still UTF-8.
        Err(error) if error.error_len().is_none() => UTF_8,
        Err(_) => WINDOWS_1252,
    }
}

/// Whether nothing in it is a control character that no table holds.
pub fn is_text(text: &str) -> bool {
    !text
        .chars()
        .any(|c| c.is_control() && !matches!(c, '\t' | '\r' | '\n' | '\u{c}' | '\u{80}'..='\u{9f}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_encoding_gives_the_same_text() {
        let utf16 = |swap: bool| -> Vec<u8> {
            let unit = |u: u16| if swap { u.to_be_bytes() } else { u.to_le_bytes() };
            "Ynys Môn,5".encode_utf16().flat_map(unit).collect()
        };
        let marked = |mark: &[u8], rest: Vec<u8>| [mark, &rest].concat();
        for (bytes, name) in [
            ("Ynys Môn,5".as_bytes().to_vec(), "UTF-8"),
            (marked(b"\xef\xbb\xbf", "Ynys Môn,5".as_bytes().to_vec()), "UTF-8"),
            (b"Ynys M\xf4n,5".to_vec(), "windows-1252"),
            (marked(b"\xff\xfe", utf16(false)), "UTF-16LE"),
            (marked(b"\xfe\xff", utf16(true)), "UTF-16BE"),
            (utf16(false), "UTF-16LE"),
            (utf16(true), "UTF-16BE"),
        ] {
            assert_eq!(decode(&bytes), ("Ynys Môn,5".to_string(), name));
        }
    }
}
