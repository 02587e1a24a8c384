//! Reads `[viability]` and `[risk]`: floors, caps, and how surely floors are to be reached.

use super::input::did_you_mean;
use super::scenario::pence;
use super::settings::Settings;
use crate::domain::{Assurance, Millionths, Risk, Viability};

/// Standard deviations of the errors of nation, region and area.
const DEVIATIONS: [&str; 3] = ["risk.national_sd", "risk.regional_sd", "risk.local_sd"];

/// Standard deviations of the errors of volume; one that is not given beside another is nothing, and without any there is no risk.
pub fn risk(s: &mut Settings<'_>) -> Option<Risk> {
    let [national_sd, regional_sd, local_sd] = DEVIATIONS.map(|key| deviation(s, key).fraction());
    let given = DEVIATIONS.iter().any(|key| s.has(key));
    given.then_some(Risk {
        national_sd,
        regional_sd,
        local_sd,
    })
}

/// Floors, caps, falls and chances, which are reckoned with this risk; what makes no sense is refused (`S104`).
pub fn read(s: &mut Settings<'_>, risk: Option<Risk>) -> Viability {
    let derived = derived(s);
    let viability = Viability {
        floor_gbp: pence(s, "viability.floor_gbp").filter(|_| !derived),
        floor_participants: s.whole("viability.floor_participants"),
        cap_gbp: pence(s, "viability.cap_gbp"),
        cap_participants: s.whole("viability.cap_participants"),
        derived,
        survive: survive(s),
        assurance: assurance(s, risk.unwrap_or_default()),
    };
    refuse_crossed(
        s,
        "gbp",
        viability.cap_gbp < viability.floor_gbp && viability.cap_gbp.is_some(),
    );
    let people = (viability.cap_participants, viability.floor_participants);
    refuse_crossed(s, "participants", people.0 < people.1 && people.0.is_some());
    refuse_without_floor(s, &viability);
    viability
}

fn refuse_crossed(s: &mut Settings<'_>, unit: &str, crossed: bool) {
    if crossed {
        let help = format!("raise cap_{unit} or lower floor_{unit}");
        s.refuse(&format!("viability.cap_{unit}"), "the cap is below the floor", help);
    }
}

/// Whether the floor in pounds follows from the funding model. One of the two floors in pounds counts: that of the command line, where only one of them stands there.
fn derived(s: &mut Settings<'_>) -> bool {
    let Some(word) = s.text("viability.floor") else {
        return false;
    };
    if word != "derived" {
        let help = did_you_mean(
            &word,
            ["derived"],
            "write \"derived\", or an amount as viability.floor_gbp",
        );
        s.refuse("viability.floor", format!("`{word}` is no floor"), help);
        return false;
    }
    let set = |key: &str| s.place_of(key).starts_with("--set");
    match (
        s.has("viability.floor_gbp"),
        set("viability.floor"),
        set("viability.floor_gbp"),
    ) {
        (false, ..) | (true, true, false) => true,
        (true, false, true) => false,
        (true, ..) => {
            let fact = "the floor in pounds is given and is to be derived as well";
            s.refuse(
                "viability.floor",
                fact,
                "keep one of the two: viability.floor or viability.floor_gbp",
            );
            true
        }
    }
}

fn survive(s: &mut Settings<'_>) -> Option<Millionths> {
    let part = s.number("viability.survive")?;
    let fall = Millionths::of(part.min(1.0));
    if fall >= Millionths::ONE {
        let help = "give the part of its volume that a lot may lose, such as 0.25 for a quarter";
        s.refuse(
            "viability.survive",
            format!("no lot survives a fall of {part} of its volume"),
            help,
        );
        return None;
    }
    Some(fall)
}

fn assurance(s: &mut Settings<'_>, risk: Risk) -> Option<Assurance> {
    let deviations = [risk.national_sd, risk.regional_sd, risk.local_sd].map(Millionths::of);
    let part = s.number("viability.chance")?;
    let chance = Millionths::of(part.min(1.0));
    if !(Millionths::of(0.5)..Millionths::ONE).contains(&chance) {
        let help = "give a chance from 0.5 to less than 1, such as 0.9";
        s.refuse("viability.chance", format!("a chance of {part} cannot be asked"), help);
        return None;
    }
    if deviations == [Millionths::default(); 3] {
        let help = "say how far volumes err: risk.national_sd, risk.regional_sd or risk.local_sd, such as 0.1; `stress` takes these too";
        s.refuse("viability.chance", "no volume errs, so every chance is 0 or 1", help);
        return None;
    }
    Some(Assurance::new(chance, deviations))
}

fn deviation(s: &mut Settings<'_>, key: &str) -> Millionths {
    let part = s.number(key).unwrap_or(0.0);
    if part > 1.0 {
        let help = "give it as a part of the volume, such as 0.1 for a tenth";
        s.refuse(
            key,
            format!("a standard deviation of {part} times the volume is too large"),
            help,
        );
        return Millionths::default();
    }
    Millionths::of(part)
}

/// Where no money is let, no lot has a contract value that could be held against pounds.
pub fn refuse_pounds(s: &mut Settings<'_>) {
    for (key, instead) in [
        ("viability.floor_gbp", "viability.floor_participants"),
        ("viability.floor", "viability.floor_participants"),
        ("viability.cap_gbp", "viability.cap_participants"),
    ] {
        if s.has(key) {
            let help = format!("give {instead}, or the money of the programme as funding.envelope_gbp");
            s.refuse(key, format!("`{key}` is in pounds, and no money is let"), help);
        }
    }
}

/// What survives or has a chance is a floor, so there must be one.
fn refuse_without_floor(s: &mut Settings<'_>, viability: &Viability) {
    if viability.derived || viability.floor_gbp.is_some() || viability.floor_participants.is_some() {
        return;
    }
    for key in ["viability.survive", "viability.chance"] {
        if s.has(key) {
            let help = "give viability.floor_gbp, viability.floor_participants, or viability.floor = \"derived\"";
            s.refuse(key, format!("`{key}` needs a floor, and there is none"), help);
        }
    }
}
