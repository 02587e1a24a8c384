//! Lots that are to stand a fall in volume: rules at the command line, the judge beside the search, and the worked page.

mod common;

use common::{Folder, json, lotwright, root};
use lotwright::domain::drawn::Drawn;
use lotwright::domain::{Plan, Problem};
use lotwright::solve::Instance;
use lotwright::verify::judge;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Nine areas of three regions, with a fall and a chance drawn by lot.
fn random_problem(random: &mut ChaCha8Rng) -> Problem {
    let volumes: Vec<i64> = (0..9).map(|_| random.random_range(1..40)).collect();
    let total: i64 = volumes.iter().sum();
    let sds = [0.2, 0.2, 0.4].map(|most: f64| random.random_range(0.0..most));
    Drawn::new("abc\ndef\nghi")
        .volumes(&volumes)
        .floor(total / random.random_range(4..9))
        .survive(random.random_range(0.0..0.5))
        .chance(random.random_range(0.5..0.99), sds, &["adg", "be", "cfhi"])
        .problem()
}

#[test]
fn the_judge_and_the_search_say_the_same_of_every_lot() {
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let (mut good, mut fallen, mut unlikely) = (0, 0, 0);
    for _ in 0..600 {
        let problem = random_problem(&mut random);
        let instance = Instance::new(&problem).unwrap();
        let lot_of: Vec<usize> = (0..9).map(|_| random.random_range(0..3)).collect();
        let verified = judge(&problem, Plan::from_units(&problem, &lot_of));
        for (lot, seats) in verified.plan().seats_by_lot().iter().enumerate() {
            let blocks: Vec<u32> = seats.iter().map(|&seat| problem.seats()[seat].unit as u32).collect();
            let by_search = matches!(instance.lot_broken(&blocks), Some("floor" | "chance"));
            let broken = |rule: &str| {
                verified
                    .violations()
                    .iter()
                    .any(|v| v.lot == Some(lot) && v.rule == rule)
            };
            assert_eq!(
                by_search,
                broken("floor") || broken("survive") || broken("chance"),
                "{:?} {seats:?}",
                problem.rules()
            );
            good += usize::from(!by_search);
            fallen += usize::from(broken("survive"));
            unlikely += usize::from(broken("chance") && !broken("survive"));
        }
    }
    assert!(
        good > 200 && fallen > 100 && unlikely > 50,
        "{good} {fallen} {unlikely}: they test too little"
    );
}

#[test]
fn a_plan_is_told_which_lots_a_fall_or_a_chance_takes_below_the_floor() {
    let folder = Folder::new();
    folder.write(
        "plan.csv",
        "area_code,lot_id\nE06000001,1\nE06000002,1\nE06000003,2\nE06000004,3\n",
    );
    let plan = folder.file("plan.csv").display().to_string();
    let broken = |sets: &[&str]| {
        let options: Vec<&str> = ["--json", "--plan", &plan]
            .iter()
            .copied()
            .chain(sets.iter().flat_map(|set| ["--set", set]))
            .collect();
        let answer = json(&folder.run("evaluate", &options).1);
        let list = answer["violations"].as_array().unwrap().clone();
        list.iter()
            .map(|v| {
                (
                    v["rule"].as_str().unwrap().to_string(),
                    v["message"].as_str().unwrap().to_string(),
                )
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(broken(&[]), []);
    let fall = broken(&["viability.survive=0.25"]);
    assert_eq!(
        fall.iter().map(|(rule, _)| rule.as_str()).collect::<Vec<_>>(),
        ["survive", "survive"]
    );
    assert_eq!(
        fall[0].1,
        "lot 1 is worth £300,000, and £225,000 after a fall of 25.0 %: below the floor of £300,000; give it more areas or merge it"
    );
    let chance = broken(&["viability.chance=0.9", "risk.national_sd=0.3"]);
    assert_eq!(
        chance.iter().map(|(rule, _)| rule.as_str()).collect::<Vec<_>>(),
        ["chance"; 3]
    );
    assert!(
        chance[0]
            .1
            .starts_with("lot 1 reaches its floor with a chance of 50.0 %, less than the 90.0 % asked for"),
        "{}",
        chance[0].1
    );
}

#[test]
fn misuse_is_told_with_what_to_write() {
    for (sets, words) in [
        (
            &["viability.survive=1"][..],
            "no lot survives a fall of 1 of its volume",
        ),
        (
            &["viability.chance=0.4", "risk.local_sd=0.1"],
            "a chance of 0.4 cannot be asked",
        ),
        (
            &["viability.chance=1.0", "risk.local_sd=0.1"],
            "a chance of 1 cannot be asked",
        ),
        (&["viability.chance=0.9"], "no volume errs"),
        (
            &["viability.chance=0.9", "risk.local_sd=1.5"],
            "1.5 times the volume is too large",
        ),
        (&["viability.chance=0.9", "risk.regional_sd=0.1"], "S308"),
        (
            &[
                "viability.chance=0.9",
                "risk.regional_sd=0.1",
                "risk.regions=\"regoin\"",
            ],
            "S301",
        ),
        (&["viability.floor=\"derivd\""], "did you mean `derived`?"),
        (
            &["viability.floor=\"derived\"", "viability.floor_gbp=1"],
            "keep one of the two",
        ),
    ] {
        let options: Vec<&str> = sets.iter().flat_map(|set| ["--set", set]).collect();
        let (code, _, err) = Folder::new().run("inspect", &options);
        assert_eq!(code, 3, "{err}");
        assert!(err.contains(words), "`{words}` is not in:\n{err}");
    }
    let folder = Folder::new();
    folder.change("scenario.toml", "floor_gbp = 300_000", "survive = 0.1");
    assert!(
        folder
            .run("inspect", &[])
            .2
            .contains("`viability.survive` needs a floor")
    );
    folder.change("scenario.toml", "survive = 0.1", "floor = \"derived\"\nfloor_gbp = 1");
    assert!(folder.run("inspect", &[]).2.contains("keep one of the two"));
}

/// The answer of `inspect` on the LEPs with a floor derived from a model, after a fall.
fn viability(model: &str, fall: &str) -> (i32, String, String) {
    let model = format!("funding.model=\"{model}\"");
    let fall = format!("viability.survive={fall}");
    let sets = ["viability.floor=\"derived\"", &model, &fall];
    let output = lotwright()
        .args(["inspect", "scenarios/lep-2017", "--json"])
        .args(sets.iter().flat_map(|set| ["--set", set]))
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (
        output.status.code().unwrap(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

#[test]
fn the_derived_floor_is_what_a_lot_needs_as_contracted_and_after_the_fall() {
    let whp = &json(&viability("whp-2017", "0.25").1)["viability"];
    assert_eq!((&whp["because"], &whp["model"]), (&"margin".into(), &"whp-2017".into()));
    let derived = &whp["derived"];
    assert_eq!(whp["floor_gbp"], derived["contracted_gbp"].as_f64().unwrap());
    // What the fall must leave is the floor: floor ÷ ¾, rounded up to the penny.
    let least = whp["least_lot_gbp"].as_f64().unwrap();
    assert!((least * 0.75 - whp["floor_gbp"].as_f64().unwrap()).abs() < 0.01);
    // Paid by results alone, a provider bears a fall of a fifth only on a lot thrice as large.
    let programme = &json(&viability("work-programme-2011", "0.2").1)["viability"];
    assert_eq!(programme["because"], "fall");
    let after = programme["derived"]["after_fall_gbp"].as_f64().unwrap();
    assert!((programme["least_lot_gbp"].as_f64().unwrap() - after).abs() < 0.02);
    assert!(programme["floor_gbp"].as_f64() > programme["derived"]["contracted_gbp"].as_f64());
    let (code, _, err) = viability("work-programme-2011", "0.3");
    assert_eq!(code, 3);
    assert!(
        err.contains("F301") && err.contains("no size of lot has a margin of 0"),
        "{err}"
    );
}

/// What `stress` says of a plan of three lots in a folder, and how it ends.
fn stress(folder: &Folder, options: &[&str]) -> (i32, serde_json::Value, String) {
    folder.write(
        "plan.csv",
        "area_code,lot_id\nE06000001,1\nE06000002,1\nE06000003,2\nE06000004,2\n",
    );
    let plan = folder.file("plan.csv").display().to_string();
    let all: Vec<&str> = ["--json", "--plan", &plan, "--draws", "100"]
        .iter()
        .chain(options)
        .copied()
        .collect();
    let (code, out, err) = folder.run("stress", &all);
    (code, if code == 0 { json(&out) } else { serde_json::Value::Null }, err)
}

#[test]
fn a_fall_that_the_design_is_to_survive_is_no_part_of_the_floor_under_stress() {
    // Lots of 300 and 700 people at £1,000 each, and a floor of £300,000.
    let falls = |sets: &[&str]| {
        let told = stress(&Folder::new(), sets).1;
        let floor = told["floor"]["contract_value_gbp"].as_f64().unwrap();
        let lots: Vec<Option<f64>> = told["lots"]
            .as_array()
            .unwrap()
            .iter()
            .map(|lot| lot["floor_volume_fall"].as_f64())
            .collect();
        (floor, lots)
    };
    let plain = falls(&[]);
    assert_eq!(plain, (300_000.0, vec![Some(0.0), Some(0.571429)]));
    assert_eq!(falls(&["--set", "viability.survive=0.25"]), plain);
    let chance = ["--set", "viability.chance=0.9", "--set", "risk.national_sd=0.1"];
    assert_eq!(falls(&chance), plain);
}

#[test]
fn a_chance_asked_of_lots_and_one_that_is_drawn_are_of_the_same_errors() {
    let folder = Folder::new();
    let sets = [
        "--set",
        "viability.chance=0.9",
        "--set",
        "risk.national_sd=0.1",
        "--set",
        "risk.local_sd=0.2",
    ];
    let (code, told, err) = stress(&folder, &sets);
    assert_eq!(code, 0, "{err}");
    let figure = |key: &str| {
        let all = told["parameters"].as_array().unwrap();
        all.iter().find(|it| it["key"] == key).unwrap().clone()
    };
    let sds = ["stress.national_sd", "stress.regional_sd", "stress.local_sd"].map(|key| figure(key)["value"].as_f64());
    // What is left out beside the others is nothing, for the chance and for the draws.
    assert_eq!(sds, [Some(0.1), Some(0.0), Some(0.2)]);
    assert_eq!(figure("stress.local_sd")["source"], "risk.local_sd of the scenario row");
    // Lot 1 is two areas of 100 and 200 people: √(0.1² + 0.2² (1² + 2²) ÷ 3²).
    let sd = told["lots"][0]["volume_sd"].as_f64().unwrap();
    assert!((sd - (0.01 + 0.04 * 5.0 / 9.0_f64).sqrt()).abs() < 1e-6, "{sd}");
    // The judge's word on a lot is what the closed form says of it.
    let closed = told["lots"][1]["chance_floor_closed_form"].as_f64().unwrap();
    let broken = told["violations"].as_array().unwrap();
    let chance = |lot: &str| broken.iter().any(|v| v["rule"] == "chance" && v["lot_id"] == lot);
    assert!(closed > 0.9 && !chance("2") && chance("1"), "{closed} {broken:?}");
}

#[test]
fn two_words_on_how_far_volumes_err_are_told_where_they_differ() {
    let folder = Folder::new();
    let risk = ["--set", "risk.national_sd=0.1"];
    let with = |more: &[&str]| stress(&folder, &[&risk[..], more].concat());
    assert_eq!(with(&["--assume", "stress.national_sd=0.1"]).0, 0);
    let (code, _, err) = with(&["--assume", "stress.national_sd=0.25"]);
    assert_eq!(code, 3);
    assert!(
        err.contains("F104")
            && err.contains("`risk.national_sd` is 0.1, and `stress.national_sd`")
            && err.contains("0.25"),
        "{err}"
    );
    let (code, _, err) = with(&["--assume", "stress.local_sd=0.2"]);
    assert_eq!(code, 3);
    assert!(err.contains("`risk.local_sd` is left out beside the others"), "{err}");
    // A funding model with a table of its own counts where the scenario says nothing, and must agree where it does.
    let of = |name: &str| std::fs::read_to_string(root().join("funding").join(name)).unwrap();
    let own = of("whp-2017.toml") + &of("usual/stress.toml").replace("value = 0.15", "value = 0.3");
    folder.write("own.toml", &own);
    let model = folder.file("own.toml").display().to_string();
    let national = |told: &serde_json::Value| told["parameters"][0]["value"].as_f64();
    assert_eq!(national(&stress(&folder, &["--model", &model]).1), Some(0.3));
    let (code, _, err) = with(&["--model", &model]);
    assert!(code == 3 && err.contains("F104"), "{err}");
}

#[test]
fn fewer_lots_survive_a_greater_fall_on_a_frontier() {
    let options = ["--vary", "viability.survive=0..0.5:3", "--json"];
    let frontier = json(&Folder::new().run("frontier", &options).1);
    assert_eq!(
        (&frontier["trend"], &frontier["meaning"]),
        (
            &"falling".into(),
            &"fall in volume that every lot survives, as a part of its volume".into()
        )
    );
    let points = frontier["points"].as_array().unwrap();
    let shown: Vec<_> = points
        .iter()
        .map(|point| (point["lots"].as_i64(), point["holds_to"].as_f64()))
        .collect();
    // Lots of at least 300, 400 and 600 of 100, 200, 300 and 400 people in a row.
    assert_eq!(
        shown,
        [(Some(3), Some(0.0)), (Some(2), Some(0.25)), (Some(1), Some(0.7))]
    );
    let (_, text, _) = Folder::new().run("frontier", &options[..2]);
    assert!(text.contains("3 lots at 0 %, 1 lot at 50 %"), "{text}");
}

/// Figures of time, which differ from run to run, taken out.
fn timeless(line: &str) -> String {
    for start in ["Stopped after ", "Solved in "] {
        if let Some(rest) = line.strip_prefix(start) {
            return format!(
                "{start}{}",
                rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.')
            );
        }
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.last().map(|last| last.parse::<f64>()) {
        Some(Ok(_)) if line.contains("proved best") => words[..words.len() - 1].join(" "),
        _ => words.join(" "),
    }
}

/// Whether `shown` stands in `printed`, line by line, `…` being any number of lines.
fn stands_in(shown: &[String], printed: &[String]) -> bool {
    let mut at = 0;
    for part in shown.split(|line| line == "…").filter(|part| !part.is_empty()) {
        match (at..=printed.len().saturating_sub(part.len())).find(|&from| printed[from..from + part.len()] == *part) {
            Some(from) => at = from + part.len(),
            None => return false,
        }
    }
    true
}

#[test]
fn the_worked_page_prints_what_the_program_prints() {
    let page = std::fs::read_to_string(root().join("docs/could-leps-be-let-alone.md")).unwrap();
    let out = tempfile::tempdir().unwrap();
    let folder = format!("{}/", out.path().display());
    let blocks = page
        .split("```console\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap());
    let mut runs = 0;
    for block in blocks {
        let (command, shown) = block.split_once('\n').unwrap();
        let words = command.strip_prefix("$ lotwright ").unwrap().replace("out/", &folder);
        let words: Vec<String> = words.split_whitespace().map(|word| word.replace('\'', "")).collect();
        let output = lotwright().args(&words).output().unwrap();
        let printed = String::from_utf8(output.stdout).unwrap().replace(&folder, "out/");
        let [shown, printed] = [shown, &printed].map(|text| text.lines().map(timeless).collect::<Vec<_>>());
        assert!(
            stands_in(&shown, &printed),
            "{command}\nshows\n{}\nand prints\n{}",
            shown.join("\n"),
            printed.join("\n")
        );
        runs += 1;
    }
    assert!(runs >= 5, "{runs} commands");
}

#[test]
fn the_worked_page_lists_every_lep_that_fails_with_its_value() {
    let page = std::fs::read_to_string(root().join("docs/could-leps-be-let-alone.md")).unwrap();
    let out = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        lotwright()
            .args(args)
            .arg("scenarios/lep-2017")
            .output()
            .unwrap()
            .stdout
    };
    let folder = out.path().display().to_string();
    run(&["solve", "--set", "viability.floor_gbp=1", "--out", &folder]);
    let plan = format!("{folder}/plan.csv");
    let finance = run(&["finance", "--json", "--model", "whp-2017", "--plan", &plan]);
    let finance = json(&String::from_utf8(finance).unwrap());
    let lots = finance["lots"].as_array().unwrap();
    let below: Vec<&serde_json::Value> = lots.iter().filter(|lot| lot["meets_derived_floor"] == false).collect();
    for lot in &below {
        let value = lot["contract_value_gbp"].as_f64().unwrap() / 1e6;
        let row = format!("| {} | £{value:.1}m |", lot["name"].as_str().unwrap());
        assert!(page.contains(&row), "the page lacks the row: {row}");
    }
    assert_eq!(page.matches("m |\n").count(), below.len(), "rows of the page");
}
