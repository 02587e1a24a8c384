//! A Plane says in which system the shapes of a file stand: the British National Grid, or degrees where the data lie elsewhere.

use ::geo::{Coord, LineString, MapCoords, MultiPolygon};

use crate::report::geo_json::ToWgs84;

/// The system of the shapes of a file.
#[derive(Clone, Copy)]
pub enum Plane<'a> {
    /// Metres east and north, EPSG:27700: the map as it is.
    BritishNationalGrid,
    /// WGS84 in degrees, EPSG:4326: the plane of the map is its own, and no other program knows it.
    Degrees(&'a ToWgs84<'a>),
}

/// The British National Grid in the words of OGC 01-009.
const BRITISH: &str = r#"PROJCS["OSGB36 / British National Grid",GEOGCS["OSGB36",DATUM["Ordnance_Survey_of_Great_Britain_1936",SPHEROID["Airy 1830",6377563.396,299.3249646,AUTHORITY["EPSG","7001"]],AUTHORITY["EPSG","6277"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4277"]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",49],PARAMETER["central_meridian",-2],PARAMETER["scale_factor",0.9996012717],PARAMETER["false_easting",400000],PARAMETER["false_northing",-100000],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","27700"]]"#;

/// The same in the words that a `.prj` has.
const BRITISH_PRJ: &str = r#"PROJCS["British_National_Grid",GEOGCS["GCS_OSGB_1936",DATUM["D_OSGB_1936",SPHEROID["Airy_1830",6377563.396,299.3249646]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",400000.0],PARAMETER["False_Northing",-100000.0],PARAMETER["Central_Meridian",-2.0],PARAMETER["Scale_Factor",0.9996012717],PARAMETER["Latitude_Of_Origin",49.0],UNIT["Meter",1.0]]"#;

/// WGS84 in the words of OGC 01-009.
pub(super) const DEGREES: &str = r#"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]"#;

const DEGREES_PRJ: &str = r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;

impl Plane<'_> {
    /// Its number in the EPSG register.
    pub(super) fn code(self) -> i32 {
        match self {
            Self::BritishNationalGrid => 27700,
            Self::Degrees(_) => 4326,
        }
    }

    /// What people call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::BritishNationalGrid => "OSGB36 / British National Grid (EPSG:27700), metres east and north",
            Self::Degrees(_) => "WGS 84 (EPSG:4326), degrees",
        }
    }

    /// Its definition as the register words it.
    pub(super) fn definition(self) -> &'static str {
        match self {
            Self::BritishNationalGrid => BRITISH,
            Self::Degrees(_) => DEGREES,
        }
    }

    /// Its definition as a `.prj` words it.
    pub(super) fn prj(self) -> &'static str {
        match self {
            Self::BritishNationalGrid => BRITISH_PRJ,
            Self::Degrees(_) => DEGREES_PRJ,
        }
    }

    /// A point of the map in this system, rounded to 1 cm or 1e-7 degrees: a point is rounded on its own, so common borders stay common.
    pub(super) fn point(self, at: Coord<f64>) -> Coord<f64> {
        let (x, y, steps) = match self {
            Self::BritishNationalGrid => (at.x, at.y, 1e2),
            Self::Degrees(to_wgs84) => {
                let (longitude, latitude) = to_wgs84(at.x, at.y);
                (longitude, latitude, 1e7)
            }
        };
        Coord {
            x: (x * steps).round() / steps,
            y: (y * steps).round() / steps,
        }
    }

    /// A shape of the map in this system; rings that fall together in rounding are left off.
    pub(super) fn shape(self, shape: &MultiPolygon<f64>) -> MultiPolygon<f64> {
        let ring = |ring: &LineString<f64>| {
            let mut ring = ring.map_coords(|at| self.point(at));
            ring.0.dedup();
            (ring.0.len() >= 4).then_some(ring)
        };
        let polygon = |polygon: &::geo::Polygon<f64>| {
            let holes = polygon.interiors().iter().filter_map(ring).collect();
            ring(polygon.exterior()).map(|outer| ::geo::Polygon::new(outer, holes))
        };
        MultiPolygon(shape.iter().filter_map(polygon).collect())
    }
}
