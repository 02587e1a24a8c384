//! How long it takes to read the districts of 2016, join a table to them, and find their borders.

use lotwright::io::{BoundarySet, BoundarySource, Dataset, Grouping};

fn main() {
    divan::main();
}

fn read(data: &Dataset) -> Option<BoundarySet> {
    let (file, bytes) = (data.boundaries.name.as_str(), data.boundaries.bytes.as_ref());
    BoundarySet::read(&BoundarySource {
        file,
        bytes,
        crs: None,
        layer: None,
    })
    .ok()
    .map(|(set, _)| set)
}

fn districts() -> Option<(Dataset, BoundarySet)> {
    let data = Dataset::find("lad-2016", &[]).ok().flatten()?;
    let set = read(&data)?;
    Some((data, set))
}

/// Bytes to borders: what every command waits for.
#[divan::bench(sample_count = 20)]
fn read_join_and_find_borders(bencher: divan::Bencher) {
    let Some((data, _)) = districts() else { return };
    bencher.bench(|| {
        let set = read(&data)?;
        let lep = data.table("lep.csv")?;
        let lep = Grouping::read(&lep.name, &lep.bytes).ok()?;
        let members: Vec<Option<usize>> = lep.rows.iter().map(|m| set.find(&m.code)).collect();
        Some((set.coverage.borders(), members))
    });
}

#[divan::bench]
fn find_borders(bencher: divan::Bencher) {
    let Some((_, set)) = districts() else { return };
    bencher.bench(|| set.coverage.borders());
}

/// 348 districts to about 16 lots.
#[divan::bench]
fn dissolve(bencher: divan::Bencher) {
    let Some((_, set)) = districts() else { return };
    let labels: Vec<Option<usize>> = (0..set.places.len()).map(|k| Some(k / 22)).collect();
    bencher.bench(|| set.coverage.dissolve(&labels, 16));
}

#[divan::bench(sample_count = 20)]
fn simplify_to_12_000_points(bencher: divan::Bencher) {
    let Some((_, set)) = districts() else { return };
    bencher.bench(|| set.coverage.simplify(lotwright::geo::Target::Points(12_000)));
}

/// Every vertex to longitude and latitude, as GeoJSON needs it.
#[divan::bench(sample_count = 20)]
fn to_degrees(bencher: divan::Bencher) {
    let Some((_, set)) = districts() else { return };
    bencher.bench(|| {
        let vertices = set.coverage.arcs().iter().flat_map(|a| &a.points).map(|v| v.metres());
        vertices
            .filter_map(|(e, n)| set.frame.to_degrees(e, n).ok())
            .fold(0.0, |sum, (lon, lat)| sum + lon + lat)
    });
}
