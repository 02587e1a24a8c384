//! The tables of a GeoPackage: metrics and provenance.

use rusqlite::{Connection, params};

use super::super::{Publication, facts};
use super::schema::attributes;

/// The table `metrics`: goals with their bounds, totals, deals.
pub(super) fn metrics(connection: &Connection, from: &Publication<'_>) -> rusqlite::Result<()> {
    connection.execute_batch(
        "CREATE TABLE metrics (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, subject TEXT NOT NULL, name TEXT NOT NULL, measure TEXT NOT NULL,
         value DOUBLE, unit TEXT NOT NULL, bound DOUBLE, proved BOOLEAN)",
    )?;
    let mut insert = connection.prepare(
        "INSERT INTO metrics (subject, name, measure, value, unit, bound, proved) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for one in facts::metrics(from) {
        insert.execute(params![
            one.subject,
            one.name,
            one.measure,
            one.value,
            one.unit,
            one.bound,
            one.proved
        ])?;
    }
    attributes(
        connection,
        "metrics",
        "What the plan reaches, and no plan can be better than the bound",
    )
}

/// The table `provenance`: program, scenario, rules, inputs, sources, attribution.
pub(super) fn provenance(connection: &Connection, from: &Publication<'_>) -> rusqlite::Result<()> {
    connection.execute_batch(
        "CREATE TABLE provenance (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, item TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL)",
    )?;
    let mut insert = connection.prepare("INSERT INTO provenance (item, name, value) VALUES (?1, ?2, ?3)")?;
    for fact in facts::provenance(from) {
        insert.execute(params![fact.item, fact.name, fact.value])?;
    }
    attributes(
        connection,
        "provenance",
        "Where the plan comes from, with sources and licences",
    )
}
