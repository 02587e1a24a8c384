//! Coordinate reference systems by the names that files give them: codes of the EPSG, URNs, and the words of a `.prj`.

/// A system whose coordinates can be taken to the plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum System {
    /// WGS84 or ETRS89 in degrees, which differ by less than a metre.
    Degrees,
    /// British National Grid in metres, EPSG:27700.
    BritishGrid,
    /// Web Mercator in metres of its own, EPSG:3857.
    WebMercator,
    /// Metres of a local plane, see [`local_origin`].
    Local,
}

/// The name of a local plane around a point in degrees, as PROJ spells it.
pub(super) fn local_name(lon: f64, lat: f64) -> String {
    format!("+proj=etmerc +lat_0={lat} +lon_0={lon} +k=1 +x_0=0 +y_0=0 +ellps=WGS84 +units=m")
}

/// Longitude and latitude in degrees of the point around which a local plane lies, of a [`local_name`].
pub(super) fn local_origin(name: &str) -> Option<(f64, f64)> {
    let value = |key: &str| name.split(' ').find_map(|word| word.strip_prefix(key))?.parse().ok();
    let (lon, lat) = (value("+lon_0=")?, value("+lat_0=")?);
    (name == local_name(lon, lat)).then_some((lon, lat))
}

impl System {
    /// What people call it.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Degrees => "longitude and latitude (EPSG:4326)",
            Self::BritishGrid => "eastings and northings of the British National Grid (EPSG:27700)",
            Self::WebMercator => "Web Mercator (EPSG:3857)",
            Self::Local => "metres of a local plane",
        }
    }

    /// The system of a name: `EPSG:27700`, `urn:ogc:def:crs:OGC:1.3:CRS84`, or the well-known text of a `.prj`.
    pub(super) fn named(name: &str) -> Option<Self> {
        let text = name.trim();
        if text.contains('[') {
            return Self::of_well_known_text(text);
        }
        let tail = text.rsplit([':', '/', '#']).next().unwrap_or(text);
        Self::of_code(tail).or_else(|| Self::of_words(tail))
    }

    fn of_code(code: &str) -> Option<Self> {
        match code.to_uppercase().as_str() {
            "4326" | "CRS84" | "WGS84" | "4258" | "4937" | "4979" => Some(Self::Degrees),
            "27700" | "7405" => Some(Self::BritishGrid),
            "3857" | "900913" | "102100" | "3785" => Some(Self::WebMercator),
            _ => None,
        }
    }

    /// The authority's code at the end of the text where there is one, otherwise the name at its beginning.
    fn of_well_known_text(text: &str) -> Option<Self> {
        let marks = ["AUTHORITY[\"EPSG\",", "ID[\"EPSG\","];
        let last = marks
            .iter()
            .filter_map(|mark| Some((text.rfind(mark)?, mark.len())))
            .max();
        // Only a code that closes the outermost bracket is that of the whole system; others are of its parts.
        if let Some((at, length)) = last {
            let rest = &text[at + length..];
            let code: String = rest.chars().filter(char::is_ascii_digit).collect();
            let closes = rest.chars().all(|c| c.is_ascii_digit() || "\"] \r\n".contains(c));
            if closes && rest.matches(']').count() == 2 {
                return Self::of_code(&code);
            }
        }
        Self::of_words(text.split('"').nth(1)?)
    }

    fn of_words(name: &str) -> Option<Self> {
        let letters: String = name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        let among = |words: &[&str]| words.contains(&letters.as_str());
        if letters.contains("britishnationalgrid") {
            Some(Self::BritishGrid)
        } else if among(&[
            "wgs84webmercator",
            "wgs84pseudomercator",
            "popularvisualisationcrsmercator",
        ]) || letters.contains("webmercatorauxiliarysphere")
        {
            Some(Self::WebMercator)
        } else if among(&[
            "wgs84",
            "gcswgs1984",
            "wgs1984",
            "wgs84crs84",
            "etrs89",
            "gcsetrs1989",
            "etrs1989",
        ]) {
            Some(Self::Degrees)
        } else {
            None
        }
    }
}

/// Radius of the sphere of Web Mercator in metres.
const RADIUS: f64 = 6_378_137.0;

/// Longitude and latitude in degrees of a point of Web Mercator.
pub(super) fn from_web_mercator([x, y]: [f64; 2]) -> [f64; 2] {
    let latitude = (y / RADIUS).sinh().atan();
    [(x / RADIUS).to_degrees(), latitude.to_degrees()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_known_by_code_urn_and_words() {
        let known = |name| System::named(name);
        assert_eq!(known("EPSG:27700"), Some(System::BritishGrid));
        assert_eq!(known("urn:ogc:def:crs:OGC:1.3:CRS84"), Some(System::Degrees));
        assert_eq!(
            known("http://www.opengis.net/def/crs/EPSG/0/4258"),
            Some(System::Degrees)
        );
        assert_eq!(known("OSGB 1936 / British National Grid"), Some(System::BritishGrid));
        assert_eq!(known("urn:ogc:def:crs:EPSG::3857"), Some(System::WebMercator));
        assert_eq!(known("EPSG:29902"), None);
    }

    #[test]
    fn a_prj_is_known_by_its_own_code_and_not_by_those_of_its_parts() {
        let parts = r#"PROJCS["TM75 / Irish Grid",GEOGCS["TM75",AUTHORITY["EPSG","4326"]],UNIT["metre",1]]"#;
        assert_eq!(System::named(parts), None);
        let whole = r#"PROJCS["anything",GEOGCS["x",AUTHORITY["EPSG","4277"]],AUTHORITY["EPSG","27700"]]"#;
        assert_eq!(System::named(whole), Some(System::BritishGrid));
        let esri = r#"PROJCS["British_National_Grid",GEOGCS["GCS_OSGB_1936",DATUM["D_OSGB_1936"]]]"#;
        assert_eq!(System::named(esri), Some(System::BritishGrid));
        assert_eq!(
            System::named(r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"]]"#),
            Some(System::Degrees)
        );
    }

    #[test]
    fn web_mercator_goes_back_to_degrees() {
        let [lon, lat] = from_web_mercator([-222_638.981_586_547, 6_800_125.454_397_307]);
        assert!((lon + 2.0).abs() < 1e-9 && (lat - 52.0).abs() < 1e-9, "{lon} {lat}");
    }
}
