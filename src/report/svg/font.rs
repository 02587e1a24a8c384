//! The letters of a map: one family in two weights, carried by the program, so that a map looks the same everywhere.

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ttf_parser::Face;

/// Name of the family: Liberation Sans cut down to what names in Britain need. Letters are as wide as those of Arial.
pub const FAMILY: &str = "Lotwright Sans";

/// Families in the order in which a viewer tries them.
pub const FAMILIES: &str = "Lotwright Sans, Arial, Helvetica, sans-serif";

/// The regular weight, as TrueType.
pub const REGULAR: &[u8] = include_bytes!("../fonts/regular.ttf");
/// The bold weight, as TrueType.
pub const BOLD: &[u8] = include_bytes!("../fonts/bold.ttf");
const REGULAR_WOFF2: &[u8] = include_bytes!("../fonts/regular.woff2");
const BOLD_WOFF2: &[u8] = include_bytes!("../fonts/bold.woff2");

/// First characters of Unicode, of which widths are kept: all that the font has.
const KNOWN: u32 = 0x2300;

/// Advance widths by character, in parts of the size.
struct Widths(Vec<Option<f64>>);

static WIDTHS: LazyLock<[Widths; 2]> = LazyLock::new(|| [Widths::of(REGULAR), Widths::of(BOLD)]);

impl Widths {
    fn of(font: &[u8]) -> Self {
        let Ok(face) = Face::parse(font, 0) else {
            return Self(Vec::new());
        };
        let em = f64::from(face.units_per_em());
        let advance = |c: char| face.glyph_hor_advance(face.glyph_index(c)?);
        let width = |code: u32| Some(f64::from(advance(char::from_u32(code)?)?) / em);
        Self((0..KNOWN).map(width).collect())
    }
}

/// Width of a character in parts of the size; `None` where the font lacks it.
pub fn advance(c: char, bold: bool) -> Option<f64> {
    *WIDTHS[usize::from(bold)].0.get(c as usize)?
}

/// The rules of a style sheet that bring the letters with the picture.
pub fn style() -> String {
    let face = |weight: &str, font: &[u8]| {
        let data = STANDARD.encode(font);
        format!(
            "@font-face{{font-family:'{FAMILY}';font-weight:{weight};src:url(data:font/woff2;base64,{data}) format('woff2')}}"
        )
    };
    face("400", REGULAR_WOFF2) + &face("700", BOLD_WOFF2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_as_wide_as_those_of_arial() {
        let thousandths = |c, bold| (advance(c, bold).unwrap() * 1000.0).round();
        assert_eq!(
            [
                thousandths('A', false),
                thousandths('i', false),
                thousandths('£', false)
            ],
            [667.0, 222.0, 556.0]
        );
        assert_eq!([thousandths('A', true), thousandths('i', true)], [722.0, 278.0]);
    }

    #[test]
    fn welsh_names_have_their_letters_and_other_scripts_are_known_to_lack() {
        assert!("Ynys Môn, Tŷ, Ŵyr, £≥−…".chars().all(|c| advance(c, true).is_some()));
        assert_eq!(advance('東', false), None);
    }

    #[test]
    fn both_weights_travel_with_the_picture() {
        let style = style();
        assert_eq!(style.matches("@font-face").count(), 2);
        assert!(style.len() < 60_000 && !style.contains("http"));
    }
}
