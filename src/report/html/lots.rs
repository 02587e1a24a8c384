//! The tables of lots: what they are worth, and where they lie.

use maud::{Markup, html};

use super::tables::{framed, row_name, swatch};
use crate::report::svg::layer::tenth;
use crate::report::svg::picture::Picture;
use crate::report::{LotAnswer, words};

/// What every lot is worth and whom it serves, one row each; every column can be sorted.
pub fn values(picture: &Picture) -> Markup {
    let (lots, money) = (&picture.answer.lots, picture.answer.lets_money());
    let floor = lots.iter().any(|lot| lot.floor_margin_gbp.is_some());
    let sum = |of: fn(&LotAnswer) -> f64| lots.iter().map(of).sum::<f64>();
    framed(
        "lots-caption",
        if money {
            "Contract value and people of each lot"
        } else {
            "People of each lot"
        },
        html! {
            thead { tr {
                th scope="col" data-sort="text" { "Lot" }
                @if money { th scope="col" data-sort="number" class="n" { "Contract value" } }
                @if floor { th scope="col" data-sort="number" class="n" { "Margin over floor" } }
                th scope="col" data-sort="number" class="n" { "People" }
                th scope="col" data-sort="number" class="n" { "Share" }
                th scope="col" data-sort="number" class="n" { "Partici\u{ad}pants" }
                th scope="col" data-sort="number" class="n" { "Starts a year" }
            } }
            tbody { @for (k, lot) in lots.iter().enumerate() { (value_row(picture, k, lot, floor)) } }
            tfoot { tr {
                th scope="row" { "All lots" }
                @if money { td class="n" { (words::money(sum(|lot| lot.contract_value_gbp))) } }
                @if floor { td {} }
                td class="n" { (words::number(sum(|lot| lot.volume))) }
                td class="n" { (words::percent(sum(|lot| lot.share))) }
                td class="n" { (words::number(sum(|lot| lot.participants))) }
                td class="n" { (words::number(sum(|lot| lot.annual_starts))) }
            } }
        },
    )
}

fn value_row(picture: &Picture, k: usize, lot: &LotAnswer, floor: bool) -> Markup {
    let broken: Vec<&str> = picture
        .answer
        .violations
        .iter()
        .filter(|v| v.lot_id.as_deref() == Some(&lot.lot_id))
        .map(|v| v.rule.as_str())
        .collect();
    html! {
        tr data-l=(k) id={ "lot-" (k) } {
            th scope="row" data-v=(lot.lot_id) {
                span class="lot-name" { (swatch(picture, k)) span { (row_name(lot)) } }
                @if !broken.is_empty() { strong class="tag red" { "breaks " (words::list(&broken)) } }
            }
            @if picture.answer.lets_money() { td class="n" data-v=(lot.contract_value_gbp) { (words::money(lot.contract_value_gbp)) } }
            @if floor { td class="n" data-v=[lot.floor_margin_gbp] { (margin(picture, lot)) } }
            td class="n" data-v=(lot.volume) { (words::number(lot.volume)) }
            td class="n" data-v=(lot.share) { (words::percent(lot.share)) }
            td class="n" data-v=(lot.participants) { (words::number(lot.participants)) }
            td class="n" data-v=(lot.annual_starts) { (words::number(lot.annual_starts)) }
        }
    }
}

/// The margin over the floor with a bar of the contract value and a tick at the floor.
fn margin(picture: &Picture, lot: &LotAnswer) -> Markup {
    let Some(margin) = lot.floor_margin_gbp else {
        return html! { "none" };
    };
    let most = picture
        .answer
        .lots
        .iter()
        .map(|l| l.contract_value_gbp)
        .fold(1.0, f64::max);
    let at = |gbp: f64| tenth((gbp / most).clamp(0.0, 1.0) * 64.0);
    let floor = at(lot.contract_value_gbp - margin);
    html! {
        (words::money(margin))
        svg class={ "bar" @if margin < 0.0 { " below" } } width="66" height="10" viewBox="0 0 66 10" aria-hidden="true" {
            rect class="room" y="2" width="66" height="6" {}
            rect class="fill" y="2" width=(at(lot.contract_value_gbp)) height="6" {}
            rect class="tick" x=(floor) width="2" height="10" {}
        }
        @if margin < 0.0 { strong class="tag red" { "below floor" } }
    }
}

/// Where every lot lies: its areas, pieces, hub, distances and deals.
pub fn places(picture: &Picture) -> Markup {
    let deals = !picture.answer.deals.is_empty();
    framed(
        "places-caption",
        "Areas, hub and deals of each lot",
        html! {
            thead { tr {
                th scope="col" data-sort="text" { "Lot" }
                th scope="col" data-sort="number" class="n" { "Areas" }
                th scope="col" data-sort="number" class="n" { "Pieces" }
                th scope="col" data-sort="text" { "Hub" }
                th scope="col" data-sort="number" class="n" { "Mean km to hub" }
                @if deals { th scope="col" data-sort="text" { "Deals, with their share of the lot" } }
            } }
            tbody { @for (k, lot) in picture.answer.lots.iter().enumerate() { (place_row(picture, k, lot, deals)) } }
        },
    )
}

fn place_row(picture: &Picture, k: usize, lot: &LotAnswer, deals: bool) -> Markup {
    html! {
        tr data-l=(k) {
            th scope="row" data-v=(lot.lot_id) {
                span class="lot-name" { (swatch(picture, k)) span { (row_name(lot)) } }
            }
            td class="n" data-v=(lot.areas.len()) { (lot.areas.len()) }
            td class="n" data-v=(lot.pieces) { (lot.pieces) @if lot.pieces > 1 { " " strong class="tag red" { "apart" } } }
            td { (area_name(picture, &lot.hub)) }
            td class="n" data-v=(lot.mean_km_to_hub) { (format!("{:.1}", lot.mean_km_to_hub)) }
            @if deals {
                td class="deal-list" { @for deal in &lot.deals { div { (deal.deal) " " span class="nowrap" { (words::percent(deal.share_of_lot)) } } } }
            }
        }
    }
}

fn area_name<'a>(picture: &Picture<'a>, code: &'a str) -> &'a str {
    picture
        .map
        .areas
        .iter()
        .find(|area| area.code == code)
        .map_or(code, |area| &area.name)
}
