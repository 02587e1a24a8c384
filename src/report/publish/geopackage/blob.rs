//! Geometries as a GeoPackage stores them: a header with the bounding box, then well-known binary, all little-endian.

use ::geo::{BoundingRect, Coord, LineString, MultiPolygon, Rect};

/// Types of well-known binary.
const LINE_STRING: u32 = 2;
const POLYGON: u32 = 3;
const MULTI_POLYGON: u32 = 6;

/// Flags of the header: little-endian, with a box of two dimensions.
const WITH_BOX: u8 = 0b0000_0011;
/// Flags of the header: little-endian, without a box, empty.
const EMPTY: u8 = 0b0001_0001;

/// A geometry with its bounding box, `None` where it is empty.
pub(super) struct Blob {
    pub bytes: Vec<u8>,
    pub bounds: Option<Rect<f64>>,
}

/// Polygons in the system of that number.
pub(super) fn polygons(system: i32, shape: &MultiPolygon<f64>) -> Blob {
    let mut blob = header(system, shape.bounding_rect());
    blob.kind(MULTI_POLYGON);
    blob.count(shape.0.len());
    for polygon in shape {
        blob.kind(POLYGON);
        blob.count(1 + polygon.interiors().len());
        blob.points(polygon.exterior());
        for hole in polygon.interiors() {
            blob.points(hole);
        }
    }
    blob
}

/// A line in the system of that number.
pub(super) fn line(system: i32, line: &LineString<f64>) -> Blob {
    let mut blob = header(system, line.bounding_rect());
    blob.kind(LINE_STRING);
    blob.points(line);
    blob
}

fn header(system: i32, bounds: Option<Rect<f64>>) -> Blob {
    let flags = if bounds.is_some() { WITH_BOX } else { EMPTY };
    let mut bytes = vec![b'G', b'P', 0, flags];
    bytes.extend(system.to_le_bytes());
    let sides = bounds.map(|b| [b.min().x, b.max().x, b.min().y, b.max().y]);
    for side in sides.into_iter().flatten() {
        bytes.extend(side.to_le_bytes());
    }
    Blob { bytes, bounds }
}

impl Blob {
    fn kind(&mut self, kind: u32) {
        self.bytes.push(1);
        self.bytes.extend(kind.to_le_bytes());
    }

    /// A shape of more parts than fit into four bytes would not fit into memory either.
    fn count(&mut self, count: usize) {
        self.bytes
            .extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
    }

    fn points(&mut self, line: &LineString<f64>) {
        self.count(line.0.len());
        for &Coord { x, y } in &line.0 {
            self.bytes.extend(x.to_le_bytes());
            self.bytes.extend(y.to_le_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::rectangle;

    #[test]
    fn an_empty_shape_says_so_and_has_no_box() {
        let blob = polygons(27700, &MultiPolygon(Vec::new()));
        assert_eq!(blob.bytes[3], EMPTY);
        assert!(blob.bounds.is_none());
        assert_eq!(blob.bytes.len(), 8 + 5 + 4);
    }

    /// Gathers points.
    #[derive(Default)]
    struct Points(Vec<(f64, f64)>);

    impl geozero::GeomProcessor for Points {
        fn xy(&mut self, x: f64, y: f64, _: usize) -> geozero::error::Result<()> {
            self.0.push((x, y));
            Ok(())
        }
    }

    #[test]
    fn a_square_is_read_by_another_implementation() {
        let shape = rectangle(0.0, 0.0, 1.0, 1.0);
        let blob = polygons(27700, &shape);
        let mut read = Points::default();
        geozero::wkb::process_gpkg_geom(&mut blob.bytes.as_slice(), &mut read).unwrap();
        let drawn: Vec<(f64, f64)> = shape.0[0].exterior().coords().map(|c| (c.x, c.y)).collect();
        assert_eq!(read.0, drawn);
    }
}
