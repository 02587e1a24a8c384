//! Boundary files of every format become one Layer.

use super::boundary::BoundarySource;
use super::layer::{Columns, Layer, choose};
use super::shapefile::Parts;
use super::sniff::{Kind, is_boundary_name, json_type, sniff};
use super::{archive, axes, flatgeobuf, geojson, geopackage, shapefile, topojson, years};
use crate::domain::{Finding, Findings};

/// The bytes of a boundary file, with what stands beside it.
#[derive(Clone, Copy, Debug)]
pub(super) struct RawFile<'a> {
    /// What to call it.
    pub name: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
    /// Other parts of a loose shapefile, by name.
    pub beside: &'a [(String, Vec<u8>)],
    /// Which of several layers.
    pub layer: Option<&'a str>,
}

/// A layer with what it was read from.
pub(super) struct Read {
    /// The format.
    pub kind: Kind,
    /// The features of the year and of the codes that are wanted.
    pub layer: Layer,
    /// Which properties hold code and name.
    pub columns: Columns,
    /// What there is to say of the choice of a year.
    pub told: Findings,
}

/// Reads the features that a source asks for.
///
/// # Errors
/// As [`read`]; `G312` and `G309` where the year or the codes that are wanted leave nothing; `G305` where codes of Great Britain lie abroad.
pub(super) fn of_source(source: &BoundarySource<'_>) -> Result<Read, Findings> {
    let (kind, mut layer) = read(&RawFile {
        name: source.file,
        bytes: source.bytes,
        beside: source.beside,
        layer: source.layer,
    })?;
    let columns = layer.columns();
    let mut told = years::select(source, &columns, &mut layer)?;
    told.extend(axes::righted(source, &columns, &mut layer)?);
    told.0
        .extend(layer.cut_short.then(|| cut_short(source.file, layer.features.len())));
    Ok(Read {
        kind,
        layer,
        columns,
        told,
    })
}

/// Servers of maps send so many features at a time and say that there are more.
fn cut_short(file: &str, features: usize) -> Finding {
    let message =
        format!("says that its server had more features than the {features} that it sent (`exceededTransferLimit`)");
    let help = "download the layer as a whole, or ask for the others with `resultOffset` in the address and put the parts together";
    Finding::warning("G315", file, message, help)
}

/// Reads a file by its content, and tells what it is. An archive counts as what it holds.
///
/// # Errors
/// `G301` what cannot be read, `G302` what is no format of boundaries, `G308` several layers of which none is chosen, `G309` no area,
/// `G311` a shapefile without its table.
pub(super) fn read(file: &RawFile<'_>) -> Result<(Kind, Layer), Findings> {
    let kind = sniff(file.name, file.bytes)?;
    let (kind, layer) = match kind {
        Kind::ZippedBoundaries => zipped(file)?,
        kind => (kind, loose(kind, file)?),
    };
    if layer.features.is_empty() {
        return Err(Finding::error("G309", file.name, "holds no area", "check that the right file is named").into());
    }
    Ok((kind, layer))
}

fn loose(kind: Kind, file: &RawFile<'_>) -> Result<Layer, Finding> {
    match kind {
        Kind::GeoJson => geojson::read(file.name, text(file)?),
        Kind::TopoJson => topojson::read(file.name, text(file)?, file.layer),
        Kind::GeoPackage => geopackage::read(file.name, file.bytes, file.layer),
        Kind::FlatGeobuf => flatgeobuf::read(file.name, file.bytes),
        Kind::Shapefile => shapefile::read(file.name, &Parts::of(file.bytes, stem(file.name), file.beside)),
        Kind::ShapefilePart => Err(Finding::error(
            "G302",
            file.name,
            "is the index or the table of a shapefile",
            "name the .shp instead; its other parts are found beside it",
        )),
        Kind::ZippedBoundaries | Kind::Table => Err(no_boundaries(file)),
    }
}

/// One file of boundaries in an archive, or the one that is named.
fn zipped(file: &RawFile<'_>) -> Result<(Kind, Layer), Finding> {
    let names = archive::names(file.name, file.bytes)?;
    let maps = names.iter().map(String::as_str).filter(|name| is_boundary_name(name));
    let named = file
        .layer
        .filter(|layer| names.iter().any(|name| name == layer || stem(name) == *layer));
    let wanted = named.map(|layer| {
        names
            .iter()
            .find(|n| *n == layer || stem(n) == layer && is_boundary_name(n))
    });
    let wanted = wanted.flatten().map(String::as_str);
    let count = maps.clone().count();
    let chosen = match (wanted, count) {
        (Some(name), _) => name,
        // A layer that is no file of the archive may be one inside its only file.
        (None, 1) => maps.clone().next().unwrap_or_default(),
        _ => choose(file.name, "file", maps, file.layer)?,
    };
    let of_chosen = |name: &str| name == chosen || stem(name).eq_ignore_ascii_case(stem(chosen));
    let parts = archive::unpack(file.name, file.bytes, of_chosen)?;
    let Some((_, bytes)) = parts.iter().find(|(name, _)| name == chosen) else {
        return Err(no_boundaries(file));
    };
    let inner = format!("{}/{chosen}", file.name);
    let kind = sniff(&inner, bytes)?;
    let member = RawFile {
        name: if kind == Kind::Shapefile { chosen } else { file.name },
        bytes,
        beside: &parts,
        layer: file.layer.filter(|_| wanted.is_none()),
    };
    let layer = loose(kind, &member).map_err(|finding| Finding {
        subject: finding.subject.replacen(chosen, file.name, 1),
        ..finding
    })?;
    Ok((kind, layer))
}

/// A name without its ending.
pub(super) fn stem(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, ending)) if !ending.contains('/') => stem,
        _ => name,
    }
}

fn text<'a>(file: &RawFile<'a>) -> Result<&'a str, Finding> {
    let text = std::str::from_utf8(file.bytes).map_err(|e| {
        let help = "save it as GeoJSON or TopoJSON in UTF-8";
        Finding::error("G301", file.name, format!("is not text in UTF-8: {e}"), help)
    })?;
    Ok(text.trim_start_matches('\u{feff}'))
}

/// What holds no boundaries: JSON of another kind, a table, an archive of something else, or bytes that mean nothing here.
fn no_boundaries(file: &RawFile<'_>) -> Finding {
    if let Some((what, help)) = super::unread::known(file.bytes) {
        return Finding::error(
            "G302",
            file.name,
            format!("holds no boundaries that can be read: it is {what}"),
            help,
        );
    }
    let what = match json_type(file.bytes) {
        Some(other) => format!("is JSON of the type {other}, which is neither GeoJSON nor TopoJSON"),
        None if file.bytes.starts_with(b"PK") => "is a zip archive without boundaries in it".to_string(),
        None if std::str::from_utf8(file.bytes).is_err() => {
            "is of no format of boundaries that is known here".to_string()
        }
        None => "is text, but neither GeoJSON nor TopoJSON".to_string(),
    };
    let help = "boundaries are read from GeoJSON, TopoJSON, shapefiles (also zipped), GeoPackage and FlatGeobuf";
    Finding::error("G302", file.name, what, help)
}
