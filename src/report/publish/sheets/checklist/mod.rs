//! Both workbooks, held point by point against the checklist of the Government Analysis Function for accessible spreadsheets.

mod document;
mod tables;

use std::io::{Cursor, Read};

use calamine::{Data, Ods, Reader, Xlsx};
use quick_xml::events::Event;

use crate::report::publish::{Publication, sample};
use crate::report::{JoinAnswer, JoinRowAnswer, sample as small};

/// A workbook as another program reads it: for every sheet its name and its rows of cells.
type Sheets = Vec<(String, Vec<Vec<Data>>)>;

/// Both workbooks of a plan that has everything: a repair, a broken rule, an area in no lot, one in two, figures that are not exact.
fn both<T>(test: impl Fn(&Publication<'_>, &str, &[u8], Sheets) -> T) -> Vec<T> {
    sample::with(|from| {
        let (mut answer, mut map) = (from.answer.clone(), from.map.clone());
        answer.repair = Some(small::repair());
        answer.violations.push(small::violation("floor", "2"));
        answer.lots[1].floor_margin_gbp = None;
        answer.goals[0].bound = None;
        answer.lots[0].share = 0.000_01;
        map.areas[1].lots = vec![(0, 0.6), (1, 0.4)];
        map.areas[2].lots.clear();
        answer.joins = vec![withheld("E04")];
        let intervals = [(250.0, 250.0), (240.0, 260.0), (250.0, 250.0), (0.0, 500.0)];
        let from = Publication {
            answer: &answer,
            map: &map,
            intervals: &intervals,
            ..*from
        };
        let (xlsx, ods) = (super::xlsx(&from).unwrap(), super::ods(&from).unwrap());
        let excel: Xlsx<_> = Xlsx::new(Cursor::new(xlsx.as_slice())).unwrap();
        let open: Ods<_> = Ods::new(Cursor::new(ods.as_slice())).unwrap();
        vec![
            test(&from, "xlsx", &xlsx, read(excel)),
            test(&from, "ods", &ods, read(open)),
        ]
    })
}

/// A table of volumes that withholds the figure of an area.
fn withheld(area: &str) -> JoinAnswer {
    JoinAnswer {
        role: "volumes".into(),
        rows: vec![JoinRowAnswer {
            outcome: "matched".into(),
            areas: vec![area.into()],
            cell: "suppressed".into(),
            ..JoinRowAnswer::default()
        }],
        ..JoinAnswer::default()
    }
}

fn read<'b, R: Reader<Cursor<&'b [u8]>>>(mut book: R) -> Sheets
where
    R::Error: std::fmt::Debug,
{
    let names = book.sheet_names();
    let sheet = |name: String| {
        let range = book.worksheet_range(&name).unwrap();
        (name, range.rows().map(<[Data]>::to_vec).collect())
    };
    names.into_iter().map(sheet).collect()
}

/// The text of a part of the archive.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Parts of the archive whose names begin so.
fn parts(bytes: &[u8], beginning: &str) -> Vec<String> {
    let archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names = archive.file_names().map(|name| name.unwrap().into_owned());
    let mut names: Vec<String> = names.filter(|name| name.starts_with(beginning)).collect();
    names.sort();
    names
}

/// Elements of an XML by their names, with their attributes.
fn elements(xml: &str, wanted: &str) -> Vec<Vec<(String, String)>> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return found,
            Event::Start(element) | Event::Empty(element) if element.name().as_ref() == wanted => {
                let attribute = |one: quick_xml::events::attributes::Attribute<'_>| {
                    let key = one.key.as_ref().to_string();
                    (key, one.value.to_string())
                };
                found.push(element.attributes().map(|one| attribute(one.unwrap())).collect());
            }
            _ => {}
        }
    }
}

fn attribute<'a>(element: &'a [(String, String)], key: &str) -> &'a str {
    &element
        .iter()
        .find(|one| one.0 == key)
        .unwrap_or_else(|| panic!("no {key}: {element:?}"))
        .1
}

/// Where the table of a sheet begins: the first row in which the second cell holds something; `None` for the cover.
fn top(rows: &[Vec<Data>]) -> Option<usize> {
    rows.iter()
        .position(|row| row.get(1).is_some_and(|cell| *cell != Data::Empty))
}

fn text(cell: &Data) -> String {
    cell.to_string()
}
