//! The columns of a table: which hold codes, names and measures, and which measures cannot be added up.

use super::delimited::is_code;
use super::table_kind::TableKind;
use super::tables::{Row, Table};

/// What a column holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Role {
    /// Area codes.
    Codes(CodeHeading),
    /// Names of areas.
    Names,
    /// Figures that add up, such as people.
    Counts,
    /// Figures that do not add up, with the reason.
    NoCounts(String),
    /// Other text.
    Text,
    /// Nothing.
    Blank,
}

/// What the heading of a column of codes says: `LAD16CD` is the level `LAD` of 2016.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeHeading {
    /// Such as `LAD`, `CTYUA` or `LEP`; empty where the heading says none.
    pub level: String,
    /// Year of the code list.
    pub year: Option<u16>,
}

/// Reads the heading of a column of codes as the Office for National Statistics writes them, in any case: `LAD17CD`, `areacd`, `LEP17CD1`.
pub fn code_heading(heading: &str) -> Option<CodeHeading> {
    let lower = heading
        .trim()
        .trim_start_matches('\u{feff}')
        .to_ascii_lowercase()
        .replace([' ', '-'], "_");
    let known = [
        "area_code",
        "areacode",
        "code",
        "geography_code",
        "ons_code",
        "gss_code",
        "area",
        "mnemonic",
        "la_code",
        "lad_code",
        "lau_code",
        "local_authority_code",
        "ons_geography_code",
        "geo_code",
        "geography_codes",
        "ons_area_code",
        "ecode",
    ];
    if known.contains(&lower.as_str()) {
        return Some(CodeHeading::default());
    }
    stem(&lower, "cd")
}

/// Whether a heading by itself says that codes stand below it. A column `area` may hold names as well.
pub(super) fn names_codes(heading: &str) -> bool {
    code_heading(heading).is_some() && !heading.eq_ignore_ascii_case("area")
}

/// Whether a heading says that names stand below it: `LAD16NM`, `area_name`, `GEOGRAPHY_NAME`.
pub fn is_name_heading(heading: &str) -> bool {
    let lower = heading.trim().to_ascii_lowercase().replace([' ', '-'], "_");
    let begins = [
        "local_authority",
        "lower_tier",
        "national_regional_la",
        "national___regional",
    ];
    matches!(
        lower.as_str(),
        "area_name" | "areaname" | "name" | "geography_name" | "area" | "la_name" | "lad_name" | "geography"
    ) || begins
        .iter()
        .any(|word| lower.starts_with(word) && !lower.ends_with("code"))
        || stem(&lower, "nm").is_some()
}

/// The level that a heading of names says: `LEP` of `LEP17NM1`.
pub(super) fn name_level(heading: &str) -> Option<String> {
    let lower = heading.trim().to_ascii_lowercase();
    let level = stem(&lower, "nm")?.level;
    (!level.is_empty()).then_some(level)
}

/// `lad17cd` and `lep17cd1`, with `end` for `cd`, as level and year.
fn stem(lower: &str, end: &str) -> Option<CodeHeading> {
    let numbered = lower
        .strip_suffix(|c: char| c.is_ascii_digit())
        .filter(|rest| rest.ends_with(end));
    let stem = numbered.unwrap_or(lower).strip_suffix(end)?;
    let letters = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &stem[letters.len()..];
    let fits = (2..=6).contains(&letters.len())
        && letters.chars().all(|c| c.is_ascii_alphabetic())
        && matches!(digits.len(), 0 | 2);
    fits.then(|| CodeHeading {
        level: if letters == "area" {
            String::new()
        } else {
            letters.to_ascii_uppercase()
        },
        // Code lists of this kind begin with 2009; their years have two digits.
        year: digits.parse().ok().map(|year: u16| 2000 + year),
    })
}

/// What each column holds. A column of codes is told by its cells too, where no heading does.
pub fn roles(table: &Table) -> Vec<Role> {
    let mut roles: Vec<Role> = (0..table.columns.len()).map(|k| role(table, k)).collect();
    let is_name = |role: &Role| *role == Role::Names;
    let is_code = |role: &Role| matches!(role, Role::Codes(_));
    if !roles.iter().any(|role| is_name(role) || is_code(role)) {
        let text = roles.iter().position(|role| *role == Role::Text);
        text.into_iter().for_each(|k| roles[k] = Role::Names);
    }
    let (codes, names) = (roles.iter().position(is_code), roles.iter().position(is_name));
    let labels = |row: &Row| {
        let cell = |place: Option<usize>| place.map_or(String::new(), |k| row.cells[k].clone());
        Label::of(&cell(codes), &cell(names))
    };
    let labels: Vec<Label> = table.rows.iter().map(labels).collect();
    for (k, role) in roles.iter_mut().enumerate().filter(|(_, role)| **role == Role::Counts) {
        if let Some(why) = said_by_words(&table.columns[k]).or_else(|| said_by_cells(table, k, &labels)) {
            *role = Role::NoCounts(why);
        }
    }
    roles
}

/// What a column holds, every measure taken for one that adds up.
fn role(table: &Table, column: usize) -> Role {
    let heading = table.columns[column].as_str();
    let cells: Vec<&str> = table
        .rows
        .iter()
        .map(|row| row.cells[column].as_str())
        .filter(|cell| !cell.is_empty())
        .collect();
    let codes = cells.iter().filter(|cell| is_code(cell)).count();
    let named = is_name_heading(heading);
    match code_heading(heading) {
        Some(found) if !named || codes > 0 => return Role::Codes(found),
        None if codes * 2 > cells.len() => return Role::Codes(CodeHeading::default()),
        _ => {}
    }
    if named {
        return Role::Names;
    }
    if cells.is_empty() {
        return Role::Blank;
    }
    let numbers: Vec<f64> = cells.iter().filter_map(|cell| number(cell)).collect();
    let marks = cells.iter().filter(|cell| is_mark(cell)).count();
    if (numbers.len() + marks) * 2 <= cells.len() || are_years(&numbers) {
        Role::Text
    } else {
        Role::Counts
    }
}

/// Whether numbers are years rather than people: whole, and all within a lifetime.
fn are_years(numbers: &[f64]) -> bool {
    let year = |number: &f64| number.fract() == 0.0 && (1950.0..2100.0).contains(number);
    numbers.len() >= ENOUGH && numbers.iter().all(year)
}

/// Marks that stand for a figure which is kept back, missing or next to nothing.
pub fn is_mark(cell: &str) -> bool {
    super::volumes::is_mark(cell, TableKind::Csv)
}

/// A number as tables write it: thousands with commas, a percent sign perhaps.
pub(super) fn number(cell: &str) -> Option<f64> {
    let plain = super::volumes::plain(cell.trim_end_matches('%').trim());
    plain.parse().ok().filter(|number: &f64| number.is_finite())
}

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

fn said_by_words(heading: &str) -> Option<String> {
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
const ENOUGH: usize = 8;

/// What a row is of, as far as its behaviour as a sum goes.
#[derive(Clone, Debug, PartialEq)]
enum Label {
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
    fn of(code: &str, name: &str) -> Self {
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
        (total > 0.0 && total <= most && sum > 2.0 * total)
            .then(|| format!("its total is {total}, but its rows add up to {sum:.1}"))
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

fn said_by_cells(table: &Table, column: usize, labels: &[Label]) -> Option<String> {
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

/// Whether a row is the sum of others: its code is that of a country, region or county, or it has no code and says `Total` or the name of a country or region.
pub fn is_total(code: &str, name: &str) -> bool {
    let by_name = |cell: &str| says_total(cell) || names_wider(cell);
    is_wider(code) || says_total(code) || (!is_code(code) && by_name(name))
}

/// Whether a name is that of a country or of a region of England; no authority bears one of these.
fn names_wider(name: &str) -> bool {
    const NAMES: [&str; 15] = [
        "england",
        "wales",
        "scotland",
        "northern ireland",
        "north east",
        "north west",
        "yorkshire and the humber",
        "east midlands",
        "west midlands",
        "east",
        "east of england",
        "london",
        "south east",
        "south west",
        "yorkshire and humber",
    ];
    let lower = name.trim().to_lowercase().replace('&', "and");
    NAMES.contains(&lower.as_str())
}

/// Whether a cell says `Total` or `Column Total`.
fn says_total(cell: &str) -> bool {
    let lower = cell.to_ascii_lowercase();
    matches!(
        lower.as_str(),
        "total"
            | "column total"
            | "grand total"
            | "totals"
            | "all areas"
            | "england and wales"
            | "great britain"
            | "united kingdom"
            | "uk"
    )
}

/// Whether a code is that of a wider area than a local authority: a country, region, county or combined authority.
pub fn is_wider(code: &str) -> bool {
    const WIDER: [&str; 14] = [
        "K01", "K02", "K03", "K04", "K05", "E92", "W92", "S92", "N92", "E10", "E11", "E12", "E13", "E47",
    ];
    is_code(code) && WIDER.iter().any(|start| code.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::tables::read;

    #[test]
    fn headings_of_the_ons_are_known_in_any_case_with_their_year() {
        for (heading, level, year) in [
            ("LAD17CD", "LAD", Some(2017)),
            ("areacd", "", None),
            ("GEOGRAPHY_CODE", "", None),
            ("CTYUA21CD", "CTYUA", Some(2021)),
            ("LEP17CD1", "LEP", Some(2017)),
            ("msoa11cd", "MSOA", Some(2011)),
        ] {
            let found = code_heading(heading).unwrap();
            assert_eq!((found.level.as_str(), found.year), (level, year), "{heading}");
        }
        for heading in ["lad17nm", "lot", "cd", "E06000001", "cd1", "record"] {
            assert_eq!(code_heading(heading), None, "{heading}");
        }
        assert!(is_name_heading("lad17nm") && is_name_heading("LEP17NM1") && is_name_heading("Local authority"));
    }

    fn roles_of(text: &str) -> Vec<Role> {
        roles(&read("t.csv", text.as_bytes()).unwrap().0)
    }

    #[test]
    fn codes_are_known_by_their_cells_where_no_heading_names_them() {
        let roles = roles_of("where,what,n\nE06000001,Hartlepool,1\nE06000002,Middlesbrough,2\n");
        assert_eq!(roles, [Role::Codes(CodeHeading::default()), Role::Text, Role::Counts]);
        assert_eq!(
            roles_of("Borough,n\nHartlepool,1\nDarlington,c\n"),
            [Role::Names, Role::Counts]
        );
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
    fn rows_of_totals_countries_and_regions_are_known_by_code_or_name() {
        for (code, name) in [
            ("", "England"),
            ("", "Yorkshire & the Humber"),
            ("", "Total"),
            ("E12000001", ""),
            ("K03000001", ""),
        ] {
            assert!(is_total(code, name), "{code} {name}");
        }
        for (code, name) in [
            ("E06000001", "London"),
            ("", "North East Derbyshire"),
            ("", "City of London"),
            ("", ""),
        ] {
            assert!(!is_total(code, name), "{code} {name}");
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
