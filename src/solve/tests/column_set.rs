//! The linear program of columns on lattices whose lots can all be listed.

use crate::domain::drawn::Drawn;
use crate::domain::{Goal, Unwatched};
use crate::solve::backend::Highs;
use crate::solve::centres::Centres;
use crate::solve::column_set::{ColumnSet, Relaxed};
use crate::solve::hub::best_hub;
use crate::solve::instance::Instance;
use crate::solve::separator::parts;
use crate::solve::subset_rows::{Charges, SubsetRow, broken};
use crate::solve::{Clock, Setting, SolveError};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// So wide a box that no way out of a row is cheap.
const WIDE: f64 = 1_000.0;

/// Every connected set of blocks that can be a lot.
fn all_lots(instance: &Instance<'_>, centres: &Centres) -> Vec<Vec<u32>> {
    let blocks = |set: u32| -> Vec<u32> {
        (0..instance.len() as u32)
            .filter(|block| set >> block & 1 == 1)
            .collect()
    };
    let fits = |lot: &Vec<u32>| (centres.floor..=centres.cap).contains(&centres.volume_of(lot));
    let whole = |lot: &Vec<u32>| parts(&instance.neighbours, lot).len() == 1;
    let sets = 1_u32..1 << instance.len();
    sets.map(blocks).filter(|lot| fits(lot) && whole(lot)).collect()
}

fn relaxed(columns: &mut ColumnSet<'_>, instance: &Instance<'_>) -> Result<Relaxed, SolveError> {
    let middle = Charges {
        price: vec![0; instance.len()],
        fine: vec![0; columns.rows().len()],
    };
    let far = instance.total.saturating_mul(1_000);
    columns
        .relax(&middle, WIDE, far)?
        .ok_or(SolveError::Unsound("the program has no duals".into()))
}

/// Rows that the point breaks most.
fn rows_against(point: &Relaxed, blocks: usize) -> Vec<SubsetRow> {
    let lots: Vec<(&[u32], f64)> = point
        .point
        .iter()
        .map(|(lot, weight)| (lot.as_slice(), *weight))
        .collect();
    broken(blocks, &lots, &[])
}

fn pairs(row: &SubsetRow, point: &Relaxed) -> f64 {
    let each = point.point.iter();
    each.map(|(lot, weight)| row.pairs(lot) as f64 * weight).sum()
}

#[test]
fn rows_hold_whether_they_come_before_columns_or_after_and_lots_cost_what_their_charges_say() -> Result<(), SolveError>
{
    let mut cut = 0;
    for seed in 1..=60 {
        let count = 5 + seed as usize % 2;
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let volumes: Vec<i64> = (0..16).map(|_| random.random_range(2..9)).collect();
        let floor = volumes.iter().sum::<i64>() / count as i64 - 1;
        let map = Drawn::lattice(4, 4).volumes(&volumes).floor(floor);
        let problem = map.goal(Goal::Travel).problem();
        let instance = Instance::plain(&problem);
        let clock = Clock::start(60.0, &Unwatched);
        let setting = Setting {
            instance: &instance,
            clock: &clock,
            backend: &Highs,
        };
        let centres = Centres::new(&instance, count);
        let lots = all_lots(&instance, &centres);
        let mut late = ColumnSet::new(&setting, &centres);
        let added: usize = lots.iter().map(|lot| late.add(lot.clone())).sum();
        assert_eq!((added, late.lots().len()), (lots.len(), lots.len()), "seed {seed}");
        assert_eq!(late.add(lots[0].clone()), 0, "a lot that is known is no new column");
        let free = relaxed(&mut late, &instance)?;
        let rows = rows_against(&free, instance.len());
        // Many of so small maps have no plan of so many lots, or one for their relaxed point, which breaks no row.
        if free.out || rows.is_empty() {
            continue;
        }
        late.add_rows(rows.clone());
        let mut early = ColumnSet::new(&setting, &centres);
        early.add_rows(rows.clone());
        lots.iter().for_each(|lot| {
            early.add(lot.clone());
        });
        let (after, before) = (relaxed(&mut late, &instance)?, relaxed(&mut early, &instance)?);
        assert!(
            !free.out && !after.out && !before.out,
            "seed {seed}: a way out is taken"
        );
        let near = 1e-6 * free.travel;
        assert!(
            (after.travel - before.travel).abs() < near,
            "seed {seed}: {} and {}",
            after.travel,
            before.travel
        );
        assert!(after.travel > free.travel - near, "seed {seed}");
        for row in &rows {
            assert!(
                pairs(row, &free) > row.most() as f64,
                "seed {seed}: {row:?} was not broken"
            );
            for point in [&after, &before] {
                assert!(
                    pairs(row, point) < row.most() as f64 + 1e-6,
                    "seed {seed}: {row:?} does not hold"
                );
            }
        }
        cut += usize::from(after.travel > free.travel + near);
        let charges = Charges {
            price: volumes.iter().map(|_| random.random_range(0..4_000_000)).collect(),
            fine: rows.iter().map(|_| random.random_range(0..2_000_000)).collect(),
        };
        let mut cheapest = vec![i64::MAX; centres.list.len()];
        for lot in &lots {
            let hub = best_hub(&instance, lot).map(|(hub, _)| hub);
            let place = centres.list.iter().position(|centre| Some(centre.own.block) == hub);
            let at = &mut cheapest[place.ok_or(SolveError::Unsound("a lot without its centre".into()))?];
            *at = (*at).min(charges.reduced(&instance, &rows, lot));
        }
        for columns in [&late, &early] {
            assert_eq!(columns.cheapest(&charges, centres.list.len()), cheapest, "seed {seed}");
        }
    }
    assert!(cut > 3, "rows cut off a point on {cut} maps only");
    Ok(())
}
