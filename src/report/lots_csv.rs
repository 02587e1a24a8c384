//! The file `lots.csv`: one row a lot, its columns named as in the JSON.

use super::csv_text::written;
use super::{Answer, LotAnswer, LotIntervalAnswer, ReportError, words};

const COLUMNS: [&str; 16] = [
    "lot_id",
    "name",
    "areas",
    "volume",
    "share",
    "contract_value_gbp",
    "participants",
    "annual_starts",
    "floor_margin_gbp",
    "pieces",
    "hub",
    "mean_km_to_hub",
    "deals",
    "violations",
    "volume_low",
    "volume_high",
];

/// The lots as comma-separated values in UTF-8 with a header; numbers are plain, an absent margin is blank.
///
/// `areas` are codes joined by a blank; `deals` reads `name (x %)` joined by `; `, the share being that of the lot; `violations` names the
/// rules that the lot breaks; `volume_low` and `volume_high` are blank where all figures of the case are known exactly.
///
/// # Errors
/// If the writer fails, which only lack of memory can bring about.
pub fn lots_csv(answer: &Answer) -> Result<String, ReportError> {
    written(COLUMNS, answer.lots.iter().map(|lot| row(answer, lot)))
}

fn row(answer: &Answer, lot: &LotAnswer) -> [String; 16] {
    let deals: Vec<String> = lot
        .deals
        .iter()
        .map(|d| format!("{} ({})", d.deal, words::percent(d.share_of_lot)))
        .collect();
    let broken = answer
        .violations
        .iter()
        .filter(|v| v.lot_id.as_deref() == Some(&lot.lot_id));
    let broken: Vec<&str> = broken.map(|v| v.rule.as_str()).collect();
    let bound =
        |of: fn(&LotIntervalAnswer) -> f64| lot.interval.as_ref().map(|i| of(i).to_string()).unwrap_or_default();
    [
        lot.lot_id.clone(),
        lot.name.clone(),
        lot.areas.join(" "),
        lot.volume.to_string(),
        lot.share.to_string(),
        if answer.lets_money() {
            lot.contract_value_gbp.to_string()
        } else {
            String::new()
        },
        lot.participants.to_string(),
        lot.annual_starts.to_string(),
        lot.floor_margin_gbp.map(|m| m.to_string()).unwrap_or_default(),
        lot.pieces.to_string(),
        lot.hub.clone(),
        lot.mean_km_to_hub.to_string(),
        deals.join("; "),
        broken.join("; "),
        bound(|interval| interval.volume_low),
        bound(|interval| interval.volume_high),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn the_table_reads_back_with_hostile_names_whole() {
        let (mut answer, _) = sample::two_lots();
        answer.lots[0].name = "Bath, \"Wells\"\nand <script>".into();
        answer.lots[1].floor_margin_gbp = None;
        answer.lots[1].interval = Some(sample::interval(40.0, 60.5));
        answer.violations.push(sample::violation("floor", "2"));
        let text = lots_csv(&answer).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        assert_eq!(reader.headers().unwrap(), COLUMNS.as_slice());
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 2);
        assert_eq!(&rows[0][1], answer.lots[0].name);
        assert_eq!(&rows[0][5], "50000000");
        assert_eq!(&rows[0][12], "Midshire (50.0 %)");
        assert_eq!(&rows[1][8], "");
        assert_eq!(&rows[1][13], "floor");
        assert_eq!([&rows[0][14], &rows[1][14], &rows[1][15]], ["", "40", "60.5"]);
    }
}
