//! How wide a text runs, so that labels and paragraphs can be laid out without a browser.

use super::font;

/// Width of the text in pixels at `size` pixels in the letters of the map; a character that they lack counts as wide.
pub fn width(text: &str, size: f64, bold: bool) -> f64 {
    let ems: f64 = text.chars().map(|c| font::advance(c, bold).unwrap_or(1.0)).sum();
    ems * size
}

/// Breaks a paragraph at blanks into lines of at most `most` pixels; a word that is wider stands alone.
pub fn wrap(text: &str, size: f64, bold: bool, most: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), size, bold) <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The text cut with an ellipsis so that it is at most `most` pixels wide.
pub fn fitted(text: &str, size: f64, most: f64) -> String {
    let mut chars = text.chars().count();
    let mut cut = text.to_owned();
    while chars > 1 && width(&cut, size, false) > most {
        chars -= 1;
        cut = crate::report::words::shortened(text, chars);
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_hold_every_word_and_keep_the_width() {
        let text = "Contains public sector information licensed under the Open Government Licence v3.0.";
        let lines = wrap(text, 12.0, false, 160.0);
        assert!(lines.len() > 2 && lines.iter().all(|line| width(line, 12.0, false) <= 160.0));
        assert_eq!(lines.join(" "), text);
    }

    #[test]
    fn a_name_is_cut_to_its_room() {
        assert_eq!(fitted("Leeds", 12.0, 60.0), "Leeds");
        let cut = fitted("Cambridgeshire and Peterborough", 12.0, 90.0);
        assert!(cut.ends_with('…') && width(&cut, 12.0, false) <= 90.0);
    }
}
