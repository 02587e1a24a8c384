//! Words for figures: money, people and shares as people read them.

use super::{Pence, Volume};

/// Money in short: `£2.90bn`, `£28.7m`, `£450,000`, and with its pence below a thousand pounds: `£12.34`, `£40`. A loss is `−£5.9m`.
pub fn money(amount: Pence) -> String {
    let pounds = amount.as_pounds();
    let sign = if amount.0 < 0 { "−" } else { "" };
    let size = pounds.abs();
    // The limits lie where rounding would reach the next unit, so that £999,960 is £1.0m and not £999,960.
    if size >= 999.95e6 {
        format!("{sign}£{:.2}bn", size / 1e9)
    } else if size >= 999_950.0 {
        format!("{sign}£{:.1}m", size / 1e6)
    } else if size >= 1000.0 || amount.0 % 100 == 0 {
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

/// A fraction as a percentage with one digit: `27.1 %`. Only nothing is `0 %` and only the whole is `100 %`.
pub fn percent(fraction: f64) -> String {
    let percent = fraction * 100.0;
    if percent <= 0.0 {
        "0 %".into()
    } else if percent < 0.05 {
        "under 0.1 %".into()
    } else if (1.0 - fraction).abs() < 1e-9 {
        "100 %".into()
    } else if fraction < 1.0 && percent >= 99.95 {
        "over 99.9 %".into()
    } else {
        format!("{percent:.1} %")
    }
}

/// A whole number with a comma at every third digit: `1,430,000`.
pub fn thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::from(if number < 0 { "−" } else { "" });
    for (k, digit) in digits.chars().enumerate() {
        if k > 0 && (digits.len() - k).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number with its thousands apart and no more digits after the point than it needs, three at most: `1,500`, `2.5`, `0.125`.
pub fn decimal(value: f64) -> String {
    let thousandths = (value * 1000.0).round() as i64;
    let part = format!("{:03}", thousandths.unsigned_abs() % 1000);
    let sign = if thousandths < 0 { "−" } else { "" };
    let whole = thousands((thousandths.unsigned_abs() / 1000) as i64);
    match part.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        part => format!("{sign}{whole}.{part}"),
    }
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
        assert_eq!(money(Pence::pounds(-5_900_000)), "−£5.9m");
        assert_eq!(money(Pence::pounds(2_900_000_000)), "£2.90bn");
        assert_eq!(money(Pence::pounds(40)), "£40");
        assert_eq!(money(Pence::pounds(450_000)), "£450,000");
        assert_eq!(money(Pence(99_999_500)), "£1.0m");
        assert_eq!(money(Pence(1234)), "£12.34");
    }

    #[test]
    fn people_show_halves_and_thousands() {
        assert_eq!(people(Volume::people(1_430_000)), "1,430,000");
        assert_eq!(people(Volume(12_500)), "12.5");
        assert_eq!(people(Volume(999_960)), "1,000");
    }

    #[test]
    fn a_decimal_has_the_digits_that_it_needs() {
        let shown = [1500.0, 2.5, 0.125, -0.5, 0.0].map(decimal);
        assert_eq!(shown, ["1,500", "2.5", "0.125", "−0.5", "0"]);
    }

    #[test]
    fn a_list_reads_as_a_sentence() {
        assert_eq!(list(&["a"], 2), "a");
        assert_eq!(list(&["a", "b"], 2), "a and b");
        assert_eq!(list(&["a", "b", "c", "d"], 2), "a, b and 2 more");
    }
}
