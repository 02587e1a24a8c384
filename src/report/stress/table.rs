//! The tables of a stress: on a terminal, and as comma-separated values.

use super::words::{chance, end, factor, floor_fall, headline, margin_fall, order, plain, subject};
use super::{ChanceAnswer, Stress, StressLot};
use crate::report::csv_text::written;
use crate::report::finance::rate;
use crate::report::text::{align_right, table, trimmed, wrapped};
use crate::report::{ReportError, words};

/// Characters that a label of a lot may take, so that a row fits one line.
const LABEL: usize = 13;

/// The answer in words and tables, at most 100 columns wide and without colour.
pub fn summary(stress: &Stress) -> String {
    let mut parts = vec![opening(stress)];
    if !stress.lots.is_empty() {
        parts.push(lots(stress));
        parts.push(wrapped(&order(stress), ""));
        parts.push(tornado(stress));
        parts.push(grid(stress));
    }
    parts.push(violations(stress));
    parts.push(wrapped(&footing(stress), ""));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

fn opening(stress: &Stress) -> String {
    let paid = format!(
        "Paid as by {}. {} {}",
        stress.model_title, stress.expected_words, stress.floor.words
    );
    let lines = [format!("{}.", headline(stress)), paid, stress.random.words.clone()];
    lines.map(|line| wrapped(&line, "")).join("\n")
}

fn lots(stress: &Stress) -> String {
    let heads = [
        "lot", "value", "margin", "to floor", "to loss", "floor", "margin ", "viable", "interval",
    ];
    let mut rows = table(&heads);
    for lot in &stress.lots {
        rows.add_row(row(lot));
    }
    (1..heads.len()).for_each(|column| align_right(&mut rows, column));
    let key = "All but the value in %. To floor, to loss: falls in volume at which a lot drops below its floor and at which its margin is gone. Then the chances of reaching the floor, of keeping a margin, and of both, with the sampling error of the last (Wilson, 95 %).";
    format!("{}\n{}", trimmed(&rows), wrapped(key, ""))
}

fn row(lot: &StressLot) -> [String; 9] {
    [
        words::shortened(&lot.lot_id, LABEL),
        words::money(lot.contract_value_gbp),
        plain(&rate(lot.margin)),
        plain(&floor_fall(lot)),
        plain(&margin_fall(lot)),
        plain(&chance(&lot.chance_floor)),
        plain(&chance(&lot.chance_margin)),
        plain(&chance(&lot.chance_viable)),
        plain(&format!(
            "{}–{}",
            rate(lot.chance_viable.low),
            rate(lot.chance_viable.high)
        )),
    ]
}

fn tornado(stress: &Stress) -> String {
    let mut rows = table(&[
        "one at a time",
        "low",
        "surplus",
        "viable",
        "high",
        "surplus ",
        "viable ",
    ]);
    for bar in &stress.tornado {
        rows.add_row([
            subject(bar).to_lowercase(),
            end(bar, &bar.low),
            words::money(bar.low.plan.surplus_gbp),
            bar.low.plan.viable_lots.to_string(),
            end(bar, &bar.high),
            words::money(bar.high.plan.surplus_gbp),
            bar.high.plan.viable_lots.to_string(),
        ]);
    }
    (1..7).for_each(|column| align_right(&mut rows, column));
    let expected = &stress.grid.expected;
    let key = format!(
        "Surplus of all lots and number of viable ones; as expected {} and {}.",
        words::money(expected.surplus_gbp),
        expected.viable_lots
    );
    format!("{}\n{}", trimmed(&rows), wrapped(&key, ""))
}

fn grid(stress: &Stress) -> String {
    let grid = &stress.grid;
    let heads: Vec<String> = std::iter::once("outcomes".to_string())
        .chain(grid.volumes.iter().map(|volume| factor(*volume)))
        .collect();
    let mut rows = table(&heads);
    for (performance, cells) in grid.performances.iter().zip(&grid.cells) {
        let counts = cells.iter().map(|cell| cell.viable_lots.to_string());
        rows.add_row(std::iter::once(factor(*performance)).chain(counts));
    }
    (0..heads.len()).for_each(|column| align_right(&mut rows, column));
    let key = "Viable lots by outcome rates (down) and volume (across), as parts of what was planned.";
    format!("{}\n{}", trimmed(&rows), wrapped(key, ""))
}

fn violations(stress: &Stress) -> String {
    let lines = stress.violations.iter();
    let lines: Vec<String> = lines
        .map(|v| wrapped(&format!("- {}: {}", v.rule, v.message), "  "))
        .collect();
    if lines.is_empty() {
        return String::new();
    }
    let breaches = words::counted(lines.len() as f64, "breach of the rules", "breaches of the rules");
    format!(
        "The plan is put under stress in spite of {breaches}:\n{}",
        lines.join("\n")
    )
}

/// How many figures are published.
pub(super) fn footing(stress: &Stress) -> String {
    let assumed = stress.parameters.iter().filter(|it| it.status == "assumed").count();
    format!(
        "{assumed} of the {} figures of stress are assumed, those of chance above all; --json and --out list each with its source.",
        stress.parameters.len()
    )
}

const LOT_COLUMNS: [&str; 32] = [
    "lot_id",
    "name",
    "contract_value_gbp",
    "participants",
    "volume_sd",
    "margin",
    "surplus_gbp",
    "viable",
    "floor_volume_fall",
    "floor",
    "break_even_volume_fall",
    "break_even",
    "fails_at",
    "fails_by",
    "chance_floor",
    "chance_floor_low",
    "chance_floor_high",
    "chance_floor_closed_form",
    "chance_margin",
    "chance_margin_low",
    "chance_margin_high",
    "chance_viable",
    "chance_viable_low",
    "chance_viable_high",
    "volume_low_surplus_gbp",
    "volume_high_surplus_gbp",
    "performance_low_surplus_gbp",
    "performance_high_surplus_gbp",
    "cost_low_surplus_gbp",
    "cost_high_surplus_gbp",
    "delay_low_surplus_gbp",
    "delay_high_surplus_gbp",
];

/// What goes otherwise than expected, in the order of the last columns.
const LEVERS: [&str; 4] = ["volume", "performance", "cost", "delay"];

/// One row a lot, numbers plain, what is not known blank.
///
/// # Errors
/// If the writer fails, which only lack of memory can bring about.
pub fn lots_csv(stress: &Stress) -> Result<String, ReportError> {
    written(&LOT_COLUMNS, stress.lots.iter().map(lot_cells))
}

fn lot_cells(lot: &StressLot) -> Vec<String> {
    let figures = [
        lot.contract_value_gbp,
        lot.participants,
        lot.volume_sd,
        lot.margin,
        lot.surplus_gbp,
    ];
    let mut cells = vec![lot.lot_id.clone(), lot.name.clone()];
    cells.extend(figures.map(|figure| figure.to_string()));
    cells.extend([
        lot.viable.to_string(),
        optional(lot.floor_volume_fall),
        lot.floor.clone(),
        optional(lot.break_even_volume_fall),
        lot.break_even.clone(),
        optional(lot.fails_at),
        lot.fails_by.clone(),
    ]);
    let of = |it: &ChanceAnswer| [it.part, it.low, it.high].map(|part| part.to_string());
    cells.extend(of(&lot.chance_floor));
    cells.push(optional(lot.chance_floor_closed_form));
    cells.extend(of(&lot.chance_margin));
    cells.extend(of(&lot.chance_viable));
    for lever in LEVERS {
        let it = lot.sensitivities.iter().find(|it| it.what == lever);
        cells.push(optional(it.map(|it| it.low.surplus_gbp)));
        cells.push(optional(it.map(|it| it.high.surplus_gbp)));
    }
    cells
}

fn optional(value: Option<f64>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// One row an end of a bar.
///
/// # Errors
/// If the writer fails, which only lack of memory can bring about.
pub fn tornado_csv(stress: &Stress) -> Result<String, ReportError> {
    let header = [
        "what",
        "end",
        "value",
        "unit",
        "surplus_gbp",
        "margin",
        "lots_at_floor",
        "lots_with_margin",
        "viable_lots",
        "status",
        "source",
    ];
    let rows = stress.tornado.iter().flat_map(|bar| {
        [("low", &bar.low), ("high", &bar.high)].map(|(name, end)| {
            vec![
                bar.what.clone(),
                name.to_string(),
                end.value.to_string(),
                bar.unit.clone(),
                end.plan.surplus_gbp.to_string(),
                end.plan.margin.to_string(),
                end.plan.lots_at_floor.to_string(),
                end.plan.lots_with_margin.to_string(),
                end.plan.viable_lots.to_string(),
                end.status.clone(),
                end.source.clone(),
            ]
        })
    });
    written(&header, rows)
}

/// One row a volume and performance.
///
/// # Errors
/// If the writer fails, which only lack of memory can bring about.
pub fn grid_csv(stress: &Stress) -> Result<String, ReportError> {
    let grid = &stress.grid;
    let header = [
        "performance",
        "volume",
        "surplus_gbp",
        "margin",
        "lots_at_floor",
        "lots_with_margin",
        "viable_lots",
    ];
    let rows = grid
        .performances
        .iter()
        .zip(&grid.cells)
        .flat_map(|(performance, cells)| {
            grid.volumes.iter().zip(cells).map(move |(volume, cell)| {
                vec![
                    performance.to_string(),
                    volume.to_string(),
                    cell.surplus_gbp.to_string(),
                    cell.margin.to_string(),
                    cell.lots_at_floor.to_string(),
                    cell.lots_with_margin.to_string(),
                    cell.viable_lots.to_string(),
                ]
            })
        });
    written(&header, rows)
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn the_summary_tells_falls_chances_order_tornado_and_grid() {
        let text = summary(&sample::stress());
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for words in [
            "The chance that all lots stay viable is 60.0 % (57.0 to 63.0); 1.5 of 2 lots are to be expected.",
            "5.0 12.0 25.0 76.0",
            "12.0 loses",
            "lots fail in this order: 2 (as contracted, margin); 1 (12.0 %, floor)",
            "payment delay",
            "3 months",
            "80 %",
        ] {
            assert!(flat.contains(words), "{words} is not in:\n{text}");
        }
        assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    }

    #[test]
    fn the_files_have_a_row_a_lot_an_end_and_a_cell() {
        let stress = sample::stress();
        let lots = lots_csv(&stress).unwrap();
        assert_eq!(lots.lines().count(), 3);
        assert!(
            lots.lines().all(|line| line.split(',').count() == LOT_COLUMNS.len()),
            "{lots}"
        );
        assert_eq!(tornado_csv(&stress).unwrap().lines().count(), 1 + 2 * 2);
        assert_eq!(grid_csv(&stress).unwrap().lines().count(), 1 + 4);
    }
}
