//! A Frontier is a row of answers, one for each value of a key, in the shape of `lotwright/frontier/1`.

use serde::{Deserialize, Serialize};

use crate::report::answer::whole;
use crate::report::{Answer, GoalAnswer, ScenarioAnswer, ViabilityAnswer};

/// The answer of `frontier`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frontier {
    /// `lotwright/frontier/1`.
    pub schema: String,
    /// What was asked, and from which files; its rules are those of the first point.
    pub scenario: ScenarioAnswer,
    /// The key that is varied.
    pub key: String,
    /// What the key means, with its unit.
    pub meaning: String,
    /// `falling` where a higher value can only take plans away, as a floor does; `rising` where it can only add some, as a cap does; null where the points
    /// say nothing of each other.
    pub trend: Option<String>,
    /// One point a value, in rising order.
    pub points: Vec<Point>,
    /// Designs that were given, to be seen beside the points.
    pub baselines: Vec<Baseline>,
    /// Seconds it took.
    pub seconds: f64,
    /// Version of the program.
    pub version: String,
}

/// The answer for one value of the key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Value of the key.
    #[serde(serialize_with = "whole_number")]
    pub value: f64,
    /// `optimal`, `feasible`, `infeasible`, `no_plan` or `not_reached`.
    pub status: String,
    /// Why the search stopped: `proved`, `gap`, `time`, `cancelled` or `not_reached`.
    pub stopped: String,
    /// Number of lots of the plan.
    pub lots: Option<usize>,
    /// The number of lots first, then the scenario's goals in order; empty where the point was not reached.
    pub goals: Vec<GoalAnswer>,
    /// Contract value of the smallest lot, in pounds; null where no money is let.
    pub smallest_lot_gbp: Option<f64>,
    /// People of the smallest lot, where no money is let.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub smallest_lot_people: Option<f64>,
    /// The last value of the key at which the plan still obeys every rule, where the key is a floor, a cap, or a fall under a floor that is given.
    #[serde(serialize_with = "whole")]
    pub holds_to: Option<f64>,
    /// The plan among the files of `--out`, such as `plans/plan-5000000.csv`.
    pub plan: Option<String>,
    /// Seconds its search took.
    pub seconds: f64,
    /// The whole answer.
    pub answer: Option<Answer>,
}

/// A design that was given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Baseline {
    /// What it is called.
    pub label: String,
    /// Its file.
    pub file: String,
    /// Number of its lots.
    pub lots: usize,
    /// Contract value of its smallest lot, in pounds; null where no money is let.
    pub smallest_lot_gbp: Option<f64>,
    /// People of its smallest lot, where no money is let.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub smallest_lot_people: Option<f64>,
    /// The last value of the key at which its lots are viable, where the key is a floor or a cap; other rules may be broken.
    #[serde(serialize_with = "whole")]
    pub holds_to: Option<f64>,
    /// The number of lots, then the scenario's goals in order; there are no bounds.
    pub goals: Vec<GoalAnswer>,
    /// Rules other than floors and caps that it breaks.
    pub breaks: Vec<String>,
}

fn whole_number<S: serde::Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    whole(&Some(*value), serializer)
}

impl Frontier {
    /// Whether every point has a plan and a proof, or a proof that there is none.
    pub fn proved(&self) -> bool {
        self.points.iter().all(Point::settled)
    }
}

impl Point {
    /// Whether the point is proved: best, or impossible.
    pub fn settled(&self) -> bool {
        matches!(self.status.as_str(), "optimal" | "infeasible")
    }

    /// The most lots that any plan can have, as far as it is known.
    pub fn most_lots(&self) -> Option<f64> {
        match self.status.as_str() {
            "infeasible" => Some(0.0),
            _ => self.goals.first().and_then(|goal| goal.bound),
        }
    }
}

impl Point {
    /// A point that the search did not reach.
    pub fn not_reached(value: f64) -> Self {
        Self {
            value,
            status: "not_reached".into(),
            stopped: "not_reached".into(),
            lots: None,
            goals: Vec::new(),
            smallest_lot_gbp: None,
            smallest_lot_people: None,
            holds_to: None,
            plan: None,
            seconds: 0.0,
            answer: None,
        }
    }
}

impl Answer {
    /// Contract value of the smallest lot, in pounds; `None` where no money is let.
    pub fn smallest_lot(&self) -> Option<f64> {
        self.least_size().filter(|_| self.lets_money())
    }

    /// People of the smallest lot where no money is let.
    pub fn smallest_lot_people(&self) -> Option<f64> {
        self.least_size().filter(|_| !self.lets_money())
    }

    fn least_size(&self) -> Option<f64> {
        self.lots.iter().map(|lot| self.size(lot)).min_by(f64::total_cmp)
    }

    /// The greatest floor, the least cap or the greatest fall that every lot meets, where `key` is one of these and lots alone decide: a floor that is reached with
    /// a chance depends on what they hold, and a derived floor on the fall.
    pub fn holds_to(&self, key: &str) -> Option<f64> {
        let pounds = self.lots.iter().map(|lot| lot.contract_value_gbp);
        let participants = self.lots.iter().map(|lot| lot.participants);
        let asked = self.viability.as_ref();
        if asked.is_some_and(|asked| asked.chance.is_some()) && !key.starts_with("viability.cap_") {
            return None;
        }
        let left = 1.0 - asked.and_then(|asked| asked.survive).unwrap_or(0.0);
        match key {
            "viability.floor_gbp" => pounds.min_by(f64::total_cmp).map(|least| least * left),
            "viability.cap_gbp" => pounds.max_by(f64::total_cmp),
            "viability.floor_participants" => participants.min_by(f64::total_cmp).map(|least| (least * left).floor()),
            "viability.cap_participants" => participants.max_by(f64::total_cmp).map(f64::ceil),
            "viability.survive" => self.survives(asked.filter(|asked| asked.derived.is_none())?),
            _ => None,
        }
    }

    /// The greatest fall, to the millionth, after which every lot still reaches its floors.
    fn survives(&self, asked: &ViabilityAnswer) -> Option<f64> {
        let part = |least: Option<f64>, floor: Option<f64>| Some(floor? / least?);
        let participants = self.lots.iter().map(|lot| lot.participants).min_by(f64::total_cmp);
        let parts = [
            part(self.smallest_lot(), asked.floor_gbp),
            part(participants, asked.floor_participants.map(|floor| floor as f64)),
        ];
        let left = parts.into_iter().flatten().max_by(f64::total_cmp)?;
        Some(((1.0 - left) * 1e6).floor() / 1e6)
    }
}
