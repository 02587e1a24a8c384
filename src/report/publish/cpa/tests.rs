//! Descriptions are true, and none is shorter: held against every combination of names on small maps.

use proptest::prelude::*;

use super::super::{Atlas, AtlasGroup};
use super::gazetteer::Gazetteer;
use super::*;
use crate::report::publish::sample;

fn atlas(names: &[&str], groups: &[(&str, &str, &[usize])]) -> Atlas {
    Atlas {
        names: names.iter().map(|name| name.to_string()).collect(),
        codes: (0..names.len()).map(|k| format!("E{k:02}")).collect(),
        places: (0..names.len()).collect(),
        groups: groups
            .iter()
            .map(|(grouping, name, places)| AtlasGroup {
                grouping: grouping.to_string(),
                name: name.to_string(),
                places: places.to_vec(),
            })
            .collect(),
    }
}

fn words(atlas: &Atlas, places: &[usize]) -> String {
    let told = Gazetteer::new(atlas).describe(places);
    assert!(told.shortest);
    told.text
}

const LINCOLN: [&str; 8] = [
    "Boston",
    "East Lindsey",
    "Lincoln",
    "North Kesteven",
    "South Holland",
    "South Kesteven",
    "West Lindsey",
    "Rutland",
];

fn lincolnshire() -> Atlas {
    atlas(&LINCOLN, &[("county", "Lincolnshire", &[0, 1, 2, 3, 4, 5, 6])])
}

#[test]
fn a_county_less_one_of_its_districts_is_said_so() {
    assert_eq!(
        words(&lincolnshire(), &[0, 1, 2, 4, 5, 6]),
        "Lincolnshire except North Kesteven"
    );
    assert_eq!(
        words(&lincolnshire(), &[0, 1, 2, 3, 4, 5, 6, 7]),
        "Lincolnshire; Rutland"
    );
    assert_eq!(
        words(&lincolnshire(), &[0, 1, 5, 6]),
        "Boston; East Lindsey; South Kesteven; West Lindsey"
    );
    assert_eq!(words(&lincolnshire(), &[]), "");
}

#[test]
fn exceptions_are_groups_too_and_keep_their_commas_apart() {
    let names = [
        "Bristol, City of",
        "Bath",
        "Exeter",
        "Torbay",
        "Mid Devon",
        "Plymouth",
        "Poole",
        "Swindon",
        "Wiltshire",
    ];
    let map = atlas(
        &names,
        &[
            ("region", "South West", &[0, 1, 2, 3, 4, 5, 6, 7, 8]),
            ("county", "Devon", &[2, 3, 4]),
        ],
    );
    assert_eq!(words(&map, &[0, 1, 5, 6, 7, 8]), "South West except Devon");
    assert_eq!(
        words(&map, &[1, 2, 3, 4, 5, 7, 8]),
        "South West except (Bristol, City of; Poole)"
    );
}

#[test]
fn a_name_of_two_sets_gets_its_kind_and_one_of_the_programme_itself_is_not_used() {
    let map = atlas(
        &["Burnley", "Preston", "Blackpool", "Preston"],
        &[
            ("county", "Lancashire", &[0, 1]),
            ("lep", "Lancashire", &[0, 1, 2]),
            ("deal", "Lancashire", &[0, 1, 2]),
            ("cpa-2017", "North West", &[0, 1, 2, 3]),
        ],
    );
    assert_eq!(words(&map, &[0, 1]), "Lancashire (county)");
    assert_eq!(words(&map, &[0, 1, 2]), "Lancashire (LEP)");
    assert_eq!(words(&map, &[0, 1, 2, 3]), "Lancashire (LEP); Preston (E03)");
}

#[test]
fn names_that_overlap_are_used_where_that_is_shorter() {
    let map = atlas(
        &["a", "b", "c", "d", "e"],
        &[("lep", "AC", &[0, 1, 2]), ("lep", "CE", &[2, 3, 4])],
    );
    assert_eq!(words(&map, &[0, 1, 2, 3, 4]), "AC; CE");
}

#[test]
fn both_tables_have_a_row_for_each_and_nothing_is_lost() {
    sample::with(|from| {
        let areas = cpa_areas_csv(from).unwrap();
        assert_eq!(
            areas,
            "lot_id,name,areas_in_words,authorities,people\n1,Westby and Midby,Midby; Westby,2,500\n2,Midton and Easton,Easton; Midton,2,500\n"
        );
        let authorities = cpa_authorities_csv(from).unwrap();
        assert_eq!(authorities.lines().count(), 5);
        assert!(authorities.contains("2,Midton and Easton,E04,Easton,1\n"));
        let page = cpa_page(from);
        assert!(page.contains("Midby; Westby") && page.contains("Contains public sector information."));
    });
}

#[test]
fn an_authority_between_two_areas_is_a_part_of_each_and_one_in_none_comes_last() {
    sample::with(|from| {
        let mut map = from.map.clone();
        map.areas[1].lots = vec![(0, 0.6), (1, 0.4)];
        map.areas[2].lots.clear();
        let from = super::super::Publication { map: &map, ..*from };
        let told: Vec<String> = cpas(&from).into_iter().map(|cpa| cpa.words).collect();
        assert_eq!(
            told,
            ["Westby; part of Midby (60.0 %)", "Easton; part of Midby (40.0 %)"]
        );
        let rows = authorities(&from);
        assert_eq!(
            (rows.len(), rows[4].lot_id.clone(), rows[4].name.as_str()),
            (5, None, "Midton")
        );
    });
}

/// The fewest names, and then letters, of any choice of terms that holds the set: every choice is tried.
fn by_trying_all(map: &Atlas, wanted: u32) -> Option<(u64, u64)> {
    let n = map.names.len();
    let sets: Vec<(u32, u64)> = (0..n)
        .map(|k| (1 << k, map.names[k].len() as u64))
        .chain(map.groups.iter().map(|group| {
            let bits = group.places.iter().fold(0, |bits, place| bits | 1 << place);
            (bits, group.name.len() as u64)
        }))
        .collect();
    let cheapest = |of: u32, terms: &[(u32, u64, u64)]| {
        let mut least: Vec<Option<(u64, u64)>> = vec![None; 1 << n];
        least[0] = Some((0, 0));
        for held in 0..1_u32 << n {
            let Some((names, letters)) = least[held as usize] else {
                continue;
            };
            for &(bits, more, longer) in terms.iter().filter(|term| term.0 & !of == 0) {
                let to = (held | bits) as usize;
                let cost = (names + more, letters + longer);
                // A choice that adds nothing never helps.
                if to != held as usize && least[to].is_none_or(|known| cost < known) {
                    least[to] = Some(cost);
                }
            }
        }
        least[of as usize]
    };
    let whole: Vec<(u32, u64, u64)> = sets.iter().map(|&(bits, letters)| (bits, 1, letters + 2)).collect();
    let mut terms = whole.clone();
    for &(bits, letters) in &sets[n..] {
        let rest = bits & !wanted;
        if rest != 0 && bits & wanted != 0 {
            let (names, longer) = cheapest(rest, &whole)?;
            terms.push((bits & wanted, 1 + names, letters + 2 + 8 + longer));
        }
    }
    cheapest(wanted, &terms)
}

/// What a description stands for, read back from its words.
fn read_back(map: &Atlas, text: &str) -> Option<u32> {
    let one = |name: &str| {
        let area = map.names.iter().position(|other| other == name).map(|k| 1_u32 << k);
        let group = map.groups.iter().find(|group| group.name == name);
        area.or_else(|| group.map(|group| group.places.iter().fold(0, |bits, place| bits | 1 << place)))
    };
    let list = |text: &str| {
        let text = text.replace(" and ", ", ");
        text.split(", ").map(one).try_fold(0, |all, bits| Some(all | bits?))
    };
    text.split("; ")
        .filter(|term| !term.is_empty())
        .map(|term| match term.split_once(" except ") {
            Some((group, rest)) => Some(one(group)? & !list(rest)?),
            None => one(term),
        })
        .try_fold(0, |all, bits| Some(all | bits?))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn no_choice_of_names_is_shorter_and_every_description_is_true(
        wanted in 0_u32..128,
        groups in proptest::collection::vec(0_u32..128, 0..6),
    ) {
        let names = ["Ash", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gum"];
        let mut groups: Vec<u32> = groups.into_iter().filter(|bits| bits.count_ones() > 1).collect();
        groups.sort_unstable();
        groups.dedup();
        let places = |bits: u32| (0..7).filter(|k| bits >> k & 1 == 1).collect::<Vec<usize>>();
        let made: Vec<(String, Vec<usize>)> = groups
            .iter()
            .enumerate()
            .map(|(k, &bits)| (format!("Wood{}", "x".repeat(k)), places(bits)))
            .collect();
        let map = atlas(
            &names,
            &made.iter().map(|(name, places)| ("county", name.as_str(), places.as_slice())).collect::<Vec<_>>(),
        );
        let told = Gazetteer::new(&map).describe(&places(wanted));
        prop_assert!(told.shortest);
        prop_assert_eq!(read_back(&map, &told.text), Some(wanted), "{}", told.text);
        let (names, letters) = by_trying_all(&map, wanted).unwrap();
        prop_assert_eq!(told.names as u64, names, "{}", &told.text);
        prop_assert_eq!(told.cost, names * 1_000_000 + letters, "{}", &told.text);
    }
}
