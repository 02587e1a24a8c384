//! Characters that the letters of a map lack, and what is drawn for them where no viewer can help: in PNG and PDF.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::font;

/// What stands for a character that cannot be taken apart into letters of the font.
const UNKNOWN: char = '?';

/// A text with every character that the font lacks replaced: by its base letters (`ạ` by `a`), or else by a question mark.
pub fn drawable(text: &str) -> String {
    text.nfc().map(shown).collect()
}

/// Characters of a text that the font lacks, each with what is shown for it.
pub fn lacking(text: &str) -> Vec<(char, String)> {
    let lacks = |c: &char| !has(*c) && !is_unseen(*c);
    let found: BTreeMap<char, String> = text.nfc().filter(lacks).map(|c| (c, shown(c))).collect();
    found.into_iter().collect()
}

fn shown(c: char) -> String {
    if has(c) {
        return c.into();
    }
    if is_unseen(c) {
        return String::new();
    }
    let base: String = c.nfkd().filter(|part| !is_combining_mark(*part)).collect();
    match !base.is_empty() && base.chars().all(has) {
        true => base,
        false => UNKNOWN.into(),
    }
}

/// Whether the font has it; ends of lines and other controls are no letters.
fn has(c: char) -> bool {
    c.is_ascii() || font::advance(c, false).is_some()
}

/// Characters that show nothing by themselves: joiners, marks of direction, variants.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_that_the_font_lacks_shows_its_base_and_another_script_a_question_mark() {
        assert_eq!(drawable("Hạ Long, Ynys Môn, 東京, ﬁ"), "Ha Long, Ynys Môn, ??, fi");
        assert_eq!(lacking("Hạ 東 é\n"), [('ạ', "a".to_string()), ('東', "?".to_string())]);
    }

    #[test]
    fn a_letter_with_its_accent_apart_is_put_together_and_joiners_show_nothing() {
        assert_eq!(drawable("Mo\u{302}n\u{200d}"), "Môn");
        assert!(lacking("Mo\u{302}n\u{200d}").is_empty());
    }
}
