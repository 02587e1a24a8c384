//! A Frame takes longitude and latitude to metres on a plane, and back.

use std::fmt;
use std::sync::LazyLock;

use lonlat_bng::{convert_etrs89_to_osgb36, convert_osgb36_to_ll};
use proj4rs::Proj;
use proj4rs::transform::transform;

/// The plane on which lengths and areas are measured.
#[derive(Clone)]
pub enum Frame {
    /// British National Grid, EPSG:27700, by the official OSTN15 shifts: metres east and north.
    BritishNationalGrid,
    /// A transverse Mercator plane on the WGS84 ellipsoid with its origin at a point in the middle of the data.
    Local(Box<LocalFrame>),
}

/// A plane around a point.
#[derive(Clone)]
pub struct LocalFrame {
    /// Longitude of the origin in degrees.
    pub lon: f64,
    /// Latitude of the origin in degrees.
    pub lat: f64,
    plane: Proj,
    degrees: Proj,
}

/// A point that has no place on the plane, or a plane that cannot be made.
#[derive(Clone, Debug, PartialEq)]
pub struct FrameError(String);

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for FrameError {}

impl fmt::Debug for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}

/// Longitudes and latitudes within which the British National Grid is defined by OSTN15 and of use.
const BRITAIN: ([f64; 2], [f64; 2]) = ([-9.0, 49.75], [2.25, 61.2]);

impl Frame {
    /// The plane for data that lies between two corners in degrees (`[lon, lat]`, south-west and north-east): the British
    /// National Grid if both are in or about Great Britain, a local one otherwise. Points far out at sea may still be off
    /// the grid.
    ///
    /// # Errors
    /// If the corners are no place on Earth.
    pub fn around(low: [f64; 2], high: [f64; 2]) -> Result<Self, FrameError> {
        let (from, to) = BRITAIN;
        let inside = (0..2).all(|k| from[k] <= low[k] && high[k] <= to[k]);
        if inside {
            return Ok(Self::BritishNationalGrid);
        }
        Self::local(f64::midpoint(low[0], high[0]), f64::midpoint(low[1], high[1]))
    }

    /// A local plane around a point in degrees.
    ///
    /// # Errors
    /// If the point is no place on Earth.
    pub fn local(lon: f64, lat: f64) -> Result<Self, FrameError> {
        let plane = format!("+proj=etmerc +lat_0={lat} +lon_0={lon} +k=1 +x_0=0 +y_0=0 +ellps=WGS84 +units=m");
        let (degrees, plane) = pair("+proj=longlat +ellps=WGS84", &plane)?;
        Ok(Self::Local(Box::new(LocalFrame {
            lon,
            lat,
            plane,
            degrees,
        })))
    }

    /// What it is called.
    pub fn name(&self) -> String {
        match self {
            Self::BritishNationalGrid => "British National Grid (EPSG:27700)".into(),
            Self::Local(local) => format!("a transverse Mercator plane around {:.3}, {:.3}", local.lon, local.lat),
        }
    }

    /// Metres east and north of a point given by WGS84 longitude and latitude in degrees.
    ///
    /// # Errors
    /// If the point has no place on the plane.
    pub fn to_plane(&self, lon: f64, lat: f64) -> Result<(f64, f64), FrameError> {
        match self {
            Self::BritishNationalGrid => british(lon, lat),
            Self::Local(local) => local.to_plane(lon, lat),
        }
    }

    /// WGS84 longitude and latitude in degrees of a point given in metres east and north.
    ///
    /// # Errors
    /// If the point is off the plane.
    pub fn to_degrees(&self, easting: f64, northing: f64) -> Result<(f64, f64), FrameError> {
        match self {
            Self::BritishNationalGrid => convert_osgb36_to_ll(easting, northing)
                .map_err(|_| FrameError(format!("{easting}, {northing} is off the British National Grid"))),
            Self::Local(local) => local.to_degrees(easting, northing),
        }
    }
}

/// Degrees, and the plane of the British National Grid before the OSTN15 shifts. `lonlat_bng` has this step too, but only
/// north of 49.922°, which leaves out the southern Isles of Scilly.
static BRITISH_PLANE: LazyLock<Result<(Proj, Proj), FrameError>> = LazyLock::new(|| {
    let plane = "+proj=etmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=GRS80 +units=m";
    pair("+proj=longlat +ellps=GRS80", plane)
});

fn british(lon: f64, lat: f64) -> Result<(f64, f64), FrameError> {
    let (degrees, plane) = BRITISH_PLANE.as_ref().map_err(Clone::clone)?;
    let (easting, northing) = forward(degrees, plane, lon, lat)?;
    convert_etrs89_to_osgb36(easting, northing)
        .map_err(|_| FrameError(format!("{lon}, {lat} is off the British National Grid")))
}

fn pair(degrees: &str, plane: &str) -> Result<(Proj, Proj), FrameError> {
    let make = |text: &str| Proj::from_proj_string(text).map_err(|e| FrameError(format!("no plane {text}: {e}")));
    Ok((make(degrees)?, make(plane)?))
}

fn forward(degrees: &Proj, plane: &Proj, lon: f64, lat: f64) -> Result<(f64, f64), FrameError> {
    let mut point = (lon.to_radians(), lat.to_radians(), 0.0);
    transform(degrees, plane, &mut point)
        .map_err(|e| FrameError(format!("{lon}, {lat} has no place on the plane: {e}")))?;
    Ok((point.0, point.1))
}

impl LocalFrame {
    fn to_plane(&self, lon: f64, lat: f64) -> Result<(f64, f64), FrameError> {
        forward(&self.degrees, &self.plane, lon, lat)
    }

    fn to_degrees(&self, easting: f64, northing: f64) -> Result<(f64, f64), FrameError> {
        let mut point = (easting, northing, 0.0);
        transform(&self.plane, &self.degrees, &mut point)
            .map_err(|e| FrameError(format!("{easting}, {northing} is off the plane: {e}")))?;
        Ok((point.0.to_degrees(), point.1.to_degrees()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_station_stands_where_the_ordnance_survey_says() {
        // Caister water tower, the worked example of the OSTN15 user guide: ETRS89 to OSGB36.
        let (lon, lat) = (1.716_073_973, 52.658_007_833);
        let (e, n) = Frame::BritishNationalGrid.to_plane(lon, lat).unwrap();
        assert!(
            (e - 651_409.804).abs() < 0.01 && (n - 313_177.450).abs() < 0.01,
            "{e} {n}"
        );
    }

    #[test]
    fn the_grid_agrees_with_a_second_implementation_to_a_millimetre() {
        for (lon, lat) in [
            (-5.7, 50.1),
            (1.76, 52.5),
            (-2.0, 55.8),
            (-4.6, 53.4),
            (-3.1, 58.4),
            (-7.2, 57.5),
        ] {
            let (e, n) = Frame::BritishNationalGrid.to_plane(lon, lat).unwrap();
            let (e2, n2) = lonlat_bng::convert_osgb36(lon, lat).unwrap();
            assert!(
                (e - e2).abs() < 0.0016 && (n - n2).abs() < 0.0016,
                "{lon} {lat}: {e} {e2} {n} {n2}"
            );
        }
    }

    #[test]
    fn the_southernmost_isle_of_scilly_is_on_the_grid() {
        let (e, n) = Frame::BritishNationalGrid.to_plane(-6.3633, 49.883).unwrap();
        assert!(
            (86_000.0..88_000.0).contains(&e) && (5_000.0..8_000.0).contains(&n),
            "{e} {n}"
        );
        let (lon, lat) = Frame::BritishNationalGrid.to_degrees(e, n).unwrap();
        assert!((lon + 6.3633).abs() < 2e-8 && (lat - 49.883).abs() < 2e-8);
    }

    #[test]
    fn there_and_back_is_the_same_point() {
        let paris = Frame::around([2.2, 48.8], [2.5, 48.9]).unwrap();
        assert!(matches!(paris, Frame::Local(_)));
        for (frame, lon, lat) in [(Frame::BritishNationalGrid, -3.5, 54.2), (paris, 2.3522, 48.8566)] {
            let (e, n) = frame.to_plane(lon, lat).unwrap();
            let (x, y) = frame.to_degrees(e, n).unwrap();
            assert!((x - lon).abs() < 2e-8 && (y - lat).abs() < 2e-8, "{frame:?} {x} {y}");
        }
    }

    #[test]
    fn a_kilometre_on_a_local_plane_is_a_kilometre_on_earth() {
        let frame = Frame::around([13.0, 52.3], [13.8, 52.7]).unwrap();
        let (_, south) = frame.to_plane(13.4, 52.5).unwrap();
        // A degree of latitude at 52.5° is 111,267 m on the WGS84 ellipsoid.
        let (_, north) = frame.to_plane(13.4, 52.51).unwrap();
        assert!((north - south - 1112.67).abs() < 0.1, "{}", north - south);
    }

    #[test]
    fn great_britain_is_on_its_own_grid() {
        assert!(matches!(
            Frame::around([-6.4, 49.9], [1.8, 55.8]).unwrap(),
            Frame::BritishNationalGrid
        ));
    }
}
