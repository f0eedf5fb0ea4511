//! Known answers of a bundler's map, by Mozilla's `source-map`, and maps that mean harm.

use std::collections::HashMap;
use std::sync::Arc;

use domain::source_map::ResolvedFrame;
use domain::stack;
use serde_json::{Value, json};
use testkit::source_maps::{
    CHROMIUM_STACK, FIREFOX_STACK, MAP, ORIGINALS, SAFARI_STACK, SCRIPT_URL,
};

use super::frames::{self, ScriptMap};
use super::outline::MAX_MAPPINGS;
use super::parsed::ParsedMap;

fn parsed(map: &Value) -> Result<ParsedMap, String> {
    ParsedMap::parse(map.to_string().as_bytes()).map_err(|error| error.0)
}

fn fixture() -> Value {
    serde_json::from_str(MAP).expect("JSON")
}

/// The calls of a stack in the fixture's script, by `map`.
fn resolved(stack: &str, map: &Value) -> Vec<ResolvedFrame> {
    let map: ScriptMap = Some(Arc::new(parsed(map).expect("a map")));
    frames::resolve(&stack::lines(stack), &HashMap::from([(SCRIPT_URL.to_owned(), map)]))
}

/// Where a position that counts from 0 comes from: source, line and column as `source-map` answers them, and the name.
fn original(map: &ParsedMap, line: u32, column: u32) -> Option<(&str, u32, u32, Option<&str>)> {
    let found = map.lookup(line, column)?;
    Some((found.source, found.line + 1, found.column, found.name))
}

#[test]
fn positions_are_those_of_the_reference() {
    let map = parsed(&fixture()).expect("a map");
    for (column, expected) in [
        (38, ("src/cart.ts", 5, 25, None)),
        (47, ("src/cart.ts", 5, 29, None)),
        (135, ("src/cart.ts", 11, 37, Some("priceOf"))),
        (136, ("src/cart.ts", 11, 37, Some("priceOf"))),
        (218, ("src/main.ts", 7, 18, Some("totalOf"))),
        (266, ("src/main.ts", 12, 29, None)),
        (347, ("src/main.ts", 15, 33, None)),
    ] {
        assert_eq!(original(&map, 0, column), Some(expected), "{column}");
    }
    for (line, column) in [(0, 0), (1, 0), (1, 40), (9, 9), (u32::MAX, u32::MAX)] {
        assert_eq!(original(&map, line, column), None, "{line}:{column}");
    }
}

#[test]
fn stacks_of_all_browsers_are_resolved() {
    for (stack, name) in
        [(CHROMIUM_STACK, "e.confirm"), (FIREFOX_STACK, "confirm"), (SAFARI_STACK, "confirm")]
    {
        let frames = resolved(stack, &fixture());
        assert_eq!(frames.len(), 5, "{stack}");
        for (frame, (function, file, line, column)) in frames.iter().zip(ORIGINALS) {
            let function = if function == "confirm" { name } else { function };
            assert_eq!((&*frame.function, &*frame.file), (function, file), "{stack}");
            assert_eq!(frame.line, Some(line), "{stack}");
            // Safari names the end of what is thrown.
            let is_end = stack == SAFARI_STACK && line == 5;
            assert_eq!(frame.column, Some(if is_end { 30 } else { column }), "{stack}");
            assert!(frame.is_resolved && frame.has_source_map && frame.is_in_app, "{frame:?}");
            assert_eq!(frame.script.as_deref(), Some(SCRIPT_URL));
        }
        let page = frames.last().expect("a frame");
        assert!(!page.is_resolved && !page.has_source_map, "{page:?}");
        assert_eq!((page.line, page.column), (Some(7), Some(6)));
        assert_eq!(page.script.as_deref(), Some("https://shop.test/book"));
    }
}

#[test]
fn a_call_has_the_lines_around_it_where_the_map_has_them() {
    let frames = resolved(CHROMIUM_STACK, &fixture());
    let context = frames[0].source_context.as_ref().expect("lines");
    assert_eq!(
        context.before,
        [
            "export type Item = { name: string; price?: { amount: number } }",
            "",
            "/** The price of one item. */",
            "function priceOf(item: Item): number {",
        ]
    );
    assert_eq!(context.line, "  if (!item.price) throw new Error(`no price of ${item.name}`)");
    assert_eq!(context.after[..2], ["  return item.price.amount", "}"]);
    let mut bare = fixture();
    bare.as_object_mut().expect("an object").remove("sourcesContent");
    let frames = resolved(CHROMIUM_STACK, &bare);
    assert!(frames[0].is_resolved && frames[0].source_context.is_none(), "{:?}", frames[0]);
    bare["sourcesContent"] = json!([null, "one line"]);
    let frames = resolved(CHROMIUM_STACK, &bare);
    assert!(frames.iter().all(|frame| frame.source_context.is_none()), "fewer lines than it names");
}

#[test]
fn functions_are_named_by_the_next_call_of_the_same_error_only() {
    let call = |function, column| format!("    at {function} ({SCRIPT_URL}:1:{column})\n");
    let name = |stack: String| resolved(&stack, &fixture())[0].function.clone();
    assert_eq!(name(call("i", 39) + &call("n", 136)), "priceOf");
    assert_eq!(name(call("Object.i", 39) + &call("n", 136)), "Object.priceOf");
    assert_eq!(name(call("async i", 39) + &call("n", 136)), "async priceOf");
    assert_eq!(name(call("new i [as x]", 39) + &call("n", 136)), "new priceOf [as x]");
    assert_eq!(name(call("i", 39)), "i");
    assert_eq!(name(call("i", 39) + "Caused by: Error: x\n" + &call("n", 136)), "i");
    assert_eq!(name(call("i", 39) + &call("n", 39)), "i", "nothing is named there");
    let anonymous = format!("    at {SCRIPT_URL}:1:39\n");
    assert_eq!(name(anonymous + &call("n", 136)), "", "called by something else than its name");
}

#[test]
fn sections_of_an_indexed_map_begin_at_their_offsets() {
    let section =
        |line, column| json!({"offset": {"line": line, "column": column}, "map": fixture()});
    // Sections need not be in order.
    let index = json!({"version": 3, "sections": [section(3, 10), section(0, 0)]});
    let map = parsed(&index).expect("a map");
    let price = Some(("src/cart.ts", 11, 37, Some("priceOf")));
    assert_eq!(original(&map, 0, 135), price);
    assert_eq!(original(&map, 3, 145), price);
    for (line, column) in [(3, 9), (3, 10), (4, 135), (1, 0)] {
        assert_eq!(original(&map, line, column), None, "{line}:{column}");
    }
    let later = parsed(&json!({"version": 3, "sections": [section(3, 10)]})).expect("a map");
    assert_eq!(original(&later, 3, 9), None);
    assert!(parsed(&json!({"version": 3, "sections": []})).is_ok());
}

#[test]
fn a_guard_before_the_json_is_skipped_and_unknown_members_are_left_out() {
    let guarded = format!(")]}}'\n{MAP}");
    let map = ParsedMap::parse(guarded.as_bytes()).expect("a map");
    assert!(map.lookup(0, 135).is_some());
    let mut extended = fixture();
    extended["x_facebook_sources"] = json!([[{"names": ["a"], "mappings": "!!"}]]);
    extended["file"] = json!([[[]]]);
    extended["debugId"] = json!({"no": "id"});
    assert!(parsed(&extended).expect("a map").lookup(0, 135).is_some());
}

#[test]
fn names_of_sources_are_only_text() {
    for source in ["../../etc/passwd", "javascript:alert(1)", "file:///etc/passwd", "\u{202e}<img>"]
    {
        let mut map = fixture();
        map["sources"] = json!([source, source]);
        let frames = resolved(CHROMIUM_STACK, &map);
        assert_eq!(frames[0].file, source);
    }
    let mut map = fixture();
    map["sources"] = json!(["a\u{0}\u{1b}[31m\nb".to_owned() + &"x".repeat(9_000), null]);
    map["sourceRoot"] = json!("webpack://shop");
    let file = &resolved(CHROMIUM_STACK, &map)[0].file;
    assert!(file.starts_with("webpack://shop/a[31mbxx"), "{file}");
    assert_eq!(file.len(), 512);
    let mut map = fixture();
    map["sources"] = json!([null, ""]);
    assert!(resolved(CHROMIUM_STACK, &map).iter().all(|frame| !frame.is_resolved));
}

/// Bodies that are no source map, or more than is read, each with a part of its answer.
fn invalid_maps() -> Vec<(String, &'static str)> {
    let with = |member: &str, value: Value| {
        let mut map = fixture();
        map[member] = value;
        map.to_string()
    };
    let mapped = |mappings: &str| with("mappings", json!(mappings));
    let nested = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let index = json!({"version": 3, "sections": []});
    let section = |map: &Value| json!({"offset": {"line": 0, "column": 0}, "map": map});
    let indexed = |sections: Vec<Value>| json!({"version": 3, "sections": sections}).to_string();
    let offsets = json!([{"offset": {"line": -1, "column": 0}, "map": fixture()}]);
    vec![
        (String::new(), "EOF"),
        ("null".to_owned(), "invalid type"),
        ("[]".to_owned(), "not a source map"),
        ("<!doctype html>".to_owned(), "expected value"),
        ("{}".to_owned(), "version"),
        (json!({"version": 3}).to_string(), "neither mappings nor sections"),
        (with("version", json!(2)), "version"),
        (with("version", json!("3")), "invalid type"),
        (MAP[..MAP.len() / 2].to_owned(), "EOF"),
        (MAP.replacen("\"version\"", "\"mappings\": \"\", \"version\"", 1), "duplicate"),
        (format!("{{\"version\":3,\"sources\":{nested},\"mappings\":\"\"}}"), "a text"),
        (with("sources", json!([["a"]])), "a text"),
        (with("sources", json!({"0": "a"})), "an array"),
        (with("names", json!([{"a": 1}])), "a text"),
        (with("mappings", json!(7)), "invalid type"),
        (mapped("AAAA,!!!!"), "not a source map"),
        (mapped("é"), "not a source map"),
        (mapped("A,AA"), "not a source map"),
        (mapped("AAAAAA"), "not a source map"),
        (mapped("g"), "not a source map"),
        (mapped("AAgggggggggggggggggggE"), "not a source map"),
        (mapped("AgkBAA"), "not a source map"),
        (mapped("AAAAggggggC"), "not a source map"),
        (mapped("ADAA"), "not a source map"),
        (mapped(&";".repeat(MAX_MAPPINGS)), "mappings; at most"),
        (mapped(&"A,".repeat(MAX_MAPPINGS)), "mappings; at most"),
        (MAP.replace("MAGA", &"\\u002c".repeat(MAX_MAPPINGS)), "mappings; at most"),
        (with("names", json!(vec![0; 500_001])), "names; at most"),
        (with("sources", json!(vec![""; 50_001])), "sources; at most"),
        (with("sourcesContent", json!(vec![Value::Null; 50_001])), "sources; at most"),
        (with("sourceRoot", json!("a".repeat(1_025))), "sourceRoot; at most"),
        (indexed(vec![section(&index)]), "a section is indexed itself"),
        (indexed(vec![section(&json!({"version": 1, "mappings": ""}))]), "a section's version"),
        (indexed(vec![section(&json!({"version": 3, "mappings": ""})); 10_001]), "10000 sections"),
        (json!({"version": 3, "sections": [{"offset": {"line": 0, "column": 0}, "url": "http://127.0.0.1/"}]}).to_string(), "missing field"),
        (json!({"version": 3, "sections": offsets}).to_string(), "invalid value"),
        (indexed(vec![section(&json!({"version": 3, "sources": vec![""; 30_000], "mappings": ""})); 2]), "sources; at most"),
    ]
}

#[test]
fn what_is_no_map_or_too_much_of_one_is_refused_by_its_reason() {
    for (json, reason) in invalid_maps() {
        let refused = ParsedMap::parse(json.as_bytes()).map_err(|error| error.0);
        let start = &json[..json.floor_char_boundary(120)];
        let detail = refused.expect_err(start);
        assert!(detail.contains(reason), "{start}: {detail}");
        assert!(detail.len() < 300, "{start}: {detail}");
    }
    assert!(ParsedMap::parse(b"\xff\xfe{}").is_err());
}

#[test]
fn extreme_numbers_are_looked_up_without_harm() {
    // Lines and columns that wrap, in any order, and an offset at the end of all lines.
    for mappings in [
        "AAAA,D,C",
        "2+++++D,AAAA",
        "AAAA;AAAD,AADA",
        ";;;A",
        "",
        ",,,;,",
        "AAAA,AAAA,AAAA,AAAA",
        "AC+/////////D+/////////D",
    ] {
        let mut map = fixture();
        map["mappings"] = json!(mappings);
        let end = json!({"line": u32::MAX, "column": u32::MAX});
        let index = json!({"version": 3, "sections": [{"offset": end, "map": map}]});
        for map in [map, index] {
            let Ok(map) = parsed(&map) else { continue };
            for position in [0, 1, 41, u32::MAX] {
                let _ = map.lookup(position, position);
                let _ = map.lookup(0, position);
            }
        }
    }
    let stack = format!("at f ({SCRIPT_URL}:0:0)\nat f ({SCRIPT_URL}:4294967295:4294967295)");
    assert!(resolved(&stack, &fixture()).iter().all(|frame| !frame.is_resolved));
}

#[test]
fn what_a_map_takes_in_memory_is_counted() {
    let light = parsed(&fixture()).expect("a map").weight();
    let mut heavy = fixture();
    heavy["mappings"] = json!("AAAA,".repeat(10_000));
    let heavy = parsed(&heavy).expect("a map").weight();
    assert!(heavy > light + 10_000 * 28, "{light} and {heavy}");
}

#[test]
fn a_long_line_is_cut_and_a_large_source_is_not_searched() {
    let mut map = fixture();
    map["sourcesContent"] =
        json!(["\n\n\n\n".to_owned() + &"é".repeat(9_000), "\n".repeat(5 << 20)]);
    let frames = resolved(CHROMIUM_STACK, &map);
    let context = frames[0].source_context.as_ref().expect("lines");
    assert_eq!(context.line.len(), 300);
    assert!(frames[2].is_resolved && frames[2].source_context.is_none(), "{:?}", frames[2]);
}
