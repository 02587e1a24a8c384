//! Words for figures: money, people and shares as people read them.

use super::{Pence, Volume};

/// Money in short: `£28.7m` from a million, `£450,000` from a thousand, `£12.34` below.
pub fn money(amount: Pence) -> String {
    let pounds = amount.as_pounds();
    let sign = if pounds < 0.0 { "-" } else { "" };
    let size = pounds.abs();
    if size >= 999_950.0 {
        format!("{sign}£{:.1}m", size / 1e6)
    } else if size >= 1000.0 {
        format!("{sign}£{}", thousands(size.round() as i64))
    } else {
        format!("{sign}£{size:.2}")
    }
}

/// People with thousands marked: `12,345`; half people are shown where a split leaves them.
pub fn people(volume: Volume) -> String {
    let tenths = (volume.0 + 50).div_euclid(100);
    match tenths % 10 {
        0 => thousands(tenths / 10),
        part => format!("{}.{part}", thousands(tenths / 10)),
    }
}

/// A fraction as a percentage with one digit: `27.1 %`.
pub fn percent(fraction: f64) -> String {
    format!("{:.1} %", fraction * 100.0)
}

/// A whole number with a comma at every third digit: `1,430,000`.
pub fn thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::from(if number < 0 { "-" } else { "" });
    for (k, digit) in digits.chars().enumerate() {
        if k > 0 && (digits.len() - k).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A list as people say it: `a`, `a and b`, `a, b and 3 more` where it passes `most`.
pub fn list<S: AsRef<str>>(items: &[S], most: usize) -> String {
    let shown: Vec<&str> = items.iter().map(AsRef::as_ref).take(most).collect();
    let more = items.len().saturating_sub(most);
    match (shown.as_slice(), more) {
        ([], _) => String::new(),
        (all, 1..) => format!("{} and {more} more", all.join(", ")),
        ([one], 0) => (*one).to_string(),
        ([head @ .., last], 0) => format!("{} and {last}", head.join(", ")),
    }
}

/// `1 lot`, `2 lots`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands(number as i64), if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_short_and_keeps_its_sign() {
        assert_eq!(money(Pence::pounds(28_700_000)), "£28.7m");
        assert_eq!(money(Pence::pounds(-5_900_000)), "-£5.9m");
        assert_eq!(money(Pence::pounds(450_000)), "£450,000");
        assert_eq!(money(Pence(999_995_00)), "£1.0m");
        assert_eq!(money(Pence(1234)), "£12.34");
    }

    #[test]
    fn people_show_halves_and_thousands() {
        assert_eq!(people(Volume::people(1_430_000)), "1,430,000");
        assert_eq!(people(Volume(12_500)), "12.5");
        assert_eq!(people(Volume(999_960)), "1,000");
    }

    #[test]
    fn a_list_reads_as_a_sentence() {
        assert_eq!(list(&["a"], 2), "a");
        assert_eq!(list(&["a", "b"], 2), "a and b");
        assert_eq!(list(&["a", "b", "c", "d"], 2), "a, b and 2 more");
    }
}
