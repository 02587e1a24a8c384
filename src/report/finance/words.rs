//! Words for margins, falls and months.

use super::FinanceLot;
use crate::report::words;

/// A rate with its sign and one digit: `4.9 %`, `−3.5 %`, `0.0 %`.
pub fn rate(part: f64) -> String {
    let tenths = (part * 1000.0).round();
    let sign = if tenths < 0.0 { "−" } else { "" };
    format!("{sign}{:.1} %", tenths.abs() / 10.0)
}

/// `22.4 %`, `never` or `loses`: the fall in volume at which the margin is gone.
pub fn break_even_words(lot: &FinanceLot) -> String {
    lot.break_even_volume_fall.map_or_else(|| lot.break_even.clone(), rate)
}

/// `month 37`, or `never` where cash ends below zero.
pub fn month(month: Option<usize>) -> String {
    month.map_or_else(|| "never".into(), |month| format!("month {month}"))
}

/// Pounds in millions with so many digits: `−£0.59m`.
pub fn millions(pounds: f64, digits: usize) -> String {
    let size = format!("{:.digits$}", pounds.abs() / 1e6);
    let nothing = size.chars().all(|c| matches!(c, '0' | '.'));
    let sign = if pounds < 0.0 && !nothing { "−" } else { "" };
    format!("{sign}£{size}m")
}

/// `−£1.3m in month 20`.
pub fn low(lot: &FinanceLot) -> String {
    format!("{} in month {}", words::money(lot.cash_low_gbp), lot.cash_low_month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn millions_keep_their_digits_so_that_a_column_lines_up() {
        assert_eq!(millions(-588_471.0, 2), "−£0.59m");
        assert_eq!(millions(20_100_000.0, 1), "£20.1m");
        assert_eq!(millions(-1_000.0, 2), "£0.00m");
    }

    #[test]
    fn a_rate_keeps_its_sign_and_nothing_has_none() {
        assert_eq!(
            [0.049, -0.0351, 0.0, -0.0001, 1.0].map(rate),
            ["4.9 %", "−3.5 %", "0.0 %", "0.0 %", "100.0 %"]
        );
    }
}
