//! Formats that people have and this program does not read: told by name, with what to save them as.

/// What bytes are, and what to do; `None` where that is not known either.
pub(super) fn known(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_lowercase();
    let text = start.trim_start_matches('\u{feff}').trim_start();
    let binary = BINARY.iter().find(|(mark, ..)| bytes.starts_with(mark));
    let written = TEXT.iter().find(|(mark, ..)| text.starts_with(mark));
    let answered = || {
        let mut answers = JSON.iter().filter(|_| text.starts_with('{'));
        answers.find(|(words, ..)| words.iter().all(|word| text.contains(word)))
    };
    let told = binary.map(|(_, what, help)| (*what, *help));
    told.or(written.map(|(_, what, help)| (*what, *help)))
        .or_else(|| answered().map(|(_, what, help)| (*what, *help)))
}

/// First bytes of files that are no text.
const BINARY: [(&[u8], &str, &str); 6] = [
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "a workbook of the old format (XLS), or one locked by a password",
        "open it in a spreadsheet and save it as XLSX, without a password",
    ),
    (
        b"%PDF",
        "a PDF",
        "look for the figures as CSV, XLSX or ODS where it was published",
    ),
    (b"\x1f\x8b", "a file packed with gzip", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "an archive of 7-Zip", "unpack it first"),
    (b"Rar!", "an archive of RAR", "unpack it first"),
    (b"PAR1", "a Parquet file", "save it as CSV"),
];

/// First words of texts in other languages.
const TEXT: [(&str, &str, &str); 4] = [
    (
        "<!doctype html",
        "a web page",
        "download the file itself: the server may have answered with a page that says why not",
    ),
    (
        "<html",
        "a web page",
        "download the file itself: the server may have answered with a page that says why not",
    ),
    (
        "<?xml",
        "XML, such as KML or GML",
        "export boundaries as GeoJSON, for example with QGIS, and tables as CSV",
    ),
    ("<kml", "KML", "export the layer as GeoJSON, for example with QGIS"),
];

/// Members of objects that servers of maps answer with.
const JSON: [(&[&str], &str, &str); 2] = [
    (
        &["\"error\"", "\"code\""],
        "the answer of a server that something went wrong",
        "read its message, correct the address and download the file again",
    ),
    (
        &["\"geometrytype\"", "esrigeometry"],
        "JSON of Esri",
        "ask the server for GeoJSON: `f=geojson` in place of `f=json` in the address",
    ),
];

#[cfg(test)]
mod tests {
    use super::known;

    #[test]
    fn formats_that_are_not_read_are_told_by_name() {
        for (bytes, word) in [
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0".as_slice(), "XLS"),
            (b"%PDF-1.4\n", "PDF"),
            (b"\xef\xbb\xbf<?xml version=\"1.0\"?><kml/>", "KML"),
            (b"\n<!DOCTYPE html><html>", "web page"),
            (b"{\"error\":{\"code\":400}}", "server"),
            (b"{\"geometryType\":\"esriGeometryPolygon\"}", "Esri"),
        ] {
            assert!(known(bytes).is_some_and(|(what, _)| what.contains(word)), "{word}");
        }
        assert_eq!(known(b"area_code,people\n"), None);
        assert_eq!(known(b"{\"type\":\"FeatureCollection\"}"), None);
    }
}
