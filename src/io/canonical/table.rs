//! Canonical tables are CSV with `area_code` first: volumes, memberships one grouping a file, and links, from tables of any kind.

use std::collections::BTreeMap;

use super::cells;
use crate::domain::{AreaCode, Finding, Findings, Volume};
use crate::io::columns::{Role, name_level, roles};
use crate::io::delimited;
use crate::io::manifest::TableRole;
use crate::io::table::Table as NamedTable;
use crate::io::table_kind::TableKind;
use crate::io::tables::{Line, Row, Table};
use crate::io::{Grouping, LinkTable, volumes};

/// A table as a data set keeps it.
#[derive(Clone, Debug, Default)]
pub struct CanonicalTable {
    /// What it holds.
    pub role: TableRole,
    /// The name of the grouping; `volumes` or `links` otherwise.
    pub name: String,
    /// The CSV.
    pub text: String,
    /// Rows below the header.
    pub rows: usize,
    /// Heading of the column of codes in the source; empty where there was none.
    pub code_column: String,
    /// Heading of the column of names in the source; empty where there was none.
    pub name_column: String,
    /// Columns of figures, or the grouping.
    pub columns: Vec<String>,
    /// Whether each column of figures adds up.
    pub adds_up: Vec<bool>,
    /// Headings of the source that are not kept.
    pub left_out: Vec<String>,
    /// Codes in the order of the rows.
    pub codes: Vec<AreaCode>,
    /// Rows whose code was written in capitals.
    pub capitals: usize,
    /// The step to which the notes say that figures are rounded.
    pub rounded_to: Option<Volume>,
    /// Lines above and below the table.
    pub notes: Vec<String>,
}

/// Columns that mapping software adds to every table.
const MACHINE: [&str; 6] = [
    "fid",
    "objectid",
    "object_id",
    "shape__area",
    "shape__length",
    "globalid",
];

/// Columns that say something of a membership.
const STANDING: [&str; 2] = ["status", "share"];

const LINK_COLUMNS: [&str; 4] = ["from_code", "to_code", "kind", "name"];

/// The canonical form of a table: one file of volumes or links, or one of memberships for each grouping in it.
///
/// # Errors
/// `S403` where it is none of these; what [`Grouping::read`] and [`LinkTable::read`] find, with the lines of the source.
pub fn table(table: &Table) -> Result<Vec<CanonicalTable>, Findings> {
    let lower: Vec<String> = table.columns.iter().map(|name| name.to_lowercase()).collect();
    if let Some(places) = places_of(&lower, &LINK_COLUMNS) {
        return Ok(vec![links(table, &places)?]);
    }
    let source = Source::new(table);
    if source.is_of_changes() {
        return Err(changes(table).into());
    }
    if (0..lower.len()).any(|k| source.is_figures(k)) && source.codes.or(source.names).is_some() {
        return Ok(vec![source.volumes()]);
    }
    let groupings = source.groupings();
    if groupings.is_empty() || source.codes.is_none() {
        return Err(neither(table).into());
    }
    let memberships = source.memberships()?;
    Ok(memberships.into_iter().map(|(table, _)| table).collect())
}

/// The groupings of a table of memberships of any kind, such as a lookup of the ONS; none where it holds none.
///
/// # Errors
/// What [`Grouping::read`] finds, with the lines of the source.
pub(in crate::io) fn groupings(table: &Table) -> Result<Vec<Grouping>, Findings> {
    let source = Source::new(table);
    if source.codes.is_none() || source.is_of_changes() {
        return Ok(Vec::new());
    }
    let memberships = source.memberships()?;
    Ok(memberships.into_iter().map(|(_, grouping)| grouping).collect())
}

fn neither(table: &Table) -> Finding {
    let columns: Vec<&str> = table.columns.iter().map(String::as_str).collect();
    let message = format!(
        "holds neither figures by area, nor memberships, nor links; its columns are: {}",
        columns.join(", ")
    );
    let help = "give a column of area codes with columns of figures (volumes), or with a column of groups such as area_code,lep \
                (memberships), or from_code,to_code,kind,name (links); `lotwright doctor` says how each column is read";
    Finding::error("S403", &table.file, message, help)
}

fn changes(table: &Table) -> Finding {
    let message = "is a table of changes of codes, which is no data of areas";
    let help = "leave it out: the program has its own table of changes, and follows codes of other years by it";
    Finding::error("S403", &table.file, message, help)
}

fn places_of(columns: &[String], wanted: &[&str]) -> Option<Vec<usize>> {
    wanted
        .iter()
        .map(|name| columns.iter().position(|c| c == name))
        .collect()
}

fn links(table: &Table, places: &[usize]) -> Result<CanonicalTable, Findings> {
    let row = |row: &Row| places.iter().map(|&k| row.cells[k].clone()).collect();
    let rows: Vec<(usize, Vec<String>)> = table.rows.iter().map(|one| (one.line, row(one))).collect();
    let header = LINK_COLUMNS.map(String::from);
    let placed = cells::placed(&header, &rows, table.header_line);
    LinkTable::read(&table.file, placed.as_bytes())?;
    Ok(CanonicalTable {
        role: TableRole::Links,
        name: "links".into(),
        text: cells::csv(&header, rows.iter().map(|(_, row)| row)),
        rows: rows.len(),
        columns: vec!["kind".into(), "name".into()],
        left_out: (0..table.columns.len())
            .filter(|k| !places.contains(k))
            .map(|k| table.columns[k].clone())
            .collect(),
        ..CanonicalTable::default()
    })
}

/// A table with what its columns hold.
struct Source<'a> {
    table: &'a Table,
    roles: Vec<Role>,
    codes: Option<usize>,
    names: Option<usize>,
}

impl<'a> Source<'a> {
    fn new(table: &'a Table) -> Self {
        let roles = roles(table);
        let codes = roles.iter().position(|role| matches!(role, Role::Codes(_)));
        let names = roles.iter().position(|role| *role == Role::Names);
        Self {
            table,
            roles,
            codes,
            names,
        }
    }

    /// Whether it leads from old codes to new ones.
    fn is_of_changes(&self) -> bool {
        let is_level = |role: &Role, wanted: &str| matches!(role, Role::Codes(heading) if heading.level == wanted);
        ["OLD", "NEW"]
            .iter()
            .all(|wanted| self.roles.iter().any(|role| is_level(role, wanted)))
            || ["old_code", "new_code"]
                .iter()
                .all(|name| self.table.columns.iter().any(|c| c.eq_ignore_ascii_case(name)))
    }

    fn is_machine(&self, k: usize) -> bool {
        MACHINE.contains(&self.table.columns[k].to_lowercase().as_str())
    }

    fn is_figures(&self, k: usize) -> bool {
        let heading = self.table.columns[k].to_lowercase();
        let figures = matches!(self.roles[k], Role::Counts | Role::NoCounts(_));
        figures && !self.is_machine(k) && !STANDING.contains(&heading.as_str())
    }

    fn heading(&self, k: usize) -> String {
        let name = &self.table.columns[k];
        if name.is_empty() {
            format!("column_{}", k + 1)
        } else {
            name.clone()
        }
    }

    fn heading_of(&self, place: Option<usize>) -> String {
        place.map(|k| self.table.columns[k].clone()).unwrap_or_default()
    }

    fn code(&self, row: &Row) -> String {
        self.codes.map_or_else(String::new, |k| cells::code(&row.cells[k]))
    }

    /// Rows whose code is in capitals only here.
    fn capitals(&self) -> usize {
        let changed = |row: &&Row| self.codes.is_some_and(|k| row.cells[k] != self.code(row));
        self.table.rows.iter().filter(changed).count()
    }

    fn base(&self, kept: &[usize]) -> CanonicalTable {
        let table = self.table;
        let is_kept = |k: usize| kept.contains(&k) || [self.codes, self.names].contains(&Some(k));
        let aside = table.above.iter().chain(&table.below);
        CanonicalTable {
            code_column: self.heading_of(self.codes),
            name_column: self.heading_of(self.names),
            left_out: (0..table.columns.len())
                .filter(|&k| !is_kept(k) && self.roles[k] != Role::Blank)
                .map(|k| self.heading(k))
                .collect(),
            capitals: self.capitals(),
            notes: aside.clone().map(|line: &Line| line.text.clone()).collect(),
            ..CanonicalTable::default()
        }
    }

    /// Code, name and every column of figures, rows in the order of codes. Totals stay, as they tell rates from counts.
    fn volumes(&self) -> CanonicalTable {
        let table = self.table;
        let figures: Vec<usize> = (0..table.columns.len()).filter(|&k| self.is_figures(k)).collect();
        let mut header: Vec<String> = Vec::new();
        header.extend(self.codes.map(|_| "area_code".to_string()));
        header.extend(self.names.map(|_| "area_name".to_string()));
        header.extend(figures.iter().map(|&k| self.heading(k)));
        let mut rows: Vec<Vec<String>> = table.rows.iter().map(|row| self.figures(row, &figures)).collect();
        if self.codes.is_some() {
            rows.sort_by(|a, b| (a[0].is_empty(), &a[0]).cmp(&(b[0].is_empty(), &b[0])));
        }
        let codes = rows.iter().filter(|_| self.codes.is_some());
        CanonicalTable {
            role: TableRole::Volumes,
            name: "volumes".into(),
            rows: rows.len(),
            text: cells::csv(&header, &rows),
            columns: figures.iter().map(|&k| self.heading(k)).collect(),
            adds_up: figures.iter().map(|&k| self.roles[k] == Role::Counts).collect(),
            codes: codes.map(|row| AreaCode::new(&row[0])).collect(),
            rounded_to: volumes::rounded_to(table.above.iter().chain(&table.below)),
            ..self.base(&figures)
        }
    }

    fn figures(&self, row: &Row, figures: &[usize]) -> Vec<String> {
        let kind: TableKind = self.table.kind;
        let code = self.codes.map(|_| self.code(row));
        let name = self.names.map(|k| row.cells[k].clone());
        let figures = figures.iter().map(|&k| cells::figure(&row.cells[k], kind));
        code.into_iter().chain(name).chain(figures).collect()
    }

    /// Groupings with the columns of their groups: columns of text, and names of another level than the areas, such as `LEP17NM` beside `LAD17CD`.
    fn groupings(&self) -> BTreeMap<String, Vec<usize>> {
        let own = self.codes.and_then(|k| match &self.roles[k] {
            Role::Codes(heading) => Some(heading.level.clone()),
            _ => None,
        });
        let mut groupings: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (k, role) in self.roles.iter().enumerate().filter(|&(k, _)| !self.is_machine(k)) {
            let heading = &self.table.columns[k];
            let name = match role {
                Role::Text if !STANDING.contains(&heading.to_lowercase().as_str()) => Some(heading.clone()),
                Role::Names => name_level(heading)
                    .filter(|level| own.as_ref() != Some(level))
                    .map(|level| level.to_lowercase()),
                _ => None,
            };
            if let Some(name) = name.filter(|name| !name.is_empty()) {
                groupings.entry(name).or_default().push(k);
            }
        }
        groupings
    }

    /// Memberships by every grouping.
    fn memberships(&self) -> Result<Vec<(CanonicalTable, Grouping)>, Findings> {
        let groupings = self.groupings();
        let (mut tables, mut faults) = (Vec::new(), Findings::default());
        for (name, columns) in &groupings {
            match self.membership(name, columns, groupings.len() == 1) {
                Ok(table) => tables.push(table),
                Err(found) => faults.extend(found),
            }
        }
        faults.gate(tables).map(|(tables, _)| tables)
    }

    /// Memberships in the order of the source, the first of which is the primary one. Only a table of one grouping must have a group in every row.
    fn membership(&self, name: &str, columns: &[usize], only: bool) -> Result<(CanonicalTable, Grouping), Findings> {
        let table = self.table;
        let status = table.columns.iter().position(|c| c.eq_ignore_ascii_case("status"));
        let status = status.filter(|_| only);
        let mut header = vec!["area_code".to_string(), name.to_string()];
        header.extend(status.map(|_| "status".to_string()));
        let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
        // Where a grouping has several columns, as memberships of two LEPs have, only the first must be filled in.
        let needed = |column: usize| only && column == columns[0];
        for &column in columns {
            for row in table
                .rows
                .iter()
                .filter(|row| needed(column) || !row.cells[column].is_empty())
            {
                let mut cells = vec![self.code(row), row.cells[column].clone()];
                cells.extend(status.map(|k| row.cells[k].clone()));
                rows.push((row.line, cells));
            }
        }
        // A row of two groups is read as two, each with the line that it has in its source.
        let grouping = Grouping::of_table(&NamedTable {
            file: table.file.clone(),
            headers: header.clone(),
            rows: rows.iter().map(|(line, cells)| placed(*line, cells)).collect(),
        })?;
        let kept: Vec<usize> = columns.iter().copied().chain(status).collect();
        let canonical = CanonicalTable {
            role: TableRole::Membership,
            name: name.into(),
            rows: rows.len(),
            text: cells::csv(&header, rows.iter().map(|(_, row)| row)),
            columns: vec![name.into()],
            codes: rows.iter().map(|(_, row)| AreaCode::new(&row[0])).collect(),
            ..self.base(&kept)
        };
        Ok((canonical, grouping))
    }
}

fn placed(line: usize, cells: &[String]) -> delimited::Row {
    delimited::Row {
        line,
        cells: cells.iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::tables;

    fn canonical(text: &str) -> Result<Vec<CanonicalTable>, Findings> {
        table(&tables::read("t.csv", text.as_bytes())?.0)
    }

    #[test]
    fn volumes_have_codes_first_and_one_mark_for_each_kind_of_cell() {
        let text = "People\n\nName,lad17cd,people,rate,region\nB,e06000002,\"1,200\",5%,North\nA,E06000001,*,[x],South\n\
                    C,E06000003,~,2%,South\nEngland,E92000001,1200,4%,\n\nRounded to the nearest 5\n";
        let found = &canonical(text).unwrap()[0];
        assert_eq!(
            found.text,
            "area_code,area_name,people,rate\nE06000001,A,c,c\nE06000002,B,1200,5%\nE06000003,C,~,2%\nE92000001,England,1200,4%\n"
        );
        assert_eq!(found.rounded_to, Some(Volume::people(5)));
        assert_eq!((found.code_column.as_str(), found.capitals), ("lad17cd", 1));
        assert_eq!(found.left_out, ["region"]);
        assert_eq!(found.notes, ["People", "Rounded to the nearest 5"]);
    }

    #[test]
    fn a_lookup_gives_a_membership_table_for_each_grouping() {
        let text = "FID,LAD17CD,LAD17NM,LEP17CD1,LEP17NM1,LEP17CD2,LEP17NM2,region\n\
                    1,E06000001,A,E37000034,Tees Valley,,,North\n2,E06000002,B,E37000034,Tees Valley,E37000005,Coast,North\n";
        let found = canonical(text).unwrap();
        let names: Vec<&str> = found.iter().map(|table| table.name.as_str()).collect();
        assert_eq!(names, ["lep", "region"]);
        assert_eq!(
            found[0].text,
            "area_code,lep\nE06000001,Tees Valley\nE06000002,Tees Valley\nE06000002,Coast\n"
        );
    }

    #[test]
    fn links_are_known_by_their_columns_and_checked_with_their_lines() {
        let found = &canonical("name,kind,to_code,from_code\nboat,ferry,B,A\n").unwrap()[0];
        assert_eq!(found.text, "from_code,to_code,kind,name\nA,B,ferry,boat\n");
        let faults = canonical("Ferries\n\nfrom_code,to_code,kind,name\nA,B,ferry,boat\nA,A,ferry,boat\n").unwrap_err();
        assert_eq!(
            (faults.0[0].code, faults.0[0].subject.as_str()),
            ("M201", "t.csv line 5")
        );
    }

    #[test]
    fn a_table_that_is_neither_says_what_would_be() {
        let faults = canonical("colour,shape\nred,round\nblue,square\n").unwrap_err();
        assert_eq!(faults.0[0].code, "S403");
        let faults = canonical("oldcd,oldnm,newcd,newnm\nE07000150,Corby,E06000061,North\n").unwrap_err();
        assert!(faults.0[0].message.contains("changes of codes"), "{faults}");
        let faults = canonical("area_code,deal,status\nE06000001,,x\nE06000002,North,x\n").unwrap_err();
        assert_eq!(
            (faults.0[0].code, faults.0[0].subject.as_str()),
            ("M103", "t.csv line 2")
        );
    }
}
