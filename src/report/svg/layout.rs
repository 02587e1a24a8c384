//! A Layout finds the places of title, map, panel and sources: on a sheet the ones with which the map is largest.

use ::geo::Rect;

use super::flow::{Flow, Slot};
use super::frame::{self, Frame};
use super::inset::{self, Inset};
use super::layer::Style;
use super::page::MapOptions;
use super::panel;
use super::paper::Paper;
use super::picture::Picture;
use super::texts::Texts;
use super::type_size;
use crate::report::ReportError;

/// Blank edge of the page, in pixels.
pub const MARGIN: f64 = 32.0;
/// Height of a line of sources.
pub const LINE_OF_SOURCES: f64 = 16.0;
/// Between columns of the panel.
const GAP: f64 = 28.0;
/// Width of a page for the screen.
const SCREEN: f64 = 1200.0;
/// Width of the panel beside the map on the screen.
const PANEL: f64 = 350.0;
/// Height of the map on the screen.
const MAP_HEIGHT: f64 = 940.0;
/// How far the panel may reach below the map before it goes on under it.
const OVERHANG: f64 = 100.0;
const INSET_HEIGHT: f64 = 280.0;
/// A list of lots may not shrink the map below this part of its size without one.
const LEAST_PART: f64 = 0.55;
/// Widths of the columns beside the map on a sheet.
const WIDTHS: [f64; 2] = [300.0, 240.0];

/// The places of everything on the page, in pixels.
pub struct Layout {
    /// Width of the page.
    pub width: f64,
    /// Height of the page; `None` where it is as high as it needs to be.
    pub height: Option<f64>,
    /// The title in lines.
    pub title: Vec<String>,
    /// Size of its letters.
    pub title_size: f64,
    /// The subtitle in lines.
    pub subtitle: Vec<String>,
    /// The sources in lines.
    pub sources: Vec<String>,
    /// Where the map stands, and what it shows.
    pub frame: Frame,
    /// Columns of the panel.
    pub flow: Flow,
    /// London enlarged.
    pub inset: Option<Inset>,
    /// Whether there is no room to list the lots.
    pub brief: bool,
}

/// A page before the places of map and panel are chosen.
struct Blank {
    width: f64,
    height: Option<f64>,
    title: Vec<String>,
    title_size: f64,
    subtitle: Vec<String>,
    sources: Vec<String>,
    top: f64,
    foot: f64,
}

/// A way to part the room between map and panel.
struct Parted {
    room: (f64, f64),
    slots: Vec<Slot>,
    brief: bool,
}

/// What is to be placed.
struct Subject<'a> {
    picture: &'a Picture<'a>,
    window: Rect<f64>,
    london: Option<Rect<f64>>,
}

impl Layout {
    /// Lays a picture out.
    ///
    /// # Errors
    /// [`ReportError::Empty`] without areas.
    pub fn new(picture: &Picture, texts: &Texts, options: &MapOptions) -> Result<Self, ReportError> {
        let window = frame::window(picture.map.areas.iter().map(|a| &a.shape), 0.015).ok_or(ReportError::Empty)?;
        let subject = Subject {
            picture,
            window,
            london: inset::crowded(picture).filter(|_| options.inset),
        };
        let sheets = options.paper.sheets().iter();
        let laid = sheets.map(|&(width, height)| {
            let blank = Blank::new(texts, width, Some(height), options.paper);
            let parted = subject.on_sheet(&blank, height);
            (subject.scale(parted.room), blank, parted)
        });
        let (_, blank, parted) = laid.max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or_else(|| {
            let blank = Blank::new(texts, SCREEN, None, options.paper);
            let parted = subject.on_screen(&blank);
            (0.0, blank, parted)
        });
        Ok(subject.placed(blank, parted))
    }

    /// Lower edge of the map.
    pub fn map_end(&self) -> f64 {
        self.frame.origin().1 + self.frame.size().1
    }
}

impl Blank {
    fn new(texts: &Texts, width: f64, height: Option<f64>, paper: Paper) -> Self {
        let inner = width - 2.0 * MARGIN;
        let title_size = match paper {
            Paper::Screen | Paper::A3 => 28.0,
            Paper::A4 | Paper::Slide => 23.0,
        };
        let title = type_size::wrap(&texts.title, title_size, true, inner);
        let subtitle = type_size::wrap(&texts.subtitle, 16.0, false, inner);
        let told = match paper {
            Paper::Slide => &texts.credit,
            Paper::Screen | Paper::A3 | Paper::A4 => &texts.sources,
        };
        let sources = type_size::wrap(told, 12.0, false, inner);
        let top = MARGIN + title.len() as f64 * title_size * 1.2 + subtitle.len() as f64 * 22.0 + 14.0;
        let feet = sources.len() as f64 * LINE_OF_SOURCES;
        Self {
            width,
            height,
            title,
            title_size,
            subtitle,
            sources,
            top,
            foot: feet + 36.0,
        }
    }

    fn inner(&self) -> f64 {
        self.width - 2.0 * MARGIN
    }
}

impl Subject<'_> {
    /// Pixels to a metre in a room.
    fn scale(&self, room: (f64, f64)) -> f64 {
        (room.0 / self.window.width().max(1.0)).min(room.1 / self.window.height().max(1.0))
    }

    /// Height that the inset takes from the first column.
    fn inset_height(&self, width: f64) -> f64 {
        let frame = |window| Frame::new(window, (0.0, 0.0), (width, INSET_HEIGHT)).size().1;
        self.london.map_or(0.0, |window| frame(window) + 30.0)
    }

    /// The columns with the panel set into them, below the inset in the first.
    fn set(&self, slots: &[Slot], brief: bool) -> Flow {
        let mut slots = slots.to_vec();
        if let Some(first) = slots.first_mut() {
            first.top += self.inset_height(first.width);
        }
        let mut flow = Flow::new(slots);
        let frame = Frame::new(self.window, (0.0, 0.0), (500.0, 500.0));
        let style = Style {
            id: "m-",
            interactive: false,
        };
        panel::all(self.picture, &mut flow, &frame, style, 1, brief);
        flow
    }

    /// The map on the left, the panel on the right; what would hang far below the map goes on under it.
    fn on_screen(&self, blank: &Blank) -> Parted {
        let room = (blank.width - PANEL - 3.0 * MARGIN, MAP_HEIGHT);
        let map_end = blank.top + self.window.height() * self.scale(room);
        let right = (blank.width - MARGIN - PANEL, blank.top - 18.0);
        let beside = |bottom: f64| Flow::beside(right, (PANEL, bottom - right.1), 1, GAP);
        let slots = if self.set(&beside(f64::INFINITY), false).end() <= map_end + OVERHANG {
            beside(f64::INFINITY)
        } else {
            let under = |height| Flow::beside((MARGIN, map_end + 10.0), (blank.inner(), height), 3, GAP);
            let all = |height| [beside(map_end), under(height)].concat();
            lowest(8_000.0, |height| !self.set(&all(height), false).over).map_or_else(|| all(8_000.0), all)
        };
        Parted {
            room,
            slots,
            brief: false,
        }
    }

    /// The columns with which the map is largest on a sheet; without the list of lots where that leaves too little of the map.
    fn on_sheet(&self, blank: &Blank, height: f64) -> Parted {
        let room = height - blank.top - blank.foot;
        let best = |brief: bool| {
            let beside = |columns| WIDTHS.map(|width| self.beside(blank, room, (columns, width), brief));
            let below = |columns| self.below(blank, room, columns, brief);
            let ways = (1..=4).flat_map(|columns| beside(columns).into_iter().chain([below(columns)]));
            // Fewer and wider columns come first; others must make the map larger by something that one sees.
            ways.flatten().reduce(|best, next| {
                let larger = self.scale(next.room) > 1.03 * self.scale(best.room);
                if larger { next } else { best }
            })
        };
        let (full, short) = (best(false), best(true));
        let room_left = |full: &Parted| {
            let most = short.as_ref().map_or(0.0, |short| self.scale(short.room));
            self.scale(full.room) >= LEAST_PART * most
        };
        full.filter(room_left).or(short).unwrap_or_else(|| Parted {
            room: (blank.inner() * 0.6, room),
            slots: Flow::beside(
                (MARGIN + blank.inner() * 0.62, blank.top),
                (blank.inner() * 0.38, room),
                1,
                GAP,
            ),
            brief: true,
        })
    }

    fn beside(&self, blank: &Blank, height: f64, (columns, width): (usize, f64), brief: bool) -> Option<Parted> {
        let width = columns as f64 * width + (columns - 1) as f64 * GAP;
        let map = blank.inner() - width - GAP;
        let corner = (blank.width - MARGIN - width, blank.top - 12.0);
        let slots = Flow::beside(corner, (width, height + 12.0), columns, GAP);
        let fits = map > 200.0 && !self.set(&slots, brief).over;
        fits.then_some(Parted {
            room: (map, height),
            slots,
            brief,
        })
    }

    fn below(&self, blank: &Blank, height: f64, columns: usize, brief: bool) -> Option<Parted> {
        let columns_of = |under: f64| {
            let top = blank.top + height - under;
            Flow::beside((MARGIN, top), (blank.inner(), under), columns, GAP)
        };
        let wide = columns_of(1.0).first().is_some_and(|slot| slot.width >= 230.0);
        let under = lowest(height * 0.6, |under| !self.set(&columns_of(under), brief).over).filter(|_| wide)?;
        Some(Parted {
            room: (blank.inner(), height - under - 4.0),
            slots: columns_of(under),
            brief,
        })
    }

    fn placed(&self, blank: Blank, parted: Parted) -> Layout {
        let scale = self.scale(parted.room);
        // A map that is narrower than its room stands in the middle of it on a sheet, and on the left on a screen.
        let spare = match blank.height {
            Some(_) => (parted.room.0 - self.window.width() * scale).max(0.0) / 2.0,
            None => 0.0,
        };
        let frame = Frame::new(self.window, (MARGIN + spare, blank.top), parted.room);
        let first = parted.slots.first().copied();
        let inset = self.london.zip(first);
        Layout {
            inset: inset.map(|(window, slot)| Inset::new(self.picture, window, (slot.x, slot.top), slot.width)),
            flow: self.set(&parted.slots, parted.brief).emptied(),
            width: blank.width,
            height: blank.height,
            title: blank.title,
            title_size: blank.title_size,
            subtitle: blank.subtitle,
            sources: blank.sources,
            frame,
            brief: parted.brief,
        }
    }
}

/// The least height, in steps of 8 pixels up to `most`, at which everything fits.
fn lowest(most: f64, fits: impl Fn(f64) -> bool) -> Option<f64> {
    let steps = (most / 8.0).floor().max(0.0) as usize;
    let heights: Vec<f64> = (4..=steps).map(|k| k as f64 * 8.0).collect();
    let at = heights.partition_point(|height| !fits(*height));
    heights.get(at).copied()
}
