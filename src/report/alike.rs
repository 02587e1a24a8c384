//! Findings alike are cut short on a terminal: one wrong column would tell hundreds of lines.

use std::collections::BTreeMap;

/// How many findings of one code about one file are shown; `--json` has all of them.
const SHOWN: usize = 8;

/// A finding in words, with its code and its subject.
pub type Told = (String, String, String);

/// The words of the findings that are shown, and below them how many of each kind are not.
pub fn shortened(told: &[Told]) -> Vec<String> {
    let mut often: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut words = Vec::new();
    for (code, subject, text) in told {
        let about = subject.split_once(" line ").or_else(|| subject.split_once(" feature "));
        let kind = (code.as_str(), about.map_or(subject.as_str(), |(file, _)| file));
        let times = often.entry(kind).or_default();
        *times += 1;
        if *times <= SHOWN {
            words.push(text.clone());
        }
    }
    let cut = often.iter().filter(|(_, times)| **times > SHOWN);
    words.extend(cut.map(|((code, about), times)| {
        let more = times - SHOWN;
        format!("and {more} more {code} of {about}; --json has all of them")
    }));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_many_alike_are_shown_and_the_others_counted() {
        let of = |subject: String| ("V104".to_string(), subject.clone(), format!("V104 {subject}"));
        let mut told: Vec<Told> = (1..=20).map(|line| of(format!("v.csv line {line}"))).collect();
        told.push(of("w.csv line 1".into()));
        let words = shortened(&told);
        assert_eq!(words.len(), 10);
        assert_eq!(
            (words[8].as_str(), words[9].as_str()),
            ("V104 w.csv line 1", "and 12 more V104 of v.csv; --json has all of them")
        );
        assert_eq!(shortened(&told[..8]).len(), 8);
    }
}
