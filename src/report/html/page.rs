//! The page of the report, from its title to the sources.

use maud::{Markup, PreEscaped, html};

use super::{frame, joins, lots, map, proof, tables};
use crate::report::publish::{Publication, cpa_sections};
use crate::report::svg::picture::Picture;
use crate::report::{Answer, MapData, ReportError, headline, words};

const SCRIPT: &str = include_str!("../assets/report.js");

/// The plan as one HTML page that opens offline and asks nothing of any other place.
///
/// Its content security policy allows its own style and script by their checksums and nothing else. Without a script the page still holds the map and
/// every table. With `from`, what files to leave with are made from, it holds government's two tables of contract package areas too.
///
/// # Errors
/// [`ReportError::Empty`] without areas, [`ReportError::Mismatch`] where answer and map do not belong together.
pub fn report(answer: &Answer, map: &MapData, from: Option<&Publication<'_>>) -> Result<String, ReportError> {
    let picture = Picture::new(answer, map)?;
    let script = html! { script { (PreEscaped(SCRIPT)) } };
    Ok(frame::page(
        &headline::title(answer),
        Some(SCRIPT),
        &content(&picture, from)?,
        &script,
    ))
}

fn content(picture: &Picture, from: Option<&Publication<'_>>) -> Result<Markup, ReportError> {
    let answer = picture.answer;
    // Where areas are too many to be listed, so are authorities; a scenario that lets no money has no contract.
    let from = from.filter(|_| answer.lets_money() && !answer.lots.is_empty() && !picture.many_areas());
    Ok(html! {
                (opening(picture))
                (proof::violations(answer))
                div class="beside" {
                    (map::figure(picture)?)
                    section class="lots-section" {
                        h2 id="lots" { "Lots" }
                        @if answer.lots.is_empty() { p { "There is no lot to show." } } @else {
                            p class="hint script-only" { "Press a column heading to sort." }
                            (lots::values(picture))
                        }
                    }
                }
                section {
                    h2 id="goals" { @if answer.stopped == "evaluated" { "What it reaches" } @else { "How good is it?" } }
                    (proof::goals(answer))
                }
                @if !answer.lots.is_empty() {
                    section { h2 id="places" { "Where the lots lie" } (lots::places(picture)) }
                }
                @if !answer.deals.is_empty() {
                    section { h2 id="deals" { "Devolution deals" } (deal_sentence(answer)) (tables::deals(picture)) }
                }
                @if let Some(repair) = answer.repair.as_ref().filter(|repair| !repair.moves.is_empty()) {
                    section { h2 id="moves" { "What moves" } (tables::moves(repair)) }
                }
                @if !answer.choices.is_empty() {
                    section { h2 id="choices" { "Members of several groups" } (tables::choices(answer)) }
                }
                @if let Some(from) = from { (cpa_sections(from)) }
                section { h2 id="areas-heading" { "Areas" } (tables::areas(picture)) }
                (joins::joins(answer))
                (proof::findings(answer))
                (proof::method(answer))
                (proof::provenance(picture))
    })
}

fn opening(picture: &Picture) -> Markup {
    let answer = picture.answer;
    let values = answer.lots.iter().map(|lot| answer.size(lot));
    let (least, most) = values.fold((f64::INFINITY, 0.0), |(low, high): (f64, f64), v| {
        (low.min(v), high.max(v))
    });
    html! {
        h1 { (headline::title(answer)) }
        p class="lead" {
            (headline::coverage(answer, picture.map.areas.len()))
            @if !answer.lots.is_empty() {
                @if answer.lets_money() { ", shared out by people. Lots are worth " } @else { ". Lots have " }
                (answer.worth_words(least)) " to " (answer.worth_words(most))
            }
            "."
            @let unassigned = picture.unassigned().count() as f64;
            @if unassigned > 0.0 { " " (words::counted(unassigned, "area is", "areas are")) " in no lot." }
        }
        @if let Some(asked) = &answer.viability { @for words in &asked.words { p { (words) } } }
        (proof::status(answer))
    }
}

/// How many deals stay whole, and which part of the people lives in those that help design the programme.
fn deal_sentence(answer: &Answer) -> Markup {
    let whole = answer.deals.iter().filter(|deal| deal.whole).count();
    html! {
        p {
            (words::number(whole as f64)) " of " (words::counted(answer.deals.len() as f64, "deal lies", "deals lie")) " whole in one lot. Deals with the standing co-design hold "
            (words::percent(answer.totals.deal_share)) " of all people."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{FindingAnswer, MapArea, sample};

    fn page() -> String {
        let (answer, map) = sample::two_lots();
        report(&answer, &map, None).unwrap()
    }

    #[test]
    fn lots_are_drawn_whole_and_areas_not_listed_where_they_are_too_many() {
        let (answer, mut map) = sample::two_lots();
        let few = report(&answer, &map, None).unwrap();
        let (one, apart) = (map.areas[0].clone(), map.areas[3].clone());
        map.areas = vec![one; crate::report::svg::picture::MANY_AREAS];
        map.areas.push(MapArea {
            lots: Vec::new(),
            ..apart
        });
        let many = report(&answer, &map, None).unwrap();
        let options = |page: &str| page.matches("role=\"option\"").count();
        assert_eq!((options(&few), options(&many)), (4, 3));
        assert!(few.contains("id=\"find\"") && !many.contains("id=\"find\""));
        assert!(many.contains("The 5,001 areas are too many to be listed here"));
        assert!(many.contains("fill=\"url(#h-none)\""), "the area in no lot is hatched");
    }

    #[test]
    fn the_page_loads_nothing_from_anywhere() {
        let page = page();
        let loads = [
            "src=",
            "http://",
            "https://",
            "//cdn",
            "@import",
            "url(http",
            "<link",
            "<iframe",
            "fetch(",
            "XMLHttpRequest",
            "href=\"http",
        ];
        for load in loads {
            assert!(!page.contains(load), "{load}");
        }
        assert!(page.contains("default-src 'none'"));
    }

    #[test]
    fn nothing_in_the_page_needs_more_than_the_policy_allows() {
        let page = page();
        assert!(!page.contains(" style=\"") && !page.contains(" onclick="));
        let (_, script) = page.split_once("<script>").unwrap();
        let (script, _) = script.split_once("</script>").unwrap();
        assert!(page.contains(&frame::checksum(script).replace('\'', "&#39;")));
    }

    #[test]
    fn hostile_names_stay_text() {
        let (mut answer, mut map) = sample::two_lots();
        let evil = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>";
        answer.scenario.title = evil.into();
        answer.lots[0].name = evil.into();
        answer.lots[1].lot_id = evil.into();
        answer.deals[0].words = evil.into();
        map.areas[0].name = evil.into();
        map.sources[0].attribution = evil.into();
        answer.violations.push(sample::violation(evil, "2"));
        let hostile = || evil.to_owned();
        let finding = FindingAnswer {
            code: hostile(),
            severity: hostile(),
            subject: hostile(),
            message: hostile(),
            help: hostile(),
        };
        answer.findings.push(finding);
        let page = report(&answer, &map, None).unwrap();
        assert_eq!(page.matches("<script").count(), 1);
        assert_eq!(page.matches("<img").count(), 0);
    }

    #[test]
    fn violations_stand_above_the_map_and_point_at_their_lot() {
        let (mut answer, map) = sample::two_lots();
        answer.violations.push(sample::violation("floor", "2"));
        let page = report(&answer, &map, None).unwrap();
        let (summary, map) = (page.find("error-summary\"").unwrap(), page.find("id=\"map\"").unwrap());
        assert!(summary < map && page.contains("href=\"#lot-1\"") && page.contains("id=\"lot-1\""));
    }

    #[test]
    fn every_table_has_a_caption_and_every_heading_a_scope() {
        let page = page();
        assert_eq!(page.matches("<table").count(), page.matches("<caption").count());
        assert_eq!(page.matches("<th ").count(), page.matches(" scope=").count());
        assert_eq!(page.matches("<th>").count(), 0);
        assert_eq!(page.matches("<h1>").count(), 1);
    }

    #[test]
    fn figures_are_written_as_people_read_them() {
        let page = page();
        for text in [
            "£50.0m",
            "20,000",
            "50.0 %",
            "Lots are worth £50.0m to £50.0m",
            "500 ÷ 1,000 = 50.0 %",
        ] {
            assert!(page.contains(text), "{text}");
        }
    }

    #[test]
    fn a_given_design_is_told_without_bounds_that_nobody_sought() {
        let (mut answer, map) = sample::two_lots();
        answer.stopped = "evaluated".into();
        answer.status = "feasible".into();
        let page = report(&answer, &map, None).unwrap();
        assert!(page.contains("What it reaches") && page.contains("no bound was sought"));
        assert!(!page.contains(">Bound</th>") && !page.contains("not proved"));
        assert!(self::page().contains(">Bound</th>"));
    }

    #[test]
    fn rows_that_become_cards_stay_rows_of_a_table() {
        let page = page();
        let cards = page.split("class=\"cards\"").skip(1);
        let tables: Vec<&str> = cards.filter_map(|rest| rest.split("</table>").next()).collect();
        assert_eq!(tables.len(), 2);
        for table in tables {
            assert_eq!(table.matches("<tr").count(), table.matches("role=\"row\"").count());
            assert_eq!(table.matches("<td").count(), table.matches("role=\"cell\"").count());
        }
    }

    #[test]
    fn a_deal_is_told_whole_cut_or_outside_the_lots() {
        let (mut answer, map) = sample::two_lots();
        assert!(report(&answer, &map, None).unwrap().contains(">cut</strong>"));
        answer.deals[0].lots.truncate(1);
        assert!(
            report(&answer, &map, None)
                .unwrap()
                .contains(">partly in no lot</strong>")
        );
        answer.deals[0].lots.clear();
        assert!(report(&answer, &map, None).unwrap().contains(">in no lot</strong>"));
        answer.deals[0].whole = true;
        assert!(report(&answer, &map, None).unwrap().contains(">whole</strong>"));
    }

    #[test]
    fn what_a_repair_moves_stands_in_a_table() {
        let (mut answer, map) = sample::two_lots();
        assert!(!report(&answer, &map, None).unwrap().contains("id=\"moves\""));
        answer.repair = Some(sample::repair());
        let page = report(&answer, &map, None).unwrap();
        assert!(page.contains("id=\"moves\"") && page.contains("<td>no lot</td>"));
    }

    #[test]
    fn double_members_stand_in_a_table_where_there_are_any() {
        let (mut answer, map) = sample::two_lots();
        assert!(!report(&answer, &map, None).unwrap().contains("id=\"choices\""));
        answer.choices = vec![sample::choice("Lichfield", "North")];
        let page = report(&answer, &map, None).unwrap();
        assert!(page.contains("id=\"choices\"") && page.contains("Lichfield") && page.contains("Elsewhere"));
    }

    #[test]
    fn an_answer_without_lots_still_makes_a_page() {
        let (mut answer, mut map) = sample::two_lots();
        answer.lots.clear();
        answer.status = "infeasible".into();
        answer.deals[0].lots.clear();
        map.lots.clear();
        map.lot_neighbours.clear();
        map.areas.iter_mut().for_each(|area| area.lots.clear());
        let page = report(&answer, &map, None).unwrap();
        assert!(page.contains("No design meets every rule") && page.contains("There is no lot to show."));
    }
}
