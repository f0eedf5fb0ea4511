//! How large a statement may be, judged by its tokens before anything looks into it.
//!
//! Whatever parses or plans a statement descends as deep as it is nested and takes time that grows
//! with its parts, for some exponentially. Tokens are counted in one pass that never descends.

use datafusion::sql::sqlparser::dialect::PostgreSqlDialect;
use datafusion::sql::sqlparser::keywords::Keyword;
use datafusion::sql::sqlparser::tokenizer::{Location, Token, TokenWithSpan, Tokenizer};
use engine::ports::sql::Diagnostic;

/// A longer text is refused, in bytes.
const MAX_BYTES: usize = 64 << 10;
/// Words, numbers and signs. A list of 4,000 values has 8,000.
const MAX_TOKENS: usize = 16_000;
/// Brackets within brackets, `CASE` within `CASE`.
const MAX_NESTING: usize = 48;
/// Calls within calls. The planner asks for the type of an argument several times at each level, so
/// the time it takes grows exponentially.
const MAX_CALL_NESTING: usize = 12;
/// Operators, whose expressions are as deep as there are operators in a row.
const MAX_OPERATORS: usize = 1_000;
/// `UNION`, `INTERSECT`, `EXCEPT`.
const MAX_SET_OPERATIONS: usize = 64;
/// `JOIN`.
const MAX_JOINS: usize = 32;
/// `SELECT`, `VALUES` and `TABLE`: subqueries, common table expressions and sides of set operations.
const MAX_SELECTS: usize = 100;

/// Refuses a statement that is too large or too deep, and says where it becomes so.
pub fn check(text: &str) -> Result<(), Diagnostic> {
    if text.len() > MAX_BYTES {
        let detail = format!("the statement is longer than {} KiB", MAX_BYTES >> 10);
        return Err(Diagnostic { detail, ..Diagnostic::default() });
    }
    let tokens = Tokenizer::new(&PostgreSqlDialect {}, text).tokenize_with_location();
    // The parser, which sees the same, says what is wrong.
    let Ok(tokens) = tokens else { return Ok(()) };
    let mut counts = Counts::default();
    for TokenWithSpan { token, span } in tokens.iter().filter(|it| !is_blank(&it.token)) {
        counts.take(token).map_err(|detail| at(detail, span.start))?;
    }
    Ok(())
}

#[derive(Debug, Default)]
struct Counts {
    tokens: usize,
    operators: usize,
    set_operations: usize,
    joins: usize,
    selects: usize,
    explains: usize,
    /// What is open: whether each is a call's bracket.
    open: Vec<bool>,
    calls: usize,
    /// Whether the token before can be the name of a function.
    after_name: bool,
}

impl Counts {
    fn take(&mut self, token: &Token) -> Result<(), String> {
        count(&mut self.tokens, MAX_TOKENS, "words and signs")?;
        let after_name = std::mem::replace(&mut self.after_name, is_name(token));
        match token {
            Token::LParen => self.open(after_name)?,
            Token::LBracket | Token::LBrace => self.open(false)?,
            Token::RParen | Token::RBracket | Token::RBrace => self.close(),
            Token::Word(word) if word.quote_style.is_none() => self.keyword(word.keyword)?,
            other if is_operator(other) => count(&mut self.operators, MAX_OPERATORS, "operators")?,
            _ => {}
        }
        Ok(())
    }

    fn keyword(&mut self, keyword: Keyword) -> Result<(), String> {
        match keyword {
            Keyword::CASE => self.open(false),
            Keyword::END => {
                self.close();
                Ok(())
            }
            Keyword::UNION | Keyword::INTERSECT | Keyword::EXCEPT | Keyword::MINUS => {
                count(&mut self.set_operations, MAX_SET_OPERATIONS, "set operations")
            }
            Keyword::JOIN => count(&mut self.joins, MAX_JOINS, "joins"),
            Keyword::SELECT | Keyword::VALUES | Keyword::TABLE => {
                count(&mut self.selects, MAX_SELECTS, "queries")
            }
            Keyword::EXPLAIN | Keyword::DESCRIBE | Keyword::DESC if self.tokens == 1 => Ok(()),
            Keyword::EXPLAIN | Keyword::DESCRIBE => count(&mut self.explains, 0, "EXPLAINs"),
            Keyword::AND
            | Keyword::OR
            | Keyword::NOT
            | Keyword::XOR
            | Keyword::IS
            | Keyword::IN
            | Keyword::BETWEEN
            | Keyword::LIKE
            | Keyword::ILIKE
            | Keyword::RLIKE
            | Keyword::REGEXP
            | Keyword::SIMILAR
            | Keyword::COLLATE
            | Keyword::OVERLAPS
            | Keyword::OPERATOR
            | Keyword::INTERVAL
            | Keyword::PRIOR
            | Keyword::NOTNULL
            | Keyword::AT
            | Keyword::DIV => count(&mut self.operators, MAX_OPERATORS, "operators"),
            _ => Ok(()),
        }
    }

    fn open(&mut self, is_call: bool) -> Result<(), String> {
        self.open.push(is_call);
        if self.open.len() > MAX_NESTING {
            return Err(format!("brackets are nested deeper than {MAX_NESTING}"));
        }
        if is_call {
            count(&mut self.calls, MAX_CALL_NESTING, "function calls within each other")?;
        }
        Ok(())
    }

    fn close(&mut self) {
        if self.open.pop() == Some(true) {
            self.calls -= 1;
        }
    }
}

fn count(counted: &mut usize, most: usize, what: &str) -> Result<(), String> {
    *counted += 1;
    if *counted > most { Err(format!("the statement has more than {most} {what}")) } else { Ok(()) }
}

fn is_blank(token: &Token) -> bool {
    matches!(token, Token::Whitespace(_))
}

/// Whether a bracket after the token opens a call's arguments.
fn is_name(token: &Token) -> bool {
    use Keyword as K;
    let Token::Word(word) = token else { return false };
    let is_syntax = matches!(
        word.keyword,
        K::IN
            | K::AS
            | K::FROM
            | K::JOIN
            | K::ON
            | K::WHERE
            | K::AND
            | K::OR
            | K::NOT
            | K::EXISTS
            | K::VALUES
            | K::OVER
            | K::BY
            | K::UNION
            | K::ALL
            | K::INTERSECT
            | K::EXCEPT
            | K::SELECT
            | K::DISTINCT
            | K::LATERAL
            | K::USING
            | K::ANY
            | K::SOME
            | K::FILTER
            | K::GROUP
            | K::THEN
            | K::ELSE
            | K::WHEN
            | K::CASE
            | K::EXPLAIN
            | K::ANALYZE
            | K::HAVING
            | K::BETWEEN
            | K::LIKE
            | K::LIMIT
            | K::OFFSET
            | K::MATERIALIZED
    );
    word.quote_style.is_some() || !is_syntax
}

fn is_operator(token: &Token) -> bool {
    !matches!(
        token,
        Token::EOF
            | Token::Word(_)
            | Token::Number(..)
            | Token::Char(_)
            | Token::SingleQuotedString(_)
            | Token::DoubleQuotedString(_)
            | Token::DollarQuotedString(_)
            | Token::NationalStringLiteral(_)
            | Token::EscapedStringLiteral(_)
            | Token::UnicodeStringLiteral(_)
            | Token::HexStringLiteral(_)
            | Token::SingleQuotedByteStringLiteral(_)
            | Token::Comma
            | Token::SemiColon
            | Token::Placeholder(_)
            | Token::Whitespace(_)
    )
}

fn at(detail: String, position: Location) -> Diagnostic {
    Diagnostic { detail, at: Some((position.line, position.column)), ..Diagnostic::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        check(text).expect_err(text).detail
    }

    #[test]
    fn ordinary_statements_pass() {
        let ids: Vec<String> = (0..4_000).map(|id| format!("'user{id}'")).collect();
        let terms: Vec<String> = (0..300).map(|id| format!("x = {id}")).collect();
        for text in [
            "",
            "not even SQL (",
            "SELECT 1",
            "EXPLAIN ANALYZE SELECT round(coalesce(sum(nullif(trim(lower(name)), '')), 0)) FROM t",
            "DESCRIBE users",
            "SELECT a FROM t WHERE b IN (SELECT c FROM u WHERE d IN (SELECT e FROM v)) ORDER BY a DESC",
            &format!("SELECT * FROM users WHERE id IN ({})", ids.join(",")),
            &format!("SELECT * FROM t WHERE {}", terms.join(" OR ")),
        ] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn what_is_too_deep_or_too_wide_is_refused() {
        let nested =
            |open: &str, close: &str, n| format!("SELECT {}1{}", open.repeat(n), close.repeat(n));
        assert!(refused(&format!("SELECT 1{}", "+1".repeat(2_000))).contains("operators"));
        assert!(refused(&format!("SELECT {}1", "- ".repeat(2_000))).contains("operators"));
        assert!(refused(&format!("SELECT {} true", "NOT ".repeat(2_000))).contains("operators"));
        assert!(refused(&format!("SELECT 1{}", "::text".repeat(2_000))).contains("operators"));
        assert!(refused(&format!("SELECT x{}", ".x".repeat(2_000))).contains("operators"));
        assert!(
            refused(&format!("SELECT {} '1'", "INTERVAL ".repeat(2_000))).contains("operators")
        );
        assert!(refused(&format!("{}SELECT 1", "EXPLAIN ".repeat(500))).contains("EXPLAIN"));
        let union = format!("SELECT 1{}", " UNION ALL SELECT 1".repeat(2_000));
        assert!(refused(&union).contains("set operations"));
        let joins = format!("SELECT 1 FROM t{}", " CROSS JOIN t".repeat(40));
        assert!(refused(&joins).contains("joins"));
        assert!(refused(&nested("(", ")", 60)).contains("nested"));
        assert!(refused(&nested("ARRAY[", "]", 60)).contains("nested"));
        assert!(refused(&nested("CASE WHEN true THEN ", " END", 60)).contains("nested"));
        assert!(refused(&nested("abs(", ")", 40)).contains("function calls"));
        assert!(refused(&nested("\"abs\" (", ")", 40)).contains("function calls"));
        assert!(refused(&nested("(SELECT ", ")", 200)).contains("nested"));
        assert!(refused(&format!("SELECT {}1", "1,".repeat(20_000))).contains("words"));
        assert!(refused(&"x".repeat(MAX_BYTES + 1)).contains("64 KiB"));
    }

    #[test]
    fn the_place_is_where_it_becomes_too_much() {
        let text = format!("SELECT\n  {}1{}", "abs(".repeat(13), ")".repeat(13));
        assert_eq!(check(&text).expect_err("too deep").at, Some((2, 54)));
    }

    /// One after the other is not one within the other.
    #[test]
    fn sibling_calls_are_counted_one_by_one() {
        let text = format!("SELECT {} FROM t", vec!["abs(lower(x))"; 200].join(", "));
        assert_eq!(check(&text), Ok(()));
    }
}
