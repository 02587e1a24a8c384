//! Groups from shapes: which areas lie in the outline of which group, where no table says so.

use super::boundaries;
use super::boundary::{BoundarySet, BoundarySource};
use super::coordinates::{self, Plane};
use super::layer::Layer;
use super::membership::{Grouping, Member};
use crate::domain::words::{count, decimal, list};
use crate::domain::{Finding, Findings};
use crate::geo::{Labels, Outline, Rigour, SharesOfPeople, SmallArea};

/// Part of an area from which on it counts as lying wholly in a group: outlines drawn at two scales differ by so much.
const WHOLE: f64 = 0.9;

/// Part of an area below which a group does not hold it at all.
const NONE: f64 = 0.1;

impl Grouping {
    /// A grouping from the outlines of its groups: an area goes with every group that holds nine tenths of it, since groups may
    /// share land; an area that is cut goes with the group that holds most of it, if that is half or more. Shares are of land, or of the people of
    /// `small` areas where these are given. Crooked outlines are repaired as far as `rigour` allows, each with a finding.
    ///
    /// # Errors
    /// What cannot be read or placed, and outlines that may not be repaired, as [`BoundarySet::read_with`]; M601 where no group holds an area.
    pub fn of_shapes(
        name: &str,
        source: &BoundarySource<'_>,
        set: &BoundarySet,
        small: Option<&[SmallArea]>,
        rigour: Rigour,
    ) -> Result<(Self, Findings), Findings> {
        let boundaries::Read {
            kind,
            layer,
            columns,
            told: mut findings,
        } = boundaries::of_source(source)?;

        let plane = coordinates::on_plane(source, kind, &layer, Some(&set.frame), &mut findings);
        let Some(plane) = plane else { return Err(findings) };
        let names: Vec<String> = layer
            .features
            .iter()
            .map(|f| {
                let named = columns.name.as_ref().and_then(|key| f.text(key));
                named
                    .or_else(|| columns.code_of(f))
                    .unwrap_or_else(|| format!("feature {}", f.number))
            })
            .collect();
        let outlines = sound(source.file, &layer, &plane, &names, rigour, &mut findings);
        if findings.has_errors() {
            return Err(findings);
        }
        let placing = Placing {
            file: source.file,
            names: &names,
            set,
            by: if small.is_some() { "by people " } else { "" },
        };
        let shares = placing.shares(&outlines, small, &mut findings);
        let rows = placing.rows(&shares, &mut findings);
        if rows.is_empty() {
            let message = "holds no area: none of its outlines has half of one";
            let help = "check that both files are of the same part of the country";
            findings.push(Finding::error("M601", source.file, message, help));
        }
        findings.gate(Self {
            name: name.to_string(),
            rows,
            file: source.file.to_string(),
        })
    }
}

/// The outlines of all features, each held by itself to the rules of an area, since groups may share land.
fn sound(
    file: &str,
    layer: &Layer,
    plane: &Plane,
    names: &[String],
    rigour: Rigour,
    findings: &mut Findings,
) -> Vec<Outline> {
    let labels = Labels {
        file,
        names: &[],
        locate: &|vertex| plane.locate(vertex),
    };
    let mut outlines = Vec::with_capacity(names.len());
    for ((shape, feature), name) in plane.shapes.iter().zip(&layer.features).zip(names) {
        // What is no polygon is told already.
        if feature.other_geometry.is_some() {
            continue;
        }
        let name = format!("feature {} ({name})", feature.number);
        match Outline::mended(shape, rigour, &name, &labels) {
            Ok((outline, told)) => {
                // Gaps inside a group are no fault of it: they may be land of another, or water.
                findings.0.extend(told.0.into_iter().filter(|told| told.code != "G109"));
                outlines.push(outline);
            }
            Err(faults) => findings.extend(faults),
        }
    }
    outlines
}

/// Areas placed in groups, with what there is to say about those that do not fit.
struct Placing<'a> {
    file: &'a str,
    names: &'a [String],
    set: &'a BoundarySet,
    /// What shares are counted by, where it is not land.
    by: &'static str,
}

impl Placing<'_> {
    /// For every area its shares in the outlines: of the people, or of the land where none are known.
    fn shares(
        &self,
        outlines: &[Outline],
        small: Option<&[SmallArea]>,
        findings: &mut Findings,
    ) -> Vec<Vec<(usize, f64)>> {
        let Some(small) = small else {
            return self.set.coverage.shares(outlines);
        };
        let people = self.set.coverage.shares_of_people(outlines, small);
        findings.push(self.counted(small, &people));
        let unknown: Vec<usize> = (0..people.of_areas.len())
            .filter(|&area| people.of_areas[area].is_none())
            .collect();
        if unknown.is_empty() {
            return people.of_areas.into_iter().flatten().collect();
        }
        findings.push(self.by_land(&unknown));
        let land = self.set.coverage.shares(outlines);
        let shares = people.of_areas.into_iter().zip(land);
        shares.map(|(people, land)| people.unwrap_or(land)).collect()
    }

    fn counted(&self, small: &[SmallArea], people: &SharesOfPeople) -> Finding {
        let all: f64 = small.iter().map(|one| one.people).sum();
        let mut message = format!(
            "areas are shared by the {} people of {}",
            decimal(all),
            count(small.len(), "small area", "small areas")
        );
        if people.outside.0 > 0 {
            message += &format!(
                ", but for {} that lie in no area, with {} people",
                people.outside.0,
                decimal(people.outside.1)
            );
        }
        let help = "none is needed where the small areas outside are of another part of the country";
        Finding::note("M606", self.file, message, help)
    }

    fn by_land(&self, areas: &[usize]) -> Finding {
        let names: Vec<&str> = areas.iter().map(|&area| self.set.places[area].name.as_str()).collect();
        let what = count(names.len(), "area has", "areas have");
        let message = format!(
            "{what} nobody in the small areas and is shared by land: {}",
            list(&names, 12)
        );
        let help = "check that the small areas cover it, and that their people are filled in";
        Finding::warning("M605", self.file, message, help)
    }

    fn rows(&self, shares: &[Vec<(usize, f64)>], findings: &mut Findings) -> Vec<Member> {
        let mut rows = Vec::new();
        let mut snapped: Vec<(f64, usize)> = Vec::new();
        for (area, held) in shares.iter().enumerate() {
            let whole: Vec<&(usize, f64)> = held.iter().filter(|(_, share)| *share >= WHOLE).collect();
            rows.extend(whole.iter().map(|&&(group, _)| self.member(area, group)));
            let rounded = whole.iter().map(|&&(_, share)| share).filter(|&share| share < 0.9995);
            snapped.extend(rounded.map(|share| (share, area)));
            if whole.is_empty() && held.first().is_some_and(|(_, share)| *share >= NONE) {
                let most = held[0].0;
                let goes = held[0].1 >= 0.5;
                rows.extend(goes.then(|| self.member(area, most)));
                findings.push(self.cut(area, held, goes));
            }
        }
        findings.0.extend(self.snapped(&snapped));
        rows
    }

    fn member(&self, area: usize, group: usize) -> Member {
        Member {
            code: self.set.places[area].code.clone(),
            value: self.names[group].clone(),
            status: None,
            line: group + 1,
        }
    }

    fn cut(&self, area: usize, held: &[(usize, f64)], goes: bool) -> Finding {
        let parts: Vec<String> = held
            .iter()
            .filter(|(_, share)| *share >= 0.0005)
            .map(|&(group, share)| format!("{:.1} % in {}", 100.0 * share, self.names[group]))
            .collect();
        let place = &self.set.places[area];
        let outcome = if goes {
            format!("it goes with {}", self.names[held[0].0])
        } else {
            "it goes with none".to_string()
        };
        let message = format!(
            "{} {} lies {}{}; {outcome}",
            place.code,
            place.name,
            self.by,
            parts.join(", ")
        );
        let help = "if that is not meant, give a table of members instead, or areas that the outlines do not cut";
        Finding::warning("M602", self.file, message, help)
    }

    fn snapped(&self, snapped: &[(f64, usize)]) -> Option<Finding> {
        let &(least, area) = snapped.iter().min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))?;
        let place = &self.set.places[area];
        let message = format!(
            "{} memberships of areas that lie nearly wholly in a group count as whole; the least is {:.1} % {}of {} {}",
            snapped.len(),
            100.0 * least,
            self.by,
            place.code,
            place.name
        );
        Some(Finding::note("M603", self.file, message, "nothing needs doing"))
    }
}
