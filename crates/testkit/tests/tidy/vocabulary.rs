//! One vocabulary, that of `docs/GLOSSARY.md`: what identifiers, types and comments may not say.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::{Source, root, with_endings};

/// Words that no identifier contains.
const IDENTIFIERS: [&str; 42] = [
    "told",
    "tell",
    "tells",
    "telling",
    "said",
    "saying",
    "given",
    "settle",
    "settled",
    "settling",
    "deed",
    "deeds",
    "sighting",
    "sightings",
    "stretch",
    "stretches",
    "wall",
    "walls",
    "complaint",
    "complaints",
    "packing",
    "packed",
    "pack",
    "unpack",
    "unpacked",
    "chance",
    "beside",
    "theirs",
    "whose",
    "seat",
    "seats",
    "asked",
    "asker",
    "concerned",
    "doorkeeper",
    "seldom",
    "desk",
    "refusal",
    "refusals",
    "hostile",
    "keyring",
    "doors",
];
/// Words of [`IDENTIFIERS`] that a sentence may use: the name of a test is one.
const IN_SENTENCES: [&str; 6] = ["given", "say", "says", "whose", "asked", "hostile"];
/// A name of so many words is a sentence.
const WORDS_OF_A_SENTENCE: usize = 5;
/// Names that others gave.
const FOREIGN: [&str; 1] = ["DELTA_BINARY_PACKED"];
/// Beginnings of the names of types that say what something is not.
const BAD_TYPES: [&str; 2] = ["Bad", "NotA"];
/// Words in the names of types for which the word is `Rejection`.
const REFUSED_TYPES: [&str; 3] = ["Refusal", "Refused", "Denied"];

/// Words that no comment contains.
const COMMENTS: [&str; 22] = [
    "told",
    "deed",
    "deeds",
    "sighting",
    "sightings",
    "complaint",
    "complaints",
    "settle",
    "settled",
    "settles",
    "settling",
    "packed",
    "packing",
    "unpack",
    "unpacked",
    "unpacks",
    "seat",
    "seats",
    "stretch",
    "stretches",
    "wall",
    "walls",
];
/// How no file's purpose begins: it would be a riddle.
const HEADERS: [&str; 5] = ["What ", "Who ", "Whose ", "By what ", "From what "];

/// Phrases of comments that are to go, with the number of lines that still have one. A number may only
/// shrink.
const SHRINKING: [(&str, &[&str], usize); 8] = [
    ("tell", &["tell", "tells", "telling"], 52),
    ("hear of", &["hear of", "hears of", "heard of"], 12),
    ("come to", &["come to", "comes to", "came to"], 16),
    ("theirs", &["theirs"], 13),
    ("concerns", &["concerns"], 3),
    ("chance", &["chance"], 13),
    ("those of", &["those of"], 51),
    ("beside", &["beside"], 59),
];
/// The same for how the documentation of an item begins.
const SHRINKING_STARTS: [(&str, usize); 3] = [("Who ", 36), ("Whose ", 40), ("What ", 507)];

#[test]
fn identifiers_use_the_words_of_the_glossary() {
    let mut found = Vec::new();
    for source in rust() {
        for name in identifiers(&parted(&source.text).code) {
            if let Some(word) = wrong_word(name) {
                found.push(format!("{}: {name} ({word})", source.path));
            }
        }
    }
    found.dedup();
    assert!(found.is_empty(), "docs/GLOSSARY.md has other words:\n{}", found.join("\n"));
}

#[test]
fn types_are_named_by_what_they_are() {
    let found: Vec<String> =
        types().into_iter().filter(|(name, _)| is_badly_named(name)).map(shown).collect();
    assert!(found.is_empty(), "say Invalid… or …Rejection:\n{}", found.join("\n"));
}

#[test]
fn no_two_types_and_no_two_files_differ_by_an_s() {
    let types = types();
    let mut found: Vec<String> = plurals(types.keys().map(String::as_str));
    let mut folders: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in rust() {
        let (folder, file) = source.path.rsplit_once('/').expect("files are in folders");
        let stem = file.trim_end_matches(".rs").to_owned();
        folders.entry(folder.to_owned()).or_default().insert(stem);
    }
    for (folder, stems) in &folders {
        let pairs = plurals(stems.iter().map(String::as_str));
        found.extend(pairs.into_iter().map(|pair| format!("{folder}: {pair}")));
    }
    assert!(found.is_empty(), "name one of each pair otherwise:\n{}", found.join("\n"));
}

#[test]
fn comments_are_plain() {
    let mut found = Vec::new();
    for source in rust() {
        for (number, comment) in parted(&source.text).comments {
            if let Some(word) = COMMENTS.iter().find(|word| has_phrase(&comment, word)) {
                found.push(format!("{}:{number}: {word}", source.path));
            }
        }
        if is_riddle(&source.text) {
            found.push(format!("{}:1: name the thing", source.path));
        }
    }
    assert!(found.is_empty(), "say it plainly:\n{}", found.join("\n"));
}

#[test]
fn riddles_in_comments_only_shrink() {
    let comments: Vec<String> = rust()
        .iter()
        .flat_map(|source| parted(&source.text).comments)
        .map(|(_, comment)| comment)
        .collect();
    let phrases = SHRINKING.iter().map(|(name, phrases, allowed)| {
        let has_one = |comment: &&String| phrases.iter().any(|it| has_phrase(comment, it));
        (format!("comments that say {name:?}"), comments.iter().filter(has_one).count(), *allowed)
    });
    let starts = SHRINKING_STARTS.iter().map(|(start, allowed)| {
        let has_it = |comment: &&String| {
            comment.strip_prefix("/// ").is_some_and(|text| text.starts_with(start))
        };
        (
            format!("documentation that starts with {start:?}"),
            comments.iter().filter(has_it).count(),
            *allowed,
        )
    });
    let found: Vec<String> = phrases
        .chain(starts)
        .filter(|(_, count, allowed)| count != allowed)
        .map(|(name, count, allowed)| format!("{name}: {count}, {allowed} allowed"))
        .collect();
    assert!(
        found.is_empty(),
        "reword what is new, or lower the number of what has shrunk:\n{}",
        found.join("\n")
    );
}

#[test]
fn the_glossary_names_what_exists() {
    let glossary =
        std::fs::read_to_string(root().join("docs/GLOSSARY.md")).expect("there is a glossary");
    let sources = rust();
    let is_there = |name: &str| {
        let last = name.rsplit("::").next().unwrap_or(name);
        root().join(name).exists() || sources.iter().any(|source| has_word(&source.text, last))
    };
    let missing: Vec<String> = named(&glossary).into_iter().filter(|it| !is_there(it)).collect();
    assert!(missing.is_empty(), "docs/GLOSSARY.md names what is not there: {missing:?}");
}

#[test]
fn the_rules_find_what_they_look_for() {
    assert_eq!(wrong_word("what_was_told"), Some("told"));
    assert_eq!(wrong_word("SeatsByName"), Some("seats"));
    assert_eq!(wrong_word("GIVEN"), Some("given"));
    assert_eq!(wrong_word("toldness"), None);
    assert_eq!(wrong_word("a_page_is_refused_whose_origin_differs"), None);
    assert_eq!(wrong_word("a_page_is_told_why_it_waits"), Some("told"));
    assert!(is_badly_named("BadRules") && is_badly_named("NotAMonth") && is_badly_named("Denied"));
    assert!(!is_badly_named("Badge") && !is_badly_named("InvalidRules"));
    assert_eq!(plurals(["Key", "Keys", "Box", "Boxes", "Query", "Queries", "Store"]).len(), 3);
    assert!(has_phrase("/// What is told.", "told") && has_phrase("// It comes to 3", "comes to"));
    assert!(!has_phrase("// By the wall-clock.", "wall") && has_phrase("// A wall.", "wall"));
    assert!(is_riddle("//! What is kept.") && !is_riddle("//! Whatever: a type."));
    let parts =
        parted("let told = \"deed // no\"; // a 'word'\n/// Seats.\nfn it<'a>(c: char) { '\"' }\n");
    let names: Vec<&str> = identifiers(&parts.code).collect();
    assert_eq!(names, ["let", "told", "fn", "it", "a", "c", "char"]);
    assert_eq!(parts.comments, [(1, "// a 'word'".to_owned()), (2, "/// Seats.".to_owned())]);
    assert!(
        parted("r#\"told \" deed\"# + b\"said\\\"\"").code.chars().all(|it| " r+b\"".contains(it))
    );
    let rows = "| a | b | `x::Y`, `p::{Q, r}` |\n## Words we do not use\n| c | d | `z::Z` |";
    assert_eq!(named(rows), ["x::Y", "Q", "r"]);
}

fn rust() -> Vec<Source> {
    let mut sources = with_endings(&[".rs"]);
    // This file has to name what it forbids.
    sources.retain(|source| !source.path.ends_with("tidy/vocabulary.rs"));
    sources
}

/// A file's text without its strings, taken apart.
#[derive(Default)]
struct Parts {
    code: String,
    /// Each with the number of its line.
    comments: Vec<(usize, String)>,
}

fn parted(text: &str) -> Parts {
    let mut parts = Parts::default();
    let mut rest = text;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            let length = rest.find('\n').unwrap_or(rest.len());
            parts.comments.push((line, rest[..length].trim_end().to_owned()));
            length
        } else if let Some(length) = literal(rest, &parts.code) {
            length
        } else {
            parts.code.push(first);
            first.len_utf8()
        };
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    parts
}

/// The length of the string or character that starts here.
fn literal(rest: &str, before: &str) -> Option<usize> {
    let quoted = |open: usize, quote: char| {
        let mut is_escaped = false;
        let end = rest[open..].char_indices().find(|(_, it)| {
            let ends = *it == quote && !is_escaped;
            is_escaped = *it == '\\' && !is_escaped;
            ends
        });
        open + end.map_or(rest.len() - open, |(at, _)| at + 1)
    };
    if rest.starts_with('"') {
        return Some(quoted(1, '"'));
    }
    if let Some(after) = rest.strip_prefix('\'') {
        let second = after.chars().nth(1);
        return (after.starts_with('\\') || second == Some('\'')).then(|| quoted(1, '\''));
    }
    let hashes = rest.strip_prefix('r')?.chars().take_while(|it| *it == '#').count();
    let is_word = before.ends_with(|it: char| it.is_alphanumeric() && it != 'b' || it == '_');
    if is_word || !rest[1 + hashes..].starts_with('"') {
        return None;
    }
    let open = hashes + 2;
    let close = format!("\"{}", "#".repeat(hashes));
    Some(rest[open..].find(&close).map_or(rest.len(), |at| open + at + close.len()))
}

fn identifiers(code: &str) -> impl Iterator<Item = &str> {
    code.split(|it: char| !it.is_alphanumeric() && it != '_')
        .filter(|name| name.starts_with(|it: char| it.is_alphabetic() || it == '_'))
}

/// The words of a name in `snake_case` or `CamelCase`, in lower case.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for letter in name.chars() {
        if letter == '_' || (letter.is_uppercase() && was_lower) {
            words.push(String::new());
        }
        was_lower = letter.is_lowercase() || letter.is_numeric();
        if letter != '_' {
            words.last_mut().expect("there is one").extend(letter.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn wrong_word(name: &str) -> Option<&'static str> {
    let words = words(name);
    let is_sentence = words.len() >= WORDS_OF_A_SENTENCE;
    IDENTIFIERS.into_iter().find(|wrong| {
        let may = FOREIGN.contains(&name) || (is_sentence && IN_SENTENCES.contains(wrong));
        !may && words.iter().any(|word| word == wrong)
    })
}

fn is_badly_named(name: &str) -> bool {
    let starts = BAD_TYPES.iter().any(|start| {
        name.strip_prefix(start).is_some_and(|rest| rest.starts_with(|it: char| it.is_uppercase()))
    });
    starts || REFUSED_TYPES.iter().any(|word| name.contains(word))
}

/// All types of ours with a file that defines each; types of implementations are others' names.
fn types() -> BTreeMap<String, String> {
    let mut types = BTreeMap::new();
    for source in rust() {
        for line in parted(&source.text).code.lines() {
            let mut names =
                identifiers(line).skip_while(|it| ["pub", "crate", "super", "in"].contains(it));
            let Some(kind) = names.next() else { continue };
            let is_own = matches!(kind, "struct" | "enum" | "trait" | "union")
                || (kind == "type" && !line.starts_with(' '));
            if let (true, Some(name)) = (is_own, names.next()) {
                types.insert(name.to_owned(), source.path.clone());
            }
        }
    }
    types
}

fn shown((name, path): (String, String)) -> String {
    format!("{path}: {name}")
}

/// The pairs of these names of which one is the plural of the other.
fn plurals<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let names: BTreeSet<&str> = names.into_iter().collect();
    let plurals_of = |name: &str| {
        let y = name.strip_suffix('y').map(|stem| format!("{stem}ies"));
        [Some(format!("{name}s")), Some(format!("{name}es")), y].into_iter().flatten()
    };
    names
        .iter()
        .flat_map(|name| plurals_of(name).map(move |plural| (*name, plural)))
        .filter(|(_, plural)| names.contains(plural.as_str()))
        .map(|(name, plural)| format!("{name} and {plural}"))
        .collect()
}

/// Whether a comment has a word, or several that follow each other; a wall-clock is no wall.
fn has_phrase(comment: &str, phrase: &str) -> bool {
    let plain = comment.to_lowercase().replace("wall-clock", "");
    has_word(&plain, phrase)
}

fn has_word(text: &str, word: &str) -> bool {
    let is_letter = |it: char| it.is_alphanumeric() || it == '_';
    text.match_indices(word).any(|(at, _)| {
        !text[..at].ends_with(is_letter) && !text[at + word.len()..].starts_with(is_letter)
    })
}

fn is_riddle(text: &str) -> bool {
    let first = text.lines().next().and_then(|line| line.strip_prefix("//! "));
    first.is_some_and(|first| HEADERS.iter().any(|start| first.starts_with(start)))
}

/// The types, modules and paths that the glossary's last columns name, above the words we do not use.
fn named(glossary: &str) -> Vec<String> {
    let terms = glossary.split("## Words we do not use").next().unwrap_or_default();
    let mut names = Vec::new();
    for row in terms.lines().filter(|line| line.starts_with("| ")) {
        let place = row.trim_end_matches(" |").rsplit("| ").next().unwrap_or_default();
        for name in place.split('`').skip(1).step_by(2) {
            if let Some((_, group)) = name.split_once('{') {
                let group = group.trim_end_matches('}');
                names.extend(group.split(", ").map(str::to_owned));
            } else if !name.contains('.') && !name.contains('…') && !name.ends_with('*')
                || name.contains('/')
            {
                names.push(name.to_owned());
            }
        }
    }
    names
}
