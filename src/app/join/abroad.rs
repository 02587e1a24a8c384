//! Areas of countries that the boundaries do not show: tables of the whole kingdom name them, and maps of England and Wales do not.

use std::collections::BTreeSet;

use crate::io::delimited::is_code;
use crate::io::names::normal_form;

/// Countries by the first letter of the codes of their areas.
pub(super) const COUNTRIES: [(&str, &str); 4] = [
    ("E", "England"),
    ("N", "Northern Ireland"),
    ("S", "Scotland"),
    ("W", "Wales"),
];

/// Authorities that tables without codes name, in normal form.
const SCOTLAND: [&str; 36] = [
    "aberdeen city",
    "aberdeenshire",
    "angus",
    "argyll and bute",
    "clackmannanshire",
    "comhairle nan eilean siar",
    "dumfries and galloway",
    "dundee city",
    "east ayrshire",
    "east dunbartonshire",
    "east lothian",
    "east renfrewshire",
    "edinburgh",
    "edinburgh city of",
    "eilean siar",
    "falkirk",
    "fife",
    "glasgow city",
    "highland",
    "inverclyde",
    "midlothian",
    "moray",
    "na h eileanan siar",
    "north ayrshire",
    "north lanarkshire",
    "orkney islands",
    "perth and kinross",
    "renfrewshire",
    "scottish borders",
    "shetland islands",
    "south ayrshire",
    "south lanarkshire",
    "stirling",
    "west dunbartonshire",
    "west lothian",
    "argyll bute",
];
const NORTHERN_IRELAND: [&str; 11] = [
    "antrim and newtownabbey",
    "ards and north down",
    "armagh city banbridge and craigavon",
    "belfast",
    "causeway coast and glens",
    "derry city and strabane",
    "fermanagh and omagh",
    "lisburn and castlereagh",
    "mid and east antrim",
    "mid ulster",
    "newry mourne and down",
];

/// Which countries are shown.
pub(in crate::app) struct Abroad {
    shown: BTreeSet<char>,
}

impl Abroad {
    /// Countries of which one of these codes is. Where none is a code of the Office for National Statistics, no country is abroad.
    pub(in crate::app) fn new<'a>(codes: impl Iterator<Item = &'a str>) -> Self {
        let letters = codes
            .filter(|code| is_code(code))
            .filter_map(|code| code.chars().next());
        Self {
            shown: letters.filter(|letter| country(*letter).is_some()).collect(),
        }
    }

    /// The country of a code, where it is not shown.
    pub(in crate::app) fn of_code(&self, code: &str) -> Option<&'static str> {
        let letter = code.chars().next().filter(|_| is_code(code))?;
        country(letter).filter(|_| self.is_abroad(letter))
    }

    /// The country of an authority of that name, where it is not shown.
    pub(in crate::app) fn of_name(&self, name: &str) -> Option<&'static str> {
        let form = normal_form(name);
        let known = [('S', SCOTLAND.as_slice()), ('N', NORTHERN_IRELAND.as_slice())];
        let (letter, _) = known.into_iter().find(|(_, names)| names.contains(&form.as_str()))?;
        country(letter).filter(|_| self.is_abroad(letter))
    }

    fn is_abroad(&self, letter: char) -> bool {
        !self.shown.is_empty() && !self.shown.contains(&letter)
    }
}

fn country(letter: char) -> Option<&'static str> {
    COUNTRIES
        .iter()
        .find(|(first, _)| first.starts_with(letter))
        .map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_abroad_where_others_are_shown_and_it_is_not() {
        let abroad = Abroad::new(["E06000001", "W06000001"].into_iter());
        assert_eq!(abroad.of_code("S12000033"), Some("Scotland"));
        assert_eq!(abroad.of_code("E06000099"), None, "a code of England that is not known");
        assert_eq!(abroad.of_name("City of Edinburgh"), Some("Scotland"));
        assert_eq!(
            abroad.of_name("Armagh City, Banbridge and Craigavon"),
            Some("Northern Ireland")
        );
        assert_eq!(abroad.of_name("Hartlepool"), None);
        assert_eq!(Abroad::new(["S12000033"].into_iter()).of_name("Fife"), None);
        assert_eq!(Abroad::new(["zone 1"].into_iter()).of_code("S12000033"), None);
    }
}
