//! Which measures cannot be added up: by unit words in their names, and by how their figures behave.

use super::columns::{is_total, number, says_total};
use super::delimited::is_code;
use super::tables::Table;
use crate::domain::words::decimal;

/// Unit words that are measured for each area by itself.
const UNITS: [&str; 31] = [
    "rate",
    "rates",
    "median",
    "mean",
    "average",
    "averages",
    "avg",
    "percent",
    "percentage",
    "percentages",
    "pct",
    "proportion",
    "ratio",
    "per",
    "rank",
    "index",
    "score",
    "decile",
    "quintile",
    "price",
    "prices",
    "wage",
    "wages",
    "salary",
    "earnings",
    "expectancy",
    "imd",
    "density",
    "percentile",
    "quartile",
    "likelihood",
];

/// Words before `rate` that make it the name of a group of people: claimants at the enhanced rate of a benefit are counted.
const RATES_PAID: [&str; 9] = [
    "enhanced", "standard", "higher", "highest", "middle", "lower", "lowest", "basic", "nil",
];

/// Why a measure of this name does not add up, if a unit word says so.
pub(super) fn said_by_words(heading: &str) -> Option<String> {
    if heading.contains('%') {
        return Some("its name says `%`".into());
    }
    let lower = heading.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let paid = |k: usize| k > 0 && words[k].starts_with("rate") && RATES_PAID.contains(&words[k - 1]);
    let unit = words
        .iter()
        .enumerate()
        .find(|&(k, word)| UNITS.contains(word) && !paid(k))
        .map(|(_, word)| *word);
    // `Weekly pay` is money for each; `pay claimants` are people.
    let unit = unit.or_else(|| words.last().copied().filter(|word| *word == "pay"))?;
    Some(format!("its name says `{unit}`"))
}

/// Fewest figures from which their behaviour can be judged.
pub(super) const ENOUGH: usize = 8;

/// What a row is of, as far as its behaviour as a sum goes.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Label {
    /// An area, with its code.
    Area(String),
    /// The sum of all areas, or of those whose codes begin so.
    SumOf(&'static [&'static str]),
    /// A wider area whose members are not known here: a region, a county.
    Wider,
}

/// Wider areas whose members are known by the first letter of their codes.
const MEMBERS: [(&str, &[&str]); 8] = [
    ("E92", &["E"]),
    ("W92", &["W"]),
    ("S92", &["S"]),
    ("N92", &["N"]),
    ("K01", &[""]),
    ("K02", &[""]),
    ("K03", &["E", "W", "S"]),
    ("K04", &["E", "W"]),
];

impl Label {
    /// What a row of this code and name is of.
    pub(super) fn of(code: &str, name: &str) -> Self {
        let code = code.to_ascii_uppercase();
        let known = MEMBERS
            .iter()
            .find(|(start, _)| is_code(&code) && code.starts_with(start));
        match known {
            Some((_, members)) => Self::SumOf(members),
            None if says_total(&code) || (!is_code(&code) && says_total(name)) => Self::SumOf(&[""]),
            None if is_total(&code, name) => Self::Wider,
            None => Self::Area(code),
        }
    }
}

/// Sums of members that are far above the row that stands for them all: that row is no sum, then, but a mean. A region or county is held against nothing, as its
/// members are not known here, and of several rows for the same members the greatest counts: the others are sums of parts.
fn belies_its_total(figures: &[(&str, f64)], totals: &[(&'static [&'static str], f64)]) -> Option<String> {
    totals.iter().find_map(|(members, _)| {
        let same = totals.iter().filter(|(others, _)| others == members);
        let total = same.map(|(_, figure)| *figure).fold(0.0, f64::max);
        let is_member = |code: &str| members.iter().any(|start| code.starts_with(start));
        let own = figures
            .iter()
            .filter(|(code, _)| is_member(code))
            .map(|(_, figure)| *figure);
        let (sum, most) = own.fold((0.0, 0.0), |(sum, most): (f64, f64), figure| {
            (sum + figure, most.max(figure))
        });
        (total > 0.0 && total <= most && sum > 2.0 * total).then(|| {
            format!(
                "its total is {}, but its rows add up to {}",
                decimal(total),
                decimal(sum)
            )
        })
    })
}

/// Fewest authorities whose figures tell that they do not go with the number of people.
const MANY: usize = 50;

/// Ranks are the numbers from one to as many as there are; rates, prices and ages hardly vary, where the people of fifty authorities vary by more than twice and a half.
/// Other areas are drawn to hold about as many people each, so that nothing is said of them; nor of a column that gives all areas the same, which is a choice.
fn belies_its_areas(figures: &[(&str, f64)]) -> Option<String> {
    let authority = |code: &&str| {
        ["E06", "E07", "E08", "E09", "W06", "S12", "N09"]
            .iter()
            .any(|start| code.starts_with(start))
    };
    let mut own: Vec<f64> = figures
        .iter()
        .filter(|(code, _)| authority(code))
        .map(|(_, figure)| *figure)
        .collect();
    if own.len() < MANY {
        return None;
    }
    own.sort_by(f64::total_cmp);
    if (1..).zip(&own).all(|(rank, figure)| f64::from(rank) == *figure) {
        return Some(format!(
            "its figures are the numbers 1 to {}, each once, as ranks are",
            own.len()
        ));
    }
    let (least, most) = (own[0], own[own.len() - 1]);
    let span = if most <= 100.0 { 4.0 } else { 2.5 };
    (least > 0.0 && least < most && most < span * least).then(|| {
        format!(
            "its figures for {} authorities lie between {least} and {most}, where people vary far more",
            own.len()
        )
    })
}

/// Why a measure does not add up, if its figures behave as those of rates, ranks or means do.
pub(super) fn said_by_cells(table: &Table, column: usize, labels: &[Label]) -> Option<String> {
    if let Some(row) = table.rows.iter().find(|row| row.cells[column].ends_with('%')) {
        return Some(format!("its cell on line {} is a percentage", row.line));
    }
    let (mut totals, mut of_areas) = (Vec::new(), Vec::new());
    for (row, label) in table.rows.iter().zip(labels) {
        match (number(&row.cells[column]), label) {
            (Some(figure), Label::SumOf(members)) => totals.push((*members, figure)),
            (Some(figure), Label::Area(code)) => of_areas.push((code.as_str(), figure)),
            _ => {}
        }
    }
    if of_areas.len() < ENOUGH {
        return None;
    }
    if let Some(why) = belies_its_total(&of_areas, &totals) {
        return Some(why);
    }
    if let Some(why) = belies_its_areas(&of_areas) {
        return Some(why);
    }
    let figures: Vec<f64> = of_areas.iter().map(|(_, figure)| *figure).collect();
    let sum: f64 = figures.iter().sum();
    let fractions = figures.iter().filter(|figure| figure.fract() != 0.0).count();
    let parts_of_a_whole = (sum - 1.0).abs() < 0.01 || (sum - 100.0).abs() < 1.0;
    let looks_like_rates = fractions * 2 > figures.len() && figures.iter().all(|figure| (0.0..=100.0).contains(figure));
    (looks_like_rates && !parts_of_a_whole).then(|| {
        format!(
            "{fractions} of its {} figures are fractions, and none is above 100, as rates are",
            figures.len()
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::columns::{Role, roles};
    use crate::io::tables::read;

    fn roles_of(text: &str) -> Vec<Role> {
        roles(&read("t.csv", text.as_bytes()).unwrap().0)
    }

    #[test]
    fn unit_words_tell_what_does_not_add_up() {
        for heading in [
            "Claimant rate",
            "Median pay",
            "% of people",
            "Claims per 1,000",
            "IMD average score",
            "Rank",
            "Weekly pay",
            "House prices",
            "Life expectancy",
            "IMD",
        ] {
            assert!(said_by_words(heading).is_some(), "{heading}");
        }
        for heading in [
            "people",
            "ESA claimants",
            "PIP enhanced rate",
            "Total separated",
            "operating sites",
            "means tested",
            "Pay claimants",
            "Personal Independence Payment",
            "employment_deprived_2012_13",
        ] {
            assert_eq!(said_by_words(heading), None, "{heading}");
        }
    }

    #[test]
    fn whole_numbers_that_hardly_vary_or_rank_authorities_are_no_counts() {
        let column = |level: &str, figure: fn(usize) -> usize| {
            let rows = (1..=60).map(|k| format!("{level}{k:06},{}\n", figure(k)));
            roles_of(&format!("area_code,x\n{}", rows.collect::<String>()))[1].clone()
        };
        let refused = |role: &Role, word: &str| matches!(role, Role::NoCounts(why) if why.contains(word));
        assert!(refused(&column("E07", |k| 61 - k), "1 to 60"));
        assert!(refused(&column("E07", |k| 400 + 5 * k), "between 405 and 700"));
        assert!(refused(&column("W06", |k| 25 + k % 40), "between 25 and 64"));
        for (level, figure) in [
            ("E07", (|k| 40_000 + 3_000 * k) as fn(usize) -> usize),
            ("E02", |k| 5_000 + 50 * k),
            ("E07", |_| 1),
            ("E07", |k| k / 2),
        ] {
            assert_eq!(column(level, figure), Role::Counts, "{level}");
        }
    }

    #[test]
    fn behaviour_tells_what_words_do_not() {
        let rows = |figure: fn(usize) -> String| {
            (1..10).fold("area_code,x\n".to_string(), |text, k| {
                format!("{text}E0600000{k},{}\n", figure(k))
            })
        };
        let said = |text: &str| match &roles_of(text)[1] {
            Role::NoCounts(why) => why.clone(),
            role => format!("{role:?}"),
        };
        assert!(said(&rows(|k| format!("{}.5", k + 3))).contains("fractions"));
        assert!(said(&rows(|k| format!("{k}%"))).contains("percentage"));
        assert!(said(&(rows(|k| format!("{}", 20 + k)) + "E92000001,25\n")).contains("its total is 25"));
        assert!(said(&(rows(|k| format!("{}", 20 + k)) + "E12000001,90\nTotal,25\n")).contains("its total is 25"));
        for wider in [
            "E12000001,20",
            "E10000002,30\nE92000001,450",
            "W92000004,15",
            "Total,90\nTotal,450",
        ] {
            let text = rows(|k| format!("{}", 10 * k)) + wider + "\n";
            assert_eq!(said(&text), "Counts", "{wider}");
        }
        assert_eq!(said(&rows(|k| format!("{}", 10 * k))), "Counts");
        assert_eq!(said(&(rows(|k| format!("{}", 10 * k)) + "Total,450\n")), "Counts");
        assert_eq!(
            said(&rows(|k| format!("{}", if k == 9 { 10.0 } else { 11.25 }))),
            "Counts",
            "parts of a hundred add up"
        );
    }
}
