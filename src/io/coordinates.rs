//! Coordinates of a file onto the plane, and what tells that they are of another system than they should be.

use super::boundary::BoundarySource;
use super::layer::{Feature, Layer};
use crate::domain::{Finding, Findings};
use crate::geo::{Frame, Shape, Vertex};

/// The plane of a file, and how its coordinates get there.
pub(super) struct Plane {
    pub frame: Frame,
    /// Whether the file gives metres on the plane already.
    metres: bool,
}

impl Plane {
    /// A feature's rings on the grid of the plane.
    pub(super) fn shape(&self, feature: &Feature) -> Shape {
        let ring = |line: &Vec<[f64; 2]>| line.iter().filter_map(|&p| self.vertex(p)).collect();
        feature
            .polygons
            .iter()
            .map(|rings| rings.iter().map(ring).collect())
            .collect()
    }

    fn vertex(&self, [x, y]: [f64; 2]) -> Option<Vertex> {
        let (easting, northing) = if self.metres {
            (x, y)
        } else {
            self.frame.to_plane(x, y).ok()?
        };
        Vertex::from_metres(easting, northing)
    }

    /// A place in the coordinates of the file.
    pub(super) fn locate(&self, vertex: Vertex) -> String {
        let (easting, northing) = vertex.metres();
        match self.frame.to_degrees(easting, northing) {
            Ok((lon, lat)) if !self.metres => format!("{lon:.5}, {lat:.5}"),
            _ => format!("{easting:.1}, {northing:.1}"),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum System {
    Degrees,
    BritishGrid,
}

/// The plane for a file; `None`, with the reason among the findings, where its coordinates cannot be what they should be.
pub(super) fn on_plane(source: &BoundarySource<'_>, layer: &Layer, findings: &mut Findings) -> Option<Plane> {
    no_polygons(source.file, layer, findings);
    let system = match system(source.crs.or(layer.crs.as_deref())) {
        Ok(system) => system,
        Err(name) => {
            let message = format!("the coordinate reference system {name} is not known here");
            let help = "reproject to WGS84 (EPSG:4326), or give metres on the British National Grid (EPSG:27700)";
            findings.push(Finding::error("G306", source.file, message, help));
            return None;
        }
    };
    let Some((low, high)) = extent(layer) else {
        return Some(Plane {
            frame: Frame::BritishNationalGrid,
            metres: true,
        });
    };
    if let Some(fault) = misplaced(source.file, system, layer, low, high) {
        findings.push(fault);
        return None;
    }
    match system {
        System::BritishGrid => Some(Plane {
            frame: Frame::BritishNationalGrid,
            metres: true,
        }),
        System::Degrees => plane_of_degrees(source.file, layer, low, high, findings),
    }
}

fn no_polygons(file: &str, layer: &Layer, findings: &mut Findings) {
    for feature in &layer.features {
        if let Some(kind) = &feature.other_geometry {
            let subject = format!("{file} feature {}", feature.number);
            let message = format!("is a {kind}; an area takes a Polygon or a MultiPolygon");
            findings.push(Finding::error(
                "G207",
                subject,
                message,
                "take the feature out, or give it its outline",
            ));
        }
    }
}

fn system(name: Option<&str>) -> Result<System, &str> {
    let Some(name) = name else { return Ok(System::Degrees) };
    let tail = name.rsplit(':').next().unwrap_or(name).to_uppercase();
    match tail.as_str() {
        // ETRS89 (4258) and WGS84 differ by less than a metre.
        "4326" | "CRS84" | "WGS84" | "4258" => Ok(System::Degrees),
        "27700" => Ok(System::BritishGrid),
        _ => Err(name),
    }
}

/// South-west and north-east corner of all coordinates.
fn extent(layer: &Layer) -> Option<([f64; 2], [f64; 2])> {
    let mut all = layer.features.iter().flat_map(Feature::coordinates);
    let first = all.next()?;
    Some(all.fold((first, first), |(low, high), p| {
        (
            [low[0].min(p[0]), low[1].min(p[1])],
            [high[0].max(p[0]), high[1].max(p[1])],
        )
    }))
}

/// What is wrong with the coordinates as a whole.
fn misplaced(file: &str, system: System, layer: &Layer, low: [f64; 2], high: [f64; 2]) -> Option<Finding> {
    let within = |x: f64, y: f64| low[0] >= -x && high[0] <= x && low[1] >= -y && high[1] <= y;
    match system {
        System::BritishGrid if within(180.0, 90.0) => Some(wrong_system(
            file,
            layer,
            |_| true,
            "read like degrees, but the scenario or the file says metres on the British National Grid",
            "take crs = \"EPSG:27700\" out of [areas], or out of the file",
        )),
        System::BritishGrid if !on_british_grid(low, high) => Some(wrong_system(
            file,
            layer,
            |p| !on_british_grid(p, p),
            "lie off the British National Grid (0 to 700,000 east, 0 to 1,300,000 north)",
            "check the coordinate reference system of the file, or reproject it to WGS84",
        )),
        System::Degrees if within(180.0, 90.0) => looks_swapped(low, high).then(|| swapped(file, layer)),
        System::Degrees if within(90.0, 180.0) => Some(swapped(file, layer)),
        System::Degrees => Some(wrong_system(
            file,
            layer,
            |p| p[0].abs() > 180.0 || p[1].abs() > 90.0,
            "are no longitude and latitude; they read like eastings and northings",
            "say crs = \"EPSG:27700\" in [areas] if they are on the British National Grid, or reproject the file to WGS84",
        )),
        System::BritishGrid => None,
    }
}

fn on_british_grid(low: [f64; 2], high: [f64; 2]) -> bool {
    low[0] >= 0.0 && low[1] >= 0.0 && high[0] <= 700_000.0 && high[1] <= 1_300_000.0
}

fn wrong_system(file: &str, layer: &Layer, odd: impl Fn([f64; 2]) -> bool, fact: &str, help: &str) -> Finding {
    let is_odd = |f: &&Feature| f.coordinates().any(&odd);
    let count = layer.features.iter().filter(is_odd).count();
    let (number, example) = first_coordinate(layer, &odd);
    let message = format!(
        "coordinates such as {}, {} (feature {number}) {fact}; {count} of {} features are so",
        example[0],
        example[1],
        layer.features.len()
    );
    Finding::error("G305", file, message, help)
}

fn first_coordinate(layer: &Layer, odd: impl Fn([f64; 2]) -> bool) -> (usize, [f64; 2]) {
    let mut all = layer
        .features
        .iter()
        .flat_map(|f| f.coordinates().map(move |p| (f.number, p)));
    all.find(|&(_, p)| odd(p)).unwrap_or((1, [0.0, 0.0]))
}

/// Latitudes and longitudes of Great Britain in the wrong order; read as they stand they would lie off Somalia.
fn looks_swapped(low: [f64; 2], high: [f64; 2]) -> bool {
    low[0] >= 49.0 && high[0] <= 61.5 && low[1] >= -9.0 && high[1] <= 2.5
}

fn swapped(file: &str, layer: &Layer) -> Finding {
    let (number, p) = first_coordinate(layer, |_| true);
    let message = format!(
        "coordinates such as {}, {} (feature {number}) have latitude before longitude",
        p[0], p[1]
    );
    Finding::error(
        "G307",
        file,
        message,
        "GeoJSON wants longitude first: swap the two in every coordinate",
    )
}

fn plane_of_degrees(
    file: &str,
    layer: &Layer,
    low: [f64; 2],
    high: [f64; 2],
    findings: &mut Findings,
) -> Option<Plane> {
    let fits = |frame: &Frame| {
        let mut all = layer
            .features
            .iter()
            .flat_map(|f| f.coordinates().map(move |p| (f.number, p)));
        all.find(|&(_, [lon, lat])| frame.to_plane(lon, lat).is_err())
    };
    let local = || Frame::local(f64::midpoint(low[0], high[0]), f64::midpoint(low[1], high[1]));
    let frame = match Frame::around(low, high) {
        Ok(frame) if fits(&frame).is_none() => Ok(frame),
        _ => local(),
    };
    let fault = match &frame {
        Ok(frame) => fits(frame)
            .map(|(number, [lon, lat])| format!("feature {number}: {lon}, {lat} has no place on {}", frame.name())),
        Err(error) => Some(error.to_string()),
    };
    if let Some(message) = fault {
        let help = "areas must lie close enough together to be drawn on one flat map; check the coordinates";
        findings.push(Finding::error("G310", file, message, help));
        return None;
    }
    let frame = frame.ok()?;
    if matches!(frame, Frame::Local(_)) {
        let message = format!(
            "lies outside Great Britain: lengths and areas are measured on {}",
            frame.name()
        );
        findings.push(Finding::note("G103", file, message, ""));
    }
    Some(Plane { frame, metres: false })
}
