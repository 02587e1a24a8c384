//! A Problem is the scenario joined with its areas, volumes and adjacency: checked once, never changed.

use std::collections::BTreeSet;

use super::{Adjacency, AreaCode, Funding, Goal, LotCount, LotId, Millionths, Pence, Search, Share, Viability, Volume};

/// A place on the British National Grid (or the local plane of a data set from elsewhere), in metres.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// Metres east.
    pub easting: f64,
    /// Metres north.
    pub northing: f64,
}

impl Point {
    /// Straight-line distance in whole metres.
    pub fn metres_to(self, other: Self) -> i64 {
        (self.easting - other.easting)
            .hypot(self.northing - other.northing)
            .round() as i64
    }
}

/// An area that takes part, such as a local authority.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// Its code.
    pub code: AreaCode,
    /// Its name.
    pub name: String,
    /// Claimants who live in it.
    pub volume: Volume,
    /// Where its people live, as one point: distances are measured from here.
    pub centre: Point,
    /// The region that it shares its error of volume with, by number; `None` where no rule asks.
    pub region: Option<usize>,
}

/// An area in one of its units: the smallest thing that a plan places. An area that is its own unit has one seat; a
/// member of two groups has two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Index of the area.
    pub area: usize,
    /// Index of the unit.
    pub unit: usize,
    /// The part of the area.
    pub share: Share,
    /// The volume that counts here.
    pub volume: Volume,
}

/// What an optimiser moves as a whole: an area, or a group such as a LEP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Area code, or value of the grouping.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Its seats, in area order.
    pub seats: Vec<usize>,
    /// Volume of its seats.
    pub volume: Volume,
    /// Units of which one must share its lot: the groups that a double member may go with, in order. Empty where no such rule binds it.
    pub homes: Vec<usize>,
}

/// A devolution deal with the areas of it that take part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deal {
    /// Its name.
    pub name: String,
    /// `co-design`, `devolved`, `withdrawn`, or as the table says.
    pub status: String,
    /// Areas of the deal that take part, in order.
    pub areas: Vec<usize>,
}

/// Areas named together by a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// As written: `grouping:value` or an area code.
    pub name: String,
    /// Areas of it that take part, in order.
    pub areas: Vec<usize>,
}

/// An area whose lot is fixed beforehand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lock {
    /// Index of the area.
    pub area: usize,
    /// Its lot.
    pub lot: LotId,
    /// The one seat that it holds, where a lock names a part of the area or holds a plan that is to be finished; `None` where it holds all seats of the area.
    pub seat: Option<usize>,
}

/// What every plan must obey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Floors and caps of every lot.
    pub viability: Viability,
    /// How many lots.
    pub count: LotCount,
    /// Whether every lot must be in one piece.
    pub contiguous: bool,
    /// Groups that no lot boundary may cut.
    pub keep_whole: Vec<Group>,
    /// Pairs of groups of which no lot may hold both.
    pub never_together: Vec<(Group, Group)>,
    /// Areas whose lot is fixed beforehand.
    pub locks: Vec<Lock>,
}

/// The parts of a [`Problem`], as its maker hands them over.
#[derive(Clone, Debug)]
pub struct Parts {
    /// Short name of the scenario.
    pub name: String,
    /// Title of the scenario.
    pub title: String,
    /// Areas that take part, in code order.
    pub areas: Vec<Area>,
    /// Units, in order of their first area.
    pub units: Vec<Unit>,
    /// Seats, in order of area, then unit.
    pub seats: Vec<Seat>,
    /// Which areas touch.
    pub adjacency: Adjacency,
    /// Deals with an area that takes part.
    pub deals: Vec<Deal>,
    /// Money and people of the programme.
    pub funding: Funding,
    /// What every plan must obey.
    pub rules: Rules,
    /// Goals after the number of lots.
    pub goals: Vec<Goal>,
    /// How to search.
    pub search: Search,
}

/// The scenario joined with its areas, volumes and adjacency.
#[derive(Clone, Debug)]
pub struct Problem {
    parts: Parts,
    seats_of_area: Vec<Vec<usize>>,
    unit_adjacency: Adjacency,
    total: Volume,
}

impl Problem {
    /// Derives what follows from the parts: seats by area, adjacency of units, total volume.
    ///
    /// # Panics
    /// If an index of the parts is out of range: parts are made by this program, and files are checked before.
    pub fn new(parts: Parts) -> Self {
        let mut seats_of_area = vec![Vec::new(); parts.areas.len()];
        for (index, seat) in parts.seats.iter().enumerate() {
            seats_of_area[seat.area].push(index);
        }
        let unit_adjacency = unit_adjacency(&parts, &seats_of_area);
        let total = parts.seats.iter().map(|seat| seat.volume).sum();
        Self {
            parts,
            seats_of_area,
            unit_adjacency,
            total,
        }
    }

    /// Short name of the scenario.
    pub fn name(&self) -> &str {
        &self.parts.name
    }

    /// Title of the scenario.
    pub fn title(&self) -> &str {
        &self.parts.title
    }

    /// Areas that take part, in code order.
    pub fn areas(&self) -> &[Area] {
        &self.parts.areas
    }

    /// Units, in order of their first area.
    pub fn units(&self) -> &[Unit] {
        &self.parts.units
    }

    /// Seats, in order of area, then unit.
    pub fn seats(&self) -> &[Seat] {
        &self.parts.seats
    }

    /// Seats of an area.
    pub fn seats_of_area(&self, area: usize) -> &[usize] {
        &self.seats_of_area[area]
    }

    /// Seats that a lock holds: all of its area, or the one that it names.
    pub fn locked_seats(&self, lock: &Lock) -> &[usize] {
        let seats = self.seats_of_area(lock.area);
        let named = lock.seat.and_then(|named| seats.iter().position(|&seat| seat == named));
        named.map_or(seats, |at| &seats[at..=at])
    }

    /// Which areas touch.
    pub fn adjacency(&self) -> &Adjacency {
        &self.parts.adjacency
    }

    /// Which units touch: two units do where a member of one touches a member of the other, or where they share a member
    /// (a link of kind `shared`). The length of a common border is that of their members' borders, each weighted by the shares of both.
    pub fn unit_adjacency(&self) -> &Adjacency {
        &self.unit_adjacency
    }

    /// Deals with an area that takes part.
    pub fn deals(&self) -> &[Deal] {
        &self.parts.deals
    }

    /// Money and people of the programme.
    pub fn funding(&self) -> &Funding {
        &self.parts.funding
    }

    /// What every plan must obey.
    pub fn rules(&self) -> &Rules {
        &self.parts.rules
    }

    /// Goals after the number of lots.
    pub fn goals(&self) -> &[Goal] {
        &self.parts.goals
    }

    /// How to search.
    pub fn search(&self) -> &Search {
        &self.parts.search
    }

    /// Volume of all seats.
    pub fn total(&self) -> Volume {
        self.total
    }

    /// The parts again, to make a changed problem of them.
    pub fn into_parts(self) -> Parts {
        self.parts
    }

    /// No lot with less volume obeys every floor, falls in volume and chances heeded; where no chance is asked, every lot with this volume does.
    pub fn least_volume(&self) -> Volume {
        let v = &self.rules().viability;
        let after_fall = self.floor_volume(v.survive.unwrap_or_default());
        let chance = v.assurance.map_or(Volume::ZERO, |asked| {
            let floor = self.floor_volume(Millionths::default()).0;
            let areas = self.areas().iter().filter(|area| area.volume > Volume::ZERO);
            Volume(asked.least_volume(floor, self.regions(), areas.count(), self.total.0))
        });
        after_fall.max(chance)
    }

    /// The least volume that meets every floor after a fall by a part s of it: contract value = envelope × volume ÷ total, so the value reaches the floor F
    /// where volume ≥ ⌈F × total ÷ (envelope × (1 − s))⌉; participants likewise.
    pub fn floor_volume(&self, fall: Millionths) -> Volume {
        let v = &self.rules().viability;
        let money = v
            .floor_gbp
            .map(|floor| self.reaching(floor.0, self.funding().envelope.0, fall));
        let people = v
            .floor_participants
            .map(|floor| self.reaching(floor, self.funding().participants, fall));
        money.into_iter().chain(people).max().unwrap_or(Volume::ZERO)
    }

    /// A volume from which on every lot obeys every floor with the chance that is asked; a little more than the least where none is asked.
    pub fn sure_volume(&self) -> Volume {
        let chance = self.rules().viability.assurance.map_or(Volume::ZERO, |asked| {
            let greatest = self.areas().iter().map(|area| area.volume.0).max().unwrap_or(0);
            let floor = self.floor_volume(Millionths::default()).0;
            // Seats of a double member that counts twice hold more than its own volume.
            Volume(asked.sure_volume(floor, greatest.saturating_mul(2), self.total.0))
        });
        self.least_volume().max(chance)
    }

    /// The least contract value that the floor in pounds asks for, a fall in volume heeded: ⌈F ÷ (1 − s)⌉ in pence; `None` without a floor in pounds.
    pub fn least_value(&self) -> Option<Pence> {
        let floor = self.rules().viability.floor_gbp;
        floor.map(|floor| Pence(self.before_fall(floor.0)))
    }

    /// What a limit in participants counts: `people` where no money is let and everybody is a participant, else `participants`.
    pub fn counted_heads(&self) -> &'static str {
        let of_all = self.funding().participants.saturating_mul(1000);
        if !self.funding().lets_money() && of_all.abs_diff(self.total().0) < 1000 {
            "people"
        } else {
            "participants"
        }
    }

    /// The fewest participants that the floor in participants asks for, a fall in volume heeded: ⌈F ÷ (1 − s)⌉; `None` without such a floor.
    pub fn least_participants(&self) -> Option<i64> {
        let floor = self.rules().viability.floor_participants;
        floor.map(|floor| self.before_fall(floor))
    }

    /// The least amount of which a lot still has `floor` after the fall that it is to survive.
    fn before_fall(&self, floor: i64) -> i64 {
        let left = Millionths::ONE.0 - self.rules().viability.survive.unwrap_or_default().0;
        saturated(div_up(
            i128::from(floor) * i128::from(Millionths::ONE.0),
            i128::from(left),
        ))
    }

    /// Number of regions whose errors of volume differ; no end to them where an area is in none, and so without such an error.
    fn regions(&self) -> usize {
        let with_volume = self.areas().iter().filter(|area| area.volume > Volume::ZERO);
        let regions: Option<BTreeSet<usize>> = with_volume.map(|area| area.region).collect();
        regions.map_or(usize::MAX, |regions| regions.len())
    }

    /// The greatest volume that keeps every cap: volume ≤ ⌊C × total ÷ envelope⌋; `None` without a cap.
    pub fn greatest_volume(&self) -> Option<Volume> {
        let v = &self.rules().viability;
        let money = v.cap_gbp.map(|cap| self.within(cap.0, self.funding().envelope.0));
        let people = v
            .cap_participants
            .map(|cap| self.within(cap, self.funding().participants));
        money.into_iter().chain(people).min()
    }

    fn reaching(&self, part: i64, whole: i64, fall: Millionths) -> Volume {
        let left = i128::from(Millionths::ONE.0 - fall.0);
        let product = i128::from(part) * i128::from(self.total.0) * i128::from(Millionths::ONE.0);
        Volume(saturated(div_up(product, i128::from(whole) * left)))
    }

    fn within(&self, part: i64, whole: i64) -> Volume {
        let product = i128::from(part) * i128::from(self.total.0);
        Volume(saturated(product.div_euclid(i128::from(whole))))
    }

    /// The money that goes with a volume, rounded to the penny: envelope × volume ÷ total.
    pub fn contract_value(&self, volume: Volume) -> Pence {
        let product = i128::from(self.funding().envelope.0) * i128::from(volume.0);
        let total = i128::from(self.total.0.max(1));
        Pence(saturated((product + total / 2).div_euclid(total)))
    }
}

fn div_up(whole: i128, part: i128) -> i128 {
    -(-whole).div_euclid(part)
}

fn saturated(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}

fn unit_adjacency(parts: &Parts, seats_of_area: &[Vec<usize>]) -> Adjacency {
    use super::{Border, Length, Link};
    let mut borders = Vec::new();
    for border in parts.adjacency.borders() {
        for_pairs(&seats_of_area[border.from], &seats_of_area[border.to], |a, b| {
            let (a, b) = (parts.seats[a], parts.seats[b]);
            if a.unit != b.unit {
                let metres = border.length.metres() * a.share.fraction() * b.share.fraction();
                borders.push(Border {
                    from: a.unit,
                    to: b.unit,
                    length: Length::from_metres(metres),
                    kind: border.kind,
                });
            }
        });
    }
    let mut links = Vec::new();
    for link in parts.adjacency.links() {
        for_pairs(&seats_of_area[link.from], &seats_of_area[link.to], |a, b| {
            let (from, to) = (parts.seats[a].unit, parts.seats[b].unit);
            if from != to {
                links.push(Link {
                    from,
                    to,
                    ..link.clone()
                });
            }
        });
    }
    for (area, seats) in seats_of_area.iter().enumerate() {
        for (k, &a) in seats.iter().enumerate() {
            for &b in &seats[k + 1..] {
                let (from, to) = (parts.seats[a].unit, parts.seats[b].unit);
                links.push(Link {
                    from,
                    to,
                    kind: "shared".into(),
                    name: parts.areas[area].name.clone(),
                });
            }
        }
    }
    Adjacency::new(parts.units.len(), borders, links)
}

fn for_pairs(left: &[usize], right: &[usize], mut each: impl FnMut(usize, usize)) {
    for &a in left {
        for &b in right {
            each(a, b);
        }
    }
}
