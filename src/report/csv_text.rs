//! Tables of a report as comma-separated values.

use super::ReportError;

/// A header and rows of as many cells, as comma-separated values in UTF-8.
///
/// # Errors
/// If the writer fails, which rows of uneven length or lack of memory can bring about.
pub(super) fn written<H, C>(header: H, rows: impl IntoIterator<Item = C>) -> Result<String, ReportError>
where
    H: IntoIterator<Item: AsRef<[u8]>>,
    C: IntoIterator<Item: AsRef<[u8]>>,
{
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(row)?;
    }
    let bytes = writer.into_inner().map_err(|e| ReportError::Write(e.to_string()))?;
    String::from_utf8(bytes).map_err(|e| ReportError::Write(e.to_string()))
}
