//! Builds a data set of boundaries from its source.

use std::path::Path;

use super::files::write_files;
use crate::domain::{Finding, Findings};
use crate::io::input::Input;
use crate::io::{BoundarySource, BuiltDataset, LadBuild};

/// Points that a data set of districts keeps unless asked otherwise: about 550 KB.
pub const POINTS: usize = 45_000;

/// Builds the districts of December 2016 from the ONS layer of small areas (LSOA 2011) and writes them to `out`. The tables `areas.csv` and
/// `source-names.csv` are taken from the folder of the same name beside `out`: `boundaries/lad-2016/` for `boundaries/lad-2016.json`.
///
/// # Errors
/// Every fault of the inputs; nothing is written then.
pub fn build_districts(from: &Path, out: &Path, points: usize) -> Result<(BuiltDataset, Findings), Findings> {
    let tables = out.with_extension("");
    let read = |path: &Path| Input::read(path, &path.display().to_string()).map_err(Findings::from);
    let layer = read(from)?;
    if !tables.is_dir() {
        let message = "has no folder of tables beside it";
        let help = format!(
            "the tables areas.csv and source-names.csv must stand in {}",
            tables.display()
        );
        return Err(Finding::error("S001", out.display().to_string(), message, help).into());
    }
    let areas = read(&tables.join("areas.csv"))?;
    let names = read(&tables.join("source-names.csv"))?;
    let (Some(file), Some(name)) = (file_name(out), file_name(&tables)) else {
        let message = "is no file to write to";
        return Err(Finding::error(
            "S003",
            out.display().to_string(),
            message,
            "name a file such as boundaries/lad-2016.json",
        )
        .into());
    };
    let build = LadBuild {
        name,
        small_areas: BoundarySource {
            file: &layer.name,
            bytes: &layer.bytes,
            ..BoundarySource::default()
        },
        areas: (&areas.name, &areas.bytes),
        names: (&names.name, &names.bytes),
        points: Some(points),
    };
    let (built, findings) = build.run()?;
    let folder = out
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    write_files(folder, &[(file, built.text.clone().into_bytes())])?;
    Ok((built, findings))
}

fn file_name(path: &Path) -> Option<&str> {
    path.file_name().and_then(|name| name.to_str())
}
