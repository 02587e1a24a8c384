//! A Route leads from a code to codes of another list, by the changes between them.

use super::CodeChanges;
use crate::domain::AreaCode;

/// How a code of one list fits the areas of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It stands in both.
    Same,
    /// The same area under another code, with little or no change on the ground.
    Recoded,
    /// The area went into a larger one: its figure is a part of that one's.
    Merged,
    /// The area is several of the other list: its figure would have to be divided.
    Divided,
}

/// Where a code leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// How it fits.
    pub fit: Fit,
    /// The areas of the other list, in code order.
    pub to: Vec<AreaCode>,
}

impl CodeChanges {
    /// The way from a code to those areas of another list that `known` tells: itself, or else what it became, or else what it was made of. `None`
    /// where no change leads there.
    pub fn route(&self, code: &AreaCode, known: &impl Fn(&AreaCode) -> bool) -> Option<Route> {
        if known(code) {
            return Some(Route {
                fit: Fit::Same,
                to: vec![code.clone()],
            });
        }
        let forward = self.follow(code, known, &|code| {
            self.successors(code).iter().map(|c| c.new_code.clone()).collect()
        });
        if let Some(to) = forward {
            let fit = match to.as_slice() {
                [one] if self.only_recoded(code, one) => Fit::Recoded,
                [_] => Fit::Merged,
                _ => Fit::Divided,
            };
            return Some(Route { fit, to });
        }
        let backward = self.follow(code, known, &|code| {
            self.predecessors(code).iter().map(|c| c.old_code.clone()).collect()
        });
        backward.map(|to| Route {
            fit: match to.as_slice() {
                [one] if self.only_recoded(one, code) => Fit::Recoded,
                _ => Fit::Divided,
            },
            to,
        })
    }

    /// Areas that `known` tells, going from a code step by step; `None` where some way ends before one is met.
    fn follow(
        &self,
        from: &AreaCode,
        known: &impl Fn(&AreaCode) -> bool,
        step: &dyn Fn(&AreaCode) -> Vec<AreaCode>,
    ) -> Option<Vec<AreaCode>> {
        let (mut open, mut seen, mut met) = (step(from), vec![from.clone()], Vec::new());
        while let Some(code) = open.pop() {
            if seen.contains(&code) {
                continue;
            }
            seen.push(code.clone());
            if known(&code) {
                met.push(code);
                continue;
            }
            let next = step(&code);
            if next.is_empty() {
                return None;
            }
            open.extend(next);
        }
        met.sort();
        (!met.is_empty()).then_some(met)
    }

    /// Whether every area that went into `new`, step by step, is `old` or was it under another code.
    fn only_recoded(&self, old: &AreaCode, new: &AreaCode) -> bool {
        let (mut code, mut steps) = (new.clone(), 0);
        while code != *old && steps <= self.all().len() {
            match self.predecessors(&code).as_slice() {
                [one] => code = one.old_code.clone(),
                _ => return false,
            }
            steps += 1;
        }
        code == *old
    }

    /// Whether figures of `given` codes hold all people of an area: its own, or all of those that it was made of. The codes that are missing otherwise.
    pub fn missing_parts(&self, code: &AreaCode, given: &impl Fn(&AreaCode) -> bool) -> Vec<AreaCode> {
        self.missing(code, given, &mut Vec::new())
    }

    fn missing(&self, code: &AreaCode, given: &impl Fn(&AreaCode) -> bool, seen: &mut Vec<AreaCode>) -> Vec<AreaCode> {
        if given(code) || seen.contains(code) {
            return Vec::new();
        }
        seen.push(code.clone());
        let before = self.predecessors(code);
        let parts: Vec<Vec<AreaCode>> = before
            .iter()
            .map(|change| self.missing(&change.old_code, given, seen))
            .collect();
        let whole = before
            .iter()
            .zip(&parts)
            .all(|(change, missing)| missing.len() == 1 && missing[0] == change.old_code);
        if before.is_empty() || whole {
            // Nothing of it is there: it is missed by its own code.
            return vec![code.clone()];
        }
        parts.into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHANGES: &str = "old_code,old_name,new_code,new_name,kind,year\nA,a,S,West,merged,2019\nB,b,S,West,merged,2019\nC,c,X,All,merged,2023\n\
                           S,West,X,All,merged,2023\nP,p,Q,p,recoded,2013\nQ,p,R,p,recoded,2025\nM,m,N,n,split,2020\nM,m,O,o,split,2020\n";

    fn route(code: &str, known: &[&str]) -> Option<(Fit, Vec<String>)> {
        let changes = CodeChanges::read("c.csv", CHANGES.as_bytes()).unwrap();
        let found = changes.route(&AreaCode::new(code), &|code| known.contains(&code.as_str()))?;
        Some((found.fit, found.to.iter().map(ToString::to_string).collect()))
    }

    #[test]
    fn a_code_leads_forward_by_several_steps_and_backward_where_it_must() {
        let to = |codes: &[&str]| codes.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(route("A", &["A", "S"]), Some((Fit::Same, to(&["A"]))));
        assert_eq!(route("A", &["X"]), Some((Fit::Merged, to(&["X"]))));
        assert_eq!(route("P", &["R"]), Some((Fit::Recoded, to(&["R"]))));
        assert_eq!(route("R", &["P"]), Some((Fit::Recoded, to(&["P"]))));
        assert_eq!(route("X", &["A", "B", "C"]), Some((Fit::Divided, to(&["A", "B", "C"]))));
        assert_eq!(route("M", &["N", "O"]), Some((Fit::Divided, to(&["N", "O"]))));
        assert_eq!(route("X", &["A", "B"]), None, "C is in neither list");
        assert_eq!(route("Z", &["A"]), None);
    }

    #[test]
    fn parts_that_are_missing_are_named() {
        let changes = CodeChanges::read("c.csv", CHANGES.as_bytes()).unwrap();
        let missing = |given: &[&str]| {
            let parts = changes.missing_parts(&AreaCode::new("X"), &|code| given.contains(&code.as_str()));
            parts.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert!(missing(&["X"]).is_empty() && missing(&["A", "B", "C"]).is_empty() && missing(&["S", "C"]).is_empty());
        assert_eq!(missing(&["A", "C"]), ["B"]);
        assert_eq!(missing(&["C"]), ["S"]);
    }

    #[test]
    fn changes_in_a_circle_come_to_an_end() {
        let text = "old_code,old_name,new_code,new_name,kind,year\nA,a,B,b,recoded,2019\nB,b,A,a,recoded,2020\n";
        let changes = CodeChanges::read("c.csv", text.as_bytes()).unwrap();
        assert_eq!(changes.route(&AreaCode::new("A"), &|code| code.as_str() == "C"), None);
        changes.missing_parts(&AreaCode::new("A"), &|_| false);
    }
}
