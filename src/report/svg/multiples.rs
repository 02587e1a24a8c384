//! Small multiples: plans side by side on one page, a small map each, lots that match in one colour.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::drawing::{Credit, Drawing};
use super::font;
use super::frame::{self, Frame};
use super::label::{self, Line, Wanted};
use super::layer::{self, INK, Style, tenth};
use super::layout::{LINE_OF_SOURCES, MARGIN};
use super::page::{GREY, MapOptions, sources, without_controls};
use super::picture::{Picture, is_name};
use super::texts::source_words;
use super::type_size;
use crate::report::colour;
use crate::report::{Answer, MapData, ReportError, headline, words};

/// Height of the words above a small map.
const HEAD: f64 = 62.0;
const GAP: f64 = 24.0;
/// Width of a page for the screen, and height of a small map on it.
const SCREEN: (f64, f64) = (1200.0, 560.0);

/// A plan among others.
#[derive(Clone, Debug)]
pub struct Pane {
    /// What it is called.
    pub name: String,
    /// The plan in numbers, lots labelled as in the first one.
    pub answer: Answer,
    /// The plan in shapes.
    pub map: MapData,
}

/// Where the small maps stand: columns, rows, width and height of a cell.
struct Grid {
    columns: usize,
    rows: usize,
    cell: (f64, f64),
}

/// Plans side by side on one page.
///
/// # Errors
/// [`ReportError::Empty`] without a plan or an area, [`ReportError::Mismatch`] where an answer and its map do not belong together.
pub fn multiples(panes: &[Pane], options: &MapOptions) -> Result<Drawing, ReportError> {
    let first = panes.first().ok_or(ReportError::Empty)?;
    let window = frame::window(first.map.areas.iter().map(|a| &a.shape), 0.015).ok_or(ReportError::Empty)?;
    let ratio = window.width() / window.height().max(1.0);
    let title = title(panes);
    let pages = options
        .paper
        .sheets()
        .iter()
        .map(|&sheet| Page::on_sheet(sheet, &title, panes, ratio));
    let best = pages.max_by(|a, b| a.scale(ratio).total_cmp(&b.scale(ratio)));
    let page = best.unwrap_or_else(|| Page::on_screen(&title, panes, ratio));
    let colours = matched_colours(panes);
    let mut cells = Vec::new();
    for (k, (pane, colours)) in panes.iter().zip(colours).enumerate() {
        let mut picture = Picture::new(&pane.answer, &pane.map)?;
        picture.colouring = colours;
        cells.push(cell(
            &picture,
            &pane.name,
            k,
            page.place(k),
            page.grid.cell,
            window,
            options.deals,
        ));
    }
    let body = html! {
        rect width="100%" height="100%" fill="#FFFFFF" {}
        (page.heading())
        @for cell in &cells { (cell) }
        (sources(&page.sources, page.size.1 - page.feet() - 4.0, page.size.0))
    };
    Ok(Drawing {
        body: without_controls(&body.into_string()),
        size: page.size,
        paper: options.paper,
        words: panes.iter().map(told).collect::<Vec<_>>().join(" "),
        title,
        credit: Credit::new(&first.answer, &first.map),
    })
}

/// The page before its maps are drawn.
struct Page {
    size: (f64, f64),
    title: Vec<String>,
    sources: Vec<String>,
    top: f64,
    grid: Grid,
}

impl Page {
    fn blank(width: f64, title: &str, panes: &[Pane]) -> Self {
        let inner = width - 2.0 * MARGIN;
        let title = type_size::wrap(title, 23.0, true, inner);
        let told = panes
            .first()
            .map(|pane| source_words(&pane.answer, &pane.map))
            .unwrap_or_default();
        Self {
            size: (width, 0.0),
            top: MARGIN + title.len() as f64 * 28.0 + 10.0,
            title,
            sources: type_size::wrap(&told, 12.0, false, inner),
            grid: Grid {
                columns: 1,
                rows: 1,
                cell: (inner, 1.0),
            },
        }
    }

    fn feet(&self) -> f64 {
        self.sources.len() as f64 * LINE_OF_SOURCES
    }

    /// As many columns as make the maps largest.
    fn on_sheet((width, height): (f64, f64), title: &str, panes: &[Pane], ratio: f64) -> Self {
        let blank = Self::blank(width, title, panes);
        let room = (width - 2.0 * MARGIN, height - blank.top - blank.feet() - 36.0);
        let grid = |columns: usize| {
            let rows = panes.len().div_ceil(columns);
            let cell = |room: f64, count: usize| (room - GAP * (count - 1) as f64) / count as f64;
            Grid {
                columns,
                rows,
                cell: (cell(room.0, columns), cell(room.1, rows)),
            }
        };
        let grids = (1..=panes.len()).map(grid);
        let best = grids.max_by(|a, b| a.scale(ratio).total_cmp(&b.scale(ratio)));
        Self {
            size: (width, height),
            grid: best.unwrap_or_else(|| grid(1)),
            ..blank
        }
    }

    /// Up to three columns, and as many rows as it takes.
    fn on_screen(title: &str, panes: &[Pane], ratio: f64) -> Self {
        let blank = Self::blank(SCREEN.0, title, panes);
        let columns = panes.len().clamp(1, 3);
        let rows = panes.len().div_ceil(columns);
        let width = (SCREEN.0 - 2.0 * MARGIN - GAP * (columns - 1) as f64) / columns as f64;
        let cell = (width, (width / ratio).min(SCREEN.1) + HEAD);
        let height = blank.top + rows as f64 * (cell.1 + GAP) + blank.feet() + 36.0;
        Self {
            size: (SCREEN.0, height),
            grid: Grid { columns, rows, cell },
            ..blank
        }
    }

    fn scale(&self, ratio: f64) -> f64 {
        self.grid.scale(ratio)
    }

    fn place(&self, k: usize) -> (f64, f64) {
        let (column, row) = (k % self.grid.columns, k / self.grid.columns);
        let (width, height) = self.grid.cell;
        (
            MARGIN + column as f64 * (width + GAP),
            self.top + row as f64 * (height + GAP),
        )
    }

    fn heading(&self) -> Markup {
        html! {
            @for (k, line) in self.title.iter().enumerate() {
                text x=(tenth(MARGIN)) y=(tenth(MARGIN + 20.0 + k as f64 * 28.0)) font-size="23" font-weight="bold" fill=(INK) { (line) }
            }
        }
    }
}

impl Grid {
    /// How large a map of that ratio of width to height is in a cell.
    fn scale(&self, ratio: f64) -> f64 {
        debug_assert!(self.rows > 0);
        self.cell.0.min((self.cell.1 - HEAD) * ratio)
    }
}

/// What is compared, in a sentence without a stop.
fn title(panes: &[Pane]) -> String {
    let designs = words::counted(panes.len() as f64, "design", "designs");
    let lots: Vec<String> = panes
        .iter()
        .map(|pane| words::number(pane.answer.lots.len() as f64))
        .collect();
    let lots = format!("{designs} side by side, with {} lots", words::list(&lots));
    match panes
        .first()
        .map(|pane| pane.answer.scenario.title.as_str())
        .unwrap_or_default()
    {
        "" => lots,
        scenario => format!("{lots}: {scenario}"),
    }
}

/// A plan in two short lines: lots with the range of their values, and what breaks.
fn summary(answer: &Answer) -> [String; 2] {
    let values: Vec<f64> = answer.lots.iter().map(|lot| answer.size(lot)).collect();
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let lots = words::counted(values.len() as f64, "lot", "lots");
    let range = match values.is_empty() {
        true => lots,
        false => format!("{lots}, {} to {}", answer.worth_words(least), answer.worth_words(most)),
    };
    let cut = answer.deals.iter().filter(|deal| !deal.whole).count();
    let deals = match (answer.deals.is_empty(), cut) {
        (true, _) => String::new(),
        (false, 0) => "no deal cut; ".to_owned(),
        (false, cut) => format!("{} cut; ", words::counted(cut as f64, "deal", "deals")),
    };
    let rules = match answer.violations.len() {
        0 => "every rule kept".to_owned(),
        broken => words::counted(broken as f64, "breach of the rules", "breaches of the rules"),
    };
    [range, format!("{deals}{rules}")]
}

/// A plan for those who cannot see it.
fn told(pane: &Pane) -> String {
    let [lots, rules] = summary(&pane.answer);
    format!(
        "{}: {lots}; {rules}. {}.",
        pane.name,
        headline::coverage(&pane.answer, pane.map.areas.len())
    )
}

fn cell(
    picture: &Picture,
    name: &str,
    k: usize,
    (x, y): (f64, f64),
    (width, height): (f64, f64),
    window: ::geo::Rect<f64>,
    deals: bool,
) -> Markup {
    let id = format!("p{k}-");
    let style = Style {
        id: &id,
        interactive: false,
    };
    let frame = Frame::new(window, (x, y + HEAD), (width, height - HEAD));
    let placed = label::place(&frame, &short_labels(picture));
    let lines = summary(picture.answer);
    html! {
        text x=(tenth(x)) y=(tenth(y + 16.0)) font-size="16" font-weight="bold" fill=(INK) { (type_size::fitted(name, 16.0, width * 0.92)) }
        @for (k, line) in lines.iter().enumerate() {
            text x=(tenth(x)) y=(tenth(y + 35.0 + 17.0 * k as f64)) font-size="13" fill=(GREY) { (type_size::fitted(line, 13.0, width)) }
        }
        (layer::clip_path(&format!("{id}clip"), &frame))
        g clip-path={ "url(#" (id) "clip)" } font-family=(font::FAMILIES) {
            g transform=(frame.transform()) {
                (layer::patterns(picture, &frame, style))
                (layer::context(picture, &frame))
                (layer::areas(picture, &frame, style))
                (layer::lot_outlines(picture, &frame, style))
                @if deals { (layer::deals(picture, &frame, style)) }
            }
            (layer::labels(picture, &frame, &placed, false))
        }
    }
}

/// Labels without values, inside their lots only.
fn short_labels<'a>(picture: &Picture<'a>) -> Vec<Wanted<'a>> {
    let lots = picture.answer.lots.iter().zip(&picture.map.lots);
    let forms = |label: &str| -> Vec<Vec<Line>> {
        let most = if is_name(label) { 12.0 } else { 14.0 };
        let sizes = [most, 11.0, 9.5];
        let line = |size: f64| {
            type_size::wrap(label, size, true, size * 6.0)
                .into_iter()
                .map(move |text| Line { text, size, bold: true })
        };
        sizes.into_iter().map(|size| line(size).collect()).collect()
    };
    lots.map(|(lot, drawn)| Wanted {
        shape: &drawn.shape,
        forms: forms(&lot.lot_id),
        beside: false,
    })
    .collect()
}

/// Colours of the first plan, and in every other one for each lot the colour that its label has there, if no neighbour has it too.
fn matched_colours(panes: &[Pane]) -> Vec<colour::Colouring> {
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    let mut found = Vec::new();
    for pane in panes {
        let wished: Vec<Option<usize>> = pane
            .answer
            .lots
            .iter()
            .map(|lot| known.get(lot.lot_id.as_str()).copied())
            .collect();
        let colours = colour::continued(&wished, &pane.map.lot_neighbours);
        for (lot, &colour) in pane.answer.lots.iter().zip(&colours.of) {
            known.entry(&lot.lot_id).or_insert(colour);
        }
        found.push(colours);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::paper::Paper;
    use super::*;
    use crate::report::sample;

    fn panes() -> Vec<Pane> {
        let (answer, map) = sample::two_lots();
        let pane = |name: &str| Pane {
            name: name.into(),
            answer: answer.clone(),
            map: map.clone(),
        };
        vec![pane("As let"), pane("Proposed"), pane("Third & <last>")]
    }

    #[test]
    fn each_design_has_its_name_and_map_and_matching_lots_one_colour() {
        for paper in Paper::ALL {
            let options = MapOptions {
                paper,
                ..MapOptions::default()
            };
            let svg = multiples(&panes(), &options).unwrap().svg();
            assert!(svg.contains("As let") && svg.contains("Third &amp; &lt;last&gt;"));
            assert_eq!(svg.matches("class=\"lots\"").count(), 3);
            assert!(svg.contains("3 designs side by side, with 2, 2 and 2 lots"));
        }
        let colours = matched_colours(&panes());
        assert!(colours.iter().all(|one| one.of == colours[0].of));
    }

    #[test]
    fn nothing_to_draw_is_an_error() {
        assert_eq!(multiples(&[], &MapOptions::default()).err(), Some(ReportError::Empty));
    }
}
