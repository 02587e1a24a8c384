//! How wide a text runs in Arial, so that labels and paragraphs can be laid out without a browser.

/// Width of the text in pixels at `size` pixels, from the advance widths of Arial in groups; bold runs a tenth wider at most.
pub fn width(text: &str, size: f64, bold: bool) -> f64 {
    let thousandths: f64 = text.chars().map(advance).sum();
    thousandths / 1000.0 * size * if bold { 1.08 } else { 1.0 }
}

/// Advance width in thousandths of the size, rounded up within a group.
fn advance(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '\'' | '|' => 225.0,
        ' ' | '.' | ',' | ':' | ';' | '!' | 'I' | 't' | 'f' | '/' | '·' => 280.0,
        'r' | '(' | ')' | '-' => 335.0,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J' => 500.0,
        'm' | 'M' | '%' => 860.0,
        'w' => 722.0,
        'W' | '—' | '…' => 960.0,
        'A' | 'B' | 'E' | 'K' | 'P' | 'S' | 'V' | 'X' | 'Y' => 667.0,
        'C' | 'D' | 'H' | 'N' | 'R' | 'U' | 'G' | 'O' | 'Q' => 750.0,
        'F' | 'T' | 'Z' | 'L' => 611.0,
        c if (c as u32) < 0x2000 => 560.0,
        _ => 1000.0,
    }
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
