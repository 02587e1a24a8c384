//! The layers of a GeoPackage: areas, lots, links.

use ::geo::{Coord, LineString};
use rusqlite::Connection;
use rusqlite::types::Value;

use super::super::Publication;
use super::super::facts::{deals_words, lots_words};
use super::blob;
use super::schema::{LayerSpec, layer};
use crate::report::svg::picture::Picture;
use crate::report::{LotAnswer, MapArea};

const AREAS: LayerSpec = LayerSpec {
    name: "areas",
    description: "Areas that take part, each with the lot that holds most of it",
    geometry: "MULTIPOLYGON",
    columns: &[
        ("area_code", "TEXT"),
        ("area_name", "TEXT"),
        ("volume", "DOUBLE"),
        ("lot_id", "TEXT"),
        ("lot_name", "TEXT"),
        ("share", "DOUBLE"),
        ("lots", "TEXT"),
    ],
};

const LOTS: LayerSpec = LayerSpec {
    name: "lots",
    description: "Lots: volume in people, money in pounds, distance in km",
    geometry: "MULTIPOLYGON",
    columns: &[
        ("lot_id", "TEXT"),
        ("lot_name", "TEXT"),
        ("areas", "INTEGER"),
        ("area_codes", "TEXT"),
        ("volume", "DOUBLE"),
        ("share", "DOUBLE"),
        ("contract_value_gbp", "DOUBLE"),
        ("participants", "DOUBLE"),
        ("annual_starts", "DOUBLE"),
        ("floor_margin_gbp", "DOUBLE"),
        ("pieces", "INTEGER"),
        ("hub", "TEXT"),
        ("mean_km_to_hub", "DOUBLE"),
        ("deals", "TEXT"),
        ("broken_rules", "TEXT"),
        ("label", "TEXT"),
        ("colour", "TEXT"),
    ],
};

const LINKS: LayerSpec = LayerSpec {
    name: "links",
    description: "Bridges, tunnels and ferries that count as joins, from where people of the one area live to where those of the other do",
    geometry: "LINESTRING",
    columns: &[
        ("from_code", "TEXT"),
        ("from_name", "TEXT"),
        ("to_code", "TEXT"),
        ("to_name", "TEXT"),
        ("kind", "TEXT"),
        ("name", "TEXT"),
        ("lot_id", "TEXT"),
    ],
};

/// The layer `areas`.
pub(super) fn areas(connection: &Connection, from: &Publication<'_>) -> rusqlite::Result<()> {
    let row = |area: &MapArea| {
        let shape = blob::polygons(from.plane.code(), &from.plane.shape(&area.shape));
        let main = area.lots.first().map(|&(lot, share)| (&from.answer.lots[lot], share));
        let cells = vec![
            Value::from(area.code.clone()),
            area.name.clone().into(),
            area.volume.into(),
            main.map(|(lot, _)| lot.lot_id.clone()).into(),
            main.map(|(lot, _)| lot.name.clone()).into(),
            main.map(|(_, share)| share).into(),
            lots_words(from, area).into(),
        ];
        (shape, cells)
    };
    let rows: Vec<_> = from.map.areas.iter().map(row).collect();
    layer(connection, from.plane, &AREAS, &rows)
}

/// The layer `lots`.
pub(super) fn lots(connection: &Connection, from: &Publication<'_>, picture: &Picture<'_>) -> rusqlite::Result<()> {
    let drawn = from.answer.lots.iter().zip(&from.map.lots).enumerate();
    let rows: Vec<_> = drawn
        .map(|(k, (lot, shape))| {
            let shape = blob::polygons(from.plane.code(), &from.plane.shape(&shape.shape));
            (shape, lot_cells(from, picture, k, lot))
        })
        .collect();
    layer(connection, from.plane, &LOTS, &rows)
}

fn lot_cells(from: &Publication<'_>, picture: &Picture<'_>, k: usize, lot: &LotAnswer) -> Vec<Value> {
    let broken = from.answer.violations.iter();
    let broken = broken.filter(|v| v.lot_id.as_deref() == Some(&lot.lot_id));
    let broken: Vec<&str> = broken.map(|v| v.rule.as_str()).collect();
    let label = format!("{}\n{}", lot.lot_id, from.answer.worth(lot));
    vec![
        lot.lot_id.clone().into(),
        lot.name.clone().into(),
        (lot.areas.len() as i64).into(),
        lot.areas.join(" ").into(),
        lot.volume.into(),
        lot.share.into(),
        from.answer.lets_money().then_some(lot.contract_value_gbp).into(),
        lot.participants.into(),
        lot.annual_starts.into(),
        lot.floor_margin_gbp.into(),
        (lot.pieces as i64).into(),
        lot.hub.clone().into(),
        lot.mean_km_to_hub.into(),
        deals_words(lot).into(),
        broken.join("; ").into(),
        label.into(),
        picture.fill(k).to_string().into(),
    ]
}

/// The layer `links`; a link within a lot names the lot.
pub(super) fn links(connection: &Connection, from: &Publication<'_>) -> rusqlite::Result<()> {
    let areas = &from.map.areas;
    let lot = |area: usize| areas[area].lots.first().map(|lot| lot.0);
    let row = |link: &super::super::LinkLine| {
        let ends = link.line.map(|(x, y)| from.plane.point(Coord { x, y }));
        let shape = blob::line(from.plane.code(), &LineString::from(ends.to_vec()));
        let within = lot(link.from).filter(|&one| lot(link.to) == Some(one));
        let cells = vec![
            Value::from(areas[link.from].code.clone()),
            areas[link.from].name.clone().into(),
            areas[link.to].code.clone().into(),
            areas[link.to].name.clone().into(),
            link.kind.clone().into(),
            link.name.clone().into(),
            within.map(|lot| from.answer.lots[lot].lot_id.clone()).into(),
        ];
        (shape, cells)
    };
    let rows: Vec<_> = from.links.iter().map(row).collect();
    layer(connection, from.plane, &LINKS, &rows)
}
