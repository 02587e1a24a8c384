//! The judge of a certificate: whether its figures are those of the scenario, and whether they prove the bound.
//!
//! Nothing here comes from the search: blocks, parts and volumes are put together again, and for prices every set that might be too cheap is
//! looked for.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::Blocks;
use super::cheapest::{Claim, Found, cheaper};
use crate::domain::words::{list, people};
use crate::domain::{Certificate, CutPart, DealPart, Grains, Measure, Problem, Volume};

/// Steps of the search for a set that is cheaper than prices claim.
pub const PRICE_STEPS: u64 = 10_000_000;

/// How a certificate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It proves the bound.
    Holds,
    /// It does not.
    Fails,
    /// Whether it does was not found out within the steps.
    Open,
}

/// The judge's word on a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// How it stands.
    pub standing: Standing,
    /// What it proves, or the place at which it fails and why.
    pub message: String,
}

/// Why a certificate proves nothing.
enum Doubt {
    Wrong(String),
    Open(String),
}

/// Holds a certificate against the scenario: does it prove that no plan has more than `bound` lots, or, where it bounds a goal, that none of as many lots as it says has less than `bound` there?
/// Goals are in the whole numbers of [`Measure::shown`].
pub fn weigh(problem: &Problem, certificate: &Certificate, bound: i64, steps: u64) -> Ruling {
    let ruling = |standing, message| Ruling { standing, message };
    match proof(problem, certificate, bound, steps) {
        Ok(()) => ruling(Standing::Holds, proved(certificate, bound)),
        Err(Doubt::Wrong(message)) => ruling(Standing::Fails, message),
        Err(Doubt::Open(message)) => ruling(Standing::Open, message),
    }
}

fn proof(problem: &Problem, certificate: &Certificate, bound: i64, steps: u64) -> Result<(), Doubt> {
    if let Certificate::AskedFor { lots } = certificate {
        asked_for(problem, *lots)?;
    } else {
        let case = Case::new(problem)?;
        match certificate {
            Certificate::Counting {
                least_volume,
                alone,
                rest,
            } => case.counting(*least_volume, alone, *rest)?,
            Certificate::Separator {
                least_volume,
                separator,
                parts,
                ..
            } => case.separator(*least_volume, separator, parts)?,
            Certificate::Prices {
                least_volume,
                prices,
                sum,
                least,
            } => case.prices(*least_volume, prices, *sum, *least, steps)?,
            Certificate::Deals {
                lots: _,
                least,
                sum,
                deals,
                grain,
            } => case.deals([*least, *sum], deals, *grain)?,
            Certificate::AskedFor { .. } => {}
        }
    }
    match (certificate.measure(), certificate.value()) {
        (Measure::Lots, Some(lots)) if lots > bound => wrong(format!(
            "lots: the figures add up to {lots}, above the bound of {bound}"
        )),
        (Measure::Goal(_), Some(least)) if least < bound => wrong(format!(
            "apart: the figures add up to {least}, below the bound of {bound}, in thousandths of a person"
        )),
        (_, Some(_)) => Ok(()),
        (Measure::Lots, None) => wrong("lots: the figures add up to nothing".into()),
        (Measure::Goal(_), None) => wrong("apart: the figures add up to nothing".into()),
    }
}

fn proved(certificate: &Certificate, bound: i64) -> String {
    match certificate {
        Certificate::Deals { lots, .. } => format!(
            "no plan of {lots} lots or more cuts off fewer than {} people from their deal",
            people(Volume(bound))
        ),
        _ => format!("no plan has more than {bound} lots"),
    }
}

fn wrong<T>(message: String) -> Result<T, Doubt> {
    Err(Doubt::Wrong(message))
}

fn asked_for(problem: &Problem, lots: i64) -> Result<(), Doubt> {
    match problem.rules().count.limits().1 {
        Some(high) if high as i64 == lots => Ok(()),
        Some(high) => wrong(format!("lots: the scenario asks for {high} at most, not {lots}")),
        None => wrong("lots: the scenario asks for as many as possible".into()),
    }
}

struct Case<'a> {
    problem: &'a Problem,
    blocks: Blocks,
    floor: i64,
}

impl<'a> Case<'a> {
    fn new(problem: &'a Problem) -> Result<Self, Doubt> {
        let too_many = || Doubt::Open("lots may be scattered over more units than can be checked".into());
        Ok(Self {
            problem,
            blocks: Blocks::of(problem).ok_or_else(too_many)?,
            floor: problem.least_volume().0.max(0),
        })
    }

    /// At most |alone| lots hold a block that is viable alone; each of the others takes the least volume from the rest.
    fn counting(&self, least: Volume, alone: &[String], rest: Volume) -> Result<(), Doubt> {
        self.least_volume(least)?;
        let alone = self.set("alone", alone)?;
        let volume: i64 = (0..self.blocks.len())
            .filter(|block| !alone.contains(block))
            .map(|b| self.blocks.volume[b])
            .sum();
        if self.floor == 0 && alone.len() < self.blocks.len() {
            return wrong("alone: without a floor every unit is viable alone, and some are left out".into());
        }
        same("rest_volume", rest.0, volume)
    }

    /// At most |S| lots hold a block of S. Every other lot hangs together without S, so it lies in one part, and takes the least volume of it.
    fn separator(&self, least: Volume, separator: &[String], parts: &[CutPart]) -> Result<(), Doubt> {
        self.least_volume(least)?;
        if self.floor == 0 {
            return wrong("least_volume: without a floor, volumes bound nothing".into());
        }
        let out = self.set("separator", separator)?;
        let found = self.blocks.parts_without(&out);
        let mut given: BTreeMap<BTreeSet<&str>, &CutPart> = BTreeMap::new();
        for part in parts {
            given.insert(part.units.iter().map(String::as_str).collect(), part);
        }
        if found.len() != parts.len() {
            return wrong(format!(
                "parts: the map falls into {} without the separator, not {}",
                found.len(),
                parts.len()
            ));
        }
        found.iter().try_for_each(|blocks| self.part(blocks, &given))
    }

    /// The part of these blocks is among the given ones, with its volume and the lots that this has room for.
    fn part(&self, blocks: &[usize], given: &BTreeMap<BTreeSet<&str>, &CutPart>) -> Result<(), Doubt> {
        let units = blocks.iter().flat_map(|&block| &self.blocks.units[block]);
        let units: BTreeSet<&str> = units.map(|&unit| self.problem.units()[unit].id.as_str()).collect();
        let named = list(&units.iter().copied().collect::<Vec<_>>(), 3);
        let Some(part) = given.get(&units) else {
            return wrong(format!(
                "parts: {named} hang together without the separator, and no part has just these units"
            ));
        };
        let volume: i64 = blocks.iter().map(|&block| self.blocks.volume[block]).sum();
        same(&format!("parts: volume of {named}"), part.volume.0, volume)?;
        same(&format!("parts: lots of {named}"), part.lots, volume / self.floor)
    }

    /// Lots are disjoint and each costs the least price or more.
    fn prices(&self, least: Volume, prices: &[(String, i64)], sum: i64, price: i64, steps: u64) -> Result<(), Doubt> {
        self.least_volume(least)?;
        let names: Vec<String> = prices.iter().map(|(name, _)| name.clone()).collect();
        self.set("prices", &names)?;
        let mut of = vec![0; self.blocks.len()];
        for (name, price) in prices {
            if *price < 0 || *price > i64::MAX / 4 / (self.blocks.len() as i64).max(1) {
                return wrong(format!("prices: {price} for {name} is out of range"));
            }
            if let Some(block) = self.blocks.named(name) {
                of[block] = *price;
            }
        }
        same("sum", sum, of.iter().sum())?;
        let claim = Claim {
            prices: &of,
            least: price,
            floor: self.floor,
            cap: self.problem.greatest_volume().map_or(i64::MAX, |cap| cap.0),
        };
        match cheaper(&self.blocks, &claim, steps) {
            Found::Nothing => Ok(()),
            Found::Cheaper(set) => {
                let cost: i64 = set.iter().map(|&block| of[block]).sum();
                wrong(format!(
                    "least: {} reach the floor together and cost {cost}, less than {price}",
                    self.names(&set)
                ))
            }
            Found::Open => Err(Doubt::Open(format!(
                "least: whether every viable set costs {price} or more was not settled within {steps} steps"
            ))),
        }
    }

    /// A viable lot has the least grains or more. What a deal has above that lies in its main lot, as far as lots have grains to spare, or outside of it.
    fn deals(&self, [least, sum]: [i64; 2], deals: &[DealPart], grain: Volume) -> Result<(), Doubt> {
        let grains = Grains::of(&self.blocks.volume, self.floor);
        same("least", least, grains.least)?;
        same("sum", sum, grains.weight.iter().sum())?;
        let mut taken = BTreeSet::new();
        for part in deals {
            let place = format!("deals: {}", part.deal);
            let blocks = self.set(&place, &part.blocks)?;
            if let Some(&twice) = blocks.intersection(&taken).next() {
                return wrong(format!("{place}: {} stands in two deals", self.names(&[twice])));
            }
            same(
                &format!("{place}: grains"),
                part.grains,
                blocks.iter().map(|&block| grains.weight[block]).sum(),
            )?;
            for &block in &blocks {
                self.within(&place, &part.deal, block)?;
                if i128::from(grain.0) * i128::from(grains.weight[block]) > i128::from(self.blocks.volume[block]) {
                    return wrong(format!("grain: a grain of {} is less", self.names(&[block])));
                }
            }
            taken.extend(blocks);
        }
        Ok(())
    }

    /// All of a block lies in a deal of that name.
    fn within(&self, place: &str, name: &str, block: usize) -> Result<(), Doubt> {
        let mut deals = self.problem.deals().iter().filter(|deal| deal.name == name);
        let Some(deal) = deals.next() else {
            return wrong(format!("{place}: no deal of that name takes part"));
        };
        let seats = self.blocks.units[block]
            .iter()
            .flat_map(|&unit| &self.problem.units()[unit].seats);
        let mut outside = seats.filter(|&&seat| !deal.areas.contains(&self.problem.seats()[seat].area));
        match outside.next() {
            None => Ok(()),
            Some(_) => wrong(format!("{place}: {} does not lie within it", self.names(&[block]))),
        }
    }

    fn least_volume(&self, given: Volume) -> Result<(), Doubt> {
        same("least_volume", given.0, self.floor)
    }

    /// The blocks of these names, each once.
    fn set(&self, place: &str, names: &[String]) -> Result<BTreeSet<usize>, Doubt> {
        let mut set = BTreeSet::new();
        for name in names {
            match self.blocks.named(name) {
                Some(block) if set.insert(block) => {}
                Some(_) => return wrong(format!("{place}: {name} stands twice")),
                None => return wrong(format!("{place}: no block of units begins with `{name}`")),
            }
        }
        Ok(set)
    }

    fn names(&self, set: &[usize]) -> String {
        let units = set.iter().flat_map(|&block| &self.blocks.units[block]);
        let mut names: Vec<&str> = units.map(|&unit| self.problem.units()[unit].name.as_str()).collect();
        names.sort_unstable();
        list(&names, 8)
    }
}

fn same(place: &str, given: i64, counted: i64) -> Result<(), Doubt> {
    if given == counted {
        Ok(())
    } else {
        wrong(format!("{place} is {counted} by count, not {given}"))
    }
}
