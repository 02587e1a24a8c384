//! How long it takes to read the districts of 2016, join a table to them, and find their borders.

use lotwright::io::{BoundarySet, BoundarySource, Dataset, Grouping};

fn main() {
    divan::main();
}

fn read(data: &Dataset) -> BoundarySet {
    let (file, bytes) = (data.boundaries.name.as_str(), data.boundaries.bytes.as_ref());
    BoundarySet::read(&BoundarySource {
        file,
        bytes,
        ..BoundarySource::default()
    })
    .unwrap()
    .0
}

fn districts() -> (Dataset, BoundarySet) {
    let data = Dataset::find("lad-2016", &[]).unwrap().unwrap();
    let set = read(&data);
    (data, set)
}

/// Bytes to borders: what every command waits for.
#[divan::bench(sample_count = 20)]
fn read_join_and_find_borders(bencher: divan::Bencher) {
    let (data, _) = districts();
    bencher.bench(|| {
        let set = read(&data);
        let lep = data.table("lep.csv").unwrap();
        let lep = Grouping::read(&lep.name, &lep.bytes).unwrap();
        let members: Vec<Option<usize>> = lep.rows.iter().map(|m| set.find(&m.code)).collect();
        (set.coverage.borders(), members)
    });
}

#[divan::bench]
fn find_borders(bencher: divan::Bencher) {
    let (_, set) = districts();
    bencher.bench(|| set.coverage.borders());
}

/// 348 districts to about 16 lots.
#[divan::bench]
fn dissolve(bencher: divan::Bencher) {
    let (_, set) = districts();
    let labels: Vec<Option<usize>> = (0..set.places.len()).map(|k| Some(k / 22)).collect();
    bencher.bench(|| set.coverage.dissolve(&labels, 16));
}

#[divan::bench(sample_count = 20)]
fn simplify_to_12_000_points(bencher: divan::Bencher) {
    let (_, set) = districts();
    bencher.bench(|| set.coverage.simplify(lotwright::geo::Target::Points(12_000)));
}

/// Every vertex to longitude and latitude, as GeoJSON needs it.
#[divan::bench(sample_count = 20)]
fn to_degrees(bencher: divan::Bencher) {
    let (_, set) = districts();
    bencher.bench(|| {
        let vertices = set.coverage.arcs().iter().flat_map(|a| &a.points).map(|v| v.metres());
        vertices
            .filter_map(|(e, n)| set.frame.to_degrees(e, n).ok())
            .fold(0.0, |sum, (lon, lat)| sum + lon + lat)
    });
}
