//! FlatGeobuf as a layer. Lengths are checked against the file before anything is followed or set aside for them.

use std::collections::BTreeMap;

use flatgeobuf::packed_r_tree::PackedRTree;
use flatgeobuf::{
    Column, ColumnType, Crs, Feature as FlatFeature, Geometry, GeometryType, Header, size_prefixed_root_as_feature,
    size_prefixed_root_as_header,
};

use super::layer::{Feature, LONGEST_NAME, Layer, Property, RawPolygon};
use crate::domain::Finding;

/// Bytes before the header.
const MAGIC: usize = 8;

/// Reads a FlatGeobuf.
pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Layer, Finding> {
    let broken = |error: String| {
        let message = format!("is no FlatGeobuf that can be read: {error}");
        Finding::error("G301", file, message, "export or download the layer again")
    };
    layer(bytes).map_err(broken)
}

fn layer(bytes: &[u8]) -> Result<Layer, String> {
    let head = sized(bytes, MAGIC)?;
    let header = size_prefixed_root_as_header(head).map_err(|e| e.to_string())?;
    let mut at = MAGIC + head.len() + index_size(&header, bytes.len())?;
    let columns = columns(header.columns().into_iter().flatten(), head.len())?;
    let mut features = Vec::new();
    while at < bytes.len() {
        let body = sized(bytes, at)?;
        let feature = size_prefixed_root_as_feature(body).map_err(|e| e.to_string())?;
        at += body.len();
        let number = features.len() + 1;
        let read = self::feature(number, &feature, body.len(), header.geometry_type(), &columns);
        features.push(read.map_err(|e| format!("feature {number}: {e}"))?);
    }
    let told = header.features_count();
    if told > 0 && told != features.len() as u64 {
        return Err(format!(
            "its header tells of {told} features, and it holds {}",
            features.len()
        ));
    }
    Ok(Layer {
        features,
        crs: header.crs().and_then(|crs| system(&crs)),
        metadata: header
            .title()
            .map(|title| ("title".to_string(), title.to_string()))
            .into_iter()
            .collect(),
        ..Layer::default()
    })
}

/// A part of the file that begins with its length, that length included.
fn sized(bytes: &[u8], at: usize) -> Result<&[u8], String> {
    let rest = bytes.get(at..).unwrap_or_default();
    let length = rest.first_chunk::<4>().map(|b| u32::from_le_bytes(*b) as usize);
    let part = length.filter(|&n| n >= 8).and_then(|n| rest.get(..n.checked_add(4)?));
    part.ok_or_else(|| format!("it is cut off at byte {at}"))
}

fn index_size(header: &Header<'_>, room: usize) -> Result<usize, String> {
    let (count, node) = (header.features_count(), header.index_node_size());
    if count == 0 || node == 0 {
        return Ok(0);
    }
    // Every feature has a node of 40 bytes in the index, so more than these cannot be.
    match usize::try_from(count)
        .ok()
        .filter(|&count| count <= room / 40 && node >= 2)
    {
        Some(count) => Ok(PackedRTree::index_size(count, node)),
        None => Err(format!("an index of {count} features does not fit into the file")),
    }
}

fn system(crs: &Crs<'_>) -> Option<String> {
    let coded = (crs.code() > 0).then(|| format!("{}:{}", crs.org().unwrap_or("EPSG"), crs.code()));
    coded.or_else(|| crs.wkt().map(str::to_string))
}

/// Columns by name and type. Names may share bytes, which would make much of little: all of them must have room in the `room` bytes that they are written in.
fn columns<'a>(
    columns: impl Iterator<Item = Column<'a>>,
    mut room: usize,
) -> Result<Vec<(String, ColumnType)>, String> {
    let mut found = Vec::new();
    for column in columns {
        let name = column.name();
        room = room.checked_sub(name.len()).ok_or("its columns share bytes")?;
        if name.len() > LONGEST_NAME {
            return Err(format!("a column has a name of {} bytes", name.len()));
        }
        found.push((name.to_string(), column.type_()));
    }
    Ok(found)
}

/// A feature from its `size` bytes.
fn feature(
    number: usize,
    raw: &FlatFeature<'_>,
    mut size: usize,
    kind: GeometryType,
    columns: &[(String, ColumnType)],
) -> Result<Feature, String> {
    let own = self::columns(raw.columns().into_iter().flatten(), size)?;
    let columns = if own.is_empty() { columns } else { &own };
    let mut feature = Feature {
        number,
        properties: properties(raw.properties().map(|p| p.bytes()).unwrap_or_default(), columns)?,
        ..Feature::default()
    };
    let Some(geometry) = raw.geometry() else {
        return Ok(feature);
    };
    let kind = if kind == GeometryType::Unknown {
        geometry.type_()
    } else {
        kind
    };
    match kind {
        GeometryType::Polygon => feature.polygons = vec![polygon(&geometry, &mut size)?],
        GeometryType::MultiPolygon => {
            let parts = geometry.parts().into_iter().flatten();
            feature.polygons = parts.map(|part| polygon(&part, &mut size)).collect::<Result<_, _>>()?;
        }
        other => {
            feature.other_geometry = Some(other.variant_name().unwrap_or("geometry that is not known").to_string())
        }
    }
    Ok(feature)
}

/// Rings from one list of numbers and the number of points at which each ring ends. Parts may share bytes, which would make much of little: `room` is what
/// is left of those of the feature.
fn polygon(geometry: &Geometry<'_>, room: &mut usize) -> Result<RawPolygon, String> {
    let held = 8 * geometry.xy().map_or(0, |xy| xy.len()) + 4 * geometry.ends().map_or(0, |ends| ends.len());
    *room = room.checked_sub(held).ok_or("its parts share bytes")?;
    let numbers: Vec<f64> = geometry.xy().into_iter().flatten().collect();
    let points: Vec<[f64; 2]> = numbers.chunks_exact(2).map(|p| [p[0], p[1]]).collect();
    let ends: Vec<usize> = match geometry.ends() {
        Some(ends) if !ends.is_empty() => ends.iter().map(|end| end as usize).collect(),
        _ => vec![points.len()],
    };
    let mut start = 0;
    let ring = |end: usize| {
        let ring = points.get(start..end).map(<[_]>::to_vec);
        start = end;
        ring.ok_or_else(|| format!("a ring ends at point {end} of {}", points.len()))
    };
    ends.into_iter().map(ring).collect()
}

/// Cells one after the other, each with the number of its column.
fn properties(bytes: &[u8], columns: &[(String, ColumnType)]) -> Result<BTreeMap<String, Property>, String> {
    let mut cells = Cells(bytes);
    let mut found = BTreeMap::new();
    // Some writers leave a byte behind the last cell.
    while cells.0.len() > 1 {
        let column = usize::from(u16::from_le_bytes(cells.take()?));
        let (name, kind) = columns
            .get(column)
            .ok_or_else(|| format!("it has no column {column}"))?;
        if let Some(property) = cells.property(*kind)? {
            found.insert(name.clone(), property);
        }
    }
    Ok(found)
}

struct Cells<'a>(&'a [u8]);

impl<'a> Cells<'a> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], String> {
        let (head, rest) = self.0.split_first_chunk::<N>().ok_or("its properties are cut off")?;
        self.0 = rest;
        Ok(*head)
    }

    fn counted(&mut self) -> Result<&'a [u8], String> {
        let length = u32::from_le_bytes(self.take()?) as usize;
        let (head, rest) = self.0.split_at_checked(length).ok_or("its properties are cut off")?;
        self.0 = rest;
        Ok(head)
    }

    fn property(&mut self, kind: ColumnType) -> Result<Option<Property>, String> {
        let number = match kind {
            ColumnType::Byte => f64::from(i8::from_le_bytes(self.take()?)),
            ColumnType::UByte => f64::from(u8::from_le_bytes(self.take()?)),
            ColumnType::Bool => return self.take::<1>().map(|_| None),
            ColumnType::Short => f64::from(i16::from_le_bytes(self.take()?)),
            ColumnType::UShort => f64::from(u16::from_le_bytes(self.take()?)),
            ColumnType::Int => f64::from(i32::from_le_bytes(self.take()?)),
            ColumnType::UInt => f64::from(u32::from_le_bytes(self.take()?)),
            ColumnType::Long => i64::from_le_bytes(self.take()?) as f64,
            ColumnType::ULong => u64::from_le_bytes(self.take()?) as f64,
            ColumnType::Float => f64::from(f32::from_le_bytes(self.take()?)),
            ColumnType::Double => f64::from_le_bytes(self.take()?),
            ColumnType::Binary => return self.counted().map(|_| None),
            ColumnType::String | ColumnType::Json | ColumnType::DateTime => {
                return Ok(Property::text(&String::from_utf8_lossy(self.counted()?)));
            }
            other => return Err(format!("a column is of the type {}, which is not known", other.0)),
        };
        Ok(Some(Property::Number(number)))
    }
}
