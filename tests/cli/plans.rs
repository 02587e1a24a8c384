//! The commands `evaluate` and `compare`: plans that people bring.

use crate::common::{Folder, json};
use serde_json::Value;

#[test]
fn evaluate_gives_a_plan_without_bounds_and_says_what_it_breaks() {
    let folder = Folder::new();
    folder.write(
        "plan.csv",
        "unit_id,lot_id\nE06000001,West\nE06000002,East\nE06000003,East\nE06000004,East\n",
    );
    let (code, out, _) = folder.run(
        "evaluate",
        &["--json", "--plan", folder.file("plan.csv").to_str().unwrap()],
    );
    assert_eq!(code, 0);
    let answer = json(&out);
    assert_eq!(
        (&answer["status"], &answer["goals"][0]["bound"]),
        (&"infeasible".into(), &Value::Null)
    );
    assert_eq!(answer["violations"][0]["rule"], "floor");
    assert_eq!(answer["violations"][0]["lot_id"], "West");
    assert_eq!(answer["deals"][0]["whole"], true);
    assert_eq!(answer["deals"][0]["words"], "Middle lies whole in lot East");
}

#[test]
fn compare_relabels_lots_to_match_and_lists_every_move() {
    let folder = Folder::new();
    folder.write(
        "a.csv",
        "area_code,lot_id\nE06000001,West\nE06000002,West\nE06000003,East\nE06000004,East\n",
    );
    folder.write(
        "b.csv",
        "area_code,lot_id\nE06000001,1\nE06000002,2\nE06000003,2\nE06000004,2\n",
    );
    let (a, b) = (folder.file("a.csv"), folder.file("b.csv"));
    let (code, out, _) = folder.run(
        "compare",
        &["--json", "--plan", a.to_str().unwrap(), "--plan", b.to_str().unwrap()],
    );
    assert_eq!(code, 0);
    let comparison = json(&out);
    let labels: Vec<&Value> = comparison["plans"][1]["lots"]
        .as_array()
        .unwrap()
        .iter()
        .map(|lot| &lot["lot_id"])
        .collect();
    assert_eq!(labels, ["West", "East"]);
    let moves = comparison["moves"].as_array().unwrap();
    assert_eq!(moves.len(), 1);
    assert_eq!(
        (&moves[0]["area_code"], &moves[0]["from"], &moves[0]["to"]),
        (&"E06000002".into(), &"West".into(), &"East".into())
    );
    assert_eq!(
        (&moves[0]["volume"], &moves[0]["contract_value_gbp"]),
        (&200.0.into(), &200_000.0.into())
    );
}
