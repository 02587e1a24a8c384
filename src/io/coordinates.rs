//! Coordinates of a file onto the plane: by the system that it declares, or by what the numbers say where the two differ.

use super::boundary::BoundarySource;
use super::crs::{System, from_web_mercator, local_origin};
use super::layer::{Feature, Layer};
use super::sniff::Kind;
use crate::domain::{Finding, Findings};
use crate::geo::{Frame, Shape, Vertex};

/// The plane of a file, and every feature on it.
pub(super) struct Plane {
    pub frame: Frame,
    /// One shape a feature, in file order.
    pub shapes: Vec<Shape>,
    reading: Reading,
}

/// How the numbers of a file are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Reading {
    system: System,
    /// Whether the second number is the one that grows to the east.
    swapped: bool,
}

/// South-west and north-east corner.
type Extent = ([f64; 2], [f64; 2]);

impl Plane {
    /// The system that the numbers were read as, in words.
    pub(super) fn read_as(&self) -> String {
        self.reading.words()
    }

    /// A place in the coordinates of the file, axes in the usual order.
    pub(super) fn locate(&self, vertex: Vertex) -> String {
        let (easting, northing) = vertex.metres();
        match self.frame.to_degrees(easting, northing) {
            Ok((lon, lat)) if !matches!(self.reading.system, System::BritishGrid | System::Local) => {
                format!("{lon:.5}, {lat:.5}")
            }
            _ => format!("{easting:.1}, {northing:.1}"),
        }
    }
}

impl Reading {
    fn plain(system: System) -> Self {
        Self { system, swapped: false }
    }

    /// A point in degrees, or in metres on the British National Grid.
    fn point(self, [x, y]: [f64; 2]) -> [f64; 2] {
        let point = if self.swapped { [y, x] } else { [x, y] };
        if self.system == System::WebMercator {
            from_web_mercator(point)
        } else {
            point
        }
    }

    fn words(self) -> String {
        let order = if self.swapped { ", the second number first" } else { "" };
        format!("{}{order}", self.system.words())
    }
}

/// The plane for a file, or every feature on the plane that is `given`; `None`, with the reason among the findings, where its
/// coordinates cannot be placed.
pub(super) fn on_plane(
    source: &BoundarySource<'_>,
    kind: Kind,
    layer: &Layer,
    given: Option<&Frame>,
    findings: &mut Findings,
) -> Option<Plane> {
    no_polygons(source.file, layer, findings);
    let Some(extent) = extent(layer) else {
        return Some(Plane {
            frame: Frame::BritishNationalGrid,
            shapes: vec![Shape::new(); layer.features.len()],
            reading: Reading::plain(System::BritishGrid),
        });
    };
    if let Some((lon, lat)) = source.crs.or(layer.crs.as_deref()).and_then(local_origin) {
        return on_local_plane(source.file, layer, (lon, lat), given, findings);
    }
    let reading = match reading(source, kind, layer, extent) {
        Ok((reading, note)) => {
            note.into_iter().for_each(|note| findings.push(note));
            reading
        }
        Err(fault) => {
            findings.push(fault);
            return None;
        }
    };
    if let Some(frame) = given {
        return onto(frame, source.file, layer, reading, findings);
    }
    if reading.system == System::BritishGrid {
        let frame = Frame::BritishNationalGrid;
        let shapes = projected(layer, |p| Some(p.into()), reading).ok()?;
        return Some(Plane { frame, shapes, reading });
    }
    plane_of_degrees(source.file, layer, reading, extent, findings)
}

fn no_polygons(file: &str, layer: &Layer, findings: &mut Findings) {
    for feature in &layer.features {
        if let Some(kind) = &feature.other_geometry {
            let subject = format!("{file} feature {}", feature.number);
            let message = format!("is a {kind}; an area takes a Polygon or a MultiPolygon");
            let help = "take the feature out, or give it its outline";
            findings.push(Finding::error("G207", subject, message, help));
        }
    }
}

/// South-west and north-east corner of all coordinates.
fn extent(layer: &Layer) -> Option<Extent> {
    let mut all = layer.features.iter().flat_map(Feature::coordinates);
    let first = all.next()?;
    Some(all.fold((first, first), |(low, high), p| {
        (
            [low[0].min(p[0]), low[1].min(p[1])],
            [high[0].max(p[0]), high[1].max(p[1])],
        )
    }))
}

/// How the numbers are to be read, with what there is to say about it.
fn reading(
    source: &BoundarySource<'_>,
    kind: Kind,
    layer: &Layer,
    extent: Extent,
) -> Result<(Reading, Option<Finding>), Finding> {
    let name = source.crs.or(layer.crs.as_deref());
    let declared = match name.map(|name| System::named(name).ok_or(name)) {
        Some(Err(name)) => return Err(unknown(source.file, name)),
        Some(Ok(system)) => Some(system),
        // GeoJSON prescribes degrees, and TopoJSON is made from it.
        None => matches!(kind, Kind::GeoJson | Kind::TopoJson).then_some(System::Degrees),
    };
    let seen = seen(extent);
    match (declared, seen) {
        (Some(system), _) if fits(system, extent) => Ok((Reading::plain(system), None)),
        (Some(system), Some(seen)) if system == seen.system => Ok((seen, Some(swapped(source.file, layer)))),
        // What the user says of the file is not overruled, only what the file says of itself.
        (Some(system), Some(seen)) if source.crs.is_none() => {
            Ok((seen, Some(differs(source.file, layer, system, seen))))
        }
        (Some(system), _) => Err(misplaced(source.file, layer, system, seen)),
        (None, Some(seen)) => Ok((seen, Some(undeclared(source.file, seen)))),
        (None, None) => Err(misplaced(source.file, layer, System::Degrees, None)),
    }
}

fn within((low, high): Extent, x: f64, y: f64) -> bool {
    low[0] >= -x && high[0] <= x && low[1] >= -y && high[1] <= y
}

fn on_british_grid((low, high): Extent) -> bool {
    low[0] >= 0.0 && low[1] >= 0.0 && high[0] <= 700_000.0 && high[1] <= 1_300_000.0
}

/// Whether numbers can be of a system.
fn fits(system: System, extent: Extent) -> bool {
    match system {
        System::Degrees => within(extent, 180.0, 90.0) && !looks_swapped(extent),
        System::Local => true,
        System::BritishGrid => on_british_grid(extent) && !within(extent, 180.0, 90.0),
        System::WebMercator => within(extent, 20_037_509.0, 20_048_967.0) && !within(extent, 180.0, 90.0),
    }
}

/// The system that numbers read like.
fn seen(extent: Extent) -> Option<Reading> {
    let (low, high) = extent;
    let turned = ([low[1], low[0]], [high[1], high[0]]);
    let reading = |system, swapped| Some(Reading { system, swapped });
    if within(extent, 180.0, 90.0) {
        reading(System::Degrees, looks_swapped(extent))
    } else if within(turned, 180.0, 90.0) {
        reading(System::Degrees, true)
    } else if on_british_grid(extent) {
        reading(System::BritishGrid, false)
    } else if on_british_grid(turned) {
        reading(System::BritishGrid, true)
    } else if over_britain_in_web_mercator(extent) {
        reading(System::WebMercator, false)
    } else {
        None
    }
}

/// Latitudes and longitudes of Great Britain in the wrong order; read as they stand they would lie off Somalia.
fn looks_swapped((low, high): Extent) -> bool {
    low[0] >= 49.0 && high[0] <= 61.5 && low[1] >= -9.0 && high[1] <= 2.5
}

fn over_britain_in_web_mercator((low, high): Extent) -> bool {
    low[0] >= -1_010_000.0 && high[0] <= 260_000.0 && low[1] >= 6_380_000.0 && high[1] <= 8_710_000.0
}

fn example(layer: &Layer, odd: impl Fn([f64; 2]) -> bool) -> String {
    let mut all = layer
        .features
        .iter()
        .flat_map(|f| f.coordinates().map(move |p| (f.number, p)));
    let (number, [x, y]) = all.find(|&(_, p)| odd(p)).unwrap_or((1, [0.0, 0.0]));
    format!("coordinates such as {x}, {y} (feature {number})")
}

fn unknown(file: &str, name: &str) -> Finding {
    // Of the words of a `.prj`, the name says what it is.
    let title = name.split('"').nth(1).filter(|_| name.contains('['));
    let short: String = title.unwrap_or(name).chars().take(80).collect();
    let message = format!("the coordinate reference system {short} is not known here");
    let help = "reproject to WGS84 (EPSG:4326) or the British National Grid (EPSG:27700); or say crs = \"EPSG:…\" in [areas] if it is one of these by another name";
    Finding::error("G306", file, message, help)
}

fn swapped(file: &str, layer: &Layer) -> Finding {
    let message = format!(
        "{} have latitude or northing first; they are read the other way round",
        example(layer, |_| true)
    );
    Finding::warning(
        "G307",
        file,
        message,
        "nothing needs doing if the map is right; GeoJSON wants longitude first",
    )
}

fn differs(file: &str, layer: &Layer, declared: System, seen: Reading) -> Finding {
    let message = format!(
        "should hold {}, but {} read like {}; they are read so",
        declared.words(),
        example(layer, |p| !fits(declared, (p, p))),
        seen.words()
    );
    let help = "nothing needs doing if the map is right; crs = \"EPSG:…\" in [areas] says it for certain";
    Finding::warning("G305", file, message, help)
}

fn undeclared(file: &str, seen: Reading) -> Finding {
    let message = format!(
        "names no coordinate reference system; its numbers read like {}",
        seen.words()
    );
    let help = "nothing needs doing if the map is right; crs = \"EPSG:…\" in [areas] says it for certain";
    Finding::note("G305", file, message, help)
}

fn misplaced(file: &str, layer: &Layer, declared: System, seen: Option<Reading>) -> Finding {
    let odd = |p: [f64; 2]| !fits(declared, (p, p));
    let count = layer.features.iter().filter(|f| f.coordinates().any(odd)).count();
    let reads = seen.map_or_else(
        || "and read like no system that is known here".to_string(),
        |seen| format!("but read like {}", seen.words()),
    );
    let message = format!(
        "{} are not {}, {reads}; {count} of {} features are so",
        example(layer, odd),
        declared.words(),
        layer.features.len()
    );
    let help = match seen {
        Some(_) => "take crs out of [areas], or give the one that fits",
        None => "check the coordinate reference system of the file, or reproject it to WGS84",
    };
    Finding::error("G305", file, message, help)
}

/// Every feature on the plane; the first point that has no place there otherwise.
fn projected(
    layer: &Layer,
    to_plane: impl Fn([f64; 2]) -> Option<(f64, f64)>,
    reading: Reading,
) -> Result<Vec<Shape>, (usize, [f64; 2])> {
    let vertex = |f: &Feature, p: [f64; 2]| {
        let point = reading.point(p);
        let placed = to_plane(point).and_then(|(easting, northing)| Vertex::from_metres(easting, northing));
        placed.ok_or((f.number, point))
    };
    let shape = |f: &Feature| {
        let ring = |line: &Vec<[f64; 2]>| line.iter().map(|&p| vertex(f, p)).collect::<Result<Vec<_>, _>>();
        let polygons = f.polygons.iter();
        polygons.map(|rings| rings.iter().map(ring).collect()).collect()
    };
    layer.features.iter().map(shape).collect()
}

fn onto(frame: &Frame, file: &str, layer: &Layer, reading: Reading, findings: &mut Findings) -> Option<Plane> {
    let british = matches!(frame, Frame::BritishNationalGrid);
    let place = |[x, y]: [f64; 2]| match reading.system {
        System::BritishGrid if british => Some((x, y)),
        System::BritishGrid => {
            let (lon, lat) = Frame::BritishNationalGrid.to_degrees(x, y).ok()?;
            frame.to_plane(lon, lat).ok()
        }
        _ => frame.to_plane(x, y).ok(),
    };
    match projected(layer, place, reading) {
        Ok(shapes) => Some(Plane {
            frame: frame.clone(),
            shapes,
            reading,
        }),
        Err((number, [x, y])) => {
            let message = format!("feature {number}: {x}, {y} has no place on {}", frame.name());
            let help = "give outlines that lie where the areas do";
            findings.push(Finding::error("G310", file, message, help));
            None
        }
    }
}

/// Metres of a local plane, as the canonical boundaries of a data set outside Great Britain have them.
fn on_local_plane(
    file: &str,
    layer: &Layer,
    (lon, lat): (f64, f64),
    given: Option<&Frame>,
    findings: &mut Findings,
) -> Option<Plane> {
    let reading = Reading::plain(System::Local);
    let placed = Frame::local(lon, lat).map_err(|e| e.to_string()).and_then(|own| {
        let place = |[x, y]: [f64; 2]| match given {
            None => Some((x, y)),
            Some(frame) => {
                let (lon, lat) = own.to_degrees(x, y).ok()?;
                frame.to_plane(lon, lat).ok()
            }
        };
        let shapes = projected(layer, place, reading)
            .map_err(|(number, [x, y])| format!("feature {number}: {x}, {y} has no place on the map"))?;
        Ok((given.cloned().unwrap_or(own), shapes))
    });
    match placed {
        Ok((frame, shapes)) => Some(Plane { frame, shapes, reading }),
        Err(message) => {
            let help = "areas must lie close enough together to be drawn on one flat map; check the coordinates";
            findings.push(Finding::error("G310", file, message, help));
            None
        }
    }
}

fn plane_of_degrees(
    file: &str,
    layer: &Layer,
    reading: Reading,
    (low, high): Extent,
    findings: &mut Findings,
) -> Option<Plane> {
    let (low, high) = (reading.point(low), reading.point(high));
    let placed = |frame: &Frame| projected(layer, |[lon, lat]| frame.to_plane(lon, lat).ok(), reading);
    let british = Frame::around(low, high)
        .ok()
        .filter(|frame| matches!(frame, Frame::BritishNationalGrid));
    if let Some((frame, Ok(shapes))) = british.map(|frame| (frame.clone(), placed(&frame))) {
        return Some(Plane { frame, shapes, reading });
    }
    let local = Frame::local(f64::midpoint(low[0], high[0]), f64::midpoint(low[1], high[1]));
    let found = local.map_err(|e| e.to_string()).and_then(|frame| {
        let shapes = placed(&frame).map_err(|(number, [lon, lat])| {
            format!("feature {number}: {lon}, {lat} has no place on {}", frame.name())
        })?;
        Ok((frame, shapes))
    });
    match found {
        Ok((frame, shapes)) => {
            let message = format!(
                "lies outside Great Britain: lengths and areas are measured on {}",
                frame.name()
            );
            findings.push(Finding::note("G103", file, message, ""));
            Some(Plane { frame, shapes, reading })
        }
        Err(message) => {
            let help = "areas must lie close enough together to be drawn on one flat map; check the coordinates";
            findings.push(Finding::error("G310", file, message, help));
            None
        }
    }
}
