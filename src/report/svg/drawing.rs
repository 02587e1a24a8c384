//! A Drawing is a finished page, to be had as SVG, PNG or PDF: the same strokes and letters in each, with title and credit inside.

use std::sync::{Arc, LazyLock};

use krilla::Document;
use krilla::geom::Size;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::tagging::{ContentTag, Tag, TagGroup, TagTree};
use krilla_svg::{SurfaceExt, SvgSettings};
use maud::{Markup, PreEscaped, html};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, fontdb};

use super::layer::tenth;
use super::page::without_controls;
use super::paper::Paper;
use super::{font, letters};
use crate::report::{Answer, MapData, ReportError, Source};

/// Most pixels along a side of a PNG.
const MOST_PIXELS: f64 = 12_000.0;
/// Dots to an inch where none are asked for.
pub const DPI: f64 = 200.0;

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(font::REGULAR.to_vec());
    fonts.load_font_data(font::BOLD.to_vec());
    fonts.set_sans_serif_family(font::FAMILY);
    Arc::new(fonts)
});

/// Where a drawing comes from, as every file of it carries it.
#[derive(Clone, Debug)]
pub struct Credit {
    /// The words that licences ask for.
    pub rights: String,
    /// Sources with their licences.
    pub source: String,
    /// Program, scenario and checksums of the files read.
    pub provenance: String,
    /// Name and version of the program.
    pub program: String,
}

impl Credit {
    /// The credit of a plan.
    pub fn new(answer: &Answer, map: &MapData) -> Self {
        let program = format!("lotwright {}", answer.version);
        let named = map.sources.iter();
        let sources: Vec<String> = named.map(Source::words).collect();
        let inputs = answer.scenario.inputs.iter();
        let inputs: Vec<String> = inputs
            .map(|input| format!("{} sha256 {}", input.file, input.sha256))
            .collect();
        Self {
            rights: map.attribution(),
            source: sources.join("; "),
            provenance: format!(
                "{program}, scenario {}; read: {}",
                answer.scenario.name,
                inputs.join(", ")
            ),
            program,
        }
    }
}

/// A finished page.
#[derive(Clone, Debug)]
pub struct Drawing {
    /// Elements of the page, in pixels of the layout.
    pub(super) body: String,
    /// Width and height in these pixels.
    pub(super) size: (f64, f64),
    /// What it is laid out for.
    pub(super) paper: Paper,
    /// What it shows, in a sentence.
    pub title: String,
    /// What it shows, for those who cannot see it.
    pub words: String,
    /// Where it comes from.
    pub credit: Credit,
}

impl Drawing {
    /// As SVG with its letters inside: a file that looks the same in every viewer. Text stays text.
    pub fn svg(&self) -> String {
        let style = html! { style { (PreEscaped(font::style())) } };
        self.document(&html! { (self.metadata()) (style) })
    }

    /// As PNG of `dpi` dots to an inch of the paper.
    ///
    /// # Errors
    /// [`ReportError::Write`] where it would be more than 12,000 pixels wide or high, or less than one.
    pub fn png(&self, dpi: f64) -> Result<Vec<u8>, ReportError> {
        let tree = self.tree()?;
        let scale = dpi * self.paper.points_per_px() / 72.0;
        let pixels = |px: f64| (px * scale).round();
        let (width, height) = (pixels(self.size.0), pixels(self.size.1));
        let fits = |side: f64| (1.0..=MOST_PIXELS).contains(&side);
        let pixmap = Pixmap::new(width as u32, height as u32).filter(|_| fits(width) && fits(height));
        let Some(mut pixmap) = pixmap else {
            let message =
                format!("at {dpi} dots to an inch it would be {width} by {height} pixels; the most is {MOST_PIXELS}");
            return Err(ReportError::Write(message));
        };
        resvg::render(
            &tree,
            Transform::from_scale(scale as f32, scale as f32),
            &mut pixmap.as_mut(),
        );
        self.encoded(&pixmap, dpi)
            .map_err(|error| ReportError::Write(error.to_string()))
    }

    /// As PDF of one page, with letters that can be searched and copied, and the words of the picture for screen readers.
    ///
    /// # Errors
    /// [`ReportError::Write`] where the writer fails.
    pub fn pdf(&self) -> Result<Vec<u8>, ReportError> {
        let tree = self.tree()?;
        let points = |px: f64| (px * self.paper.points_per_px()) as f32;
        let size = Size::from_wh(points(self.size.0), points(self.size.1));
        let settings = PageSettings::from_wh(points(self.size.0), points(self.size.1));
        let (Some(size), Some(settings)) = (size, settings) else {
            return Err(ReportError::Empty);
        };
        let mut document = Document::new();
        document.set_metadata(self.pdf_metadata());
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        let figure = surface.start_tagged(ContentTag::Other);
        let drawn = surface.draw_svg(&tree, size, SvgSettings::default());
        surface.end_tagged();
        surface.finish();
        page.finish();
        let mut group = TagGroup::new(Tag::Figure(Some(format!("{}. {}", self.title, self.words))));
        group.push(figure);
        let mut tags = TagTree::new();
        tags.push(group);
        document.set_tag_tree(tags);
        match (drawn, document.finish()) {
            (Some(()), Ok(bytes)) => Ok(bytes),
            (_, Err(error)) => Err(ReportError::Write(format!("{error:?}"))),
            (None, Ok(_)) => Err(ReportError::Write("the page could not be drawn".into())),
        }
    }

    /// Characters of the page that its letters lack, in the order of Unicode, each with what PNG and PDF show for it; an SVG leaves them to its viewer.
    pub fn lacking(&self) -> Vec<(char, String)> {
        letters::lacking(&self.body)
    }

    fn document(&self, head: &Markup) -> String {
        let (width, height) = self.size;
        let view = format!("0 0 {} {}", tenth(width), tenth(height));
        let (across, down) = match self.paper {
            Paper::Screen => (tenth(width), tenth(height)),
            _ => (self.millimetres(width), self.millimetres(height)),
        };
        let markup = html! {
            svg xmlns="http://www.w3.org/2000/svg" viewBox=(view) width=(across) height=(down) role="img"
                aria-labelledby="map-title map-words" font-family=(font::FAMILIES) {
                title id="map-title" { (self.title) }
                desc id="map-words" { (self.words) }
                (head)
                (PreEscaped(&self.body))
            }
        };
        without_controls(&markup.into_string())
    }

    fn millimetres(&self, px: f64) -> String {
        format!("{:.0}mm", px * self.paper.points_per_px() / 72.0 * 25.4)
    }

    /// Title, rights, sources and provenance by the terms of Dublin Core.
    fn metadata(&self) -> Markup {
        html! {
            metadata {
                (PreEscaped("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><rdf:Description rdf:about=\"\">"))
                (PreEscaped("<dc:title>")) (self.title) (PreEscaped("</dc:title><dc:rights>")) (self.credit.rights)
                (PreEscaped("</dc:rights><dc:source>")) (self.credit.source) (PreEscaped("</dc:source><dc:description>")) (self.credit.provenance)
                (PreEscaped("</dc:description><dc:creator>")) (self.credit.program) (PreEscaped("</dc:creator></rdf:Description></rdf:RDF>"))
            }
        }
    }

    fn pdf_metadata(&self) -> Metadata {
        let description = format!(
            "{} Sources: {}. {}",
            self.credit.rights, self.credit.source, self.credit.provenance
        );
        Metadata::new()
            .title(self.title.clone())
            .description(description)
            .creator(self.credit.program.clone())
            .language("en-GB".into())
    }

    /// The page as the libraries that draw it read it.
    fn tree(&self) -> Result<usvg::Tree, ReportError> {
        let options = usvg::Options {
            font_family: font::FAMILY.to_owned(),
            fontdb: Arc::clone(&FONTS),
            ..usvg::Options::default()
        };
        let sized = Self {
            paper: Paper::Screen,
            ..self.clone()
        };
        let drawn = letters::drawable(&sized.document(&html! {}));
        usvg::Tree::from_str(&drawn, &options).map_err(|error| ReportError::Write(error.to_string()))
    }

    fn encoded(&self, pixmap: &Pixmap, dpi: f64) -> Result<Vec<u8>, png::EncodingError> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, pixmap.width(), pixmap.height());
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        let per_metre = (dpi / 0.0254).round() as u32;
        encoder.set_pixel_dims(Some(png::PixelDimensions {
            xppu: per_metre,
            yppu: per_metre,
            unit: png::Unit::Meter,
        }));
        let texts = [
            ("Title", &self.title),
            ("Copyright", &self.credit.rights),
            ("Source", &self.credit.source),
            ("Description", &self.credit.provenance),
            ("Software", &self.credit.program),
        ];
        for (keyword, text) in texts {
            encoder.add_itxt_chunk(keyword.to_owned(), text.clone())?;
        }
        // The page is white all over, so nothing is transparent and colours stand as they are.
        let colours: Vec<u8> = pixmap
            .data()
            .chunks_exact(4)
            .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]])
            .collect();
        encoder.write_header()?.write_image_data(&colours)?;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use crate::report::svg::{MapOptions, map};

    fn drawing(paper: Paper) -> Drawing {
        let (answer, data) = sample::two_lots();
        let options = MapOptions {
            paper,
            ..MapOptions::default()
        };
        map(&answer, &data, &options).unwrap()
    }

    #[test]
    fn an_svg_carries_letters_title_rights_and_checksums_and_asks_for_nothing() {
        let svg = drawing(Paper::Screen).svg();
        for part in [
            "@font-face",
            "<dc:rights>Contains public sector information.</dc:rights>",
            &"ab".repeat(32),
            "<title ",
        ] {
            assert!(svg.contains(part), "{part}");
        }
        let addresses: Vec<&str> = svg.match_indices("http").map(|(at, _)| &svg[at..at + 25]).collect();
        assert!(
            addresses.iter().all(|a| a.contains("w3.org") || a.contains("purl.org")),
            "{addresses:?}"
        );
    }

    #[test]
    fn a_png_has_the_size_of_its_paper_and_its_credit() {
        let bytes = drawing(Paper::A4).png(100.0).unwrap();
        let reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
        let info = reader.info();
        let sides = [info.width, info.height];
        assert!(sides.contains(&1169) && sides.contains(&827), "{sides:?}");
        let copyright = info
            .utf8_text
            .iter()
            .find(|chunk| chunk.keyword == "Copyright")
            .unwrap();
        assert_eq!(copyright.get_text().unwrap(), "Contains public sector information.");
        assert!(drawing(Paper::A3).png(2_000.0).is_err());
    }

    #[test]
    fn a_pdf_is_the_same_on_two_runs_and_names_its_language_and_words() {
        let bytes = drawing(Paper::Slide).pdf().unwrap();
        assert_eq!(bytes, drawing(Paper::Slide).pdf().unwrap());
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.starts_with("%PDF-") && text.contains("en-GB") && text.contains("/Figure"));
        assert!(text.contains("960 540"), "13.33 by 7.5 inches");
    }
}
