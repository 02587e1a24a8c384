//! A Survival is how often the lots of a plan stay viable when volumes and outcomes come in at random.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::quick::{LANES, Lanes, Quick};
use super::{Course, Order, Shock};
use crate::domain::Risk;

/// Standard deviations of what may come in otherwise than planned.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Errors {
    /// Of volumes.
    pub volume: Risk,
    /// Of the outcome rates of all lots together.
    pub performance_sd: f64,
    /// Of the outcome rates of each lot beyond that: its provider.
    pub provider_sd: f64,
    /// Correlation of the national error of volume and the common error of performance, from −1 to 1.
    pub correlation: f64,
}

/// A plan as far as errors of volume bear on it.
#[derive(Clone, Debug)]
pub struct Exposure {
    /// Its lots.
    pub lots: Vec<Exposed>,
    /// For every area, its region; `None` where it has none.
    pub region_of_area: Vec<Option<usize>>,
}

/// A lot as far as errors of volume bear on it.
#[derive(Clone, Debug)]
pub struct Exposed {
    /// What the lot is.
    pub order: Order,
    /// Its areas with their parts of its volume, which add up to 1.
    pub parts: Vec<(usize, f64)>,
    /// The floor ÷ the lot, in volume; `None` without a floor.
    pub floor: Option<f64>,
}

/// A volume that misses the floor by no more than the rounding of sums reaches it.
const ROUNDING: f64 = 1e-12;

impl Exposed {
    /// Whether the lot reaches its floor at this part of its volume.
    pub fn reaches_floor(&self, volume: f64) -> bool {
        self.floor.is_none_or(|floor| volume >= floor * (1.0 - ROUNDING))
    }

    /// Standard deviation of the relative error of the lot's volume.
    pub fn volume_sd(&self, risk: &Risk, region_of_area: &[Option<usize>]) -> f64 {
        risk.of_lot(self.parts.iter().map(|&(area, part)| (region_of_area[area], part)))
    }
}

/// How often a lot stays viable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LotSurvival {
    /// Draws in which it reaches the floor.
    pub floor: u64,
    /// Draws in which it keeps a margin.
    pub margin: u64,
    /// Draws in which it does both.
    pub both: u64,
}

/// How often lots stay viable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survival {
    /// Draws made.
    pub draws: u64,
    /// For every lot, in how many it stays viable.
    pub lots: Vec<LotSurvival>,
    /// For every number of lots from none to all, in how many draws just so many stay viable.
    pub survivors: Vec<u64>,
}

/// A share of draws with its sampling error: the interval of Wilson, 95 %.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chance {
    /// Part of the draws.
    pub part: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// The normal quantile of an interval of 95 %.
const Z: f64 = 1.959_963_984_540_054;

impl Chance {
    /// So many of so many draws: ( p + z²/2n ± z √( p(1 − p)/n + z²/4n² ) ) ÷ ( 1 + z²/n ).
    pub fn of(count: u64, draws: u64) -> Self {
        let n = draws.max(1) as f64;
        let part = count as f64 / n;
        let middle = part + Z * Z / (2.0 * n);
        let width = Z * (part * (1.0 - part) / n + Z * Z / (4.0 * n * n)).sqrt();
        let of = |end: f64| (end / (1.0 + Z * Z / n)).clamp(0.0, 1.0);
        Self {
            part,
            low: of(middle - width).min(part),
            high: of(middle + width).max(part),
        }
    }
}

impl Survival {
    /// The chance that all lots stay viable.
    pub fn all(&self) -> Chance {
        Chance::of(self.survivors.last().copied().unwrap_or(0), self.draws)
    }

    /// The mean number of lots that stay viable, and its standard error.
    pub fn expected(&self) -> (f64, f64) {
        let n = self.draws.max(1) as f64;
        let counts = || {
            self.survivors
                .iter()
                .enumerate()
                .map(|(lots, &draws)| (lots as f64, draws as f64))
        };
        let mean = counts().map(|(lots, draws)| lots * draws).sum::<f64>() / n;
        let spread: f64 = counts().map(|(lots, draws)| (lots - mean).powi(2) * draws).sum();
        (mean, (spread / n / n).sqrt())
    }

    /// The least number of lots of which no more stay viable in this part of the draws.
    pub fn quantile(&self, part: f64) -> usize {
        let wanted = part * self.draws as f64;
        let mut seen = 0;
        let at = self.survivors.iter().position(|draws| {
            seen += draws;
            seen as f64 >= wanted
        });
        at.unwrap_or(0)
    }

    fn none(lots: usize) -> Self {
        Self {
            draws: 0,
            lots: vec![LotSurvival::default(); lots],
            survivors: vec![0; lots + 1],
        }
    }

    fn add(&mut self, other: &Self) {
        self.draws += other.draws;
        for (sum, more) in self.lots.iter_mut().zip(&other.lots) {
            sum.floor += more.floor;
            sum.margin += more.margin;
            sum.both += more.both;
        }
        for (sum, more) in self.survivors.iter_mut().zip(&other.survivors) {
            *sum += more;
        }
    }
}

/// Draws volumes and outcome rates about a shock and counts how often lots stay viable: volume at the floor or above, and surplus at zero or above.
///
/// An area comes in at max(0, 1 + national + regional + local) of the shock's volume, a lot at the mean of its areas weighted by volume; the outcome rates
/// of a lot are at max(0, 1 + common + provider's) of the shock's. Draw k has a stream of random figures of its own, so that the result is the same with any
/// number of threads.
pub fn draw(
    course: &Course,
    plan: &Exposure,
    errors: &Errors,
    shock: &Shock,
    draws: u64,
    seed: u64,
    threads: usize,
) -> Survival {
    let lots = plan
        .lots
        .iter()
        .map(|lot| Quick::new(course, &lot.order, shock))
        .collect();
    let regions = plan.region_of_area.iter().flatten().max().map_or(0, |last| last + 1);
    let trial = Trial {
        course,
        plan,
        errors,
        shock,
        lots,
        regions,
        random: ChaCha8Rng::seed_from_u64(seed),
        draws,
    };
    let sets = draws.div_ceil(LANES as u64);
    let threads = (threads.max(1) as u64).min(sets.max(1));
    let mut whole = Survival::none(plan.lots.len());
    std::thread::scope(|scope| {
        let part = |k: u64| k * sets / threads;
        let trial = &trial;
        let others: Vec<_> = (1..threads)
            .map(|k| scope.spawn(move || trial.sets(part(k)..part(k + 1))))
            .collect();
        whole.add(&trial.sets(0..part(1)));
        for other in others {
            match other.join() {
                Ok(survival) => whole.add(&survival),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    whole
}

/// Everything that a set of draws needs.
struct Trial<'a> {
    course: &'a Course,
    plan: &'a Exposure,
    errors: &'a Errors,
    shock: &'a Shock,
    lots: Vec<Quick>,
    regions: usize,
    random: ChaCha8Rng,
    draws: u64,
}

/// What a thread keeps between sets.
struct Room {
    /// By lot.
    volumes: Vec<Lanes>,
    /// By lot.
    performances: Vec<Lanes>,
    /// By region, of one draw.
    regional: Vec<f64>,
    /// By area, of one draw: what comes in.
    areas: Vec<f64>,
    months: Vec<Lanes>,
}

impl Trial<'_> {
    fn sets(&self, sets: std::ops::Range<u64>) -> Survival {
        let lots = self.plan.lots.len();
        let mut survival = Survival::none(lots);
        let mut room = Room {
            volumes: vec![[1.0; LANES]; lots],
            performances: vec![[1.0; LANES]; lots],
            regional: vec![0.0; self.regions],
            areas: vec![1.0; self.plan.region_of_area.len()],
            months: Vec::new(),
        };
        for set in sets {
            let first = set * LANES as u64;
            let count = (self.draws - first).min(LANES as u64) as usize;
            for lane in 0..count {
                self.come_in(first + lane as u64, lane, &mut room);
            }
            self.judge(count, &mut room, &mut survival);
        }
        survival
    }

    /// Draws what comes in for all lots, into a lane.
    fn come_in(&self, draw: u64, lane: usize, room: &mut Room) {
        let mut random = Normal::stream(&self.random, draw);
        let (risk, errors) = (&self.errors.volume, self.errors);
        let [nation, other] = [random.next(), random.next()];
        let rho = errors.correlation;
        let common = 1.0 + errors.performance_sd * (rho * nation + (1.0 - rho * rho).max(0.0).sqrt() * other);
        let national = 1.0 + risk.national_sd * nation;
        for error in &mut room.regional {
            *error = risk.regional_sd * random.next();
        }
        for (area, region) in room.areas.iter_mut().zip(&self.plan.region_of_area) {
            let regional = region.map_or(0.0, |region| room.regional[region]);
            *area = (national + regional + risk.local_sd * random.next()).max(0.0);
        }
        for (k, lot) in self.plan.lots.iter().enumerate() {
            let volume: f64 = lot.parts.iter().map(|&(area, part)| part * room.areas[area]).sum();
            room.volumes[k][lane] = self.shock.volume * volume;
            let performance = (common + errors.provider_sd * random.next()).max(0.0);
            room.performances[k][lane] = self.shock.performance * performance;
        }
    }

    /// Counts what stays viable in the first `count` lanes.
    fn judge(&self, count: usize, room: &mut Room, survival: &mut Survival) {
        let mut survivors = [0; LANES];
        for (k, lot) in self.plan.lots.iter().enumerate() {
            let volumes = &room.volumes[k];
            let ratios = room.performances[k].map(|performance| self.course.performance_ratio(performance));
            let surplus = self.lots[k].surplus(volumes, &ratios, &mut room.months);
            let told = &mut survival.lots[k];
            for lane in 0..count {
                let (floor, margin) = (lot.reaches_floor(volumes[lane]), surplus[lane] >= 0.0);
                told.floor += u64::from(floor);
                told.margin += u64::from(margin);
                told.both += u64::from(floor && margin);
                survivors[lane] += usize::from(floor && margin);
            }
        }
        survival.draws += count as u64;
        for lots in &survivors[..count] {
            survival.survivors[*lots] += 1;
        }
    }
}

/// Standard normal figures, two at a time by the polar method of Marsaglia.
struct Normal {
    random: ChaCha8Rng,
    kept: Option<f64>,
}

impl Normal {
    /// The figures of one draw, whatever was drawn before.
    fn stream(random: &ChaCha8Rng, draw: u64) -> Self {
        let mut random = random.clone();
        random.set_stream(draw);
        Self { random, kept: None }
    }

    fn next(&mut self) -> f64 {
        if let Some(kept) = self.kept.take() {
            return kept;
        }
        loop {
            let [x, y]: [f64; 2] = [self.random.random(), self.random.random()].map(|u: f64| 2.0 * u - 1.0);
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                let scale = (-2.0 * square.ln() / square).sqrt();
                self.kept = Some(y * scale);
                return x * scale;
            }
        }
    }
}
