//! Random statements of SQL as an attacker would write them: deep, wide, large, and sometimes plain.
//!
//! Made from a grammar, so that most of them get past the parser and into whatever plans and computes.
//! The same seed gives the same statements.

mod vocabulary;

use std::fmt::Write as _;

use crate::random::Random;
use vocabulary::{
    AGGREGATES, COLUMNS, FUNCTIONS, NOISE, NUMBERS, OPERATORS, REFUSED, TABLES, TYPES, WINDOWS,
};

/// The next statement.
pub fn statement(random: &mut Random) -> String {
    Grammar(random).statement()
}

struct Grammar<'a>(&'a mut Random);

impl Grammar<'_> {
    fn statement(&mut self) -> String {
        match self.below(20) {
            0 => self.deep(),
            1 => self.wide(),
            2 => self.large(),
            3 => self.doubling_ctes(),
            4 => format!("EXPLAIN {} {}", self.pick(&["", "VERBOSE", "ANALYZE"]), self.query(3)),
            5 => self.noise(),
            6 => format!("{} {}", self.pick(&REFUSED), self.query(1)),
            _ => {
                let depth = self.below(6);
                self.query(depth)
            }
        }
    }

    fn query(&mut self, depth: usize) -> String {
        let items: Vec<String> = (0..=self.below(4)).map(|_| self.item(depth)).collect();
        let mut text = format!("SELECT {} FROM {}", items.join(", "), self.source(depth));
        if self.one_in(2) {
            let _ = write!(text, " WHERE {}", self.expression(depth));
        }
        match self.below(8) {
            0 => {
                let keys: Vec<String> = (0..=self.below(12)).map(|_| self.column()).collect();
                let kind = self.pick(&["CUBE", "ROLLUP", "GROUPING SETS"]);
                let _ = write!(text, " GROUP BY {kind} ({})", keys.join(", "));
            }
            1 | 2 => {
                let _ = write!(text, " GROUP BY {}", self.expression(depth.min(2)));
            }
            _ => {}
        }
        if self.one_in(4) {
            let _ = write!(text, " ORDER BY {} DESC NULLS LAST", self.expression(depth.min(2)));
        }
        if self.one_in(6) {
            let kind = self.pick(&["UNION ALL", "UNION", "INTERSECT", "EXCEPT"]);
            let _ = write!(text, " {kind} {}", self.query(depth / 2));
        }
        if self.one_in(4) {
            let _ = write!(text, " LIMIT {}", self.number());
        }
        text
    }

    fn item(&mut self, depth: usize) -> String {
        match self.below(6) {
            0 => "*".to_owned(),
            1 => {
                let aggregate = self.word(AGGREGATES);
                let over = self.pick(&[
                    "",
                    "",
                    " OVER ()",
                    " OVER (ORDER BY id)",
                    " FILTER (WHERE x > 1)",
                ]);
                format!("{aggregate}({}){over}", self.arguments(depth))
            }
            2 => {
                let window = self.word(WINDOWS);
                format!(
                    "{window}({}) OVER (PARTITION BY {} ORDER BY {})",
                    self.arguments(depth.min(1)),
                    self.column(),
                    self.column()
                )
            }
            _ => self.expression(depth),
        }
    }

    fn source(&mut self, depth: usize) -> String {
        match self.below(8) {
            0 if depth > 0 => format!("({}) AS t", self.query(depth - 1)),
            1 => format!("generate_series(1, {}) AS t(v)", self.number()),
            2 => format!("{} a CROSS JOIN {} b", self.word(TABLES), self.word(TABLES)),
            3 => format!(
                "{} a JOIN {} b ON {}",
                self.word(TABLES),
                self.word(TABLES),
                self.expression(1)
            ),
            4 => format!(
                "generate_series(1, {}) a(v), generate_series(1, {}) b(w)",
                self.number(),
                self.number()
            ),
            5 => format!("{} TABLESAMPLE SYSTEM (1)", self.word(TABLES)),
            _ => self.word(TABLES).to_owned(),
        }
    }

    fn expression(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.atom();
        }
        match self.below(10) {
            0 | 1 => format!("{}({})", self.word(FUNCTIONS), self.arguments(depth - 1)),
            2 | 3 => {
                let (left, right) = (self.expression(depth - 1), self.expression(depth - 1));
                format!("{left} {} {right}", self.pick(OPERATORS))
            }
            4 => format!("CAST({} AS {})", self.expression(depth - 1), self.pick(TYPES)),
            5 => format!(
                "CASE WHEN {} THEN {} ELSE {} END",
                self.expression(depth - 1),
                self.expression(depth - 1),
                self.atom()
            ),
            6 => format!("({})", self.query(depth - 1)),
            7 => format!("EXISTS ({})", self.query(depth - 1)),
            8 => format!("{} IN ({})", self.column(), self.query(depth - 1)),
            _ => self.atom(),
        }
    }

    fn arguments(&mut self, depth: usize) -> String {
        let arguments: Vec<String> = (0..self.below(4)).map(|_| self.expression(depth)).collect();
        arguments.join(", ")
    }

    fn atom(&mut self) -> String {
        match self.below(8) {
            0 | 1 => self.column(),
            2 => self.number(),
            3 => format!("'{}'", "x".repeat(self.below(40))),
            4 => self
                .pick(&["NULL", "true", "''", "'('", "'[a-'", "'%'", "'{}'", "$1", "now()"])
                .to_owned(),
            5 => format!("INTERVAL '{} months'", self.number()),
            6 => format!("ARRAY[{}, {}]", self.number(), self.number()),
            _ => "'2026-11-20T00:00:00Z'::timestamptz".to_owned(),
        }
    }

    fn column(&mut self) -> String {
        self.word(COLUMNS).to_owned()
    }

    fn number(&mut self) -> String {
        self.pick(&NUMBERS).to_owned()
    }

    /// One thing within another, often over the bound.
    fn deep(&mut self) -> String {
        let levels = 1 + self.below(80);
        let (open, close) = [
            ("abs(", ")"),
            ("coalesce(NULL, ", ")"),
            ("(", ")"),
            ("(SELECT ", ")"),
            ("ARRAY[", "]"),
            ("CASE WHEN true THEN ", " END"),
            ("- ", ""),
            ("NOT ", ""),
            ("nullif(1, ", ")"),
            ("upper(lower(", "))"),
            ("EXPLAIN SELECT ", ""),
        ][self.below(11)];
        format!("SELECT {}1{}", open.repeat(levels), close.repeat(levels))
    }

    /// One thing beside another, many times.
    fn wide(&mut self) -> String {
        let times = 1 + self.below(1_500);
        match self.below(6) {
            0 => format!("SELECT 1{}", " + 1".repeat(times)),
            1 => format!("SELECT 1{}", " UNION ALL SELECT 1".repeat(times / 10)),
            2 => format!("SELECT count(*) FROM events e0{}", ", events".repeat(times / 30)),
            3 => format!("SELECT {} FROM events", vec!["md5(name)"; times].join(", ")),
            4 => format!(
                "SELECT count(*) FROM events WHERE id IN ({})",
                vec!["'x'"; times].join(", ")
            ),
            _ => format!("SELECT count(*) FROM events WHERE {}", vec!["x = 1"; times].join(" OR ")),
        }
    }

    /// Much of little.
    fn large(&mut self) -> String {
        let rows = self.number();
        match self.below(9) {
            0 => format!("SELECT array_agg(v) OVER () FROM generate_series(1, {rows}) AS t(v)"),
            1 => format!(
                "SELECT string_agg(md5(v::text), ',') FROM generate_series(1, {rows}) AS t(v)"
            ),
            2 => format!(
                "SELECT approx_percentile_cont(v, 0.5, {rows}) FROM generate_series(1, 9) AS t(v)"
            ),
            3 => format!("SELECT repeat('x', {rows})"),
            4 => format!(
                "SELECT '{}' || v FROM generate_series(1, {rows}) AS t(v)",
                "x".repeat(30_000)
            ),
            5 => format!("SELECT v, count(*) FROM generate_series(1, {rows}) AS t(v) GROUP BY v"),
            6 => format!(
                "SELECT md5(v::text) AS h FROM generate_series(1, {rows}) AS t(v) ORDER BY h"
            ),
            7 => {
                let mut text = "'xxxxxxxxxxxxxxxx'".to_owned();
                for _ in 0..self.below(8) {
                    text = format!("replace({text}, 'x', 'xxxxxxxxxxxxxxxx')");
                }
                format!("SELECT length({text})")
            }
            _ => format!(
                "SELECT lead(v, {rows}) OVER (), ntile({rows}) OVER () FROM generate_series(1, 9) AS t(v)"
            ),
        }
    }

    fn doubling_ctes(&mut self) -> String {
        let levels = 1 + self.below(30);
        let step = self.pick(&["x||x||x||x", "x||x", "concat(x, x)", "replace(x, 'x', 'xx')"]);
        let mut text = "WITH t0 AS (SELECT 'x' AS x)".to_owned();
        for level in 1..=levels {
            let _ = write!(text, ", t{level} AS (SELECT {step} AS x FROM t{})", level - 1);
        }
        format!("{text} SELECT length(x) FROM t{levels}")
    }

    /// Words of the language in no order.
    fn noise(&mut self) -> String {
        let words: Vec<&str> = (0..self.below(60)).map(|_| self.pick(&NOISE)).collect();
        words.join(" ")
    }

    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        self.0.pick(of)
    }

    /// One of the words of a list.
    fn word(&mut self, list: &'static str) -> &'static str {
        let words: Vec<&str> = list.split(' ').collect();
        self.pick(&words)
    }

    fn one_in(&mut self, times: usize) -> bool {
        self.0.one_in(times)
    }

    fn below(&mut self, bound: usize) -> usize {
        self.0.below(bound)
    }
}
