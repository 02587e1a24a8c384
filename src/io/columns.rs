//! The columns of a table: which hold codes, names and measures, and what their rows are of.

use super::delimited::is_code;
use super::measures::{ENOUGH, Label, said_by_cells, said_by_words};
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
pub(crate) fn name_level(heading: &str) -> Option<String> {
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

/// Whether a row is of no area of its own: its code is that of a country, region or county, or it has no code and says `Total`, the name of a country or region, or `Unknown`.
pub fn is_total(code: &str, name: &str) -> bool {
    let by_name = |cell: &str| says_total(cell) || names_wider(cell) || says_nowhere(cell);
    is_wider(code) || says_total(code) || says_nowhere(code) || (!is_code(code) && by_name(name))
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

/// Whether a cell says that it counts people of no known place, as the row `Unknown` of Stat-Xplore does.
fn says_nowhere(cell: &str) -> bool {
    const NOWHERE: [&str; 7] = [
        "unknown",
        "not known",
        "unallocated",
        "unassigned",
        "abroad",
        "overseas",
        "unknown local authority",
    ];
    NOWHERE.contains(&cell.to_lowercase().as_str())
}

/// Whether a cell says `Total`, `Column Total` or `Total Wales`; no authority is called so.
pub(super) fn says_total(cell: &str) -> bool {
    let lower = cell.to_ascii_lowercase();
    let begins_or_ends = lower.starts_with("total ") || lower.starts_with("total:") || lower.ends_with(" total");
    begins_or_ends
        || matches!(
            lower.as_str(),
            "total"
                | "totals"
                | "sum"
                | "all"
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
    fn rows_of_totals_countries_and_regions_are_known_by_code_or_name() {
        for (code, name) in [
            ("", "England"),
            ("", "Yorkshire & the Humber"),
            ("", "Total"),
            ("", "England total"),
            ("", "Unknown"),
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
}
