//! Whatever bytes a reader gets, it comes to an end and says what it found: the same seeds that the fuzzer starts from, changed at random.

#[path = "common/figures.rs"]
mod figures;
#[path = "../src/io/made.rs"]
#[allow(dead_code, reason = "a part of it serves other tests")]
mod made;
#[path = "../fuzz/src/readers.rs"]
mod readers;

use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use readers::{Parts, READERS};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn file(path: &str) -> Vec<u8> {
    fs::read(root().join(path)).unwrap()
}

/// The files of an archive as parts, none of which is compressed.
fn parts_of(archive: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut parts = Vec::new();
    for k in 0..archive.len() {
        let mut member = archive.by_index(k).unwrap();
        let name = member.name().unwrap().into_owned();
        let mut content = Vec::new();
        member.read_to_end(&mut content).unwrap();
        parts.push((name, content));
    }
    Parts(parts).join()
}

/// An archive of parts, compressed as archives are.
fn deflated(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive
            .start_file(name.as_str(), zip::write::SimpleFileOptions::default())
            .unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// Small whole inputs for a reader, by the name of its target.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let tables = |wanted: &[&str]| {
        let kinds = figures::kinds().into_iter();
        let some = kinds.filter(|(kind, ..)| wanted.contains(kind));
        some.map(|(.., bytes)| bytes).collect::<Vec<_>>()
    };
    match target {
        "geojson" => vec![file("scenarios/three-squares/squares.geojson"), HOLED.into()],
        "topojson" => vec![TOPOLOGY.into()],
        "shapefile" => vec![Parts(made::shapefile("map")).join()],
        "archive" => {
            let package = [("in/map.gpkg".to_string(), made::geopackage(&["areas"]))];
            let shapes = made::shapefile("map");
            vec![deflated(&shapes), deflated(&package), Parts(shapes).join()]
        }
        "geopackage" => vec![made::geopackage(&["areas"]), made::geopackage(&["areas", "regions"])],
        "flatgeobuf" => vec![made::flatgeobuf()],
        "delimited" => {
            let mut given = tables(&["csv", "tsv", "nomis_query", "nomis_api", "stat_xplore_csv"]);
            given.push(FIGURES_AS_PUBLISHED.into());
            given
        }
        "xlsx" => tables(&["xlsx"])
            .into_iter()
            .flat_map(|book| [parts_of(&book), book])
            .collect(),
        "ods" => tables(&["ods"])
            .into_iter()
            .flat_map(|book| [parts_of(&book), book])
            .collect(),
        "stat_xplore" => tables(&["stat_xplore_json"]),
        "plan" => vec![
            file("scenarios/three-squares/golden/plan.csv"),
            b"area_code,lot_id,share\nE06000001,1,0.5\nE06000001,2,0.5\n".into(),
            b"area_code,deal,status\nE06000002,Middle,co-design\n".into(),
            b"from_code,to_code,kind,name\nW06000001,W06000002,bridge,Menai\n".into(),
            b"old_code,old_name,new_code,new_name,kind,year\nA,a,B,b,recoded,2019\n".into(),
            b"file,title,source,licence,attribution\nlinks.csv,Links,Own,OGL,\n".into(),
        ],
        "scenario" => vec![
            file("scenarios/three-squares/scenario.toml"),
            file("scenarios/whp-2017/scenario.toml"),
            file("funding/cost-plus.toml"),
            MANIFEST.into(),
        ],
        other => panic!("there are no seeds for {other}"),
    }
}

const HOLED: &str = r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:27700"}},"metadata":{"title":"t"},"features":[
{"type":"Feature","id":"E06000001","properties":{"LAD16CD":"E06000001","LAD16NM":"One","start":2009,"end":2020},"geometry":{"type":"MultiPolygon",
"coordinates":[[[[400000,200000],[410000,200000],[410000,210000],[400000,210000],[400000,200000]],
[[402000,202000],[402000,204000],[404000,204000],[404000,202000],[402000,202000]]],[[[402000,202000],[403000,202000],[403000,203000],[402000,202000]]]]}},
{"type":"Feature","properties":{"LAD16CD":"E06000002"},"geometry":{"type":"Polygon","coordinates":[[[410000,200000,5],[420000,200000,5],[420000,210000,5],[410000,210000,5],[410000,200000,5]]]}},
{"type":"Feature","properties":null,"geometry":null}]}"#;

const TOPOLOGY: &str = r#"{"type":"Topology","transform":{"scale":[0.1,0.1],"translate":[-2,52]},"arcs":[[[0,0],[1,0],[0,1]],[[1,1],[-1,0],[0,-1]],[[1,1],[1,0],[0,-1],[-1,0]]],
"objects":{"areas":{"type":"GeometryCollection","geometries":[
{"type":"Polygon","arcs":[[0,1]],"id":"E06000001","properties":{"area_code":"E06000001","name":"One"}},
{"type":"MultiPolygon","arcs":[[[2,0]]],"properties":{"area_code":"E06000002","name":"Two"}}]}},"metadata":{"title":"t"}}"#;

const MANIFEST: &str = "schema = \"lotwright/dataset/1\"\nname = \"row\"\ntitle = \"row\"\nsource = \"not stated\"\nlicence = \"not stated\"\n\
attribution = \"not stated\"\nvintage = \"\"\nsteps = []\n[boundaries]\nfile = \"boundaries.json\"\nsha256 = \"00\"\nareas = 4\nborders = 3\n";

const FIGURES_AS_PUBLISHED: &str = "\"Title, with a comma\"\n\n,,Aug 2016,,Aug 2017,\narea,mnemonic,number,%,number,%\nDarlington,E06000005,\"1,230\",2,..,4\n\
Hartlepool,E06000001,c,2,~,4\nEngland,E92000001,1,2,3,4\n\nNote: figures are rounded to the nearest 10\n";

/// Changes a few bytes, repeats or cuts a stretch, or exchanges a number for an absurd one.
fn bend(bytes: &[u8], random: &mut ChaCha8Rng) -> Vec<u8> {
    let mut bent = bytes.to_vec();
    for _ in 0..random.random_range(1..6) {
        let at = random.random_range(0..bent.len());
        let to = random.random_range(at..=bent.len().min(at + 64));
        match random.random_range(0..6) {
            0 => bent[at] = random.random(),
            1 => bent[at] ^= 1 << random.random_range(0..8),
            2 => drop(bent.splice(at..at, b"99999999999".iter().copied())),
            3 => drop(bent.splice(to..to, bytes[at.min(bytes.len())..to.min(bytes.len())].to_vec())),
            4 if bent.len() > to - at => drop(bent.drain(at..to)),
            _ => bent[at..to].fill(0xff),
        }
    }
    bent
}

#[test]
fn every_reader_knows_its_own_seeds() {
    for (target, reader) in READERS {
        assert!(seeds(target).iter().all(|seed| reader(seed)), "{target}");
    }
}

#[test]
fn no_bytes_whatever_make_a_reader_panic() {
    let mut random = ChaCha8Rng::seed_from_u64(7);
    for (target, reader) in READERS {
        for seed in seeds(target) {
            for _ in 0..200 {
                reader(&bend(&seed, &mut random));
            }
        }
    }
}

#[test]
fn the_fuzzer_has_a_target_for_every_reader_and_no_other() {
    let targets = fs::read_dir(root().join("fuzz/fuzz_targets")).unwrap();
    let stem = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_string();
    let mut found: Vec<String> = targets.map(|entry| stem(&entry.unwrap().path())).collect();
    found.sort();
    let mut known: Vec<&str> = READERS.iter().map(|(target, _)| *target).collect();
    known.sort_unstable();
    assert_eq!(found, known);
}

/// Crates that the modules of reading do not use: searching, drawing, the command line.
const NOT_FOR_READING: [&str; 26] = [
    "axum",
    "base64",
    "clap",
    "comfy-table",
    "ctrlc",
    "getrandom",
    "good_lp",
    "highs",
    "highs-sys",
    "http-body",
    "indicatif",
    "krilla",
    "krilla-svg",
    "maud",
    "pathfinding",
    "png",
    "polylabel",
    "rand",
    "rand_chacha",
    "resvg",
    "rust_xlsxwriter",
    "tempfile",
    "tokio",
    "tower-http",
    "ttf-parser",
    "unicode-normalization",
];

#[test]
fn the_fuzzer_is_built_with_the_crates_of_the_program() {
    let manifest = |path: &str| String::from_utf8(file(path)).unwrap();
    let fuzzer = manifest("fuzz/Cargo.toml");
    let program = manifest("Cargo.toml");
    let listed = program
        .split("[dependencies]\n")
        .nth(1)
        .unwrap()
        .split("\n\n")
        .next()
        .unwrap();
    for line in listed
        .lines()
        .filter(|line| !NOT_FOR_READING.contains(&line.split(" = ").next().unwrap()))
    {
        assert!(
            fuzzer.contains(&format!("\n{line}\n")),
            "fuzz/Cargo.toml lacks the line {line}"
        );
    }
}

/// Writes the seeds into the folder that `LOTWRIGHT_SEEDS` names, one folder a target; `make fuzz` asks for it.
#[test]
fn seeds_are_written_where_they_are_wanted() {
    let Some(folder) = std::env::var_os("LOTWRIGHT_SEEDS") else {
        return;
    };
    for (target, _) in READERS {
        let folder = Path::new(&folder).join(target);
        fs::create_dir_all(&folder).unwrap();
        for (k, seed) in seeds(target).iter().enumerate() {
            fs::write(folder.join(format!("seed-{k}")), seed).unwrap();
        }
    }
}
