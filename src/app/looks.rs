//! What the colours of a map may mean: a measure that is named, or what moves between two plans.

use std::path::Path;

use ::geo::MultiLineString;

use super::export::{ExportOptions, lacking_letters, name_of_plan};
use super::load::Case;
use super::outputs::Files;
use super::plans::Judged;
use crate::domain::Finding;
use crate::report::svg::{Drawing, Look, Measured, MovedArea, Moves, Paper, Shading, measures_of};
use crate::report::{ReportError, svg};
use crate::verify::VerifiedPlan;

/// Lots that hold an area, with their shares of it.
type Held = Vec<(usize, f64)>;

impl Case {
    /// The look of a word: `lots`, or a measure of areas or lots.
    ///
    /// # Errors
    /// A sentence with all words, for another one.
    pub fn look(&self, word: &str, judged: &Judged) -> Result<Look, String> {
        if word == "lots" {
            return Ok(Look::Lots);
        }
        let answer = self.answer_of_plan(judged, &judged.plan, 0.0);
        let measured = Measured::of_word(word, &answer, &self.map(&judged.plan));
        let measured = measured.ok_or_else(|| format!("a map can show lots, {}", measures_of(&answer).join(", ")))?;
        Ok(Look::Shaded(Shading::new(measured)))
    }

    /// The look of what moves from one plan to another; `names` say both in a few words. Lots of the plan before are matched with those of the plan now,
    /// so that an area moves only where it leaves the lots that belong together; they are told by their own labels.
    pub fn look_of_moves(&self, before: &Judged, now: &Judged, names: [&str; 2]) -> Look {
        let matched = self.relabelled(&now.plan, &before.plan);
        let areas = 0..self.problem.areas().len();
        let held =
            |plan: &VerifiedPlan| -> Vec<Held> { areas.clone().map(|area| self.lots_of_area(plan, area)).collect() };
        let (was, same, is) = (held(&before.plan), held(&matched), held(&now.plan));
        let label = |plan: &VerifiedPlan, lots: &[(usize, f64)]| {
            let lots: Vec<String> = lots
                .iter()
                .map(|&(lot, _)| plan.plan().lots()[lot].to_string())
                .collect();
            (!lots.is_empty()).then(|| lots.join(" and "))
        };
        let moved = areas.clone().filter_map(|area| {
            let [was, same, is] = [&was, &same, &is].map(|plan| &plan[area]);
            let to = label(&now.plan, is);
            (label(&matched, same) != to).then(|| MovedArea {
                area,
                from: label(&before.plan, was),
                to,
                volume: self.problem.areas()[area].volume.as_people(),
            })
        });
        let areas: Vec<MovedArea> = moved.collect();
        let volume = areas.iter().map(|one| self.problem.areas()[one.area].volume).sum();
        Look::Moved(Moves {
            before: names[0].to_owned(),
            now: names[1].to_owned(),
            value_gbp: self
                .problem
                .funding()
                .lets_money()
                .then(|| self.problem.contract_value(volume).as_pounds()),
            areas,
            old_borders: self.borders_that_went(&was, &is),
        })
    }

    /// Borders of lots before that run within a lot now.
    fn borders_that_went(&self, was: &[Held], is: &[Held]) -> MultiLineString<f64> {
        let mut area_at = vec![None; self.boundaries.places.len()];
        for (area, &place) in self.places.iter().enumerate() {
            area_at[place] = Some(area);
        }
        let lots = |plan: &[Held], place: usize| area_at[place].map(|area| plan[area].clone());
        let parts = |plan: &[Held], left, right| lots(plan, left) != lots(plan, right);
        let inside = |left: usize, right: usize| area_at[left].is_some() && area_at[right].is_some();
        self.lines(|left, right| inside(left, right) && parts(was, left, right) && !parts(is, left, right))
    }

    /// Plans side by side as small maps on one page, each under its name, lots relabelled to match the first so that equal labels have equal colours.
    ///
    /// # Errors
    /// As [`svg::multiples`].
    pub fn multiples(
        &self,
        plans: &[Judged],
        names: &[String],
        options: &ExportOptions,
    ) -> Result<Drawing, ReportError> {
        let matched = self.matched(plans);
        let each = plans.iter().zip(&matched).zip(names);
        let panes: Vec<svg::Pane> = each
            .map(|((judged, plan), name)| svg::Pane {
                name: name.clone(),
                answer: self.answer_of_plan(judged, plan, 0.0),
                map: self.map(plan),
            })
            .collect();
        svg::multiples(&panes, &options.map)
    }

    /// The same as files: `maps.svg` and, to print on A4, `maps.pdf`. A design is called as its file is, without its folder and in quotes.
    /// Letters that the latter cannot show are told (`S501`).
    ///
    /// # Errors
    /// As [`Case::multiples`].
    pub fn files_of_multiples(&self, plans: &[Judged]) -> Result<(Files, Option<Finding>), ReportError> {
        let named = |judged: &Judged| name_of_plan(Path::new(&judged.input.file));
        let names: Vec<String> = plans.iter().map(named).collect();
        let mut options = ExportOptions::default();
        let screen = self.multiples(plans, &names, &options)?.svg();
        options.map.paper = Paper::A4;
        let printed = self.multiples(plans, &names, &options)?;
        let told = lacking_letters(&printed, "maps.pdf");
        Ok((
            vec![("maps.svg", screen.into_bytes()), ("maps.pdf", printed.pdf()?)],
            told,
        ))
    }
}
