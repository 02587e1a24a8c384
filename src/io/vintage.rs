//! A Vintage is the years in which a list of codes was in force.

use super::CodeChanges;
use crate::domain::AreaCode;

/// The years in which all codes of a list were in force, as far as the changes tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vintage {
    /// The first such year, with the code that began in it.
    pub from: Option<(u16, AreaCode)>,
    /// The last such year, with the code that ended after it.
    pub until: Option<(u16, AreaCode)>,
    /// Year that the heading of the column names.
    pub heading: Option<u16>,
}

impl Vintage {
    /// Whether no year fits all codes: figures of several lists stand in one table.
    pub fn is_mixed(&self) -> bool {
        self.from
            .as_ref()
            .zip(self.until.as_ref())
            .is_some_and(|(from, until)| from.0 > until.0)
    }

    /// Whether the heading names a year in which the codes were not all in force. Codes change in April and lists are dated by their month, so a year either side is
    /// let pass.
    pub fn belies_heading(&self) -> bool {
        self.heading.is_some_and(|year| {
            self.from
                .as_ref()
                .is_some_and(|(from, _)| from.saturating_sub(1) > year)
                || self
                    .until
                    .as_ref()
                    .is_some_and(|(until, _)| year > until.saturating_add(1))
        })
    }

    /// In words: `2019 to 2022`, `2023 or later`, `2018 or earlier`; empty where nothing tells.
    pub fn words(&self) -> String {
        match (&self.from, &self.until) {
            _ if self.is_mixed() => "mixed".into(),
            (Some((from, _)), Some((until, _))) if from == until => from.to_string(),
            (Some((from, _)), Some((until, _))) => format!("{from} to {until}"),
            (Some((from, _)), None) => format!("{from} or later"),
            (None, Some((until, _))) => format!("{until} or earlier"),
            (None, None) => self.heading.map(|year| year.to_string()).unwrap_or_default(),
        }
    }
}

impl CodeChanges {
    /// The vintage of a list of codes, by those among them that began or ended with a change.
    pub fn vintage<'a>(&self, codes: impl IntoIterator<Item = &'a AreaCode>, heading: Option<u16>) -> Vintage {
        let mut vintage = Vintage {
            heading,
            ..Vintage::default()
        };
        for code in codes {
            let began = self.predecessors(code).iter().map(|change| change.year).max();
            let ended = self
                .all()
                .iter()
                .filter(|c| c.old_code == *code && c.kind != super::ChangeKind::Joined)
                .map(|c| c.year)
                .min();
            if let Some(year) = began.filter(|year| vintage.from.as_ref().is_none_or(|(from, _)| year > from)) {
                vintage.from = Some((year, code.clone()));
            }
            let last = ended.map(|year| year.saturating_sub(1));
            if let Some(year) = last.filter(|year| vintage.until.as_ref().is_none_or(|(until, _)| year < until)) {
                vintage.until = Some((year, code.clone()));
            }
        }
        vintage
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::Dataset;

    fn vintage(codes: &[&str], heading: Option<u16>) -> Vintage {
        let file = Dataset::embedded_code_changes().unwrap();
        let changes = CodeChanges::read(&file.name, &file.bytes).unwrap();
        let codes: Vec<AreaCode> = codes.iter().map(|code| AreaCode::new(code)).collect();
        changes.vintage(&codes, heading)
    }

    #[test]
    fn years_are_told_by_the_codes_that_began_and_ended() {
        for (codes, words) in [
            (&["E06000058", "E07000026"][..], "2019 to 2022"),
            (&["E06000066"], "2023 or later"),
            (&["E07000150"], "2020 or earlier"),
            (&["E06000001"], ""),
            (&["E07000150", "E06000061"], "mixed"),
            (&["E10000006"], "2022 or earlier"),
        ] {
            assert_eq!(vintage(codes, None).words(), words, "{codes:?}");
        }
    }

    #[test]
    fn a_heading_that_the_codes_belie_is_found() {
        assert!(vintage(&["E06000066"], Some(2017)).belies_heading());
        assert!(!vintage(&["E07000026"], Some(2017)).belies_heading());
        assert!(vintage(&["E07000150"], Some(2023)).belies_heading());
    }
}
