//! Words for the figures of an answer, which are numbers with a unit; they read as those of [`crate::domain::words`].

use crate::domain::Pence;
use crate::domain::words::{money as of_pence, thousands};

pub use crate::domain::words::{decimal, percent};

/// Pounds as people say them: `£2.90bn`, `£30.5m`, `£850,000`, `£40`; a loss is `−£2.1m`.
pub fn money(gbp: f64) -> String {
    of_pence(Pence((gbp * 100.0).round() as i64))
}

/// A whole number with its thousands apart: `12,345`; halves are rounded away from nought.
pub fn number(value: f64) -> String {
    thousands(value.round() as i64)
}

/// A number of people: `1 person`, `12,345 people`.
pub fn people(value: f64) -> String {
    counted(value, "person", "people")
}

/// A count with its noun: `1 lot`, `22 lots`.
pub fn counted(value: f64, one: &str, many: &str) -> String {
    let text = number(value);
    let noun = if text == "1" { one } else { many };
    format!("{text} {noun}")
}

/// A distance in km: `4.2 km`, `1,234 km` from a hundred on.
pub fn km(value: f64) -> String {
    if value.abs() < 99.95 {
        format!("{value:.1} km")
    } else {
        format!("{} km", number(value))
    }
}

/// A value in the unit of a goal (`lots`, `people`, `person-km`, `km`), large ones in millions.
pub fn measured(value: f64, unit: &str) -> String {
    let singular = match unit {
        "lots" => "lot",
        "people" => "person",
        other => other,
    };
    match unit {
        "km" => km(value),
        _ if value.abs() >= 99.995e6 => format!("{} million {unit}", number(value / 1e6)),
        _ if value.abs() >= 999_999.5 => format!("{:.2} million {unit}", value / 1e6),
        _ => counted(value, singular, unit),
    }
}

/// Names as a list in a sentence: `a`, `a and b`, `a, b and c`.
pub fn list<T: AsRef<str>>(names: &[T]) -> String {
    match names {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [rest @ .., last] => {
            let rest: Vec<&str> = rest.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", rest.join(", "), last.as_ref())
        }
    }
}

/// A small number with one decimal where it is not whole: `5`, `2.5`.
pub fn plain(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// Seconds of work: `under 0.01 s`, `0.31 s`, `12 s`, `2 min 5 s`.
pub fn seconds(value: f64) -> String {
    if value < 0.005 {
        "under 0.01 s".into()
    } else if value < 9.95 {
        format!("{value:.2} s")
    } else if value < 119.5 {
        format!("{value:.0} s")
    } else {
        let whole = value.round();
        format!("{:.0} min {:.0} s", (whole / 60.0).floor(), whole % 60.0)
    }
}

/// The text cut to `most` characters, with an ellipsis where something is left off.
pub fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(most.saturating_sub(1)).collect();
    cut.truncate(cut.trim_end().len());
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_rounded_into_the_unit_that_people_say() {
        let cases = [
            (30_500_000.0, "£30.5m"),
            (428_200_000.0, "£428.2m"),
            (999_960.0, "£1.0m"),
            (1_430_000_000.0, "£1.43bn"),
            (999_960_000.0, "£1.00bn"),
            (850_000.0, "£850,000"),
            (2_300.4, "£2,300"),
            (0.0, "£0"),
            (-0.2, "−£0.20"),
            (-2_100_000.0, "−£2.1m"),
        ];
        for (gbp, text) in cases {
            assert_eq!(money(gbp), text);
        }
    }

    #[test]
    fn thousands_stand_apart_and_one_is_singular() {
        assert_eq!(number(1_234_567.0), "1,234,567");
        assert_eq!(number(-12_345.4), "−12,345");
        assert_eq!(number(-0.4), "0");
        assert_eq!(people(1.0), "1 person");
        assert_eq!(counted(22.0, "lot", "lots"), "22 lots");
    }

    #[test]
    fn a_share_is_whole_only_when_it_is_whole() {
        assert_eq!(percent(0.071), "7.1 %");
        assert_eq!(percent(1.0), "100 %");
        assert_eq!(percent(0.999_9), "over 99.9 %");
        assert_eq!(percent(0.000_1), "under 0.1 %");
        assert_eq!(percent(0.0), "0 %");
        assert_eq!(percent(0.999), "99.9 %");
    }

    #[test]
    fn goals_are_written_in_their_unit() {
        assert_eq!(measured(1.0, "lots"), "1 lot");
        assert_eq!(measured(8_123_456.0, "person-km"), "8.12 million person-km");
        assert_eq!(measured(1_234.0, "km"), "1,234 km");
        assert_eq!(measured(12.3, "people"), "12 people");
    }

    #[test]
    fn lists_and_cut_texts_read_as_prose() {
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(list(&["a"]), "a");
        assert_eq!(shortened("Cambridgeshire", 6), "Cambr…");
        assert_eq!(shortened("Leeds", 5), "Leeds");
        assert_eq!(seconds(125.0), "2 min 5 s");
        assert_eq!(seconds(0.001), "under 0.01 s");
        assert_eq!([plain(5.0), plain(2.5)], ["5", "2.5"]);
    }
}
