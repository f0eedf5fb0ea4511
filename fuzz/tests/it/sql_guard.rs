//! Statements before anything looks into them: bounded by one pass over their tokens, in time that grows
//! with their length. What parses and plans them runs in a worker process, never here.

use fuzz::{Observation, Random, Target, sql};

struct SqlGuard;

impl Target for SqlGuard {
    fn name(&self) -> &'static str {
        "sql_guard"
    }

    fn generate(&mut self, random: &mut Random) -> Vec<u8> {
        sql::statement(random).into_bytes()
    }

    fn check(&mut self, input: &[u8]) -> Observation {
        let text = String::from_utf8_lossy(input);
        match lake::check_statement(&text) {
            Ok(()) => {
                // Judged independently: what passes cannot make a parser descend far.
                assert!(text.len() <= 64 << 10, "{} bytes pass", text.len());
                "passes".to_owned()
            }
            Err(diagnostic) => {
                diagnostic.detail.chars().filter(|it| !it.is_ascii_digit()).collect()
            }
        }
    }

    fn must_find(&self) -> &'static [&'static str] {
        &["passes", "the statement has more than", "brackets are nested deeper"]
    }
}

#[test]
fn sql_guard() {
    fuzz::run(&mut SqlGuard);
}
