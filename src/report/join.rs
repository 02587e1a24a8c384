//! A JoinAnswer says what became of every row of a table that was joined with the areas.

use serde::{Deserialize, Serialize};

/// The join of one table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct JoinAnswer {
    /// Name of the file.
    pub file: String,
    /// `volumes` or `membership`.
    pub role: String,
    /// What the file is, such as `csv` or `nomis_query`.
    pub kind: String,
    /// The column that was read.
    pub column: String,
    /// Years of the codes, such as `2019 to 2022`; empty where the codes do not tell.
    pub vintage: String,
    /// How many rows came out how.
    pub counts: JoinCounts,
    /// Codes of the rows of volumes that matched an area and whose figure is known exactly.
    pub matched: Vec<String>,
    /// Codes of the rows of areas that are in the boundaries and take no part; counted as extra.
    pub outside: Vec<String>,
    /// All other rows; of a table of memberships there are none.
    pub rows: Vec<JoinRowAnswer>,
    /// Codes of areas that take part and have no row.
    pub missing: Vec<String>,
    /// Lines above and below the table.
    pub aside: Vec<String>,
}

/// How many rows came out how. Every row is one of the first seven.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinCounts {
    /// Rows of the table.
    pub rows: usize,
    /// Their code or name is that of an area.
    pub matched: usize,
    /// Their code was replaced by that of an area.
    pub recoded: usize,
    /// Summed into the larger area that they became a part of.
    pub merged: usize,
    /// Divided among several areas: the parts are estimates.
    pub estimated: usize,
    /// Totals, wider areas, and areas that take no part.
    pub extra: usize,
    /// Their people stand in another row too.
    pub duplicated: usize,
    /// Their name may be that of several areas.
    pub ambiguous: usize,
    /// Of all rows, those joined by their name.
    pub named: usize,
    /// Of all rows that are used, those whose cell is suppressed or blank.
    pub suppressed: usize,
    /// Of all rows that are used, those whose cell is nothing or next to nothing.
    pub negligible: usize,
    /// Of all rows that are used, those whose cell is no figure that can be read; absent where there are none.
    #[serde(default, skip_serializing_if = "is_none")]
    pub unread: usize,
    /// Of all rows that are used, those whose figure is rounded.
    pub rounded: usize,
    /// Areas that take part and have no row.
    pub missing: usize,
}

fn is_none(number: &usize) -> bool {
    *number == 0
}

/// What became of a row.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct JoinRowAnswer {
    /// Line in the file.
    pub line: usize,
    /// Its code, or that of the area with its name.
    pub code: String,
    /// Its name, where the table has names.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// `matched`, `recoded`, `merged`, `estimated`, `extra`, `duplicated` or `ambiguous`.
    pub outcome: String,
    /// Codes of the areas that it went to.
    pub areas: Vec<String>,
    /// `exact`, `rounded`, `suppressed`, `negligible` or `unread`.
    pub cell: String,
    /// The least people that it can be; null where nothing is taken for a suppressed cell.
    pub low: Option<f64>,
    /// What is taken for it.
    pub middle: Option<f64>,
    /// The most that it can be.
    pub high: Option<f64>,
    /// More, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub how: String,
}

impl JoinAnswer {
    /// The counts in a sentence: `348 rows: 346 matched, 2 extra; 2 suppressed`.
    pub fn words(&self) -> String {
        let c = &self.counts;
        let told = |pairs: &[(usize, &str)]| {
            let kept = pairs
                .iter()
                .filter(|(number, _)| *number > 0)
                .map(|(number, word)| format!("{number} {word}"));
            kept.collect::<Vec<_>>().join(", ")
        };
        let came_out = told(&[
            (c.matched, "matched"),
            (c.recoded, "recoded"),
            (c.merged, "merged"),
            (c.estimated, "estimated"),
            (c.extra, "extra"),
            (c.duplicated, "duplicated"),
            (c.ambiguous, "ambiguous"),
        ]);
        let besides = told(&[
            (c.named, "by name"),
            (c.suppressed, "suppressed"),
            (c.negligible, "negligible"),
            (c.unread, "unread"),
            (c.rounded, "rounded"),
            (c.missing, "missing"),
        ]);
        let mut words = format!("{} {}: {came_out}", c.rows, if c.rows == 1 { "row" } else { "rows" });
        if !besides.is_empty() {
            words.push_str(&format!("; {besides}"));
        }
        words
    }

    /// Whether every row matched an area that takes part and is known exactly.
    pub fn is_plain(&self) -> bool {
        self.rows.is_empty() && self.missing.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_told_where_there_is_something_to_count() {
        let join = JoinAnswer {
            counts: JoinCounts {
                rows: 5,
                matched: 3,
                merged: 2,
                suppressed: 1,
                ..JoinCounts::default()
            },
            ..JoinAnswer::default()
        };
        assert_eq!(join.words(), "5 rows: 3 matched, 2 merged; 1 suppressed");
    }
}
