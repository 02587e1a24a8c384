//! The panel beside the map: list of lots, deals, key and scale bar.

use maud::{Markup, html};

use super::frame::Frame;
use super::layer::{self, INK, OUTSIDE, Style, tenth};
use super::picture::{MANY_LOTS, Picture, deal_letter, is_name};
use super::type_size;
use crate::report::words;

/// Where a panel stands: left edge, width, and the height reached so far, in pixels.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Left edge.
    pub x: f64,
    /// Width.
    pub width: f64,
    /// Top of what comes next.
    pub y: f64,
}

/// Height of a row.
pub const ROW: f64 = 20.0;
const GREY: &str = "#505A5F";

impl Column {
    fn heading(&mut self, text: &str) -> Markup {
        self.y += 30.0;
        let y = tenth(self.y - 10.0);
        html! { text x=(tenth(self.x)) y=(y) font-size="15" font-weight="bold" fill=(INK) { (text) } }
    }

    /// Baseline of the next row.
    fn row(&mut self) -> f64 {
        self.y += ROW;
        self.y - 6.0
    }

    /// Lines of text from the baseline of a row on; further lines make the column longer.
    fn text(&mut self, baseline: f64, lines: &[String]) -> Markup {
        self.y += lines.len().saturating_sub(1) as f64 * 16.0;
        html! {
            @for (k, line) in lines.iter().enumerate() {
                text x=(tenth(self.x + 36.0)) y=(tenth(baseline + k as f64 * 16.0)) font-size="13" fill=(INK) { (line) }
            }
        }
    }

    /// A row of the key: a sample 26 by 13 pixels, and words.
    fn key(&mut self, words: &str, sample: impl FnOnce(f64, f64) -> Markup) -> Markup {
        let lines = type_size::wrap(words, 13.0, false, self.width - 36.0);
        let baseline = self.row();
        html! { (sample(self.x, baseline - 11.0)) (self.text(baseline, &lines)) }
    }
}

/// The lots with colour, label, name and value; nothing where there are too many to list.
pub fn lots(picture: &Picture, column: &mut Column) -> Markup {
    let lots = &picture.answer.lots;
    if lots.is_empty() || lots.len() > MANY_LOTS {
        return html! {};
    }
    let right = column.x + column.width;
    html! {
        (column.heading("Lots, with contract value"))
        @for (k, lot) in lots.iter().enumerate() {
            @let y = column.row();
            @let value = words::money(lot.contract_value_gbp);
            rect x=(tenth(column.x)) y=(tenth(y - 12.0)) width="26" height="16" rx="2" fill=(picture.fill(k)) {}
            @if is_name(&lot.lot_id) {
                text x=(tenth(column.x + 36.0)) y=(tenth(y)) font-size="13" fill=(INK) { (type_size::fitted(&lot.lot_id, 13.0, column.width - 110.0)) }
            } @else {
                text x=(tenth(column.x + 13.0)) y=(tenth(y)) font-size="11" font-weight="bold" text-anchor="middle" fill=(picture.ink(k)) { (lot.lot_id) }
                text x=(tenth(column.x + 36.0)) y=(tenth(y)) font-size="13" fill=(INK) { (type_size::fitted(&lot.name, 13.0, column.width - 110.0)) }
            }
            text x=(tenth(right)) y=(tenth(y)) font-size="13" text-anchor="end" fill=(INK) { (value) }
        }
    }
}

/// The deals with letter, name, standing, and whether they are whole.
pub fn deals(picture: &Picture, column: &mut Column) -> Markup {
    if picture.answer.deals.is_empty() {
        return html! {};
    }
    let right = column.x + column.width;
    html! {
        (column.heading("Devolution deals"))
        @for (k, deal) in picture.answer.deals.iter().enumerate() {
            @let y = column.row();
            @let fate = fate(deal.whole, deal.lots.len());
            @let room = column.width - 46.0 - type_size::width(&fate, 13.0, true);
            @let lines = type_size::wrap(&format!("{} ({})", deal.deal, deal.status), 13.0, false, room);
            (layer::badge(&deal_letter(k), (column.x + 13.0, y - 4.0)))
            (column.text(y, &lines))
            text x=(tenth(right)) y=(tenth(y)) font-size="13" text-anchor="end" fill=(INK) font-weight=[(!deal.whole).then_some("bold")] { (fate) }
        }
    }
}

fn fate(whole: bool, lots: usize) -> String {
    match (whole, lots) {
        (true, _) => "whole".into(),
        (false, 0 | 1) => "partly in no lot".into(),
        (false, lots) => format!("cut into {lots}"),
    }
}

/// The key: lines, hatching, land outside, labels left off, and the scale bar.
pub fn key(picture: &Picture, column: &mut Column, frame: &Frame, style: Style, left_off: usize) -> Markup {
    let box_of = |fill: String| move |x: f64, y: f64| html! { rect x=(tenth(x)) y=(tenth(y)) width="26" height="13" fill=(fill) stroke=(INK) stroke-width="0.6" {} };
    let unassigned = picture.unassigned().count() as f64;
    let split = picture.map.areas.iter().any(|area| area.lots.len() > 1);
    html! {
        (column.heading("Key"))
        @let lot = if picture.many_areas() { "Lot, outlined in white" } else { "Lot, outlined in white; areas by thin lines" };
        (column.key(lot, |x, y| two_tone(picture, x, y)))
        @if !picture.map.deals.is_empty() {
            (column.key("Devolution deal, with its letter", deal_sample))
        }
        @if !picture.map.context.is_empty() {
            (column.key("Land that takes no part", box_of(OUTSIDE.to_owned())))
        }
        @if unassigned > 0.0 {
            (column.key(&words::counted(unassigned, "area in no lot", "areas in no lot"), box_of(format!("url(#{}key)", style.id))))
        }
        @if split {
            (column.key("Area shared by two lots, striped in their colours", |x, y| stripes(picture, x, y)))
        }
        @if left_off > 0 {
            (column.key(&words::counted(left_off as f64, "lot is too small to label here", "lots are too small to label here"), |_, _| html! {}))
        }
        @if !picture.colouring.clashes.is_empty() {
            (column.key("Some neighbouring lots share a colour; the white outline parts them", |_, _| html! {}))
        }
        (scale_bar(column, frame))
    }
}

fn two_tone(picture: &Picture, x: f64, y: f64) -> Markup {
    let fill = |lot: usize| {
        if lot < picture.map.lots.len() {
            picture.fill(lot)
        } else {
            OUTSIDE
        }
    };
    html! {
        rect x=(tenth(x)) y=(tenth(y)) width="12" height="13" fill=(fill(0)) {}
        rect x=(tenth(x + 14.6)) y=(tenth(y)) width="11.4" height="13" fill=(fill(1)) {}
    }
}

fn deal_sample(x: f64, y: f64) -> Markup {
    html! {
        rect x=(tenth(x + 1.0)) y=(tenth(y + 1.0)) width="24" height="11" fill="#A9B1B8" stroke=(INK) stroke-width="1.7" stroke-dasharray="5 3.5" {}
    }
}

fn stripes(picture: &Picture, x: f64, y: f64) -> Markup {
    let split = picture.map.areas.iter().find(|area| area.lots.len() > 1);
    let (a, b) = split.map(|area| (area.lots[0].0, area.lots[1].0)).unwrap_or_default();
    html! {
        @for k in 0..6u32 {
            @let fill = picture.fill(if k % 2 == 0 { a } else { b });
            rect x=(tenth(x + f64::from(k) * 4.4)) y=(tenth(y)) width="4.4" height="13" fill=(fill) {}
        }
    }
}

/// A bar of a round number of km that is 60 to 150 pixels long.
fn scale_bar(column: &mut Column, frame: &Frame) -> Markup {
    let steps = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0];
    let length = |km: f64| km * 1000.0 * frame.px_per_metre();
    let Some(km) = steps.into_iter().find(|&km| length(km) >= 60.0) else {
        return html! {};
    };
    let y = column.row() + 6.0;
    let end = column.x + length(km);
    html! {
        g stroke=(INK) stroke-width="1.5" fill="none" {
            path d={ "M" (tenth(column.x)) " " (tenth(y - 5.0)) "v5H" (tenth(end)) "v-5" } {}
        }
        text x=(tenth(end + 8.0)) y=(tenth(y)) font-size="13" fill=(GREY) { (km) " km" }
    }
}
