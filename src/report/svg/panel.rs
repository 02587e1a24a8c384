//! The panel of a map: lots, classes or moves, then deals, key and scale bar, set into the columns of a flow.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::flow::Flow;
use super::frame::Frame;
use super::layer::{self, BEFORE, INK, OUTSIDE, Style, tenth};
use super::look::{Look, MovedArea, Moves, PALE, Shading};
use super::picture::{MANY_LOTS, Picture, deal_letter, is_name};
use super::type_size;
use crate::report::words;

const GREY: &str = "#505A5F";
/// From the left edge to the words of a row.
const INDENT: f64 = 36.0;
/// Beyond this many areas, moves are told lot by lot.
const MANY_MOVES: usize = 14;
/// Most rows of moves; further ones are counted.
const MOST_ROWS: usize = 24;

/// All of it; `left_off` lots have no label on the map. A `brief` panel lists neither lots nor moves, and says so.
pub fn all(picture: &Picture, flow: &mut Flow, frame: &Frame, style: Style, left_off: usize, brief: bool) -> Markup {
    let subject = match &picture.look {
        Look::Lots => lots(picture, flow, brief),
        Look::Shaded(shading) => html! { (legend(shading, flow, style)) (lots(picture, flow, brief)) },
        Look::Moved(moves) => moved(picture, moves, flow, brief),
    };
    html! { (subject) (deals(picture, flow)) (key(picture, flow, frame, style, left_off)) }
}

fn heading(flow: &mut Flow, text: &str) -> Markup {
    let y = tenth(flow.heading());
    html! { text x=(tenth(flow.x())) y=(y) font-size="15" font-weight="bold" fill=(INK) { (text) } }
}

/// Lines of text from a baseline on, beside a sample.
fn lines(flow: &Flow, baseline: f64, lines: &[String]) -> Markup {
    html! {
        @for (k, line) in lines.iter().enumerate() {
            text x=(tenth(flow.x() + INDENT)) y=(tenth(baseline + k as f64 * 16.0)) font-size="13" fill=(INK) { (line) }
        }
    }
}

/// A row of the key: a sample 26 by 13 pixels, and words.
fn sample(flow: &mut Flow, words: &str, draw: impl FnOnce(f64, f64) -> Markup) -> Markup {
    let text = type_size::wrap(words, 13.0, false, flow.width() - INDENT);
    let baseline = flow.row(text.len());
    html! { (draw(flow.x(), baseline - 11.0)) (lines(flow, baseline, &text)) }
}

fn swatch(fill: &str) -> impl FnOnce(f64, f64) -> Markup {
    move |x, y| html! { rect x=(tenth(x)) y=(tenth(y)) width="26" height="13" fill=(fill) stroke=(INK) stroke-width="0.6" {} }
}

/// The lots with colour, label, name and figure; a sentence instead where there are too many to list, or no room.
fn lots(picture: &Picture, flow: &mut Flow, brief: bool) -> Markup {
    let lots = &picture.answer.lots;
    let named = lots.iter().all(|lot| is_name(&lot.lot_id));
    let listed = lots.len() <= MANY_LOTS && !brief;
    let heading_words = match &picture.look {
        Look::Lots if picture.answer.lets_money() => "Lots, with contract value",
        Look::Lots => "Lots, with people",
        Look::Shaded(shading) if shading.measured.by_lot => "Lots, with their figures",
        // Areas are shaded, and the lots need no colour: their labels say who they are.
        Look::Shaded(_) | Look::Moved(_) if named => return html! {},
        Look::Shaded(_) | Look::Moved(_) => "Lots",
    };
    if lots.is_empty() {
        return html! {};
    }
    if !listed {
        return unlisted(picture, flow);
    }
    html! {
        (heading(flow, heading_words))
        @for lot in 0..lots.len() { (lot_row(picture, flow, lot)) }
    }
}

/// Says that the lots are not listed.
fn unlisted(picture: &Picture, flow: &mut Flow) -> Markup {
    let lots = words::counted(picture.answer.lots.len() as f64, "lot is", "lots are");
    let text = format!("{lots} not listed here: the report and lots.csv name each.");
    html! { (heading(flow, "Lots")) (sample(flow, &text, |_, _| html! {})) }
}

fn lot_row(picture: &Picture, flow: &mut Flow, k: usize) -> Markup {
    let lot = &picture.answer.lots[k];
    let value = picture.lot_figure(k).unwrap_or_default();
    let (fill, ink) = picture.lot_swatch(k);
    let named = is_name(&lot.lot_id);
    let name = if named { &lot.lot_id } else { &lot.name };
    let room = flow.width() - INDENT - type_size::width(&value, 13.0, false) - 10.0;
    let mut text = type_size::wrap(name, 13.0, false, room);
    if text.len() > 2 {
        let rest = text.split_off(1).join(" ");
        text.push(type_size::fitted(&rest, 13.0, room));
    }
    let y = flow.row(text.len());
    let (x, right) = (flow.x(), flow.x() + flow.width());
    html! {
        rect x=(tenth(x)) y=(tenth(y - 12.0)) width="26" height="16" rx="2" fill=(fill) stroke=[(ink == INK).then_some(INK)] stroke-width="0.4" {}
        @if !named {
            text x=(tenth(x + 13.0)) y=(tenth(y)) font-size="11" font-weight="bold" text-anchor="middle" fill=(ink) { (lot.lot_id) }
        }
        (lines(flow, y, &text))
        text x=(tenth(right)) y=(tenth(y)) font-size="13" text-anchor="end" fill=(INK) { (value) }
    }
}

/// The classes of a measure, the greatest first as on a thermometer.
fn legend(shading: &Shading, flow: &mut Flow, style: Style) -> Markup {
    let measured = &shading.measured;
    let what = measured.of_what();
    let unknown = shading.of.iter().filter(|class| class.is_none()).count() as f64;
    let plural = format!("{what}s");
    html! {
        (heading(flow, &measured.title))
        @for class in shading.classes.iter().rev() {
            @let words = format!("{} ({})", class.words, words::counted(class.count as f64, what, &plural));
            (sample(flow, &words, swatch(class.fill)))
        }
        @if unknown > 0.0 {
            @let words = format!("{} without a figure", words::counted(unknown, what, &plural));
            (sample(flow, &words, swatch(&format!("url(#{}key)", style.id))))
        }
    }
}

/// What moves, from where to where: area by area, or lot by lot where these are many; only counted in a `brief` panel.
fn moved(picture: &Picture, moves: &Moves, flow: &mut Flow, brief: bool) -> Markup {
    if brief {
        let areas = words::counted(moves.areas.len() as f64, "area that moves is", "areas that move are");
        let text = format!("{areas} not listed here: `compare` lists each.");
        return html! { (heading(flow, "Moves")) (sample(flow, &text, |_, _| html! {})) };
    }
    let rows = if moves.areas.len() > MANY_MOVES {
        moves_of_lots(picture, moves)
    } else {
        moves_of_areas(picture, moves)
    };
    let left = rows.len().saturating_sub(MOST_ROWS);
    html! {
        (heading(flow, "Areas that move, with people"))
        @for (fill, text, people) in rows.iter().take(MOST_ROWS) {
            @let people = words::number(*people);
            @let room = flow.width() - INDENT - type_size::width(&people, 13.0, false) - 10.0;
            @let text = type_size::wrap(text, 13.0, false, room);
            @let y = flow.row(text.len());
            rect x=(tenth(flow.x())) y=(tenth(y - 11.0)) width="26" height="13" fill=(fill) {}
            (lines(flow, y, &text))
            text x=(tenth(flow.x() + flow.width())) y=(tenth(y)) font-size="13" text-anchor="end" fill=(INK) { (people) }
        }
        @if left > 0 {
            @let y = flow.row(1);
            (lines(flow, y, &[format!("and {} like these", words::counted(left as f64, "move", "moves"))]))
        }
    }
}

/// A row of moves: colour of the lot to which they go, words, people.
type Moving = (&'static str, String, f64);

fn moves_of_areas(picture: &Picture, moves: &Moves) -> Vec<Moving> {
    let row = |one: &MovedArea| {
        let area = &picture.map.areas[one.area];
        let text = format!("{}: {} to {}", area.name, in_words(&one.from), in_words(&one.to));
        (moved_fill(picture, one), text, one.volume)
    };
    moves.areas.iter().map(row).collect()
}

/// The moves between each pair of lots together, those of most people first.
fn moves_of_lots(picture: &Picture, moves: &Moves) -> Vec<Moving> {
    let mut pairs: BTreeMap<_, Vec<&MovedArea>> = BTreeMap::new();
    for one in &moves.areas {
        pairs.entry((&one.from, &one.to)).or_default().push(one);
    }
    let row = |((from, to), all): (_, Vec<&MovedArea>)| {
        let areas = words::counted(all.len() as f64, "area", "areas");
        let people = all.iter().map(|one| one.volume).sum();
        let fill = all.first().map_or(PALE, |one| moved_fill(picture, one));
        (fill, format!("{} to {}: {areas}", in_words(from), in_words(to)), people)
    };
    let mut rows: Vec<Moving> = pairs.into_iter().map(row).collect();
    rows.sort_by(|a, b| b.2.total_cmp(&a.2));
    rows
}

fn moved_fill(picture: &Picture, one: &MovedArea) -> &'static str {
    picture.map.areas[one.area]
        .lots
        .first()
        .map_or(PALE, |lot| picture.fill(lot.0))
}

fn in_words(lot: &Option<String>) -> String {
    lot.clone().unwrap_or_else(|| "no lot".into())
}

/// The deals with letter, name, standing, and whether they are whole.
fn deals(picture: &Picture, flow: &mut Flow) -> Markup {
    if picture.answer.deals.is_empty() {
        return html! {};
    }
    html! {
        (heading(flow, "Devolution deals"))
        @for (k, deal) in picture.answer.deals.iter().enumerate() {
            @let fate = fate(deal.whole, deal.lots.len());
            @let room = flow.width() - INDENT - 10.0 - type_size::width(&fate, 13.0, true);
            @let text = type_size::wrap(&format!("{} ({})", deal.deal, deal.status), 13.0, false, room);
            @let y = flow.row(text.len());
            @let right = flow.x() + flow.width();
            (layer::badge(&deal_letter(k), (flow.x() + 13.0, y - 4.0)))
            (lines(flow, y, &text))
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
fn key(picture: &Picture, flow: &mut Flow, frame: &Frame, style: Style, left_off: usize) -> Markup {
    let unassigned = picture.unassigned().count() as f64;
    let lots = matches!(picture.look, Look::Lots);
    let split = lots && picture.map.areas.iter().any(|area| area.lots.len() > 1);
    html! {
        (heading(flow, "Key"))
        (lot_keys(picture, flow))
        @if !picture.map.deals.is_empty() {
            (sample(flow, "Devolution deal, with its letter", |x, y| deal_sample(x, y, lots)))
        }
        @if !picture.map.context.is_empty() {
            (sample(flow, "Land that takes no part", swatch(OUTSIDE)))
        }
        @if lots && unassigned > 0.0 {
            (sample(flow, &words::counted(unassigned, "area in no lot", "areas in no lot"), swatch(&format!("url(#{}key)", style.id))))
        }
        @if split {
            (sample(flow, "Area shared by two lots, striped in their colours", |x, y| stripes(picture, x, y)))
        }
        @if left_off > 0 {
            (sample(flow, &words::counted(left_off as f64, "lot is too small to label here", "lots are too small to label here"), |_, _| html! {}))
        }
        @if lots && !picture.colouring.clashes.is_empty() {
            (sample(flow, "Some neighbouring lots share a colour; the white outline parts them", |_, _| html! {}))
        }
        (scale_bar(flow, frame))
    }
}

/// How lots and areas are drawn.
fn lot_keys(picture: &Picture, flow: &mut Flow) -> Markup {
    let line = |stroke: &'static str, dots: Option<&'static str>| move |x: f64, y: f64| html! { path d={ "M" (tenth(x)) " " (tenth(y + 6.5)) "h26" } stroke=(stroke) stroke-width="1.6" stroke-dasharray=[dots] {} };
    let areas = if picture.many_areas() {
        ""
    } else {
        "; areas by thin lines"
    };
    match &picture.look {
        Look::Lots => sample(flow, &format!("Lot, outlined in white{areas}"), |x, y| {
            two_tone(picture, x, y)
        }),
        Look::Shaded(_) => sample(flow, &format!("Lot, outlined in black{areas}"), line(INK, None)),
        Look::Moved(moves) => html! {
            (sample(flow, &format!("Lots of {}; areas that move in the colour of their lot there", moves.now), line(INK, None)))
            (sample(flow, &format!("Borders of {} that are gone", moves.before), line(BEFORE, Some("2 3"))))
        },
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

fn deal_sample(x: f64, y: f64, hatched: bool) -> Markup {
    let fill = if hatched { "#A9B1B8" } else { "none" };
    html! {
        rect x=(tenth(x + 1.0)) y=(tenth(y + 1.0)) width="24" height="11" fill=(fill) stroke=(INK) stroke-width="1.7" stroke-dasharray="5 3.5" {}
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
fn scale_bar(flow: &mut Flow, frame: &Frame) -> Markup {
    let steps = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0];
    let length = |km: f64| km * 1000.0 * frame.px_per_metre();
    let Some(km) = steps.into_iter().find(|&km| length(km) >= 60.0) else {
        return html! {};
    };
    let y = flow.row(1) + 6.0;
    let end = flow.x() + length(km);
    html! {
        g stroke=(INK) stroke-width="1.5" fill="none" {
            path d={ "M" (tenth(flow.x())) " " (tenth(y - 5.0)) "v5H" (tenth(end)) "v-5" } {}
        }
        text x=(tenth(end + 8.0)) y=(tenth(y)) font-size="13" fill=(GREY) { (km) " km" }
    }
}
