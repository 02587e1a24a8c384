//! The tables of deals, both ways, and of areas.

use maud::{Markup, html};

use crate::report::finance::{ParameterAnswer, ParameterFigure};
use crate::report::svg::picture::{Picture, is_name};
use crate::report::{Answer, DealAnswer, LotAnswer, RepairAnswer, words};

/// A table that scrolls inside itself, so that the page never does.
pub fn framed(id: &str, caption: &str, table: Markup) -> Markup {
    html! {
        div class="scroll" role="region" aria-labelledby=(id) tabindex="0" {
            table { caption id=(id) { (caption) } (table) }
        }
    }
}

/// A table of sentences, whose rows become cards on a narrow screen. The roles keep it a table there, since a browser forgets that of rows
/// that are drawn as blocks.
pub fn carded(id: &str, caption: &str, head: &Markup, rows: &Markup) -> Markup {
    html! {
        table class="cards" role="table" {
            caption id=(id) { (caption) }
            thead role="rowgroup" { tr role="row" { (head) } }
            tbody role="rowgroup" { (rows) }
        }
    }
}

/// A row of a sheet: what it is about, and a cell a column.
pub struct SheetRow {
    /// What the row is about.
    pub name: Markup,
    /// A cell for each column.
    pub cells: Vec<Markup>,
}

/// A table of figures: too wide, it scrolls inside itself, and on a narrow screen its rows become cards. `name` heads the first column; of each other column
/// `heads` has the heading and whether it holds numbers. A `foot` stands apart below.
pub fn sheet(
    id: &str,
    caption: &str,
    name: &str,
    heads: &[(String, bool)],
    rows: &[SheetRow],
    foot: Option<SheetRow>,
) -> Markup {
    html! {
        div class="scroll" role="region" aria-labelledby=(id) tabindex="0" {
            table class="cards sheet" role="table" {
                caption id=(id) { (caption) }
                thead role="rowgroup" { tr role="row" {
                    (heading(name, false))
                    @for (head, number) in heads { (heading(head, *number)) }
                } }
                tbody role="rowgroup" { @for row in rows { (sheet_row(row, heads)) } }
                @if let Some(foot) = foot { tfoot role="rowgroup" { (sheet_row(&foot, heads)) } }
            }
        }
    }
}

fn sheet_row(row: &SheetRow, heads: &[(String, bool)]) -> Markup {
    html! {
        tr role="row" {
            th role="rowheader" scope="row" { (row.name) }
            @for ((head, number), cell) in heads.iter().zip(&row.cells) {
                td role="cell" class=[number.then_some("n")] data-h=(head) { (cell) }
            }
        }
    }
}

/// Columns of numbers.
pub fn numbers<S: ToString>(heads: impl IntoIterator<Item = S>) -> Vec<(String, bool)> {
    heads.into_iter().map(|head| (head.to_string(), true)).collect()
}

/// A heading of a column of such a table.
pub fn heading(text: &str, number: bool) -> Markup {
    html! { th role="columnheader" scope="col" class=[number.then_some("n")] { (text) } }
}

/// What a row calls a lot beside its swatch: its name, or its label where that is a name.
pub fn row_name(lot: &LotAnswer) -> &str {
    if is_name(&lot.lot_id) || lot.name.is_empty() {
        &lot.lot_id
    } else {
        &lot.name
    }
}

/// The colour of a lot with its label on it; a name is too long to stand there.
pub fn swatch(picture: &Picture, lot: usize) -> Markup {
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

/// The deals with the lots that hold them: share of the lot and share of the deal, and the overlap in words.
pub fn deals(picture: &Picture) -> Markup {
    framed(
        "deals-caption",
        "Overlap of deals and lots, both ways",
        html! {
            thead { tr {
                th scope="col" { "Deal, and the lots that hold it" }
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
    html! {
        tr class="deal" {
            th scope="rowgroup" colspan="3" {
                b { (deal.deal) } " "
                @match (deal.whole, holders.len()) {
                    (true, _) => strong class="tag green" { "whole" },
                    (false, 0) => strong class="tag yellow" { "in no lot" },
                    (false, 1) => strong class="tag yellow" { "partly in no lot" },
                    (false, _) => strong class="tag yellow" { "cut" },
                }
                p class="hint" { (deal.status) ", " (words::percent(deal.share_of_total)) " of all people. " (deal.words.trim_end_matches('.')) "." }
            }
        }
        @for &(lot, of_deal, of_lot) in &holders {
            tr data-l=(lot) {
                td { span class="lot-name" { (swatch(picture, lot)) span { (row_name(&picture.answer.lots[lot])) } } }
                td class="n" { (words::percent(of_deal)) }
                td class="n" { (words::percent(of_lot)) }
            }
        }
    }
}

/// What a repair moves, in code order.
pub fn moves(repair: &RepairAnswer) -> Markup {
    let lot = |lot: &Option<String>| lot.clone().unwrap_or_else(|| "no lot".into());
    framed(
        "moves-caption",
        "Areas that change their lot, or are placed in one",
        html! {
            thead { tr {
                @for head in ["Area", "From", "To"] { th scope="col" { (head) } }
                th scope="col" class="n" { "People" }
            } }
            tbody {
                @for one in &repair.moves {
                    tr {
                        th scope="row" { (one.name) }
                        td { (lot(&one.from)) }
                        td { (lot(&one.to)) }
                        td class="n" { (words::number(one.volume)) }
                    }
                }
            }
        },
    )
}

/// The double members, each with the group that it goes with and those that it might have gone with.
pub fn choices(answer: &Answer) -> Markup {
    framed(
        "choices-caption",
        "Areas that are members of several groups, and the group with which each goes",
        html! {
            thead { tr { @for head in ["Area", "Goes with", "And not with", "Lot"] { th scope="col" { (head) } } } }
            tbody {
                @for choice in &answer.choices {
                    tr {
                        th scope="row" { (choice.name) }
                        td { (choice.group) }
                        td { (words::list(&choice.others)) }
                        td { (choice.lot_id) }
                    }
                }
            }
        },
    )
}

/// The areas, one row each, with a search field that the script of the page drives.
pub fn areas(picture: &Picture) -> Markup {
    if picture.many_areas() {
        let count = words::counted(picture.map.areas.len() as f64, "area is", "areas are");
        return html! {
            p { "The " (count) " too many to be listed here: " code { "plan.csv" } " and " code { "areas.geojson" } ", which are written beside this page, say the lot of each." }
        };
    }
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
/// The figures that a page rests on, each with its unit, standing and source.
pub fn parameters(
    id: &str,
    caption: &str,
    figures: &[ParameterAnswer],
    shown: impl Fn(&ParameterFigure) -> String,
) -> Markup {
    let row = |it: &ParameterAnswer| SheetRow {
        name: html! { code { (it.key) } },
        cells: vec![
            html! { (shown(&it.value)) },
            html! { (it.unit) },
            standing(&it.status),
            html! { (it.source) },
        ],
    };
    let heads = [
        ("Value", true),
        ("Unit", false),
        ("Standing", false),
        ("Source, or reason", false),
    ];
    let heads = heads.map(|(head, number)| (head.to_string(), number));
    sheet(
        id,
        caption,
        "Figure",
        &heads,
        &figures.iter().map(row).collect::<Vec<_>>(),
        None,
    )
}

/// Whether a figure is published or assumed, as a tag.
pub fn standing(status: &str) -> Markup {
    html! { strong class={ "tag" (if status == "published" { " green" } else { "" }) } { (status) } }
}
