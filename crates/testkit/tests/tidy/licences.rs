//! Licences of shipped dependencies: the rules of `deny.toml` that need no advisories.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;
use spdx::{Expression, ParseMode};

use crate::sources::root;

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

fn rules() -> toml::Value {
    let text = std::fs::read_to_string(root().join("deny.toml")).expect("the file exists");
    toml::from_str(&text).expect("valid TOML")
}

/// The packages of a build for this machine: those of others may not be here to look at.
fn crates() -> Vec<Value> {
    let host = Command::new("rustc").args(["--print", "host-tuple"]).output().expect("rustc runs");
    let target = String::from_utf8(host.stdout).expect("UTF-8");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--format-version", "1", "--offline", "--locked"]);
    cargo.args(["--filter-platform", target.trim()]).current_dir(root());
    let output = cargo.output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    metadata["packages"].as_array().expect("packages").clone()
}

fn strings(list: &toml::Value) -> BTreeSet<String> {
    let texts = list.as_array().expect("a list").iter();
    texts.map(|text| text.as_str().expect("a text").to_owned()).collect()
}

/// The packages, by name and licence, whose licence does not let us ship them.
fn unfit<'a>(packages: impl Iterator<Item = (&'a str, Option<&'a str>)>) -> Vec<String> {
    let allowed = strings(&rules()["licenses"]["allow"]);
    let mut found = Vec::new();
    for (name, licence) in packages {
        // Older manifests write `MIT/Apache-2.0`.
        let parsed = licence.and_then(|text| Expression::parse_mode(text, ParseMode::LAX).ok());
        let fits = parsed
            .is_some_and(|licence| licence.evaluate(|term| allowed.contains(&term.to_string())));
        if !fits {
            found.push(format!("{name}: {}", licence.unwrap_or("no licence")));
        }
    }
    found
}

#[test]
fn every_crate_may_be_shipped() {
    let crates = crates();
    assert!(crates.len() > 400, "only {} crates were found", crates.len());
    let licences = crates
        .iter()
        .map(|package| (package["name"].as_str().unwrap_or("?"), package["license"].as_str()));
    assert_eq!(unfit(licences), [""; 0]);
}

#[test]
fn every_crate_is_ours_or_the_registrys_and_none_is_banned() {
    let rules = rules();
    // A ban with wrappers lets those bring the crate along: cargo-deny knows by whom it came.
    let banned = rules["bans"]["deny"].as_array().expect("a list");
    for package in crates() {
        let name = package["name"].as_str().expect("a name");
        let source = package["source"].as_str();
        assert!(source.is_none_or(|source| source == CRATES_IO), "{name} comes from {source:?}");
        for ban in banned.iter().filter(|ban| ban.get("wrappers").is_none()) {
            assert_ne!(ban["crate"].as_str(), Some(name), "{}", ban["reason"]);
        }
    }
}

/// All of them: a bundle takes from what is named as a tool, too.
#[test]
fn every_package_of_the_pages_may_be_shipped() {
    for folder in ["web", "sdk", "e2e"] {
        let path = root().join(folder).join("package-lock.json");
        let text = std::fs::read_to_string(path).expect("the lock file exists");
        let lock: Value = serde_json::from_str(&text).expect("JSON");
        let packages = lock["packages"].as_object().expect("packages");
        let shipped = packages
            .iter()
            .filter(|(path, _)| !path.is_empty())
            .map(|(path, package)| (path.as_str(), package["license"].as_str()));
        assert_eq!(unfit(shipped), [""; 0]);
    }
}
