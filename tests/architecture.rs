//! The line of modules is straight: each may use only those before it, and only the backends name a solver.

use std::fs;
use std::path::{Path, PathBuf};

/// Modules with those that each may use, as `docs/architecture.md` lists them.
const MAY_USE: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("geo", &["domain"]),
    ("io", &["domain", "geo"]),
    ("model", &["domain"]),
    ("solve", &["domain", "model"]),
    ("verify", &["domain"]),
    ("value", &["domain", "geo", "verify"]),
    ("report", &["domain", "geo", "verify", "value"]),
    (
        "app",
        &["domain", "geo", "io", "model", "solve", "verify", "value", "report"],
    ),
    ("serve", &["app"]),
    ("cli", &["app", "serve"]),
];

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files
}

/// Modules of this crate that a line of code names, comments left aside.
fn modules_named(line: &str) -> Vec<&str> {
    let code = line.split("//").next().unwrap_or_default();
    let after = code.split("crate::").skip(1);
    after
        .map(|rest| {
            rest.split(|c: char| !(c.is_alphanumeric() || c == '_'))
                .next()
                .unwrap_or_default()
        })
        .collect()
}

#[test]
fn each_module_uses_only_those_before_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for (module, allowed) in MAY_USE {
        for file in rust_files(&source.join(module)) {
            let text = fs::read_to_string(&file).unwrap();
            for (number, line) in text.lines().enumerate() {
                for named in modules_named(line) {
                    let known = MAY_USE.iter().any(|(name, _)| *name == named);
                    if known && named != *module && !allowed.contains(&named) {
                        wrong.push(format!(
                            "{}:{}: {module} must not use {named}",
                            file.display(),
                            number + 1
                        ));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_folder_of_the_source_stands_in_the_table() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in fs::read_dir(source).unwrap() {
        let entry = entry.unwrap();
        if entry.path().is_dir() {
            let name = entry.file_name().into_string().unwrap();
            assert!(
                MAY_USE.iter().any(|(module, _)| *module == name),
                "{name} is not in the table"
            );
        }
    }
}

#[test]
fn only_the_backends_name_a_solver() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in rust_files(&root) {
        let backend = file.components().any(|part| part.as_os_str() == "backend");
        let text = fs::read_to_string(&file).unwrap();
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            let names_solver = ["good_lp::", "highs::", "highs_sys::"]
                .iter()
                .any(|name| code.contains(name));
            assert!(
                backend || !names_solver,
                "{}:{} names a solver",
                file.display(),
                number + 1
            );
        }
    }
}

#[test]
fn the_docs_show_the_same_table() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/architecture.md")).unwrap();
    for (module, allowed) in MAY_USE {
        let row = text.lines().find(|line| line.starts_with(&format!("| `{module}` |")));
        let row = row.unwrap_or_else(|| panic!("docs/architecture.md has no row for {module}"));
        let last = row.trim_end_matches('|').rsplit('|').next().unwrap().trim();
        let shown = if allowed.is_empty() {
            "nothing".to_string()
        } else {
            allowed.join(", ")
        };
        assert_eq!(last, shown, "the row of {module}");
    }
}
