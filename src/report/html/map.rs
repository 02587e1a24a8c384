//! The interactive map of the report: the layers of `map.svg` as a list box of areas, driven by the script of the page.

use maud::{Markup, html};

use crate::report::svg::frame::{self, Frame};
use crate::report::svg::label;
use crate::report::svg::layer::{self, Style, tenth};
use crate::report::svg::picture::{Picture, deal_letter};
use crate::report::{ReportError, words};

const STYLE: Style = Style {
    id: "h-",
    interactive: true,
};
const WIDTH: f64 = 620.0;
const HEIGHT: f64 = 760.0;

/// The map as a figure with its buttons and key.
pub fn figure(picture: &Picture) -> Result<Markup, ReportError> {
    let window = frame::window(picture.map.areas.iter().map(|a| &a.shape), 0.015).ok_or(ReportError::Empty)?;
    let frame = Frame::new(window, (0.0, 0.0), (WIDTH, HEIGHT));
    let (width, height) = frame.size();
    Ok(html! {
        figure id="map" class="map" {
            (controls(picture))
            div class="canvas" {
                svg viewBox={ "0 0 " (tenth(width)) " " (tenth(height)) } font-family="Arial, Helvetica, sans-serif" data-scale=(format!("{:.5}", 1.0 / frame.units_per_px())) {
                    (layers(picture, &frame))
                }
                div class="tip" hidden {}
            }
            figcaption { (caption(picture)) }
        }
    })
}

fn layers(picture: &Picture, frame: &Frame) -> Markup {
    let placed = label::place(frame, &picture.lot_labels());
    html! {
        g transform=(frame.transform()) {
            (layer::patterns(picture, frame, STYLE))
            g aria-hidden="true" { (layer::context(picture, frame)) }
            (layer::areas(picture, frame, STYLE))
            g aria-hidden="true" { (layer::lot_outlines(picture, frame, STYLE)) (layer::deals(picture, frame, STYLE)) }
            path class="mark lot-mark" fill="none" pointer-events="none" {}
            path class="mark area-mark" fill="none" pointer-events="none" {}
        }
        g aria-hidden="true" {
            (layer::labels(picture, frame, &placed, true))
            (layer::deal_letters(picture, frame, &placed.taken))
        }
    }
}

fn controls(picture: &Picture) -> Markup {
    html! {
        div class="controls" role="group" aria-label="Map" {
            button type="button" data-zoom="in" aria-label="Zoom in" { "+" }
            button type="button" data-zoom="out" aria-label="Zoom out" { "−" }
            button type="button" data-zoom="all" { "Whole map" }
            @if !picture.map.deals.is_empty() {
                label { input type="checkbox" id="show-deals" checked; " Devolution deals" }
            }
        }
    }
}

fn caption(picture: &Picture) -> Markup {
    let unassigned = picture.unassigned().count();
    let outside: Vec<&str> = picture.map.context.iter().map(|(name, _)| name.as_str()).collect();
    let split = picture.map.areas.iter().any(|area| area.lots.len() > 1);
    html! {
        "Lots are outlined in white and carry their label. "
        @if !picture.map.deals.is_empty() {
            "Devolution deals are hatched inside a dashed line: "
            @for (k, deal) in picture.answer.deals.iter().enumerate() {
                @if k > 0 { ", " }
                b { (deal_letter(k)) } " " (deal.deal)
            }
            ". "
        }
        @if unassigned > 0 { "Areas hatched in black are in no lot. " }
        @if split { "Striped areas are shared by two lots. " }
        @if !outside.is_empty() { "Grey land takes no part: " (words::list(&outside)) ". " }
        @if picture.many_areas() { "Areas are too small to be drawn one by one. " }
        span class="script-only" { "Point at " (if picture.many_areas() { "a lot" } else { "an area" }) ", or use the arrow keys, to see it; drag and scroll with Ctrl to move and zoom." }
    }
}
