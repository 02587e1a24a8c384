//! The interval of a lot: what it can hold at least and at most, where figures are not known exactly.

use super::load::Case;
use crate::domain::words::{count, list, money, people};
use crate::domain::{Figure, Finding, Millionths, Pence, Problem, Volume};
use crate::report::{LotAnswer, LotIntervalAnswer};
use crate::verify::VerifiedPlan;

impl Case {
    /// Whether some figure is not known exactly.
    fn is_uncertain(&self) -> bool {
        self.figures.iter().any(|figure| !figure.is_exact())
    }

    /// The least and the most people of all areas that take part, double members counted as in the problem; `None` where all figures are exact.
    pub(super) fn total_interval(&self) -> Option<Figure> {
        self.is_uncertain().then(|| self.sum(0..self.problem.seats().len()))
    }

    /// Gives every lot its interval, and tells the lots whose floor or cap holds only in a part of it (`V217`).
    pub(super) fn add_intervals(&self, lots: &mut [LotAnswer], plan: &VerifiedPlan) -> Vec<Finding> {
        let Some(total) = self.total_interval() else {
            return Vec::new();
        };
        let seats = plan.plan().seats_by_lot();
        for (lot, seats) in lots.iter_mut().zip(seats) {
            let range = Range::new(&self.problem, self.sum(seats.iter().copied()), total);
            lot.interval = Some(range.answer());
        }
        partly(lots, self.problem.funding().lets_money()).into_iter().collect()
    }

    fn sum(&self, seats: impl Iterator<Item = usize>) -> Figure {
        let mut sum = Figure::default();
        for seat in seats {
            let seat = self.problem.seats()[seat];
            let area = self.figures[seat.area];
            let part = |volume: Volume| Volume((volume.0 as f64 * seat.share.fraction()).round() as i64);
            sum += Figure {
                low: part(area.low).min(seat.volume),
                middle: seat.volume,
                high: part(area.high).max(seat.volume),
            };
        }
        sum
    }
}

/// What a lot can hold, and the shares that follow: the least where it holds least and all others hold most, and the other way round.
struct Range<'a> {
    problem: &'a Problem,
    lot: Figure,
    /// Its volume with the total that goes with it, at each end.
    ends: [(Volume, Volume); 2],
}

impl<'a> Range<'a> {
    fn new(problem: &'a Problem, lot: Figure, total: Figure) -> Self {
        Self {
            problem,
            lot,
            ends: [
                (lot.low, lot.low + (total.high - lot.high)),
                (lot.high, lot.high + (total.low - lot.low)),
            ],
        }
    }

    /// whole × volume ÷ total at both ends.
    fn of(&self, whole: f64) -> [f64; 2] {
        self.ends
            .map(|(volume, total)| whole * volume.0 as f64 / total.0.max(1) as f64)
    }

    fn answer(&self) -> LotIntervalAnswer {
        let [least, most] = self
            .of(self.problem.funding().envelope.as_pounds())
            .map(|pounds| (pounds * 100.0).round() / 100.0);
        let [fewest, greatest] = self.of(self.problem.funding().participants as f64);
        let v = &self.problem.rules().viability;
        LotIntervalAnswer {
            volume_low: self.lot.low.as_people(),
            volume_high: self.lot.high.as_people(),
            contract_value_low_gbp: least,
            contract_value_high_gbp: most,
            participants_low: fewest,
            participants_high: greatest,
            floor_holds: self.holds(v.floor_gbp, v.floor_participants, v.survive, |part, limit| {
                part >= limit
            }),
            cap_holds: self.holds(v.cap_gbp, v.cap_participants, None, |part, limit| part <= limit),
        }
    }

    /// `always`, `partly` or `never`; `None` where there is no such limit. Compared in whole numbers: envelope × volume, after a fall, against limit × total.
    fn holds(
        &self,
        gbp: Option<Pence>,
        people: Option<i64>,
        fall: Option<Millionths>,
        within: impl Fn(i128, i128) -> bool,
    ) -> Option<String> {
        let one = Millionths::ONE.0;
        let left = i128::from(one - fall.unwrap_or_default().0);
        let funding = self.problem.funding();
        let limits = [
            gbp.map(|limit| (limit.0, funding.envelope.0)),
            people.map(|limit| (limit, funding.participants)),
        ];
        let limits: Vec<(i64, i64)> = limits.into_iter().flatten().collect();
        let product = |a: i64, b: Volume| i128::from(a) * i128::from(b.0);
        let end = |(volume, total): (Volume, Volume)| {
            limits
                .iter()
                .all(|&(limit, whole)| within(product(whole, volume) * left, product(limit, total) * i128::from(one)))
        };
        let word = match self.ends.map(end) {
            _ if limits.is_empty() => return None,
            [true, true] => "always",
            [false, false] => "never",
            _ => "partly",
        };
        Some(word.into())
    }
}

fn partly(lots: &[LotAnswer], money_is_let: bool) -> Option<Finding> {
    let is_partly = |holds: &Option<String>| holds.as_deref() == Some("partly");
    let words = |lot: &LotAnswer| {
        let interval = lot
            .interval
            .as_ref()
            .filter(|i| is_partly(&i.floor_holds) || is_partly(&i.cap_holds))?;
        let pounds = |pounds: f64| money(Pence((pounds * 100.0).round() as i64));
        let range = match money_is_let {
            true => format!(
                "is worth {} to {}",
                pounds(interval.contract_value_low_gbp),
                pounds(interval.contract_value_high_gbp)
            ),
            false => format!(
                "has {} to {} people",
                people(Volume((interval.volume_low * 1000.0).round() as i64)),
                people(Volume((interval.volume_high * 1000.0).round() as i64))
            ),
        };
        Some(format!("lot {} {range}", lot.lot_id))
    };
    let told: Vec<String> = lots.iter().filter_map(words).collect();
    let what = count(told.len(), "lot keeps its floor or cap", "lots keep their floor or cap");
    let message = format!(
        "{what} only in a part of what uncertain figures allow: {}",
        list(&told, 12)
    );
    let help = "get the figures that are suppressed or rounded, or set a floor that leaves room for them";
    (!told.is_empty()).then(|| Finding::warning("V217", "lots", message, help))
}
