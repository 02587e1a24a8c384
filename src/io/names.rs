//! Areas found by their names, where a table has no codes: exactly, then in normal form, then by likeness.

use std::collections::BTreeMap;

/// How a name was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// Letter by letter.
    Exact,
    /// In normal form: without capitals, accents, points and words such as `City of`.
    Normal,
    /// By likeness of the normal forms, or as the first words of one.
    Near,
}

impl Likeness {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Normal => "normalised",
            Self::Near => "near",
        }
    }
}

/// Names with what they stand for, ready to be searched.
#[derive(Clone, Debug, Default)]
pub struct Names<T> {
    names: Vec<(String, T)>,
    exact: BTreeMap<String, Vec<usize>>,
    normal: BTreeMap<String, Vec<usize>>,
}

/// Likeness (Jaro and Winkler) of normal forms from which one name may be meant for another.
const NEAR: f64 = 0.92;

/// The most names among which a like one is sought: each name of a table is held against all of them.
const MOST_NAMES: usize = 5_000;

/// By how much the likest name must be liker than the next one.
const CLEAR: f64 = 0.02;

impl<T: Clone + PartialEq> Names<T> {
    /// Makes the names ready.
    pub fn new(names: impl IntoIterator<Item = (String, T)>) -> Self {
        let names: Vec<(String, T)> = names.into_iter().collect();
        let (mut exact, mut normal) = (
            BTreeMap::<String, Vec<usize>>::new(),
            BTreeMap::<String, Vec<usize>>::new(),
        );
        for (k, (name, _)) in names.iter().enumerate() {
            exact.entry(name.trim().to_string()).or_default().push(k);
            normal.entry(normal_form(name)).or_default().push(k);
        }
        Self { names, exact, normal }
    }

    /// What bears that name, with how it was found and the name as it stands here; several where the name is ambiguous, none where none is like it.
    ///
    /// A name in two languages, as `Cardiff / Caerdydd`, is found by the whole or else by one of its parts.
    pub fn find(&self, name: &str) -> Vec<(Likeness, String, T)> {
        let parts = name.split(" / ").filter(|part| *part != name);
        let certain = |found: &Vec<(Likeness, String, T)>| found.first().is_some_and(|one| one.0 < Likeness::Near);
        let whole = self.find_one(name);
        if certain(&whole) {
            return whole;
        }
        parts.map(|part| self.find_one(part)).find(certain).unwrap_or(whole)
    }

    fn find_one(&self, name: &str) -> Vec<(Likeness, String, T)> {
        let form = normal_form(name);
        if let Some(found) = self.exact.get(name.trim()) {
            return self.all(Likeness::Exact, found);
        }
        if form.is_empty() {
            return Vec::new();
        }
        match self.normal.get(&form) {
            Some(found) => self.all(Likeness::Normal, found),
            None if self.normal.len() > MOST_NAMES => Vec::new(),
            None => self.near(&form),
        }
    }

    /// What bears that name letter by letter, or else in normal form; nothing that is only like it.
    pub fn known(&self, name: &str) -> Vec<T> {
        let exact = self.exact.get(name.trim());
        let found = exact.or_else(|| self.normal.get(&normal_form(name)).filter(|_| !name.trim().is_empty()));
        found.map_or_else(Vec::new, |found| {
            let things = self.all(Likeness::Normal, found).into_iter();
            things.map(|(_, _, thing)| thing).collect()
        })
    }

    fn near(&self, form: &str) -> Vec<(Likeness, String, T)> {
        let likeness = |other: &String| strsim::jaro_winkler(form, other);
        let mut found: Vec<(f64, &Vec<usize>)> = self
            .normal
            .iter()
            .map(|(other, found)| (likeness(other), found))
            .collect();
        found.retain(|(likeness, _)| *likeness >= NEAR);
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        let best = found.first().map_or(0.0, |(likeness, _)| *likeness);
        let close: Vec<usize> = found
            .iter()
            .filter(|(likeness, _)| best - likeness < CLEAR)
            .flat_map(|(_, found)| found.iter().copied())
            .collect();
        if close.is_empty() {
            return self.all(Likeness::Near, &self.beginning_with(form));
        }
        self.all(Likeness::Near, &close)
    }

    /// Names of which a form is the first words: `newcastle` begins `newcastle upon tyne` and `newcastle under lyme`.
    fn beginning_with(&self, form: &str) -> Vec<usize> {
        let start = format!("{form} ");
        let names = self.normal.range(start.clone()..);
        let names = names.take_while(|(other, _)| other.starts_with(&start));
        names.flat_map(|(_, found)| found.iter().copied()).collect()
    }

    /// Each thing once, however many names it has.
    fn all(&self, likeness: Likeness, found: &[usize]) -> Vec<(Likeness, String, T)> {
        let mut all: Vec<(Likeness, String, T)> = Vec::new();
        for &k in found {
            let (name, thing) = &self.names[k];
            if !all.iter().any(|(_, _, known)| known == thing) {
                all.push((likeness, name.clone(), thing.clone()));
            }
        }
        all
    }
}

/// Words that some lists add to a name and others leave out.
const PASSED_OVER: [&str; 10] = [
    "the",
    "borough",
    "district",
    "council",
    "ua",
    "unitary",
    "authority",
    "royal",
    "metropolitan",
    "county",
];

/// A name without capitals, accents, points and words that lists add or leave out: `Bristol, City of` and `bristol` are the same.
pub fn normal_form(name: &str) -> String {
    let plain: String = name.to_lowercase().chars().map(without_accent).collect();
    let plain = plain.replace('&', " and ").replace('\'', "");
    let mut words: Vec<&str> = plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    if words.len() > 3 || !words.contains(&"london") {
        // London itself is no authority, but its City is one.
        if let Some(k) = words
            .windows(2)
            .position(|pair| matches!(pair, ["city" | "county", "of"]))
        {
            words.drain(k..k + 2);
        }
    }
    words.retain(|word| !PASSED_OVER.contains(word));
    let words = words.into_iter().map(|word| if word == "saint" { "st" } else { word });
    words.collect::<Vec<_>>().join(" ")
}

fn without_accent(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ŵ' => 'w',
        'ŷ' | 'ý' => 'y',
        '’' => '\'',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names<u8> {
        let known = [
            ("Bristol, City of", 1),
            ("St. Helens", 2),
            ("Isle of Anglesey", 3),
            ("North East Derbyshire", 4),
            ("City of London", 5),
            ("Newcastle upon Tyne", 8),
            ("Newcastle-under-Lyme", 9),
            ("Dorset", 6),
            ("Dorset", 7),
        ];
        Names::new(known.map(|(name, thing)| (name.to_string(), thing)))
    }

    #[test]
    fn names_are_found_exactly_then_in_normal_form_then_by_likeness() {
        for (name, likeness, thing) in [
            ("St. Helens", Likeness::Exact, 2),
            ("Bristol", Likeness::Normal, 1),
            ("CITY OF BRISTOL", Likeness::Normal, 1),
            ("St Helens", Likeness::Normal, 2),
            ("city of london", Likeness::Normal, 5),
            ("North East Derbishire", Likeness::Near, 4),
            ("Isle of Anglesey / Ynys Môn", Likeness::Exact, 3),
        ] {
            let found = names().find(name);
            assert_eq!((found.len(), found[0].0, found[0].2), (1, likeness, thing), "{name}");
        }
        assert!(names().find("Atlantis").is_empty() && names().find("…").is_empty());
    }

    #[test]
    fn two_areas_of_one_name_are_both_told() {
        assert_eq!(names().find("Dorset").len(), 2);
        assert_eq!(names().find("Newcastle").len(), 2, "by its first word");
        assert!(names().find("upon Tyne").is_empty());
    }
}
