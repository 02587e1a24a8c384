//! Areas of one year as those of a later one: merged and recoded as the table of changes tells.

use std::collections::BTreeMap;

use super::CodeChanges;
use super::boundary::{BoundarySet, Place};
use crate::domain::words::{count, list};
use crate::domain::{AreaCode, BorderKind, Finding, Findings, Point};

/// How many areas a finding names.
const NAMED: usize = 12;

impl CodeChanges {
    /// What a code has become by a year: itself where nothing took its place, several where it was split.
    pub fn in_year(&self, code: &AreaCode, year: u16) -> Vec<AreaCode> {
        let (mut open, mut seen, mut ends) = (vec![code.clone()], Vec::new(), Vec::new());
        while let Some(code) = open.pop() {
            if seen.contains(&code) {
                continue;
            }
            let after = self.successors(&code);
            let mut next = after
                .iter()
                .filter(|c| c.year <= year)
                .map(|c| c.new_code.clone())
                .peekable();
            if next.peek().is_none() {
                ends.push(code.clone());
            }
            open.extend(next);
            seen.push(code);
        }
        ends.sort();
        ends
    }

    fn new_name(&self, code: &AreaCode) -> Option<&str> {
        self.predecessors(code).first().map(|change| change.new_name.as_str())
    }
}

impl BoundarySet {
    /// The areas as they were in a later year. Shapes of areas that merged are joined along their common borders; the centre of an area is the mean of
    /// those of its parts, and it is in every group that one of them is in.
    ///
    /// # Errors
    /// `G313`: an area began after that year, was split by then, or lacks a part.
    pub fn forward_to(self, year: u16, changes: &CodeChanges) -> Result<(Self, Findings), Findings> {
        let became = self.became(year, changes)?;
        let codes: Vec<AreaCode> = became.keys().cloned().collect();
        let mut labels = vec![None; self.places.len()];
        for (new, parts) in became.values().enumerate() {
            parts.iter().for_each(|&part| labels[part] = Some(new));
        }
        let exact = self.exact_pairs(&labels);
        let coverage = self.coverage.dissolve(&labels, codes.len()).told_exact(&exact);
        let places = became
            .iter()
            .map(|(code, parts)| self.joined(code, parts, changes))
            .collect();
        let mut findings = Findings::default();
        findings.push(self.told(year, &became, changes));
        let mut set = Self {
            places,
            coverage,
            ..self
        };
        set.provenance.title += &format!(", merged forward to {year}");
        let from = std::mem::take(&mut set.provenance.vintage);
        set.provenance.vintage = match from.as_str() {
            "" => year.to_string(),
            from => format!("{year} (merged forward from {from})"),
        };
        Ok((set, findings))
    }

    /// Codes of that year with the places of the parts of each.
    fn became(&self, year: u16, changes: &CodeChanges) -> Result<BTreeMap<AreaCode, Vec<usize>>, Findings> {
        let mut findings = Findings::default();
        let mut became: BTreeMap<AreaCode, Vec<usize>> = BTreeMap::new();
        let help = "give boundaries of that year or of one before it, or another year in areas.forward_to";
        let mut refuse = |message: String| findings.push(Finding::error("G313", &self.file, message, help));
        for (k, place) in self.places.iter().enumerate() {
            let began = changes.predecessors(&place.code).iter().map(|c| c.year).max();
            if let Some(began) = began.filter(|began| *began > year) {
                refuse(format!(
                    "{} {} began in {began}, after {year}, and what it was before is not drawn",
                    place.code, place.name
                ));
            }
            match changes.in_year(&place.code, year).as_slice() {
                [one] => became.entry(one.clone()).or_default().push(k),
                several => refuse(format!(
                    "{} {} was divided by {year}, among {}",
                    place.code,
                    place.name,
                    list(
                        several.iter().map(AreaCode::as_str).collect::<Vec<_>>().as_slice(),
                        NAMED
                    )
                )),
            }
        }
        for code in became.keys().filter(|code| self.find(code).is_none()) {
            let missing = changes.missing_parts(code, &|part| self.find(part).is_some());
            if !missing.is_empty() {
                let names: Vec<&str> = missing.iter().map(AreaCode::as_str).collect();
                let name = changes.new_name(code).unwrap_or_default();
                refuse(format!("{code} {name} would lack {}", list(&names, NAMED)));
            }
        }
        findings.gate(became).map(|(became, _)| became)
    }

    /// Pairs of new areas of which two parts have an exact border.
    fn exact_pairs(&self, labels: &[Option<usize>]) -> Vec<(usize, usize)> {
        let exact = self
            .coverage
            .borders()
            .into_iter()
            .filter(|border| border.kind == BorderKind::Exact);
        let mut pairs: Vec<(usize, usize)> = exact
            .filter_map(|border| Some((labels[border.from]?, labels[border.to]?)))
            .map(|(a, b)| (a.min(b), a.max(b)))
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    fn joined(&self, code: &AreaCode, parts: &[usize], changes: &CodeChanges) -> Place {
        let mean = |of: fn(Point) -> f64| {
            parts.iter().map(|&part| of(self.places[part].centre)).sum::<f64>() / parts.len().max(1) as f64
        };
        let own = self.find(code).map(|k| self.places[k].name.clone());
        let mut groups: Vec<(String, String)> = Vec::new();
        for group in parts.iter().flat_map(|&part| &self.places[part].groups) {
            if !groups.contains(group) {
                groups.push(group.clone());
            }
        }
        Place {
            code: code.clone(),
            name: own
                .or_else(|| changes.new_name(code).map(str::to_string))
                .unwrap_or_else(|| code.to_string()),
            centre: Point {
                easting: mean(|centre| centre.easting),
                northing: mean(|centre| centre.northing),
            },
            groups,
        }
    }

    fn told(&self, year: u16, became: &BTreeMap<AreaCode, Vec<usize>>, changes: &CodeChanges) -> Finding {
        let new = became.iter().filter(|(code, _)| self.find(code).is_none());
        let (merged, recoded): (Vec<_>, Vec<_>) = new.partition(|(_, parts)| parts.len() > 1);
        let words = merged.iter().map(|(code, parts)| {
            let name = changes.new_name(code).unwrap_or_default();
            format!("{name} ({code}) from {}", parts.len())
        });
        let words: Vec<String> = words.collect();
        let mut message = format!(
            "{} are {} in {year}",
            count(self.places.len(), "area", "areas"),
            became.len()
        );
        if !words.is_empty() {
            message += &format!("; merged: {}", list(&words, NAMED));
        }
        if !recoded.is_empty() {
            let codes: Vec<&str> = recoded.iter().map(|(code, _)| code.as_str()).collect();
            message += &format!("; under another code: {}", list(&codes, NAMED));
        }
        let last = changes.all().iter().map(|change| change.year).max().unwrap_or_default();
        if year > last {
            message += &format!("; the table of changes ends with {last}");
            let help = "check whether areas changed since, and add what did to the table of changes";
            return Finding::warning("G111", &self.file, message, help);
        }
        let help = "none is needed; what stands with codes of other years is carried forward too";
        Finding::note("G111", &self.file, message, help)
    }
}
