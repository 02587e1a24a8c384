//! Files inside a zip archive, unpacked in memory and no further than a limit.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::layer::too_much;
use crate::domain::Finding;

/// Bytes that one archive may unpack to: enough for any layer of boundaries, and an end to archives that are made to burst.
const MOST_BYTES: u64 = 400_000_000;

/// The names of the files in an archive, in its order.
///
/// # Errors
/// `G301` where it is no archive.
pub(super) fn names(file: &str, bytes: &[u8]) -> Result<Vec<String>, Finding> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| broken(file, &e))?;
    let names = archive.file_names().map(|name| name.map(String::from));
    let names: Vec<String> = names.collect::<Result<_, _>>().map_err(|e| broken(file, &e))?;
    Ok(names.into_iter().filter(|name| !is_shadow(name)).collect())
}

/// Whether a member holds what one system keeps beside each file and no data, such as `__MACOSX/._areas.shp`.
fn is_shadow(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    name.starts_with("__MACOSX/") || file.starts_with("._")
}

/// A file of an archive: its name and its content.
pub(super) type Unpacked = (String, Vec<u8>);

/// The files of an archive whose names are wanted.
///
/// # Errors
/// `G301` where one cannot be unpacked or is locked by a password; `G314` where they are larger than the limit.
pub(super) fn unpack(file: &str, bytes: &[u8], wanted: impl Fn(&str) -> bool) -> Result<Vec<Unpacked>, Finding> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| broken(file, &e))?;
    let (mut found, mut room) = (Vec::new(), MOST_BYTES);
    for index in 0..archive.len() {
        let Some(name) = archive.name_for_index(index) else {
            continue;
        };
        let name = name.map_err(|e| broken(file, &e))?.into_owned();
        if !wanted(&name) || is_shadow(&name) {
            continue;
        }
        let member = archive.by_index(index).map_err(|e| broken(file, &e))?;
        let mut content = Vec::new();
        let read = member.take(room + 1).read_to_end(&mut content);
        let length = read.map_err(|e| broken(&format!("{file} {name}"), &e))? as u64;
        if length > room {
            let message = format!("unpacks to more than {} MB", MOST_BYTES / 1_000_000);
            return Err(too_much(file, message));
        }
        room -= length;
        found.push((name, content));
    }
    Ok(found)
}

fn broken(subject: &str, error: &dyn std::fmt::Display) -> Finding {
    let message = format!("cannot be unpacked: {error}");
    Finding::error("G301", subject, message, "download or zip it again, without a password")
}

#[cfg(test)]
pub(super) fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_files_that_are_wanted_are_unpacked() {
        let bytes = zipped(&[("a.shp", b"shapes"), ("a.txt", b"text")]);
        let found = unpack("z", &bytes, |name| name.ends_with(".shp")).unwrap();
        assert_eq!(found, vec![("a.shp".to_string(), b"shapes".to_vec())]);
        assert_eq!(names("z", &bytes).unwrap(), vec!["a.shp", "a.txt"]);
    }

    #[test]
    fn a_byte_that_went_wrong_on_the_way_is_told() {
        let mut bytes = zipped(&[("a.shp", &[7; 100])]);
        let at = bytes.iter().position(|&b| b == b'a').unwrap() + 6;
        bytes[at] ^= 0x55;
        assert_eq!(unpack("z", &bytes, |_| true).unwrap_err().code, "G301");
    }
}
