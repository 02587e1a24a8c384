//! The words of a map: a title that says what it shows, measure and coverage below, sources at the foot, and all of it for those who cannot see it.

use super::look::{Look, Shading};
use super::picture::{MANY_LOTS, Picture, capital};
use crate::report::{Answer, MapData, headline, words};

/// The words of a map.
#[derive(Clone, Debug)]
pub struct Texts {
    /// What it shows, in a sentence without a stop.
    pub title: String,
    /// Measure, coverage and quality.
    pub subtitle: String,
    /// Where everything comes from.
    pub sources: String,
    /// The words that licences ask for, and what drew the map: all of it for a slide.
    pub credit: String,
    /// The map in words.
    pub description: String,
}

impl Texts {
    /// The words of a picture.
    pub fn new(picture: &Picture) -> Self {
        let (title, subtitle) = match &picture.look {
            Look::Lots => (headline::title(picture.answer), subtitle(picture)),
            Look::Shaded(shading) => (shaded_title(picture, shading), shaded_subtitle(picture, shading)),
            Look::Moved(moves) => (capital(&moves.words()), coverage(picture)),
        };
        Self {
            title,
            subtitle,
            sources: source_words(picture.answer, picture.map),
            credit: credit(picture),
            description: description(picture),
        }
    }
}

/// The words of a slide's foot: where the figures come from, what licences ask for, and what drew the map.
fn credit(picture: &Picture) -> String {
    let figures = picture.map.figures().map(|source| format!("{}. ", source.words()));
    let (asked, drawn) = (picture.map.attribution(), drawn_by(picture.answer));
    format!("{}{asked} {drawn}", figures.unwrap_or_default())
}

fn coverage(picture: &Picture) -> String {
    let coverage = headline::coverage(picture.answer, picture.map.areas.len());
    let counted = counted_people(picture);
    match picture.answer.scenario.title.as_str() {
        "" => format!("{coverage}.{counted}"),
        title => format!("{title}: {coverage}.{counted}"),
    }
}

/// Who is counted and when, as far as that is known: ` People: Population, mid-2016.`
fn counted_people(picture: &Picture) -> String {
    let figures = picture.map.figures();
    figures.map_or_else(String::new, |source| format!(" People: {}.", source.title))
}

fn subtitle(picture: &Picture) -> String {
    let coverage = headline::coverage(picture.answer, picture.map.areas.len());
    let shown = match picture.answer.lets_money() {
        true => "Contract value of each lot by its share of people",
        false => "People of each lot",
    };
    let counted = counted_people(picture);
    format!("{shown}. {coverage}.{counted} {}.", headline::quality(picture.answer))
}

/// Between which figures a measure runs, and where the ends are: `People of each area, from 25 (Isles of Scilly) to 9,800 (Birmingham)`.
fn shaded_title(picture: &Picture, shading: &Shading) -> String {
    let measured = &shading.measured;
    let name = |k: usize| match measured.by_lot {
        true => picture.lot_words(k),
        false => picture.map.areas[k].name.clone(),
    };
    let known = || {
        measured
            .values
            .iter()
            .enumerate()
            .filter_map(|(k, value)| Some((k, (*value)?)))
    };
    let least = known().min_by(|a, b| a.1.total_cmp(&b.1));
    let most = known().max_by(|a, b| a.1.total_cmp(&b.1));
    let what = format!("{} of each {}", measured.title, measured.of_what());
    match (least, most) {
        (Some((low, least)), Some((high, most))) if least < most => format!(
            "{what}, from {} ({}) to {} ({})",
            measured.unit.words(least),
            name(low),
            measured.unit.words(most),
            name(high)
        ),
        (Some((_, value)), _) => format!("{what}: {}", measured.unit.words(value)),
        _ => format!("{what}: no figure is known"),
    }
}

fn shaded_subtitle(picture: &Picture, shading: &Shading) -> String {
    let classes = match shading.classes.len() {
        0 | 1 => String::new(),
        many => format!(" Figures in {many} classes, parted where they have gaps."),
    };
    format!("{}{classes}", coverage(picture))
}

/// Sources, licences, the words that these ask for, and what drew the map from which scenario.
pub fn source_words(answer: &Answer, map: &MapData) -> String {
    let named = map.sources.iter();
    let mut text: Vec<String> = named.map(|s| format!("{}.", s.words())).collect();
    text.push(map.attribution());
    text.push(drawn_by(answer));
    text.join(" ")
}

fn drawn_by(answer: &Answer) -> String {
    format!(
        "Drawn by lotwright {} from scenario {}.",
        answer.version, answer.scenario.name
    )
}

/// The map in words, for those who cannot see it.
fn description(picture: &Picture) -> String {
    let answer = picture.answer;
    let coverage = headline::coverage(answer, picture.map.areas.len());
    let mut sentences = vec![format!("{coverage}. {}.", headline::quality(answer))];
    match &picture.look {
        Look::Shaded(shading) => {
            let what = shading.measured.of_what();
            let class = |class: &super::look::Class| {
                let count = words::counted(class.count as f64, what, &format!("{what}s"));
                format!("{}: {count}.", class.words)
            };
            sentences.extend(shading.classes.iter().map(class));
        }
        Look::Moved(moves) => sentences.extend(moves.areas.iter().map(|one| {
            let lot = |label: &Option<String>| label.clone().unwrap_or_else(|| "no lot".into());
            format!(
                "{} from {} to {}.",
                picture.map.areas[one.area].name,
                lot(&one.from),
                lot(&one.to)
            )
        })),
        Look::Lots if answer.lots.len() <= MANY_LOTS => {
            sentences.extend((0..answer.lots.len()).map(|lot| format!("{}.", picture.lot_sentence(lot))));
        }
        Look::Lots => {}
    }
    let deals = answer.deals.iter();
    sentences.extend(deals.map(|deal| format!("{}.", deal.words.trim_end_matches('.'))));
    let outside: Vec<&str> = picture.map.context.iter().map(|(name, _)| name.as_str()).collect();
    if !outside.is_empty() {
        sentences.push(format!("Taking no part: {}.", words::list(&outside)));
    }
    sentences.join(" ")
}
