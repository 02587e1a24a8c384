//! Layers of a map, from the ground up: land outside, areas, outlines of lots, deals, labels.

use ::geo::MultiLineString;
use maud::{Markup, html};

use super::badge::{BadgePlace, badge_place};
use super::frame::Frame;
use super::label::{self, Label, Placed};
use super::look::Look;
use super::picture::{Picture, deal_letter};
use super::space::Space;

/// How the layers are to be written.
#[derive(Clone, Copy, Debug)]
pub struct Style<'a> {
    /// What the ids of patterns begin with, so that two maps can stand in one document.
    pub id: &'a str,
    /// Whether areas are options of a list box that a script drives.
    pub interactive: bool,
}

/// Ground colour of land that takes no part.
pub const OUTSIDE: &str = "#E3E5E7";
/// Text and lines.
pub const INK: &str = "#0B0C0C";
/// Outlines of lots before a change.
pub const BEFORE: &str = "#801650";

/// Everything but labels, in the frame's map units.
pub fn ground(picture: &Picture, frame: &Frame, style: Style) -> Markup {
    html! {
        (patterns(picture, frame, style))
        (context(picture, frame))
        (areas(picture, frame, style))
        (lot_outlines(picture, frame, style))
        (deals(picture, frame, style))
    }
}

/// A clip path over the frame.
pub fn clip_path(id: &str, frame: &Frame) -> Markup {
    let ((x, y), (width, height)) = (frame.origin(), frame.size());
    html! { clipPath id=(id) { rect x=(tenth(x)) y=(tenth(y)) width=(tenth(width)) height=(tenth(height)) {} } }
}

/// Patterns: hatching of areas in no lot, stripes of areas in two lots, hatching of deals. Sizes are those of the frame's map units.
pub fn patterns(picture: &Picture, frame: &Frame, style: Style) -> Markup {
    let unit = frame.units_per_px();
    let side = format!("{:.0}", 8.0 * unit);
    let half = format!("{:.0}", 4.0 * unit);
    let thin = format!("{:.0}", 1.6 * unit);
    let split: Vec<(usize, usize)> = split_pairs(picture);
    html! {
        defs {
            pattern id={ (style.id) "none" } patternUnits="userSpaceOnUse" width=(side) height=(side) patternTransform="rotate(45)" {
                rect width=(side) height=(side) fill="#FFFFFF" {}
                rect width=(thin) height=(side) fill=(INK) {}
            }
            pattern id={ (style.id) "deal" } patternUnits="userSpaceOnUse" width=(side) height=(side) patternTransform="rotate(-45)" {
                rect width=(thin) height=(side) fill="#FFFFFF" fill-opacity="0.4" {}
            }
            @for (a, b) in split {
                pattern id={ (style.id) "split" (a) "-" (b) } patternUnits="userSpaceOnUse" width=(side) height=(side) patternTransform="rotate(45)" {
                    rect width=(side) height=(side) fill=(picture.fill(a)) {}
                    rect width=(half) height=(side) fill=(picture.fill(b)) {}
                }
            }
        }
    }
}

fn split_pairs(picture: &Picture) -> Vec<(usize, usize)> {
    let split = picture.map.areas.iter().filter(|area| area.lots.len() > 1);
    let mut pairs: Vec<(usize, usize)> = split.map(|area| (area.lots[0].0, area.lots[1].0)).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Land that takes no part, in grey.
pub fn context(picture: &Picture, frame: &Frame) -> Markup {
    html! {
        g class="outside" fill=(OUTSIDE) stroke="#FFFFFF" stroke-width=(px(frame, 0.8)) fill-rule="evenodd" {
            @for (name, shape) in &picture.map.context {
                path d=(frame.path(shape)) { title { (name) ": takes no part" } }
            }
        }
    }
}

/// Areas in the colours of their lots, with thin pale borders and a tooltip each; whole lots where areas are too many.
pub fn areas(picture: &Picture, frame: &Frame, style: Style) -> Markup {
    let role = style.interactive.then_some("option");
    let (kind, one) = if picture.many_areas() {
        ("Lots", "lot")
    } else {
        ("Areas", "area")
    };
    let hairline = match picture.look {
        Look::Lots => "#FFFFFF",
        Look::Shaded(_) | Look::Moved(_) => "#505A5F",
    };
    let keys =
        || format!("{kind}. Arrow keys move to the next {one} in that direction, Enter goes to its lot in the table.");
    html! {
        g class="areas" stroke=(hairline) stroke-opacity="0.55" stroke-width=(px(frame, 0.5)) fill-rule="evenodd"
            role=[style.interactive.then_some("listbox")] tabindex=[style.interactive.then_some("0")]
            aria-label=[style.interactive.then(keys)] {
            @for (k, patch) in picture.patches().iter().enumerate() {
                path id=[style.interactive.then(|| format!("a{k}"))] role=[role] aria-selected=[role.map(|_| "false")]
                    data-l=[style.interactive.then(|| lot_list(&patch.lots))] fill=(picture.patch_fill(patch, style.id))
                    d=(frame.path(patch.shape)) {
                    title { (patch.words) }
                }
            }
        }
    }
}

fn lot_list(lots: &[(usize, f64)]) -> String {
    lots.iter()
        .map(|(lot, _)| lot.to_string())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Outlines of the lots: in white where lots are coloured, wide enough to part two dark colours; otherwise their common borders in dark on white, and
/// the coast as a thin line.
pub fn lot_outlines(picture: &Picture, frame: &Frame, style: Style) -> Markup {
    let width = if picture.map.lots.len() > 120 { 2.0 } else { 2.6 };
    let outlines = |stroke: &str, width: f64| {
        html! {
            g class="lots" fill="none" stroke=(stroke) stroke-width=(px(frame, width)) stroke-linejoin="round" pointer-events="none" {
                @for (lot, drawn) in picture.map.lots.iter().enumerate() {
                    path data-o=[style.interactive.then_some(lot)] d=(frame.path(&drawn.shape)) {}
                }
            }
        }
    };
    let dark = || {
        html! {
            (outlines("#505A5F", 0.5))
            (borders(frame, &picture.map.lot_borders, "#FFFFFF", 3.6, None))
            (borders(frame, &picture.map.lot_borders, INK, 1.5, None))
        }
    };
    match &picture.look {
        Look::Lots => outlines("#FFFFFF", width),
        Look::Shaded(_) => dark(),
        Look::Moved(moves) => {
            html! { (dark()) (borders(frame, &moves.old_borders, BEFORE, 2.0, Some((2.0, 3.0)))) }
        }
    }
}

/// Lines of a width in pixels of the page, dotted where dots and gaps are given.
fn borders(frame: &Frame, lines: &MultiLineString<f64>, stroke: &str, width: f64, dots: Option<(f64, f64)>) -> Markup {
    let dots = dots.map(|(dot, gap)| format!("{} {}", px(frame, dot), px(frame, gap)));
    let path: String = lines
        .iter()
        .map(|line| frame.line(line.coords().map(|c| c.x_y())))
        .collect();
    html! {
        path d=(path) fill="none" stroke=(stroke) stroke-width=(px(frame, width)) stroke-dasharray=[dots] stroke-linejoin="round" stroke-linecap="round" pointer-events="none" {}
    }
}

/// Deals as hatching with a dashed dark outline on a white one; without hatching where colours are figures.
pub fn deals(picture: &Picture, frame: &Frame, style: Style) -> Markup {
    let dashes = format!("{} {}", px(frame, 5.0), px(frame, 3.5));
    let fill = match picture.look {
        Look::Lots => format!("url(#{}deal)", style.id),
        Look::Shaded(_) | Look::Moved(_) => "none".to_owned(),
    };
    html! {
        g class="deals" fill="none" stroke-linejoin="round" fill-rule="evenodd" pointer-events="none" {
            @for deal in &picture.map.deals {
                path d=(frame.path(&deal.shape)) fill=(fill) stroke="#FFFFFF" stroke-width=(px(frame, 3.4)) {}
                path class="dash" d=(frame.path(&deal.shape)) stroke=(INK) stroke-width=(px(frame, 1.7)) stroke-dasharray=(dashes) {}
            }
        }
    }
}

/// A width of the page in the frame's map units.
fn px(frame: &Frame, width: f64) -> String {
    format!("{:.1}", width * frame.units_per_px())
}

/// Labels of lots: on their lot in its ink, beside it in dark on a white plate with a leader line.
pub fn labels(picture: &Picture, frame: &Frame, placed: &Placed, interactive: bool) -> Markup {
    html! {
        g class="labels" text-anchor="middle" pointer-events="none" {
            @for label in &placed.labels {
                (leader(label))
            }
            @for label in &placed.labels { (lot_label(picture, label, interactive, None)) }
            @if interactive {
                @for label in late_labels(picture, frame, placed) { (lot_label(picture, &label, interactive, Some("late off"))) }
            }
        }
    }
}

/// Labels that found no room, on their lots: a script shows them once the map is large enough.
fn late_labels(picture: &Picture, frame: &Frame, placed: &Placed) -> Vec<Label> {
    let wanted = picture.lot_labels();
    let label = |&of: &usize| {
        let at = frame.on_page(label::pole(wanted[of].shape)?);
        Some(Label {
            of,
            lines: wanted[of].forms.last()?.clone(),
            at,
            leader: None,
            anchor: at,
        })
    };
    placed.left_off.iter().filter_map(label).collect()
}

/// The leader line of a label that stands beside its shape.
pub fn leader(label: &Label) -> Markup {
    let Some([edge, (x, y)]) = label.leader_line() else {
        return html! {};
    };
    let ((x1, y1), (x2, y2)) = ((tenth(x), tenth(y)), (tenth(edge.0), tenth(edge.1)));
    html! {
        g class="leader" {
            line x1=(x1) y1=(y1) x2=(x2) y2=(y2) stroke="#FFFFFF" stroke-width="3" {}
            line x1=(x1) y1=(y1) x2=(x2) y2=(y2) stroke=(INK) stroke-width="1" {}
            circle cx=(x1) cy=(y1) r="2.2" fill=(INK) stroke="#FFFFFF" stroke-width="0.8" {}
        }
    }
}

fn lot_label(picture: &Picture, label: &Label, interactive: bool, class: Option<&str>) -> Markup {
    let (ink, halo) = match label.leader {
        None => picture.label_paint(label.of),
        Some(_) => (INK, "#FFFFFF"),
    };
    let anchor = interactive.then(|| format!("{} {}", tenth(label.anchor.0), tenth(label.anchor.1)));
    html! {
        g class=[class] data-t=[interactive.then_some(label.of)] data-p=[anchor] fill=(ink) stroke=(halo) stroke-width="3" stroke-linejoin="round" paint-order="stroke" {
            (lines(label))
        }
    }
}

/// The lines of a label as text elements around its centre.
pub fn lines(label: &Label) -> Markup {
    let height: f64 = label.lines.iter().map(|l| l.size * 1.15).sum();
    let mut y = label.at.1 - height / 2.0;
    let mut placed = Vec::new();
    for line in &label.lines {
        // The baseline of Arial lies about 0.9 of the size below the top of a line.
        placed.push((tenth(y + line.size * 0.93), line));
        y += line.size * 1.15;
    }
    html! {
        @for (y, line) in placed {
            text x=(tenth(label.at.0)) y=(y) font-size=(line.size) font-weight=[line.bold.then_some("bold")] { (line.text) }
        }
    }
}

/// Letters of the deals, each near the middle of its deal where no label stands.
pub fn deal_letters(picture: &Picture, frame: &Frame, taken: &[Space]) -> Markup {
    let mut taken = taken.to_vec();
    let mut badges = Vec::new();
    for (deal, drawn) in picture.map.deals.iter().enumerate() {
        if let Some(place) = badge_place(frame, &drawn.shape, &taken) {
            taken.push(Space::square(place.at, 19.0));
            badges.push((deal, place));
        }
    }
    html! {
        g class="deal-letters" text-anchor="middle" pointer-events="none" {
            @for (_, place) in &badges { (line_to_deal(place)) }
            @for (deal, place) in &badges { (badge(&deal_letter(*deal), place.at)) }
        }
    }
}

/// The line from a badge beside its deal to the deal; the badge covers its beginning.
fn line_to_deal(place: &BadgePlace) -> Markup {
    html! {
        @if let (Some(to), from) = (place.leader, place.at) {
            @for (colour, width) in [("#FFFFFF", "3"), (INK, "1")] {
                line x1=(tenth(from.0)) y1=(tenth(from.1)) x2=(tenth(to.0)) y2=(tenth(to.1)) stroke=(colour) stroke-width=(width) {}
            }
        }
    }
}

/// A letter in a white square with a dark border, around a point of the page.
pub fn badge(letter: &str, (x, y): (f64, f64)) -> Markup {
    html! {
        g class="badge" data-p={ (tenth(x)) " " (tenth(y)) } {
            rect x=(tenth(x - 8.0)) y=(tenth(y - 8.0)) width="16" height="16" rx="2" fill="#FFFFFF" stroke=(INK) stroke-width="1.4" {}
            text x=(tenth(x)) y=(tenth(y + 4.0)) font-size="11" font-weight="bold" fill=(INK) text-anchor="middle" { (letter) }
        }
    }
}

/// A number of the page to a tenth of a pixel.
pub fn tenth(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}
