//! The kind of a file is told by its first bytes and its structure, never by its name.

use std::cell::RefCell;

use serde::Deserializer as _;
use serde::de::{Error as _, IgnoredAny, MapAccess, Visitor};

use super::archive;
use crate::domain::Finding;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A GeoJSON object.
    GeoJson,
    /// A TopoJSON topology.
    TopoJson,
    /// The shapes of a shapefile (`.shp`).
    Shapefile,
    /// Another part of a shapefile: its index (`.shx`) or its table (`.dbf`).
    ShapefilePart,
    /// A zip archive that holds a shapefile, or one other file of boundaries.
    ZippedBoundaries,
    /// A GeoPackage, or another database of SQLite.
    GeoPackage,
    /// A FlatGeobuf.
    FlatGeobuf,
    /// None of these: text or a workbook, which the readers of tables look at more closely.
    Table,
}

impl Kind {
    /// What people call it.
    pub fn words(self) -> &'static str {
        match self {
            Self::GeoJson => "GeoJSON",
            Self::TopoJson => "TopoJSON",
            Self::Shapefile => "a shapefile",
            Self::ShapefilePart => "the index or the table of a shapefile",
            Self::ZippedBoundaries => "a zip archive of boundaries",
            Self::GeoPackage => "a GeoPackage",
            Self::FlatGeobuf => "FlatGeobuf",
            Self::Table => "a table",
        }
    }

    /// Whether it holds boundaries.
    pub fn is_boundaries(self) -> bool {
        !matches!(self, Self::ShapefilePart | Self::Table)
    }
}

/// Tells what `bytes` are.
///
/// # Errors
/// `G301` where the file says that it is of one kind and cannot be read as such: an archive that is cut off.
pub fn sniff(name: &str, bytes: &[u8]) -> Result<Kind, Finding> {
    Ok(match bytes {
        [b'P', b'K', 3, 4, ..] => {
            let members = archive::names(name, bytes)?;
            if members.iter().any(|member| is_boundary_name(member)) {
                Kind::ZippedBoundaries
            } else {
                Kind::Table
            }
        }
        [0, 0, 0x27, 0x0a, ..] if is_index(bytes) => Kind::ShapefilePart,
        [0, 0, 0x27, 0x0a, ..] => Kind::Shapefile,
        _ if bytes.starts_with(b"SQLite format 3\0") => Kind::GeoPackage,
        [b'f', b'g', b'b', 0..=3, b'f', b'g', b'b', _, ..] => Kind::FlatGeobuf,
        _ if is_dbase(bytes) => Kind::ShapefilePart,
        _ => match json_type(bytes).as_deref() {
            Some("Topology") => Kind::TopoJson,
            Some(word) if GEOJSON.contains(&word) => Kind::GeoJson,
            _ => Kind::Table,
        },
    })
}

/// Types of the outermost object of a GeoJSON.
const GEOJSON: [&str; 9] = [
    "FeatureCollection",
    "Feature",
    "Polygon",
    "MultiPolygon",
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
    "GeometryCollection",
];

/// Inside an archive the ending of a name is all that there is without unpacking it.
pub(super) fn is_boundary_name(member: &str) -> bool {
    let name = member.to_lowercase();
    [".shp", ".geojson", ".topojson", ".gpkg", ".fgb"]
        .iter()
        .any(|end| name.ends_with(end))
}

/// An index has the same header as the shapes; then come offsets, the first of which is 50 words, where shapes have the number 1.
fn is_index(bytes: &[u8]) -> bool {
    bytes.get(100..104) == Some(&[0, 0, 0, 50])
}

/// A table of dBASE III, by the date and the lengths of its header.
fn is_dbase(bytes: &[u8]) -> bool {
    let [3 | 0x30 | 0x83 | 0x8b | 0xf5, _, 1..=12, 1..=31, rest @ ..] = bytes else {
        return false;
    };
    let header = rest.get(4..6).map_or(0, |b| u16::from_le_bytes([b[0], b[1]]));
    header > 32 && usize::from(header) <= bytes.len()
}

/// The `type` member of the outermost object of a JSON text; reading stops there.
pub(super) fn json_type(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.iter().find(|b| !b.is_ascii_whitespace()) != Some(&b'{') {
        return None;
    }
    let found = RefCell::new(None);
    // The visitor ends with an error once it has what it came for, so the outcome says nothing.
    let _ = serde_json::Deserializer::from_slice(bytes).deserialize_map(TypeMember(&found));
    found.into_inner()
}

struct TypeMember<'a>(&'a RefCell<Option<String>>);

impl<'de> Visitor<'de> for TypeMember<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object with a type")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == "type" {
                *self.0.borrow_mut() = Some(map.next_value::<String>()?);
                return Err(A::Error::custom("found"));
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(bytes: &[u8]) -> Kind {
        sniff("f", bytes).unwrap()
    }

    #[test]
    fn the_type_of_a_json_is_found_wherever_it_stands() {
        assert_eq!(kind(b"\xef\xbb\xbf {\"type\":\"FeatureCollection\""), Kind::GeoJson);
        assert_eq!(kind(b"{\"arcs\":[[[1,2]]],\"type\":\"Topology\"}"), Kind::TopoJson);
        assert_eq!(kind(b"{\"cubes\":{}}"), Kind::Table);
        assert_eq!(kind(b"{\"features\":[{\"type\":\"Topology\"}]}"), Kind::Table);
    }

    #[test]
    fn binary_files_are_known_by_their_first_bytes() {
        let mut shapes = vec![0, 0, 0x27, 0x0a];
        shapes.resize(104, 0);
        assert_eq!(kind(&shapes), Kind::Shapefile);
        shapes[103] = 50;
        assert_eq!(kind(&shapes), Kind::ShapefilePart);
        assert_eq!(kind(b"SQLite format 3\0rest"), Kind::GeoPackage);
        assert_eq!(kind(b"fgb\x03fgb\x00rest"), Kind::FlatGeobuf);
        assert_eq!(kind(b"area_code,people\n"), Kind::Table);
        assert_eq!(kind(b""), Kind::Table);
    }

    #[test]
    fn an_archive_that_is_cut_off_is_no_archive() {
        assert_eq!(sniff("f", b"PK\x03\x04rest").unwrap_err().code, "G301");
    }
}
