//! A Baseline is a design to be seen beside the points: `PLAN.csv`, or `LABEL=PLAN.csv`.

use std::path::Path;

/// The file of a design, and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its label, in which it differs from all others.
    pub label: String,
    /// Its file.
    pub file: String,
    /// Whether the label was given.
    given: bool,
}

impl Named {
    /// Without a label, a design is called as its file, folder and extension left off.
    fn read(text: &str) -> Self {
        match text.split_once('=') {
            Some((label, file)) if !Path::new(text).exists() => Self {
                label: label.trim().into(),
                file: file.into(),
                given: true,
            },
            _ => Self {
                label: stem(text),
                file: text.into(),
                given: false,
            },
        }
    }
}

/// Every design with a label of its own. Files of one name in different folders are called by their paths.
///
/// # Errors
/// A sentence for the user where two are called the same still.
pub fn named(texts: &[String]) -> Result<Vec<Named>, String> {
    let mut all: Vec<Named> = texts.iter().map(|text| Named::read(text)).collect();
    let labels: Vec<String> = all.iter().map(|one| one.label.clone()).collect();
    for one in all.iter_mut().filter(|one| !one.given) {
        if labels.iter().filter(|label| **label == one.label).count() > 1 {
            one.label.clone_from(&one.file);
        }
    }
    for (at, one) in all.iter().enumerate() {
        if let Some(other) = all[..at].iter().find(|other| other.label == one.label) {
            return Err(format!(
                "two designs are called `{}`: {} and {}; give each a label of its own, such as --baseline \"As let={}\"",
                one.label, other.file, one.file, one.file
            ));
        }
    }
    Ok(all)
}

/// The name of a file without folder and extension.
fn stem(file: &str) -> String {
    Path::new(file)
        .file_stem()
        .map_or_else(|| file.to_string(), |stem| stem.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(texts: &[&str]) -> Result<Vec<String>, String> {
        let texts: Vec<String> = texts.iter().map(|text| text.to_string()).collect();
        named(&texts).map(|all| all.into_iter().map(|one| one.label).collect())
    }

    #[test]
    fn files_of_one_name_are_called_by_their_paths() {
        assert_eq!(
            labels(&["old/plan.csv", "new/plan.csv", "cpa.csv"]),
            Ok(vec!["old/plan.csv".into(), "new/plan.csv".into(), "cpa".into()])
        );
        assert_eq!(
            labels(&["cpa=a.csv", "cpa.csv"]),
            Ok(vec!["cpa".into(), "cpa.csv".into()])
        );
    }

    #[test]
    fn two_designs_of_one_label_are_refused_with_both_files() {
        let said = labels(&["As let=a.csv", "As let=b.csv"]).unwrap_err();
        assert!(
            said.contains("two designs are called `As let`: a.csv and b.csv"),
            "{said}"
        );
        assert!(labels(&["a.csv", "a.csv"]).is_err());
    }
}
