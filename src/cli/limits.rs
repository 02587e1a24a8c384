//! Limits of options that are numbers: each refusal says what may be given, with an example.

use std::ops::RangeInclusive;

use crate::app::{MOST_DRAWS, Search};

/// A time in seconds, above zero.
///
/// # Errors
/// A sentence for the user.
pub fn seconds(text: &str) -> Result<f64, String> {
    let given = text.trim().parse::<f64>().ok();
    let most = Search::MOST_SECONDS;
    given
        .filter(|seconds| *seconds > 0.0 && *seconds <= most)
        .ok_or_else(|| format!("give seconds, more than 0 and at most {most} (a year), such as 60"))
}

/// Dots to an inch.
///
/// # Errors
/// A sentence for the user.
pub fn dpi(text: &str) -> Result<f64, String> {
    let given = text.trim().parse::<f64>().ok();
    given
        .filter(|dpi| (20.0..=1200.0).contains(dpi))
        .ok_or_else(|| "give dots to an inch, from 20 to 1200, such as 200".to_owned())
}

/// A seed.
///
/// # Errors
/// A sentence for the user.
pub fn seed(text: &str) -> Result<u64, String> {
    whole(text, 0..=Search::MOST_SEED, "7")
}

/// A number of random draws.
///
/// # Errors
/// A sentence for the user.
pub fn draws(text: &str) -> Result<u64, String> {
    whole(text, 1..=MOST_DRAWS, "10000")
}

/// A number of threads.
///
/// # Errors
/// A sentence for the user.
pub fn threads(text: &str) -> Result<usize, String> {
    let threads = whole(text, 1..=Search::MOST_THREADS as u64, "2")?;
    usize::try_from(threads).map_err(|error| error.to_string())
}

fn whole(text: &str, range: RangeInclusive<u64>, example: &str) -> Result<u64, String> {
    let given = text.trim().parse::<u64>().ok();
    let (low, high) = (range.start(), range.end());
    given
        .filter(|number| range.contains(number))
        .ok_or_else(|| format!("give a whole number from {low} to {high}, such as {example}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_each_range_may_be_given_and_nothing_beyond() {
        assert_eq!(
            (seconds("0.5"), seconds("31536000")),
            (Ok(0.5), Ok(Search::MOST_SECONDS))
        );
        for text in ["nan", "inf", "1e300", "0", "-1", "-0", "soon", ""] {
            assert!(
                seconds(text).is_err_and(|message| message.contains("such as 60")),
                "{text}"
            );
        }
        assert_eq!((seed("0"), seed("9223372036854775807")), (Ok(0), Ok(Search::MOST_SEED)));
        for text in ["-1", "9223372036854775808", "99999999999999999999", "1.5"] {
            assert!(seed(text).is_err_and(|message| message.contains("such as 7")), "{text}");
        }
        assert_eq!((threads("1"), threads("256")), (Ok(1), Ok(256)));
        for text in ["0", "257", "-2", "all"] {
            assert!(
                threads(text).is_err_and(|message| message.contains("from 1 to 256")),
                "{text}"
            );
        }
    }
}
