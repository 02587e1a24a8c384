//! A Gazetteer names a set of areas in the fewest names: whole groups, groups less some of their members, and single areas.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Atlas, AtlasGroup};
use super::cover::{Bits, Offer, cheapest};

/// What a name costs beside its letters: fewer names go before fewer letters.
const NAME: u64 = 1_000_000;
/// Letters of what stands between two names.
const BETWEEN: u64 = 2;
/// Letters of the word before exceptions.
const EXCEPT: u64 = 8;

/// Groupings that say where a programme's own areas lie would name each of them by itself.
const CIRCULAR: &str = "cpa";

/// Groupings in the order in which their names are preferred where sets are the same.
const PREFERRED: [&str; 5] = ["country", "region", "county", "lep", "deal"];

/// Names for sets of areas.
#[derive(Clone, Debug)]
pub struct Gazetteer {
    /// Number of areas.
    len: usize,
    /// Names of the areas.
    areas: Vec<String>,
    /// Groups of two areas or more, each set once.
    groups: Vec<Named>,
}

#[derive(Clone, Debug)]
struct Named {
    name: String,
    holds: Bits,
}

/// A set of areas in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// The words, such as `Lincolnshire except North Kesteven; Rutland`; empty for no area.
    pub text: String,
    /// Number of names in it.
    pub names: usize,
    /// Whether it is proved that none is shorter.
    pub shortest: bool,
    /// What it costs: names, and then letters.
    pub(super) cost: u64,
}

/// A name with what it holds of the areas that are to be described.
struct Term {
    text: String,
    offer: Offer,
}

impl Gazetteer {
    /// Gathers the names of an atlas. Where a name stands for two different sets, its kind is added: `Lancashire (LEP)`, `Lancashire (county)`; areas of one name
    /// get their codes.
    pub fn new(atlas: &Atlas) -> Self {
        let len = atlas.names.len();
        let mut sets: BTreeMap<&[usize], Vec<&AtlasGroup>> = BTreeMap::new();
        let told = |group: &&AtlasGroup| group.places.len() > 1 && !group.grouping.to_lowercase().starts_with(CIRCULAR);
        for group in atlas.groups.iter().filter(told) {
            sets.entry(&group.places).or_default().push(group);
        }
        let chosen: Vec<&AtlasGroup> = sets
            .values()
            .filter_map(|same| same.iter().min_by_key(|g| rank(g)).copied())
            .collect();
        let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
        let names = atlas.names.iter().map(String::as_str);
        for name in names.chain(chosen.iter().map(|group| group.name.as_str())) {
            *uses.entry(name).or_default() += 1;
        }
        let unique = |name: &str| uses.get(name) == Some(&1);
        let among_areas = twice(atlas.names.iter().map(String::as_str));
        let area = |(name, code): (&String, &String)| match (unique(name), among_areas.contains(name.as_str())) {
            (true, _) => name.clone(),
            (false, true) => format!("{name} ({code})"),
            (false, false) => format!("{name} (authority)"),
        };
        let group = |group: &&AtlasGroup| Named {
            name: if unique(&group.name) {
                group.name.clone()
            } else {
                format!("{} ({})", group.name, kind(group))
            },
            holds: Bits::of(len, group.places.iter().copied()),
        };
        Self {
            len,
            areas: atlas.names.iter().zip(&atlas.codes).map(area).collect(),
            groups: chosen.iter().map(group).collect(),
        }
    }

    /// The areas at these places in the fewest names, and of those in the fewest letters: the cheapest cover of them by whole groups, by groups less the
    /// members that are not among them (those named in turn by whole groups and areas), and by single areas. No name in it stands for an area that is not
    /// among them, unless the area is excepted.
    pub fn describe(&self, places: &[usize]) -> Description {
        let wanted = Bits::of(self.len, places.iter().copied());
        let mut terms = self.whole(&wanted);
        let mut shortest = true;
        for (term, least) in self.groups.iter().filter_map(|group| self.less_some(group, &wanted)) {
            terms.push(term);
            shortest &= least;
        }
        let (chosen, least) = self.cover(&wanted, terms);
        let mut texts: Vec<&str> = chosen.iter().map(|term| term.text.as_str()).collect();
        texts.sort_by_key(|text| text.to_lowercase());
        let cost: u64 = chosen.iter().map(|term| term.offer.cost).sum();
        Description {
            text: texts.join("; "),
            names: usize::try_from(cost / NAME).unwrap_or(usize::MAX),
            shortest: shortest && least,
            cost,
        }
    }

    /// A group except those of its members that are not wanted, and whether its exceptions are as short as can be; nothing where the group is whole, or where naming
    /// its members one by one is no longer.
    fn less_some(&self, group: &Named, wanted: &Bits) -> Option<(Term, bool)> {
        let (inside, rest) = (group.holds.and(wanted), group.holds.without(wanted));
        if inside.len() < 2 || rest.is_empty() || self.least_names(&rest) >= inside.len() as u64 {
            return None;
        }
        let (exceptions, least) = self.cover(&rest, self.whole(&rest));
        let mut names: Vec<&str> = exceptions.iter().map(|term| term.text.as_str()).collect();
        names.sort_by_key(|name| name.to_lowercase());
        let cost: u64 = exceptions.iter().map(|term| term.offer.cost).sum();
        let term = Term {
            text: format!("{} except {}", group.name, listed(&names)),
            offer: Offer {
                holds: inside.numbers().collect(),
                cost: price(&group.name) + EXCEPT + cost,
            },
        };
        Some((term, least))
    }

    /// Name of an area as a description gives it.
    pub fn area(&self, place: usize) -> &str {
        &self.areas[place]
    }

    /// Groups that lie whole in a set, and each of its areas.
    fn whole(&self, wanted: &Bits) -> Vec<Term> {
        let groups = self.groups.iter().filter(|group| group.holds.within(wanted));
        let groups = groups.map(|group| (&group.name, group.holds.numbers().collect()));
        let areas = wanted.numbers().map(|place| (&self.areas[place], vec![place]));
        let term = |(name, holds): (&String, Vec<usize>)| Term {
            text: name.clone(),
            offer: Offer {
                holds,
                cost: price(name),
            },
        };
        groups.chain(areas).map(term).collect()
    }

    /// No description of a set has fewer names: each name stands for as many areas as the greatest group at most.
    fn least_names(&self, set: &Bits) -> u64 {
        let within = self.groups.iter().filter(|group| group.holds.within(set));
        let most = within.map(|group| group.holds.len()).max().unwrap_or(1);
        set.len().div_ceil(most) as u64
    }

    fn cover(&self, wanted: &Bits, terms: Vec<Term>) -> (Vec<Term>, bool) {
        let offers: Vec<Offer> = terms.iter().map(|term| term.offer.clone()).collect();
        // Every area is a term, so there is always a cover.
        let choice = cheapest(self.len, wanted, &offers).unwrap_or_default();
        let chosen = terms
            .into_iter()
            .enumerate()
            .filter(|(k, _)| choice.offers.binary_search(k).is_ok());
        (chosen.map(|(_, term)| term).collect(), choice.least)
    }
}

fn price(name: &str) -> u64 {
    NAME + name.chars().count() as u64 + BETWEEN
}

/// Which of several groups with the same members gives its name.
fn rank(group: &AtlasGroup) -> (usize, usize, &str, &str) {
    let preferred = PREFERRED.iter().position(|&name| name == group.grouping);
    (
        group.name.chars().count(),
        preferred.unwrap_or(PREFERRED.len()),
        &group.grouping,
        &group.name,
    )
}

/// What people call a kind of group.
fn kind(group: &AtlasGroup) -> String {
    match group.grouping.as_str() {
        "lep" => "LEP".into(),
        other => other.replace(['-', '_'], " "),
    }
}

fn twice<'a>(names: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    names.filter(|&name| !seen.insert(name)).collect()
}

/// Exceptions as a list: `a`, `a and b`, `a, b and c`; in brackets where a name has a comma or an `and` of its own.
fn listed(names: &[&str]) -> String {
    let crowded = names.iter().any(|name| name.contains(',') || name.contains(" and "));
    if crowded && names.len() > 1 {
        format!("({})", names.join("; "))
    } else {
        crate::report::words::list(names)
    }
}
