//! Archives that are the same bytes whenever they are made.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::report::ReportError;

/// A file of an archive: its name, its content, and whether it is packed (the first file of an OpenDocument must not be).
pub(super) struct Member<'a> {
    pub name: &'a str,
    pub content: &'a [u8],
    pub packed: bool,
}

/// The files in one archive, all of the first day that an archive can name: the day on which it was made is not told.
///
/// # Errors
/// If the writer fails, which only lack of memory can bring about.
pub(super) fn archive(members: &[Member<'_>]) -> Result<Vec<u8>, ReportError> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for member in members {
        let method = if member.packed {
            CompressionMethod::Deflated
        } else {
            CompressionMethod::Stored
        };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        writer.start_file(member.name, options).map_err(told)?;
        writer.write_all(member.content).map_err(told)?;
    }
    Ok(writer.finish().map_err(told)?.into_inner())
}

fn told(error: impl std::fmt::Display) -> ReportError {
    ReportError::Write(error.to_string())
}
