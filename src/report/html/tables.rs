//! The tables of the report: lots, deals both ways, areas.

use maud::{Markup, html};

use crate::report::svg::layer::tenth;
use crate::report::svg::picture::{Picture, is_name};
use crate::report::{DealAnswer, LotAnswer, words};

/// A table that scrolls inside itself, so that the page never does.
pub fn framed(id: &str, caption: &str, table: Markup) -> Markup {
    html! {
        div class="scroll" role="region" aria-labelledby=(id) tabindex="0" {
            table { caption id=(id) { (caption) } (table) }
        }
    }
}

/// The lots, one row each; every column can be sorted.
pub fn lots(picture: &Picture) -> Markup {
    let answer = picture.answer;
    let floor = has_floor(picture);
    framed(
        "lots-caption",
        "Lots; a column heading sorts",
        html! {
            thead { tr {
                th scope="col" data-sort="text" { "Lot" }
                th scope="col" data-sort="number" class="n" { "Contract value" }
                @if floor { th scope="col" data-sort="number" class="n" { "Margin over floor" } }
                th scope="col" data-sort="number" class="n" { "People" }
                th scope="col" data-sort="number" class="n" { "Share" }
                th scope="col" data-sort="number" class="n" { "Partici\u{ad}pants" }
                th scope="col" data-sort="number" class="n" { "Starts a year" }
                @if !answer.deals.is_empty() { th scope="col" data-sort="text" { "Deals, with share of the lot" } }
                th scope="col" data-sort="number" class="n" { "Areas" }
                th scope="col" data-sort="number" class="n" { "Pieces" }
                th scope="col" data-sort="text" { "Hub" }
                th scope="col" data-sort="number" class="n" { "Mean km to hub" }
            } }
            tbody { @for (k, lot) in answer.lots.iter().enumerate() { (lot_row(picture, k, lot, floor)) } }
            tfoot { tr {
                th scope="row" { "All lots" }
                td class="n" { (words::money(answer.lots.iter().map(|l| l.contract_value_gbp).sum())) }
                @if floor { td {} }
                td class="n" { (words::number(answer.lots.iter().map(|l| l.volume).sum())) }
                td class="n" { (words::percent(answer.lots.iter().map(|l| l.share).sum())) }
                td class="n" { (words::number(answer.lots.iter().map(|l| l.participants).sum())) }
                td class="n" { (words::number(answer.lots.iter().map(|l| l.annual_starts).sum())) }
                @if !answer.deals.is_empty() { td {} }
                td class="n" { (words::number(answer.lots.iter().map(|l| l.areas.len() as f64).sum())) }
                td {} td {} td {}
            } }
        },
    )
}

fn has_floor(picture: &Picture) -> bool {
    picture.answer.lots.iter().any(|lot| lot.floor_margin_gbp.is_some())
}

fn lot_row(picture: &Picture, k: usize, lot: &LotAnswer, floor: bool) -> Markup {
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
            td class="n" data-v=(lot.contract_value_gbp) { (words::money(lot.contract_value_gbp)) }
            @if floor { td class="n" data-v=[lot.floor_margin_gbp] { (margin(picture, lot)) } }
            td class="n" data-v=(lot.volume) { (words::number(lot.volume)) }
            td class="n" data-v=(lot.share) { (words::percent(lot.share)) }
            td class="n" data-v=(lot.participants) { (words::number(lot.participants)) }
            td class="n" data-v=(lot.annual_starts) { (words::number(lot.annual_starts)) }
            @if !picture.answer.deals.is_empty() {
                td class="deal-list" { @for deal in &lot.deals { div { (deal.deal) " " span class="nowrap" { (words::percent(deal.share_of_lot)) } } } }
            }
            td class="n" data-v=(lot.areas.len()) { (lot.areas.len()) }
            td class="n" data-v=(lot.pieces) { (lot.pieces) @if lot.pieces > 1 { " " strong class="tag red" { "apart" } } }
            td class="hub" { (area_name(picture, &lot.hub)) }
            td class="n" data-v=(lot.mean_km_to_hub) { (format!("{:.1}", lot.mean_km_to_hub)) }
        }
    }
}

fn row_name(lot: &LotAnswer) -> &str {
    if is_name(&lot.lot_id) || lot.name.is_empty() {
        &lot.lot_id
    } else {
        &lot.name
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

/// The colour of a lot with its label on it; a name is too long to stand there.
fn swatch(picture: &Picture, lot: usize) -> Markup {
    let label = &picture.answer.lots[lot].lot_id;
    let hidden = is_name(label).then_some("true");
    html! {
        svg class="swatch" width="34" height="20" viewBox="0 0 34 20" aria-hidden=[hidden] role=[hidden.is_none().then_some("img")]
            aria-label=[hidden.is_none().then(|| format!("Lot {label}"))] {
            rect width="34" height="20" rx="2" fill=(picture.fill(lot)) {}
            @if hidden.is_none() {
                text x="17" y="14.5" text-anchor="middle" font-size="13" font-weight="bold" fill=(picture.ink(lot)) { (label) }
            }
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

/// The deals with the lots that hold them: share of the lot and share of the deal, and the overlap in words.
pub fn deals(picture: &Picture) -> Markup {
    framed(
        "deals-caption",
        "Overlap of deals and lots, both ways",
        html! {
            thead { tr {
                th scope="col" { "Deal" }
                th scope="col" { "Lot" }
                th scope="col" class="n" { "Share of the deal" }
                th scope="col" class="n" { "Share of the lot" }
            } }
            @for deal in &picture.answer.deals { tbody { (deal_rows(picture, deal)) } }
        },
    )
}

fn deal_rows(picture: &Picture, deal: &DealAnswer) -> Markup {
    let holders: Vec<(usize, f64, f64)> = deal
        .lots
        .iter()
        .filter_map(|id| {
            let k = picture.answer.lots.iter().position(|lot| &lot.lot_id == id)?;
            let part = picture.answer.lots[k]
                .deals
                .iter()
                .find(|part| part.deal == deal.deal)?;
            Some((k, part.share_of_deal, part.share_of_lot))
        })
        .collect();
    let head = html! {
        th scope="rowgroup" rowspan=(holders.len().max(1)) {
            (deal.deal) " "
            strong class={ "tag" @if deal.whole { " green" } @else { " yellow" } } { @if deal.whole { "whole" } @else { "cut" } }
            p class="hint" { (deal.status) ", " (words::percent(deal.share_of_total)) " of all people. " (deal.words.trim_end_matches('.')) "." }
        }
    };
    html! {
        @if holders.is_empty() { tr { (head) td colspan="3" { "in no lot" } } }
        @for (row, &(lot, of_deal, of_lot)) in holders.iter().enumerate() {
            tr data-l=(lot) {
                @if row == 0 { (head) }
                td { span class="lot-name" { (swatch(picture, lot)) span { (row_name(&picture.answer.lots[lot])) } } }
                td class="n" { (words::percent(of_deal)) }
                td class="n" { (words::percent(of_lot)) }
            }
        }
    }
}

/// The areas, one row each, with a search field that the script of the page drives.
pub fn areas(picture: &Picture) -> Markup {
    html! {
        div class="script-only search" {
            label for="find" { "Find an area by name, code or lot" }
            input type="search" id="find" autocomplete="off";
            p class="hint" id="found" role="status" {}
        }
        (framed("areas-caption", "Areas with their lots", html! {
            thead { tr {
                th scope="col" data-sort="text" { "Area" }
                th scope="col" data-sort="text" { "Code" }
                th scope="col" data-sort="text" { "Lot" }
                th scope="col" data-sort="number" class="n" { "People" }
            } }
            tbody id="areas" {
                @for (k, area) in picture.map.areas.iter().enumerate() {
                    tr data-a=(k) {
                        th scope="row" { (area.name) }
                        td { (area.code) }
                        td { (area_lots(picture, &area.lots)) }
                        td class="n" data-v=(area.volume) { (words::number(area.volume)) }
                    }
                }
            }
        }))
    }
}

fn area_lots(picture: &Picture, lots: &[(usize, f64)]) -> String {
    match lots {
        [] => "none".into(),
        [(lot, _)] => picture.answer.lots[*lot].lot_id.clone(),
        many => {
            let part = |&(lot, share): &(usize, f64)| {
                format!("{} ({})", picture.answer.lots[lot].lot_id, words::percent(share))
            };
            words::list(&many.iter().map(part).collect::<Vec<_>>())
        }
    }
}
