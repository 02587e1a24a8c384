//! A Database is bytes of SQLite that nobody vouches for: it is read table by table, and gives up where a table holds more than its file can.
//!
//! The only unsafe code here sets limits for which the binding has no safe form without further parts of it.

use std::ffi::{c_int, c_void};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, MAIN_DB, Row, ffi};

use super::layer::LONGEST_NAME;

/// Steps of SQLite's machine that reading the schema may take: some ten thousand tables and indexes.
const SCHEMA_STEPS: u64 = 100_000;

/// The longest sentence of a schema, in bytes: enough for a table of a thousand columns.
const LONGEST_SENTENCE: c_int = 100_000;

/// The least that a row takes in a file: its place, its length, its number, its header.
const LEAST_ROW: usize = 5;

/// A database in memory. Nothing in it can run: it is read only, its own schema is not trusted, and views are not looked into.
pub(super) struct Database {
    connection: Connection,
    /// Bytes of the file.
    size: usize,
}

/// Why a table cannot be read.
pub(super) type Reason = String;

impl Database {
    /// Opens a copy of the bytes.
    pub(super) fn open(bytes: &[u8]) -> Result<Self, Reason> {
        let mut copy = bytes.to_vec();
        // A database in write-ahead mode says so in two bytes; in memory it has no log beside it and is read as it stands.
        if let Some(mode) = copy.get_mut(18..20) {
            mode.fill(1);
        }
        let mut connection = Connection::open_in_memory().map_err(told)?;
        connection
            .deserialize_read_exact(MAIN_DB, copy.as_slice(), copy.len(), true)
            .map_err(told)?;
        let longest = c_int::try_from(bytes.len()).unwrap_or(c_int::MAX);
        limit(&connection, ffi::SQLITE_LIMIT_LENGTH, longest.max(LONGEST_SENTENCE));
        limit(&connection, ffi::SQLITE_LIMIT_SQL_LENGTH, LONGEST_SENTENCE);
        give_up_after(&connection, SCHEMA_STEPS);
        connection.pragma_update(None, "trusted_schema", false).map_err(told)?;
        connection.pragma_update(None, "cell_size_check", true).map_err(told)?;
        // The first question makes SQLite read the schema.
        connection
            .query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(()))
            .map_err(told)?;
        // A row takes a step a column and a few more, and a column takes a byte at least unless it was added later.
        give_up_after(&connection, 1_000_000 + 50 * bytes.len() as u64);
        Ok(Self {
            connection,
            size: bytes.len(),
        })
    }

    /// Names of the columns that a table stores, in its order; `None` where it is no table, but a view (which may compute without end) or missing.
    pub(super) fn columns(&self, table: &str) -> Result<Option<Vec<String>>, Reason> {
        // What the list of tables calls a table was understood as one; the words of the schema may belie it.
        let kind = "SELECT count(*) FROM pragma_table_list(?1) WHERE schema = 'main' AND type = 'table'";
        let tables: i64 = self
            .connection
            .query_row(kind, [table], |row| row.get(0))
            .map_err(told)?;
        if tables != 1 {
            return Ok(None);
        }
        let names = "SELECT name FROM pragma_table_info(?1, 'main')";
        let mut query = self.connection.prepare(names).map_err(told)?;
        // A name that is no text cannot be asked for, and one that is longer than any name says nothing.
        let name = |row: &Row<'_>| {
            Ok(row
                .get_ref(0)?
                .as_str()
                .ok()
                .filter(|name| name.len() <= LONGEST_NAME)
                .map(str::to_string))
        };
        let found = query.query_map([table], name);
        let found = found.map_err(told)?.collect::<rusqlite::Result<Vec<_>>>();
        Ok(Some(found.map_err(told)?.into_iter().flatten().collect()))
    }

    /// Hands over every row of a table, with the cells of `columns` in their order.
    pub(super) fn rows<T>(
        &self,
        table: &str,
        columns: &[String],
        read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Reason> {
        let listed: Vec<String> = columns.iter().map(|column| quoted(column)).collect();
        let sentence = format!("SELECT {} FROM main.{}", listed.join(", "), quoted(table));
        let mut query = self.connection.prepare(&sentence).map_err(told)?;
        let mut cursor = query.query([]).map_err(told)?;
        let mut found = Vec::new();
        // Text grows by half at most where it is stored as UTF-16.
        let (mut rows, mut bytes) = (self.size / LEAST_ROW, self.size.saturating_mul(2));
        while let Some(row) = cursor.next().map_err(told)? {
            let held = weight(row, columns.len()).map_err(told)?;
            (rows, bytes) = match (rows.checked_sub(1), bytes.checked_sub(held)) {
                (Some(rows), Some(bytes)) => (rows, bytes),
                _ => return Err(format!("the table {table} holds more than the file has room for")),
            };
            found.push(read(row).map_err(told)?);
        }
        Ok(found)
    }
}

/// Bytes of text and of blobs in a row.
fn weight(row: &Row<'_>, columns: usize) -> rusqlite::Result<usize> {
    let held = |k| {
        Ok(match row.get_ref(k)? {
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes.len(),
            ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) => 0,
        })
    };
    (0..columns).map(held).sum()
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn told(error: rusqlite::Error) -> Reason {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::OperationInterrupted) => "its pages lead in circles, or hold far too much".into(),
        _ => error.to_string(),
    }
}

fn limit(connection: &Connection, which: c_int, most: c_int) {
    // SAFETY: the handle is that of a live connection, and the call takes nothing but numbers.
    unsafe { ffi::sqlite3_limit(connection.handle(), which, most) };
}

/// Ends every later question after about so many steps. Pages that lead to one another again and again would otherwise keep SQLite busy for years.
fn give_up_after(connection: &Connection, steps: u64) {
    let steps = c_int::try_from(steps).unwrap_or(c_int::MAX);
    // SAFETY: the handle is that of a live connection; `stop` is a function without state, so nothing has to outlive anything.
    unsafe { ffi::sqlite3_progress_handler(connection.handle(), steps, Some(stop), std::ptr::null_mut()) };
}

/// Called by SQLite when the steps are used up.
unsafe extern "C" fn stop(_: *mut c_void) -> c_int {
    1
}
