//! A Layer is a boundary file as it was read: numbered features, properties as text, rings of plain coordinates.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::delimited::canonical_code;
use crate::domain::Finding;

/// Rings of one polygon, the outer one first; each a list of coordinates as they stand in the file.
pub(super) type RawPolygon = Vec<Vec<[f64; 2]>>;

/// The longest name of a column, in bytes: every feature repeats the names of its properties.
pub(super) const LONGEST_NAME: usize = 256;

/// The most objects and the most lists that a text may hold: some two million areas, and thirty million points. Short as they are in a text, each of them
/// takes room of its own.
const MOST_OBJECTS: usize = 8_000_000;
const MOST_LISTS: usize = 32_000_000;

/// Refuses a JSON that holds more than can be kept.
///
/// # Errors
/// `G314`.
pub(super) fn not_crowded(file: &str, text: &str) -> Result<(), Finding> {
    let count = |sign: u8| text.bytes().filter(|&byte| byte == sign).count();
    for (count, most, what) in [
        (count(b'{'), MOST_OBJECTS, "objects"),
        (count(b'['), MOST_LISTS, "lists"),
    ] {
        if count > most {
            return Err(too_much(file, format!("holds {count} {what}, and {most} can be read")));
        }
    }
    Ok(())
}

/// `G314`: a file that holds more than can be read.
pub(super) fn too_much(file: &str, message: String) -> Finding {
    let help = "take out what is not needed, or simplify the lines, for example with mapshaper's -filter and -simplify";
    Finding::error("G314", file, message, help)
}

/// One feature.
#[derive(Clone, Debug, Default)]
pub(super) struct Feature {
    /// Its place in the file, from 1.
    pub number: usize,
    /// Its `id`, where that is text.
    pub id: Option<String>,
    /// Its properties that are text or numbers. Blank ones are left out.
    pub properties: BTreeMap<String, Property>,
    /// Its polygons; empty without geometry.
    pub polygons: Vec<RawPolygon>,
    /// The type of a geometry that is no polygon, such as `Point`.
    pub other_geometry: Option<String>,
}

/// A property.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Property {
    /// Text that is not blank, without surrounding white space.
    Text(String),
    /// A number.
    Number(f64),
}

/// A boundary file.
#[derive(Clone, Debug, Default)]
pub(super) struct Layer {
    /// Features in file order.
    pub features: Vec<Feature>,
    /// Coordinate reference system that the file names.
    pub crs: Option<String>,
    /// Members of `metadata` that are text.
    pub metadata: BTreeMap<String, String>,
    /// Whether the file says that its server held features back.
    pub cut_short: bool,
    /// Pairs of codes whose borders are partial although they share their line here: a canonical file says so.
    pub partial_borders: Vec<[String; 2]>,
}

impl Feature {
    /// The property as text; a whole number is written without a point.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        match self.properties.get(key)? {
            Property::Text(text) => Some(text.clone()),
            Property::Number(number) => Some(number.to_string()),
        }
    }

    /// The property as a number.
    pub(super) fn number(&self, key: &str) -> Option<f64> {
        match self.properties.get(key)? {
            Property::Number(number) => Some(*number),
            Property::Text(_) => None,
        }
    }

    /// Every coordinate.
    pub(super) fn coordinates(&self) -> impl Iterator<Item = [f64; 2]> + '_ {
        self.polygons.iter().flatten().flatten().copied()
    }
}

impl Property {
    /// Text without surrounding white space; `None` where it is blank. Some makers of tables fill cells with NUL.
    pub(super) fn text(text: &str) -> Option<Self> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
        (!text.is_empty()).then(|| Self::Text(text.to_string()))
    }
}

/// The one of several `what` that is `wanted`, or the only one.
///
/// # Errors
/// `G308` where there are several and none is chosen, or none is called so; `G309` where there is none at all.
pub(super) fn choose<'a>(
    file: &str,
    what: &str,
    names: impl Iterator<Item = &'a str> + Clone,
    wanted: Option<&str>,
) -> Result<&'a str, Finding> {
    let listed = || names.clone().collect::<Vec<_>>().join(", ");
    let Some(first) = names.clone().next() else {
        let help = "check that the right file is named";
        return Err(Finding::error("G309", file, "holds no area", help));
    };
    match wanted {
        Some(wanted) => names.clone().find(|name| *name == wanted).ok_or_else(|| {
            let message = format!("has no {what} {wanted}; it has {}", listed());
            let help =
                "name one of those: `layer` in [areas], --layer for doctor and import, or behind a # after the file";
            Finding::error("G308", file, message, help)
        }),
        None if names.clone().count() == 1 => Ok(first),
        None => {
            let message = format!("has several {what}s: {}", listed());
            let help = format!(
                "choose one, such as layer = \"{first}\" in [areas], --layer {first} for doctor and import, or {file}#{first}"
            );
            Err(Finding::error("G308", file, message, help))
        }
    }
}

/// Pairs of areas that have a line between two vertices in common, both given by the very same numbers; sorted.
pub(super) fn pairs_with_an_edge_in_common(areas: &[&[RawPolygon]]) -> Vec<(usize, usize)> {
    // Adding zero makes one number of both zeros.
    let bits = |p: [f64; 2]| [(p[0] + 0.0).to_bits(), (p[1] + 0.0).to_bits()];
    let mut first: FxHashMap<[[u64; 2]; 2], usize> = FxHashMap::default();
    let mut pairs = Vec::new();
    for (area, polygons) in areas.iter().enumerate() {
        for line in polygons.iter().flatten().flat_map(|ring| ring.windows(2)) {
            let (a, b) = (bits(line[0]), bits(line[1]));
            let other = *first.entry(if a < b { [a, b] } else { [b, a] }).or_insert(area);
            if other != area {
                pairs.push((other, area));
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Properties that are text or numbers.
pub(super) fn properties<'a>(members: impl IntoIterator<Item = (&'a String, &'a Value)>) -> BTreeMap<String, Property> {
    let property = |value: &Value| match value {
        Value::String(text) => Property::text(text),
        Value::Number(number) => number.as_f64().map(Property::Number),
        _ => None,
    };
    members
        .into_iter()
        .filter_map(|(key, value)| Some((key.clone(), property(value)?)))
        .collect()
}

/// The name of a coordinate reference system in the `crs` member that older files have.
pub(super) fn legacy_crs(member: Option<&Value>) -> Option<String> {
    member?.get("properties")?.get("name")?.as_str().map(str::to_string)
}

/// Members of an object that are text.
pub(super) fn texts(object: Option<&Value>) -> BTreeMap<String, String> {
    let members = object.and_then(Value::as_object).into_iter().flatten();
    members
        .filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_string())))
        .collect()
}

/// Which properties hold code and name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    /// Property with the code; `None` where only the `id` of features can serve.
    pub code: Option<String>,
    /// Property with the name.
    pub name: Option<String>,
}

impl Columns {
    /// The code of a feature.
    pub(super) fn code_of(&self, feature: &Feature) -> Option<String> {
        let given = self
            .code
            .as_ref()
            .map_or_else(|| feature.id.clone(), |key| feature.text(key));
        given.map(canonical_code)
    }

    /// What to call a feature: its code, or else its name, or else nothing but its number.
    pub(super) fn label_of(&self, feature: &Feature) -> String {
        let name = || self.name.as_ref().and_then(|key| feature.text(key));
        match self.code_of(feature).or_else(name) {
            Some(label) => format!("feature {} ({label})", feature.number),
            None => format!("feature {}", feature.number),
        }
    }
}

impl Layer {
    /// Finds the properties that hold code and name, whatever their case: `area_code`, `code`, an ONS column such as
    /// `LAD16CD`, or `areacd`; `area_name`, `name`, `LAD16NM`, or `areanm`.
    pub(super) fn columns(&self) -> Columns {
        let keys: BTreeSet<&String> = self.features.iter().flat_map(|f| f.properties.keys()).collect();
        let code = self.pick(&keys, &["area_code", "code"], "cd", "areacd");
        // The name that goes with an ONS code bears the same prefix.
        let twin = code.as_ref().and_then(|code| {
            let stem = code.to_lowercase().strip_suffix("cd")?.to_string();
            keys.iter()
                .find(|k| k.to_lowercase() == format!("{stem}nm"))
                .map(|k| (*k).clone())
        });
        // Features without codes that have lots are those of a layer of lots, as this program writes it.
        let lot = || {
            keys.iter()
                .find(|key| code.is_none() && **key == "lot_id")
                .map(|key| (*key).clone())
        };
        let name = twin
            .or_else(lot)
            .or_else(|| self.pick(&keys, &["area_name", "name"], "nm", "areanm"));
        Columns { code, name }
    }

    fn pick(&self, keys: &BTreeSet<&String>, exact: &[&str], suffix: &str, last: &str) -> Option<String> {
        let named = |word: &str| keys.iter().find(|k| k.to_lowercase() == word).map(|k| (*k).clone());
        let ons: Vec<&&String> = keys.iter().filter(|k| is_ons_column(k, suffix)).collect();
        let identifying = ons
            .iter()
            .find(|k| self.tells_apart(k))
            .or(ons.first())
            .map(|k| (**k).clone());
        exact
            .iter()
            .find_map(|word| named(word))
            .or(identifying)
            .or_else(|| named(last))
    }

    /// Whether every feature has the property and no two have it alike.
    fn tells_apart(&self, key: &str) -> bool {
        let values: BTreeSet<String> = self.features.iter().filter_map(|f| f.text(key)).collect();
        values.len() == self.features.len()
    }
}

/// Whether a column is named as the ONS names them: three to five letters, two digits of the year, and `CD` or `NM`.
pub(super) fn is_ons_column(key: &str, suffix: &str) -> bool {
    let key = key.to_lowercase();
    let Some(stem) = key.strip_suffix(suffix) else {
        return false;
    };
    let letters = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    stem.len() == letters.len() + 2
        && (3..=5).contains(&letters.len())
        && letters.chars().all(|c| c.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ons_columns_are_known_in_any_case() {
        assert!(is_ons_column("LAD16CD", "cd") && is_ons_column("lep20cd", "cd") && is_ons_column("MSOA11CD", "cd"));
        assert!(!is_ons_column("cd", "cd") && !is_ons_column("areacd", "cd") && !is_ons_column("LSOA11NMW", "nm"));
    }

    #[test]
    fn the_code_column_is_the_one_that_tells_features_apart() {
        let feature = |lad: &str| Feature {
            properties: [("LAD16CD", lad), ("LAD16NM", "a name"), ("CTRY16CD", "E92000001")]
                .map(|(k, v)| (k.to_string(), Property::Text(v.to_string())))
                .into(),
            ..Feature::default()
        };
        let layer = Layer {
            features: vec![feature("E06000001"), feature("E06000002")],
            ..Layer::default()
        };
        assert_eq!(
            layer.columns(),
            Columns {
                code: Some("LAD16CD".into()),
                name: Some("LAD16NM".into())
            }
        );
    }
}
