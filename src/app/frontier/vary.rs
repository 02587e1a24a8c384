//! A Vary is a key of the scenario with the values that it takes, read from `KEY=LOW..HIGH:POINTS` or `KEY=A,B,C`.

use crate::io::input::did_you_mean;
use crate::io::scenario::KEYS;

/// The most points of a frontier.
pub const MOST_POINTS: usize = 200;
/// What is shown to whoever writes it wrong.
const EXAMPLE: &str = "viability.floor_gbp=5e6..40e6:15";

/// A numeric key of the scenario with two values or more, in rising order.
#[derive(Clone, Debug, PartialEq)]
pub struct Vary {
    /// The key.
    pub key: String,
    /// Its values.
    pub values: Vec<f64>,
}

impl Vary {
    /// Reads `KEY=LOW..HIGH:POINTS` (evenly spaced, both ends included; rounded for a key that takes whole numbers) or `KEY=A,B,C` (in any order).
    ///
    /// ```
    /// let vary = lotwright::app::Vary::parse("viability.floor_gbp=5e6..15e6:3")?;
    /// assert_eq!(vary.values, [5e6, 10e6, 15e6]);
    /// # Ok::<(), String>(())
    /// ```
    ///
    /// # Errors
    /// A sentence for the user: no such key, a key that holds no number, a value that is none, a reversed range, too few or too many points.
    pub fn parse(text: &str) -> Result<Self, String> {
        let Some((key, values)) = text.split_once('=') else {
            return Err(format!("`{text}` has no `=`; write it as {EXAMPLE}"));
        };
        let (key, values) = (key.trim(), values.trim());
        let whole = is_whole(key)?;
        let mut values = match values.split_once("..") {
            Some((low, rest)) if whole => range(low, rest)?.into_iter().map(f64::round).collect(),
            Some((low, rest)) => range(low, rest)?,
            None => values.split(',').map(number).collect::<Result<Vec<f64>, _>>()?,
        };
        if let Some(part) = values.iter().find(|value| whole && value.fract() != 0.0) {
            return Err(format!("`{key}` takes whole numbers, and {part} is none"));
        }
        values.sort_by(f64::total_cmp);
        if let Some(pair) = values.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(format!("`{key}` takes the value {} twice", pair[0]));
        }
        match values.len() {
            0 | 1 => Err(format!(
                "one point is no frontier; write it as {EXAMPLE}, or use `solve`"
            )),
            2..=MOST_POINTS => Ok(Self {
                key: key.into(),
                values,
            }),
            many => Err(too_many(many)),
        }
    }

    /// Each value as a setting, `key=value`.
    pub fn settings(&self) -> Vec<String> {
        let number = |value: f64| {
            if value < 1e15 {
                format!("{value}")
            } else {
                format!("{value:?}")
            }
        };
        self.values
            .iter()
            .map(|&value| format!("{}={}", self.key, number(value)))
            .collect()
    }

    /// What the key means, from the list of keys.
    pub fn meaning(&self) -> &'static str {
        let words = KEYS
            .iter()
            .find(|(key, _)| *key == self.key)
            .map_or("", |(_, words)| *words);
        words.split_once(": ").map_or("number of lots", |(_, meaning)| meaning)
    }
}

/// Whether a key takes whole numbers only.
fn is_whole(key: &str) -> Result<bool, String> {
    let numeric = |words: &str| words.starts_with("number:") || words.starts_with("whole number:");
    match KEYS.iter().find(|(known, _)| *known == key) {
        Some(("lots.count", _)) => Ok(true),
        Some((_, words)) if numeric(words) => Ok(words.starts_with("whole")),
        found => {
            let numbers: Vec<&str> = KEYS
                .iter()
                .filter(|(_, words)| numeric(words))
                .map(|(key, _)| *key)
                .collect();
            let fact = match found {
                Some(_) => format!("`{key}` holds no number, so it cannot be varied"),
                None => format!("there is no key `{key}`"),
            };
            let otherwise = format!("keys that hold a number: {}, lots.count", numbers.join(", "));
            let help = if found.is_some() {
                otherwise
            } else {
                did_you_mean(key, numbers.iter().copied(), &otherwise)
            };
            Err(format!("{fact}; {help}"))
        }
    }
}

fn range(low: &str, rest: &str) -> Result<Vec<f64>, String> {
    let Some((high, points)) = rest.split_once(':') else {
        return Err(format!(
            "`{low}..{rest}` does not say how many points; write it as {EXAMPLE}"
        ));
    };
    let (low, high) = (number(low)?, number(high)?);
    let points = points.trim();
    let points: usize = points
        .parse()
        .map_err(|_| format!("`{points}` is no number of points; write it as {EXAMPLE}"))?;
    if low >= high {
        return Err(format!(
            "the range {low}..{high} does not rise; write the lower end first"
        ));
    }
    if points > MOST_POINTS {
        return Err(too_many(points));
    }
    let step = |k: usize| low + (high - low) * k as f64 / points.saturating_sub(1).max(1) as f64;
    Ok((0..points).map(step).collect())
}

fn too_many(points: usize) -> String {
    format!("{points} points are too many; {MOST_POINTS} are the most")
}

/// A number as TOML writes it, zero or more.
fn number(text: &str) -> Result<f64, String> {
    let text = text.trim();
    let value = text.replace('_', "").parse::<f64>();
    match value {
        Ok(value) if value.is_finite() && value >= 0.0 => Ok(value),
        Ok(_) => Err(format!("`{text}` is out of range; values are zero or more")),
        Err(_) => Err(format!(
            "`{text}` is no number; write the values as {EXAMPLE} or =5e6,10e6,20e6"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_has_both_ends_and_equal_steps() {
        let vary = Vary::parse("viability.floor_gbp=5e6..40_000_000:15").unwrap();
        assert_eq!(
            (vary.values.len(), vary.values[0], vary.values[1], vary.values[14]),
            (15, 5e6, 7.5e6, 40e6)
        );
        assert_eq!(vary.settings()[1], "viability.floor_gbp=7500000");
        assert_eq!(vary.meaning(), "least contract value of a lot, in pounds");
    }

    #[test]
    fn a_list_is_put_in_order_and_whole_numbers_stay_whole() {
        let vary = Vary::parse("viability.cap_gbp=30e6, 20e6").unwrap();
        assert_eq!(vary.values, [20e6, 30e6]);
        let vary = Vary::parse("viability.floor_participants=100..200:4").unwrap();
        assert_eq!(vary.values, [100.0, 133.0, 167.0, 200.0]);
        assert_eq!(
            Vary::parse("lots.count=2..4:3").unwrap().settings(),
            ["lots.count=2", "lots.count=3", "lots.count=4"]
        );
    }

    #[test]
    fn misuse_is_told_with_what_to_write() {
        for (text, words) in [
            ("viability.floor_gbp", "has no `=`"),
            ("viability.flor_gbp=1..2:3", "did you mean `viability.floor_gbp`?"),
            ("areas.unit=1..2:3", "holds no number"),
            ("lots.count=3,4.5", "takes whole numbers, and 4.5 is none"),
            ("viability.floor_gbp=a..2:3", "`a` is no number"),
            ("viability.floor_gbp=-1,2", "zero or more"),
            ("viability.floor_gbp=2..1:3", "does not rise"),
            ("viability.floor_gbp=1..2", "how many points"),
            ("viability.floor_gbp=1..2:x", "`x` is no number of points"),
            ("viability.floor_gbp=1..2:1", "one point is no frontier"),
            ("viability.floor_gbp=1", "one point is no frontier"),
            ("viability.floor_gbp=1..2:201", "too many"),
            ("viability.floor_gbp=1,2,1", "the value 1 twice"),
            ("viability.floor_participants=1..2:3", "the value 2 twice"),
        ] {
            let message = Vary::parse(text).unwrap_err();
            assert!(message.contains(words), "{text}: {message}");
        }
    }
}
