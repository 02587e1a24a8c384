//! Settings are the keys of a TOML file, read one by one, with every fault kept and its line told.

use std::ops::Range;

use toml_edit::{Document, Item, TableLike, Value};

use super::input::did_you_mean;
use crate::domain::{Finding, Findings};

/// A key set on the command line, `--set viability.floor_gbp=20e6`: it goes before the file.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The dotted key.
    pub key: String,
    value: Item,
}

impl Setting {
    /// Reads `key=value`, the value as TOML.
    ///
    /// # Errors
    /// A sentence for the user where there is no `=` or the value is not TOML.
    pub fn parse(text: &str) -> Result<Self, String> {
        let Some((key, value)) = text.split_once('=') else {
            return Err(format!(
                "`{text}` has no `=`; write it as key=value, such as viability.floor_gbp=20e6"
            ));
        };
        let (key, value) = (key.trim().to_string(), value.trim());
        let document = Document::parse(format!("v = {value}")).map_err(|error| {
            format!(
                "the value of `{key}` is not TOML: {}; put text in quotes: '{key}=\"{value}\"'",
                error.message()
            )
        })?;
        match document.as_table().get("v") {
            Some(item) if document.as_table().len() == 1 => Ok(Self {
                key,
                value: item.clone(),
            }),
            _ => Err(format!("the value of `{key}` holds more than one value")),
        }
    }

    /// The value, where it is text.
    pub fn text(&self) -> Option<&str> {
        self.value.as_str()
    }

    /// Whether it gives a value to the key, by itself or in a table.
    pub fn gives(&self, key: &str) -> bool {
        let below = key.strip_prefix(&self.key).and_then(|rest| rest.strip_prefix('.'));
        self.key == key || below.is_some_and(|below| descend(&self.value, below).is_some())
    }
}

/// A TOML file under reading: every getter notes a fault and goes on, so that all faults are told at once.
pub struct Settings<'a> {
    file: &'a str,
    document: &'a Document<String>,
    sets: &'a [Setting],
    /// What was found so far.
    pub findings: Findings,
}

impl<'a> Settings<'a> {
    /// Starts to read.
    pub fn new(file: &'a str, document: &'a Document<String>, sets: &'a [Setting]) -> Self {
        Self {
            file,
            document,
            sets,
            findings: Findings::default(),
        }
    }

    /// Notes every key that is not in `known` (dotted; a table counts as known with all that is listed below it).
    pub fn refuse_unknown(&mut self, known: &[&str]) {
        let mut found = Vec::new();
        keys_below(self.document.as_table(), "", &mut |key, item| {
            found.push((key, self.place(item.span())))
        });
        for set in self.sets {
            match set.value.as_table_like() {
                Some(table) => keys_below(table, &set.key, &mut |key, _| {
                    found.push((key, format!("--set {}", set.key)))
                }),
                None => found.push((set.key.clone(), format!("--set {}", set.key))),
            }
        }
        for (key, place) in found {
            let is_table = known.iter().any(|k| k.starts_with(&format!("{key}.")));
            if !known.contains(&key.as_str()) && !is_table {
                let help = did_you_mean(
                    &key,
                    known.iter().copied(),
                    "see docs/formats.md for the keys of a scenario",
                );
                self.findings
                    .push(Finding::error("S103", place, format!("there is no key `{key}`"), help));
            }
        }
    }

    /// Whether the key is given.
    pub fn has(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    /// Text.
    pub fn text(&mut self, key: &str) -> Option<String> {
        self.typed(key, "text in quotes", |item| item.as_str().map(str::to_string))
    }

    /// `true` or `false`.
    pub fn flag(&mut self, key: &str) -> Option<bool> {
        self.typed(key, "true or false", Item::as_bool)
    }

    /// A number of either sign.
    pub fn signed(&mut self, key: &str) -> Option<f64> {
        self.typed(key, "a number", |item| {
            item.as_float()
                .or_else(|| item.as_integer().map(|i| i as f64))
                .filter(|x| x.is_finite())
        })
    }

    /// A number that is not negative.
    pub fn number(&mut self, key: &str) -> Option<f64> {
        self.typed(key, "a number, zero or more", |item| {
            item.as_float()
                .or_else(|| item.as_integer().map(|i| i as f64))
                .filter(|x| x.is_finite() && *x >= 0.0)
        })
    }

    /// A whole number that is not negative; `20e6` counts as one.
    pub fn whole(&mut self, key: &str) -> Option<i64> {
        self.typed(key, "a whole number, zero or more", |item| {
            let whole = |x: &f64| x.fract() == 0.0 && x.abs() < 9e15;
            item.as_integer()
                .or_else(|| item.as_float().filter(whole).map(|x| x as i64))
                .filter(|i| *i >= 0)
        })
    }

    /// Text, or a list of texts.
    pub fn texts(&mut self, key: &str) -> Option<Vec<String>> {
        self.typed(key, "text in quotes, or a list of such", |item| match item.as_str() {
            Some(one) => Some(vec![one.to_string()]),
            None => item
                .as_array()?
                .iter()
                .map(|v| v.as_str().map(str::to_string))
                .collect(),
        })
    }

    /// A list of pairs of texts.
    pub fn pairs(&mut self, key: &str) -> Option<Vec<(String, String)>> {
        self.typed(
            key,
            "a list of pairs, such as [[\"country:England\", \"country:Wales\"]]",
            |item| item.as_array()?.iter().map(text_pair).collect(),
        )
    }

    /// The texts of one key in a list of tables, such as `minimise` in every `[[goal]]`; other keys in it are refused.
    pub fn column(&mut self, list: &str, key: &str) -> Vec<(String, String)> {
        let Some((item, place)) = self.find(list) else {
            return Vec::new();
        };
        let tables: Vec<&dyn TableLike> = match (item.as_array_of_tables(), item.as_array()) {
            (Some(tables), _) => tables.iter().map(|t| t as &dyn TableLike).collect(),
            (None, Some(array)) => array
                .iter()
                .filter_map(|v| v.as_inline_table().map(|t| t as &dyn TableLike))
                .collect(),
            _ => Vec::new(),
        };
        let expected = item.as_array().map_or(tables.len(), toml_edit::Array::len);
        if expected != tables.len() || (item.as_array_of_tables().is_none() && item.as_array().is_none()) {
            self.wrong(&place, list, &format!("a list of tables, each with `{key}`"));
        }
        let mut texts = Vec::new();
        for table in tables {
            let mut here = place.clone();
            for (name, value) in table.iter() {
                let span = value.span().filter(|_| !place.starts_with("--set"));
                here = span.map_or_else(|| place.clone(), |span| self.place(Some(span)));
                match (name == key, value.as_str()) {
                    (true, Some(text)) => texts.push((text.to_string(), here.clone())),
                    (true, None) => self.wrong(&here, &format!("{list}.{key}"), "text in quotes"),
                    (false, _) => self.findings.push(Finding::error(
                        "S103",
                        here.clone(),
                        format!("there is no key `{list}.{name}`"),
                        format!("a [[{list}]] has one key, `{key}`"),
                    )),
                }
            }
            if !table.contains_key(key) {
                self.findings.push(missing(&here, &format!("{list}.{key}")));
            }
        }
        texts
    }

    /// Notes that a key is needed.
    pub fn require(&mut self, key: &str) {
        if !self.has(key) {
            let file = self.file.to_string();
            self.findings.push(missing(&file, key));
        }
    }

    /// Notes a value that is of the right type and still wrong.
    pub fn refuse(&mut self, key: &str, message: impl Into<String>, help: impl Into<String>) {
        let place = self.place_of(key);
        self.findings.push(Finding::error("S104", place, message, help));
    }

    /// Where a key stands: file and line, or `--set`.
    pub fn place_of(&self, key: &str) -> String {
        self.find(key).map_or_else(|| self.file.to_string(), |(_, place)| place)
    }

    /// A raw value, for keys that may be of several types.
    pub fn value(&self, key: &str) -> Option<&'a Value> {
        self.find(key).and_then(|(item, _)| item.as_value())
    }

    fn typed<T>(&mut self, key: &str, expected: &str, read: impl Fn(&Item) -> Option<T>) -> Option<T> {
        let (item, place) = self.find(key)?;
        let value = read(item);
        if value.is_none() {
            self.wrong(&place, key, &format!("{expected}, not {}", shown(item)));
        }
        value
    }

    fn wrong(&mut self, place: &str, key: &str, expected: &str) {
        let message = format!("`{key}` must be {expected}");
        self.findings.push(Finding::error(
            "S102",
            place,
            message,
            "see docs/formats.md for the type of every key",
        ));
    }

    fn find(&self, key: &str) -> Option<(&'a Item, String)> {
        for set in self.sets.iter().rev() {
            if set.key == key {
                return Some((&set.value, format!("--set {key}")));
            }
            if let Some(rest) = key.strip_prefix(&set.key).and_then(|rest| rest.strip_prefix('.')) {
                return descend(&set.value, rest).map(|item| (item, format!("--set {}", set.key)));
            }
        }
        let item = descend(self.document.as_item(), key)?;
        Some((item, self.place(item.span())))
    }

    fn place(&self, span: Option<Range<usize>>) -> String {
        span.map_or_else(
            || self.file.to_string(),
            |span| place_at(self.file, self.document.raw(), span.start),
        )
    }
}

/// `file line N` of a byte of the text.
pub fn place_at(file: &str, text: &str, byte: usize) -> String {
    format!(
        "{file} line {}",
        text.as_bytes().iter().take(byte).filter(|&&b| b == b'\n').count() + 1
    )
}

fn missing(place: &str, key: &str) -> Finding {
    Finding::error(
        "S101",
        place,
        format!("`{key}` is missing"),
        format!("add `{key}`; docs/formats.md shows a whole scenario"),
    )
}

fn text_pair(value: &Value) -> Option<(String, String)> {
    let pair = value.as_array()?;
    match (pair.len(), pair.get(0)?.as_str(), pair.get(1)?.as_str()) {
        (2, Some(a), Some(b)) => Some((a.to_string(), b.to_string())),
        _ => None,
    }
}

fn descend<'i>(item: &'i Item, path: &str) -> Option<&'i Item> {
    path.split('.')
        .try_fold(item, |item, key| item.as_table_like()?.get(key))
}

fn keys_below(table: &dyn TableLike, prefix: &str, each: &mut dyn FnMut(String, &Item)) {
    for (name, item) in table.iter() {
        let key = if prefix.is_empty() {
            name.to_string()
        } else {
            format!("{prefix}.{name}")
        };
        match item.as_table_like() {
            Some(below) => keys_below(below, &key, each),
            None => each(key, item),
        }
    }
}

fn shown(item: &Item) -> String {
    let text = item.to_string();
    let text = text.trim();
    if text.chars().count() <= 40 {
        format!("`{text}`")
    } else {
        item.type_name().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T>(text: &str, sets: &[&str], with: impl FnOnce(&mut Settings<'_>) -> T) -> (T, Vec<String>) {
        let document = Document::parse(text.to_string()).unwrap();
        let sets: Vec<Setting> = sets.iter().map(|s| Setting::parse(s).unwrap()).collect();
        let mut settings = Settings::new("s.toml", &document, &sets);
        let value = with(&mut settings);
        (
            value,
            settings
                .findings
                .0
                .iter()
                .map(|f| format!("{} {}: {}", f.code, f.subject, f.message))
                .collect(),
        )
    }

    #[test]
    fn a_set_goes_before_the_file() {
        let (value, found) = read("[a]\nb = 1\n", &["a.b=20e6"], |s| s.whole("a.b"));
        assert_eq!((value, found.len()), (Some(20_000_000), 0));
        let (value, _) = read("[a]\nb = 1\n", &["a={b = 3}"], |s| s.whole("a.b"));
        assert_eq!(value, Some(3));
    }

    #[test]
    fn a_wrong_type_names_its_line_and_reading_goes_on() {
        let (value, found) = read("[a]\nb = \"x\"\nc = 2\n", &[], |s| (s.number("a.b"), s.number("a.c")));
        assert_eq!(value, (None, Some(2.0)));
        assert_eq!(
            found,
            ["S102 s.toml line 2: `a.b` must be a number, zero or more, not `\"x\"`"]
        );
    }

    #[test]
    fn an_unknown_key_gets_the_nearest_name() {
        let ((), found) = read("[a]\nflor = 1\n", &["a.capp=2"], |s| {
            s.refuse_unknown(&["a.floor", "a.cap"])
        });
        assert_eq!(
            found,
            [
                "S103 s.toml line 2: there is no key `a.flor`",
                "S103 --set a.capp: there is no key `a.capp`"
            ]
        );
    }
}
