//! Statements of SQL: from a small grammar, deep and wide, with the functions and tables a surface has.

use crate::random::Random;
use crate::text;

/// What begins a statement that may pass, or must not.
const KINDS: [&str; 16] = [
    "SELECT",
    "SELECT",
    "SELECT",
    "SELECT",
    "WITH",
    "VALUES",
    "EXPLAIN",
    "SHOW FUNCTIONS LIKE",
    "SHOW TABLES",
    "DESCRIBE",
    "INSERT INTO",
    "COPY",
    "SET",
    "CREATE TABLE",
    "DELETE FROM",
    "PREPARE",
];
const TABLES: [&str; 10] = [
    "events",
    "friction_events",
    "user_sessions",
    "widget_analytics",
    "crm_contacts",
    "information_schema.tables",
    "information_schema.df_settings",
    "pg_catalog.pg_class",
    "generate_series(1, 9999999999)",
    "'/etc/passwd'",
];
const FUNCTIONS: [&str; 20] = [
    "count",
    "sum",
    "approx_percentile_cont",
    "array_agg",
    "string_agg",
    "replace",
    "repeat",
    "lpad",
    "concat",
    "array_to_string",
    "array_concat",
    "regexp_replace",
    "regexp_match",
    "date_trunc",
    "now",
    "version",
    "get_field",
    "arrow_cast",
    "generate_series",
    "no_such_function",
];
const OPERATORS: [&str; 14] =
    ["+", "-", "*", "/", "%", "||", "=", "<>", "~", "LIKE", "AND", "OR", "IS DISTINCT FROM", "::"];
const LITERALS: [&str; 12] = [
    "1",
    "0",
    "-1",
    "1e400",
    "999999999999999999999",
    "'x'",
    "''",
    "NULL",
    "TRUE",
    "$1",
    "INTERVAL '1 day'",
    "X'ff'",
];

/// A statement: of the grammar, wide, deep, or broken.
pub fn statement(random: &mut Random) -> String {
    match random.below(8) {
        0 => wide(random),
        1 => deep(random),
        2 => text::of_words(random, &WORDS),
        _ => {
            let kind = random.pick(&KINDS);
            format!("{kind} {}", body(random, 3))
        }
    }
}

const WORDS: [&str; 24] = [
    "SELECT ",
    "FROM ",
    "events ",
    "WHERE ",
    "(",
    ")",
    ",",
    "'",
    "\"",
    "--",
    "/*",
    "*/",
    "$$",
    ";",
    "1",
    " AND ",
    "CASE WHEN ",
    "END ",
    "UNION ALL ",
    "[",
    "]",
    "::",
    "U&'\\0000'",
    "E'\\x00'",
];

fn body(random: &mut Random, depth: usize) -> String {
    let columns: Vec<String> = (0..=random.small(6)).map(|_| expression(random, depth)).collect();
    let mut text = columns.join(", ");
    if !random.one_in(3) {
        text = format!("{text} FROM {}", source(random, depth));
    }
    for (odds, clause) in
        [(2, "WHERE"), (4, "GROUP BY"), (6, "HAVING"), (4, "ORDER BY"), (4, "LIMIT")]
    {
        if random.one_in(odds) {
            text = format!("{text} {clause} {}", expression(random, depth));
        }
    }
    text
}

fn source(random: &mut Random, depth: usize) -> String {
    if depth == 0 || random.one_in(2) {
        return random.pick(&TABLES).to_owned();
    }
    match random.below(3) {
        0 => format!("(SELECT {}) AS t", body(random, depth - 1)),
        1 => format!("{} CROSS JOIN {}", source(random, depth - 1), source(random, depth - 1)),
        _ => format!("{} TABLESAMPLE BERNOULLI (1)", random.pick(&TABLES)),
    }
}

fn expression(random: &mut Random, depth: usize) -> String {
    if depth == 0 || random.one_in(3) {
        return match random.below(4) {
            0 => "*".to_owned(),
            1 => "session_id".to_owned(),
            _ => random.pick(&LITERALS).to_owned(),
        };
    }
    let inner = |random: &mut Random| expression(random, depth - 1);
    match random.below(6) {
        0 => format!("{} {} {}", inner(random), random.pick(&OPERATORS), inner(random)),
        1 => format!("{}({}, {})", random.pick(&FUNCTIONS), inner(random), inner(random)),
        2 => format!("{}({})", random.pick(&FUNCTIONS), inner(random)),
        3 => format!("CASE WHEN {} THEN {} END", inner(random), inner(random)),
        4 => format!("(SELECT {})", body(random, depth - 1)),
        _ => format!("sum({}) OVER (PARTITION BY {})", inner(random), inner(random)),
    }
}

/// One thing after another, thousands of times.
fn wide(random: &mut Random) -> String {
    let count = 1 + random.small(3_000);
    let piece = random.pick(&[
        " + 1",
        " || 'x'",
        " UNION ALL SELECT 1",
        ", 1",
        " AND 1 = 1",
        " OR 1",
        "::text",
    ]);
    format!("SELECT 1{}", piece.repeat(count))
}

/// One thing in another, thousands of times.
fn deep(random: &mut Random) -> String {
    let count = 1 + random.small(3_000);
    let (open, close) = [
        ("(", ")"),
        ("abs(", ")"),
        ("(SELECT ", ")"),
        ("NOT ", ""),
        ("- ", ""),
        ("CASE WHEN true THEN ", " END"),
        ("[", "]"),
        ("EXPLAIN ", ""),
    ][random.below(8)];
    if open == "EXPLAIN " {
        return format!("{}SELECT 1", open.repeat(count));
    }
    format!("SELECT {}1{}", open.repeat(count), close.repeat(count))
}
