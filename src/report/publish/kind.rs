//! A FileKind is a kind of file that a plan can be left in.

/// A kind of file to leave with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// The assignment, `area_code,lot_id`.
    Plan,
    /// A row a lot.
    Lots,
    /// The first of the tables that government publishes: what each contract package area holds, in words.
    CpaAreas,
    /// The second: every authority with its contract package area.
    CpaAuthorities,
    /// Both tables on a page.
    CpaPage,
    /// What a table of comma-separated values cannot say of itself: columns, sources, licence.
    CsvMetadata,
    /// The answer.
    Json,
    /// Areas in WGS84.
    AreasGeoJson,
    /// Lots in WGS84.
    LotsGeoJson,
    /// Areas, lots, links, metrics and provenance for a geographic information system.
    GeoPackage,
    /// Areas and lots as shapefiles in an archive.
    Shapefile,
    /// A workbook for Excel.
    Xlsx,
    /// A workbook for LibreOffice and others.
    Ods,
    /// The map, as lines and letters.
    Svg,
    /// The map, as pixels.
    Png,
    /// The map, to be printed.
    Pdf,
    /// The report as one page.
    Html,
}

/// What there is to know of a kind.
struct Entry {
    kind: FileKind,
    /// What it is called on the command line and in an address.
    name: &'static str,
    /// Ending of a file.
    extension: &'static str,
    /// The usual name of a file.
    file_name: &'static str,
    media_type: &'static str,
    words: &'static str,
}

const fn entry(
    kind: FileKind,
    name: &'static str,
    (extension, file_name): (&'static str, &'static str),
    media_type: &'static str,
    words: &'static str,
) -> Entry {
    Entry {
        kind,
        name,
        extension,
        file_name,
        media_type,
        words,
    }
}

const CSV: &str = "text/csv; charset=utf-8";
const GEOJSON: &str = "application/geo+json";

/// All kinds. Of several with one ending, the first is meant where the name of a file does not tell.
const ENTRIES: [Entry; 17] = [
    entry(
        FileKind::Plan,
        "csv",
        ("csv", "plan.csv"),
        CSV,
        "the assignment: area_code,lot_id",
    ),
    entry(FileKind::Lots, "lots-csv", ("csv", "lots.csv"), CSV, "a row a lot"),
    entry(
        FileKind::CpaAreas,
        "cpa-areas",
        ("csv", "cpa-areas.csv"),
        CSV,
        "what each contract package area holds, in words",
    ),
    entry(
        FileKind::CpaAuthorities,
        "cpa-authorities",
        ("csv", "cpa-authorities.csv"),
        CSV,
        "authorities by contract package area",
    ),
    entry(
        FileKind::Json,
        "json",
        ("json", "plan.json"),
        "application/json",
        "the answer",
    ),
    entry(
        FileKind::CsvMetadata,
        "csv-metadata",
        ("json", "csv-metadata.json"),
        "application/csvm+json",
        "columns, sources and licence of the CSV files",
    ),
    entry(
        FileKind::AreasGeoJson,
        "geojson",
        ("geojson", "areas.geojson"),
        GEOJSON,
        "areas in WGS84, each with its lot",
    ),
    entry(
        FileKind::LotsGeoJson,
        "lots-geojson",
        ("geojson", "lots.geojson"),
        GEOJSON,
        "lots in WGS84",
    ),
    entry(
        FileKind::GeoPackage,
        "gpkg",
        ("gpkg", "plan.gpkg"),
        "application/geopackage+sqlite3",
        "areas, lots, links, metrics and provenance, styled for QGIS",
    ),
    entry(
        FileKind::Shapefile,
        "shp",
        ("zip", "plan-shapefile.zip"),
        "application/zip",
        "areas and lots as zipped shapefiles",
    ),
    entry(
        FileKind::Xlsx,
        "xlsx",
        ("xlsx", "plan.xlsx"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "a workbook for Excel",
    ),
    entry(
        FileKind::Ods,
        "ods",
        ("ods", "plan.ods"),
        "application/vnd.oasis.opendocument.spreadsheet",
        "a workbook in the open format that government publishes",
    ),
    entry(
        FileKind::Svg,
        "svg",
        ("svg", "map.svg"),
        "image/svg+xml",
        "the map as lines and letters, its font inside",
    ),
    entry(
        FileKind::Png,
        "png",
        ("png", "map.png"),
        "image/png",
        "the map as pixels",
    ),
    entry(
        FileKind::Pdf,
        "pdf",
        ("pdf", "map.pdf"),
        "application/pdf",
        "the map as a page to print",
    ),
    entry(
        FileKind::Html,
        "html",
        ("html", "report.html"),
        "text/html; charset=utf-8",
        "the report as one page",
    ),
    entry(
        FileKind::CpaPage,
        "cpa-html",
        ("html", "cpa.html"),
        "text/html; charset=utf-8",
        "both tables of contract package areas as one page",
    ),
];

impl FileKind {
    /// All kinds, in the order in which they are listed.
    pub fn all() -> impl Iterator<Item = Self> {
        ENTRIES.iter().map(|entry| entry.kind)
    }

    /// The kind of a name such as `gpkg`.
    pub fn named(name: &str) -> Option<Self> {
        let found = ENTRIES.iter().find(|entry| entry.name == name);
        found.map(|entry| entry.kind)
    }

    /// The kind of a file by its name: by its ending and, where kinds share that, by the end of what stands before it, as in `north-lots.geojson`.
    pub fn of_file(file: &str) -> Option<Self> {
        let file = file.rsplit(['/', '\\']).next().unwrap_or(file).to_lowercase();
        let (stem, extension) = file.rsplit_once('.')?;
        let mut among = ENTRIES.iter().filter(|entry| entry.extension == extension);
        let told = |entry: &&Entry| stem.ends_with(entry.stem());
        let first = among.clone().next()?;
        Some(among.find(told).unwrap_or(first).kind)
    }

    /// What it is called on the command line and in an address.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// The ending of its files, without a point.
    pub fn extension(self) -> &'static str {
        self.entry().extension
    }

    /// The usual name of its file.
    pub fn file_name(self) -> &'static str {
        self.entry().file_name
    }

    /// Its media type, for a `Content-Type`.
    pub fn media_type(self) -> &'static str {
        self.entry().media_type
    }

    /// What it holds, in words.
    pub fn words(self) -> &'static str {
        self.entry().words
    }

    /// Whether it is a table of comma-separated values, which needs its metadata beside it.
    pub fn is_csv(self) -> bool {
        self.extension() == "csv"
    }

    fn entry(self) -> &'static Entry {
        // Every kind has an entry: a test counts them.
        let found = ENTRIES.iter().find(|entry| entry.kind == self);
        found.unwrap_or(&ENTRIES[0])
    }
}

impl Entry {
    /// The usual name without its ending.
    fn stem(&self) -> &'static str {
        self.file_name.split('.').next().unwrap_or(self.file_name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_name_and_by_the_name_of_its_file() {
        for kind in FileKind::all() {
            assert_eq!(FileKind::named(kind.name()), Some(kind));
            assert_eq!(FileKind::of_file(kind.file_name()), Some(kind), "{}", kind.file_name());
            assert!(kind.file_name().ends_with(kind.extension()));
            assert_eq!(kind.entry().kind, kind);
        }
        assert_eq!(FileKind::all().count(), FileKind::Html as usize + 1);
    }

    #[test]
    fn the_end_of_a_name_tells_kinds_of_one_ending_apart() {
        let cases = [
            ("out/north-lots.geojson", FileKind::LotsGeoJson),
            ("out/lots.d/north.geojson", FileKind::AreasGeoJson),
            ("Plan.CSV", FileKind::Plan),
            ("whp-cpa-areas.csv", FileKind::CpaAreas),
            ("anything.csv", FileKind::Plan),
            ("plan.shp.zip", FileKind::Shapefile),
            ("design.json", FileKind::Json),
            ("page.html", FileKind::Html),
        ];
        for (file, kind) in cases {
            assert_eq!(FileKind::of_file(file), Some(kind), "{file}");
        }
        assert_eq!(FileKind::of_file("plan.doc"), None);
        assert_eq!(FileKind::of_file("plan"), None);
    }
}
