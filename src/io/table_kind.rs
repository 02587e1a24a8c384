//! A TableKind says what a table is, by its content and never by its name.

use super::tables::encoding::{decode, is_text};

/// Kinds of table that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableKind {
    /// Values separated by commas, semicolons or bars.
    Csv,
    /// Values separated by tabs.
    Tsv,
    /// A query of Nomis: title lines, a table, notes.
    NomisQuery,
    /// The programming interface of Nomis: one row an observation, with `GEOGRAPHY_CODE` and `OBS_VALUE`.
    NomisApi,
    /// A table of Stat-Xplore saved as CSV.
    StatXploreCsv,
    /// The answer of the programming interface of Stat-Xplore.
    StatXploreJson,
    /// A workbook of Office Open XML.
    Xlsx,
    /// A workbook of OpenDocument.
    Ods,
}

/// How much of a text is looked at.
const LOOKED_AT: usize = 65_536;

impl TableKind {
    /// What the bytes are; `None` where they are no table.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"PK\x03\x04") {
            return workbook(bytes);
        }
        if bytes.starts_with(b"%PDF") {
            return None;
        }
        let text = decode(&bytes[..bytes.len().min(LOOKED_AT)]).0;
        let start = text.trim_start();
        if start.starts_with('{') {
            // The members stand in any order, and `cubes` may come after a long list of items.
            return (holds(bytes, b"\"cubes\"") && holds(bytes, b"\"fields\"")).then_some(Self::StatXploreJson);
        }
        if start.starts_with(['<', '[']) && !start.starts_with("[from") || !is_text(&text) {
            return None;
        }
        Some(of_text(&text))
    }

    /// What to call it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Csv => "CSV table",
            Self::Tsv => "tab-separated table",
            Self::NomisQuery => "Nomis query (CSV)",
            Self::NomisApi => "Nomis API table (CSV)",
            Self::StatXploreCsv => "Stat-Xplore table (CSV)",
            Self::StatXploreJson => "Stat-Xplore table (JSON)",
            Self::Xlsx => "XLSX workbook",
            Self::Ods => "ODS workbook",
        }
    }

    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::NomisQuery => "nomis_query",
            Self::NomisApi => "nomis_api",
            Self::StatXploreCsv => "stat_xplore_csv",
            Self::StatXploreJson => "stat_xplore_json",
            Self::Xlsx => "xlsx",
            Self::Ods => "ods",
        }
    }

    /// Whether `..` stands for nothing or nearly nothing, as Stat-Xplore writes it.
    pub fn dots_are_negligible(self) -> bool {
        matches!(self, Self::StatXploreCsv | Self::StatXploreJson)
    }
}

fn workbook(bytes: &[u8]) -> Option<TableKind> {
    const ODS: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
    let first = &bytes[..bytes.len().min(256)];
    if holds(first, ODS) {
        return Some(TableKind::Ods);
    }
    holds(bytes, b"xl/workbook.xml").then_some(TableKind::Xlsx)
}

fn of_text(text: &str) -> TableKind {
    let lower = text.to_ascii_lowercase();
    let head = lower.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if head.contains("obs_value") && head.contains("geography") {
        return TableKind::NomisApi;
    }
    if lower.contains("from nomis on") || lower.contains("\"mnemonic\"") {
        return TableKind::NomisQuery;
    }
    if lower.contains("stat-xplore")
        || lower
            .lines()
            .take(12)
            .any(|line| line.trim_matches('"').starts_with("counting:"))
    {
        return TableKind::StatXploreCsv;
    }
    if head.contains('\t') && head.matches('\t').count() >= head.matches(',').count() {
        return TableKind::Tsv;
    }
    TableKind::Csv
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_known_by_what_it_holds() {
        for (text, kind) in [
            ("area_code,people\nE06000001,1\n", Some(TableKind::Csv)),
            ("area_code\tpeople\nE06000001\t1\n", Some(TableKind::Tsv)),
            (
                "\"Claimants\"\n\"ONS Crown Copyright Reserved [from Nomis on 3 March 2017]\"\n",
                Some(TableKind::NomisQuery),
            ),
            ("\"DATE\",\"GEOGRAPHY_CODE\",\"OBS_VALUE\"\n", Some(TableKind::NomisApi)),
            ("\"ESA\"\n\"Counting: Caseload\"\n", Some(TableKind::StatXploreCsv)),
            ("{\"fields\":[],\"cubes\":{}}", Some(TableKind::StatXploreJson)),
            ("{\"type\":\"FeatureCollection\",\"features\":[]}", None),
            ("<html><body>Not found</body></html>", None),
            ("SQLite format 3\u{0}\u{10}\u{0}", None),
            ("PK\u{3}\u{4} areas.shp", None),
        ] {
            assert_eq!(TableKind::of(text.as_bytes()), kind, "{text}");
        }
    }
}
