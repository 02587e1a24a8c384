//! The two tables: what each contract package area holds, and authorities by area.

use super::super::Publication;
use super::gazetteer::Gazetteer;
use crate::report::csv_text::written;
use crate::report::{MapArea, ReportError, words};

/// A contract package area, which is a lot, with what it holds in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Cpa {
    /// Its label.
    pub lot_id: String,
    /// Its name.
    pub name: String,
    /// What it holds.
    pub words: String,
    /// Authorities in it, wholly or in part.
    pub authorities: usize,
    /// People.
    pub people: f64,
}

/// An authority in a contract package area.
#[derive(Clone, Debug, PartialEq)]
pub struct CpaAuthority {
    /// Label of the area; `None` where the authority is in none.
    pub lot_id: Option<String>,
    /// Name of the area.
    pub lot_name: Option<String>,
    /// Code of the authority.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The part of it that is in the area.
    pub share: f64,
}

/// Every contract package area with what it holds; authorities that are shared between several are named as parts.
pub fn cpas(from: &Publication<'_>) -> Vec<Cpa> {
    let gazetteer = Gazetteer::new(from.atlas);
    let one = |(k, lot): (usize, &crate::report::LotAnswer)| {
        let held = from.map.areas.iter().zip(&from.atlas.places);
        let held: Vec<(&MapArea, usize, f64)> = held
            .filter_map(|(area, &place)| Some((area, place, area.lots.iter().find(|held| held.0 == k)?.1)))
            .collect();
        let whole: Vec<usize> = held.iter().filter(|held| held.2 >= 1.0).map(|held| held.1).collect();
        let parts = held.iter().filter(|held| held.2 < 1.0);
        let parts = parts.map(|held| format!("part of {} ({})", gazetteer.area(held.1), words::percent(held.2)));
        let whole = gazetteer.describe(&whole).text;
        let texts: Vec<String> = Some(whole)
            .into_iter()
            .filter(|text| !text.is_empty())
            .chain(parts)
            .collect();
        Cpa {
            lot_id: lot.lot_id.clone(),
            name: lot.name.clone(),
            words: texts.join("; "),
            authorities: held.len(),
            people: lot.volume,
        }
    };
    from.answer.lots.iter().enumerate().map(one).collect()
}

/// Authorities by contract package area, in the order of the areas and then of their names; those in none come last.
pub fn authorities(from: &Publication<'_>) -> Vec<CpaAuthority> {
    let mut rows: Vec<(usize, &MapArea, f64)> = Vec::new();
    for area in &from.map.areas {
        let held: f64 = area.lots.iter().map(|lot| lot.1).sum();
        rows.extend(area.lots.iter().map(|&(lot, share)| (lot, area, share)));
        if held < 1.0 - 1e-6 {
            rows.push((usize::MAX, area, 1.0 - held));
        }
    }
    rows.sort_by(|a, b| (a.0, &a.1.name, &a.1.code).cmp(&(b.0, &b.1.name, &b.1.code)));
    let row = |(lot, area, share): (usize, &MapArea, f64)| {
        let lot = from.answer.lots.get(lot);
        CpaAuthority {
            lot_id: lot.map(|lot| lot.lot_id.clone()),
            lot_name: lot.map(|lot| lot.name.clone()),
            code: area.code.clone(),
            name: area.name.clone(),
            share,
        }
    };
    rows.into_iter().map(row).collect()
}

/// The first table as comma-separated values: `lot_id,name,areas_in_words,authorities,people`.
///
/// # Errors
/// If the writer fails, which only lack of memory can bring about.
pub fn cpa_areas_csv(from: &Publication<'_>) -> Result<String, ReportError> {
    let header = ["lot_id", "name", "areas_in_words", "authorities", "people"];
    let row = |cpa: Cpa| {
        [
            cpa.lot_id,
            cpa.name,
            cpa.words,
            cpa.authorities.to_string(),
            cpa.people.to_string(),
        ]
    };
    written(header, cpas(from).into_iter().map(row))
}

/// The second table as comma-separated values: `lot_id,name,area_code,area_name,share`.
///
/// # Errors
/// If the writer fails, which only lack of memory can bring about.
pub fn cpa_authorities_csv(from: &Publication<'_>) -> Result<String, ReportError> {
    let header = ["lot_id", "name", "area_code", "area_name", "share"];
    let row = |one: CpaAuthority| {
        let label = [one.lot_id, one.lot_name].map(Option::unwrap_or_default);
        let [lot_id, lot_name] = label;
        [lot_id, lot_name, one.code, one.name, one.share.to_string()]
    };
    written(header, authorities(from).into_iter().map(row))
}
