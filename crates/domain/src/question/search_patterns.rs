//! Searches by term, and the filters that people use together.
//!
//! A search is a customer event `search.performed`; where a period has none, a behavior event `search`: a site may
//! report the same search both ways. Its term is the text searched for, in lower case with single spaces. Its filters
//! are the other texts, numbers and truth values it carries, by name, and every value of a behavior event
//! `filter_applied`, which is no search itself. Filters used at once are one combination, whatever their order.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

/// Events that are looked at, at most.
pub const MAX_EVENTS: u64 = 2_000_000;
/// Terms and combinations that are kept apart, at most of each; later ones count in the totals only.
const MAX_DISTINCT: usize = 20_000;
/// Filters of one combination, at most.
const MAX_FILTERS: usize = 8;
/// Longest term or value, in characters.
const MAX_CHARS: usize = 120;

/// Members that hold the text of a search.
const TERM: [&str; 6] = ["query", "search_query", "q", "term", "text", "keyword"];

/// Events that [`SearchTally`] reads: category and name.
pub const SEARCH_EVENTS: [(&str, &str); 3] =
    [("customer", "search.performed"), ("behavior", "search"), ("behavior", "filter_applied")];

/// How often something was searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchTerm {
    /// In lower case, with single spaces.
    pub term: String,
    /// Searches.
    pub searches: u64,
    /// People who did.
    pub people: u64,
}

/// How often filters were used together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterCombination {
    /// Names and values, by name.
    pub filters: Vec<(String, String)>,
    /// Uses.
    pub uses: u64,
    /// People who did.
    pub people: u64,
}

/// Searches and filters of a period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchPatterns {
    /// Searches, with or without a term.
    pub searches: u64,
    /// People who searched.
    pub people: u64,
    /// Most searches first, ties by term.
    pub terms: Vec<SearchTerm>,
    /// Most uses first, ties by filters.
    pub filters: Vec<FilterCombination>,
}

/// Counts the events of a period one after the other, in any order.
#[derive(Debug, Default)]
pub struct SearchTally {
    customers: Searches,
    behavior: Searches,
    applied: Counts<Vec<(String, String)>>,
}

#[derive(Debug, Default)]
struct Searches {
    count: u64,
    people: HashSet<u64>,
    terms: Counts<String>,
    filters: Counts<Vec<(String, String)>>,
}

#[derive(Debug)]
struct Counts<K>(HashMap<K, (u64, HashSet<u64>)>);

impl<K> Default for Counts<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: std::hash::Hash + Eq> Counts<K> {
    fn add(&mut self, key: K, person: u64) {
        if self.0.len() >= MAX_DISTINCT && !self.0.contains_key(&key) {
            return;
        }
        let (count, people) = self.0.entry(key).or_default();
        *count += 1;
        people.insert(person);
    }

    fn merge(&mut self, other: Self) {
        for (key, (count, people)) in other.0 {
            let mine = self.0.entry(key).or_default();
            mine.0 += count;
            mine.1.extend(people);
        }
    }
}

impl SearchTally {
    /// Counts an event of [`SEARCH_EVENTS`], by its name, of the person that `person` stands for.
    pub fn add(&mut self, name: &str, properties: &str, person: u64) {
        let properties: Map<String, Value> = serde_json::from_str(properties).unwrap_or_default();
        match name {
            "search.performed" => {
                let data = properties.get("event_data").and_then(Value::as_object);
                self.customers.add(data.unwrap_or(&Map::new()), person);
            }
            "search" => self.behavior.add(&properties, person),
            _ => {
                let filters = properties.get("filters").and_then(Value::as_object);
                if let Some(filters) = filters.map(combination).filter(|some| !some.is_empty()) {
                    self.applied.add(filters, person);
                }
            }
        }
    }

    /// The `limit` terms and combinations with most searches and uses.
    pub fn finish(self, limit: usize) -> SearchPatterns {
        let Self { customers, behavior, applied: mut filters } = self;
        let searches = if customers.count > 0 { customers } else { behavior };
        filters.merge(searches.filters);
        let terms = searches.terms.0.into_iter();
        let mut terms: Vec<_> = terms
            .map(|(term, (searches, people))| SearchTerm { term, searches, people: size(&people) })
            .collect();
        terms.sort_by(|a, b| b.searches.cmp(&a.searches).then_with(|| a.term.cmp(&b.term)));
        terms.truncate(limit);
        let filters = filters.0.into_iter();
        let mut filters: Vec<_> = filters
            .map(|(filters, (uses, people))| FilterCombination {
                filters,
                uses,
                people: size(&people),
            })
            .collect();
        filters.sort_by(|a, b| b.uses.cmp(&a.uses).then_with(|| a.filters.cmp(&b.filters)));
        filters.truncate(limit);
        SearchPatterns { searches: searches.count, people: size(&searches.people), terms, filters }
    }
}

impl Searches {
    fn add(&mut self, data: &Map<String, Value>, person: u64) {
        self.count += 1;
        self.people.insert(person);
        let term = TERM.iter().find_map(|name| scalar(data.get(*name)?));
        let term = term.map(|term| term.split_whitespace().collect::<Vec<_>>().join(" "));
        if let Some(term) = term.map(|term| term.to_lowercase()).filter(|term| !term.is_empty()) {
            self.terms.add(term, person);
        }
        let mut others =
            data.get("filters").and_then(Value::as_object).cloned().unwrap_or_default();
        let others_of = data.iter().filter(|(name, _)| !TERM.contains(&name.as_str()));
        others.extend(others_of.map(|(name, value)| (name.clone(), value.clone())));
        let filters = combination(&others);
        if !filters.is_empty() {
            self.filters.add(filters, person);
        }
    }
}

fn size(people: &HashSet<u64>) -> u64 {
    people.len() as u64
}

/// The filters that have a value, by name.
fn combination(filters: &Map<String, Value>) -> Vec<(String, String)> {
    let named = filters.iter().filter_map(|(name, value)| {
        let value = match value {
            Value::Array(values) => {
                let values: Vec<_> = values.iter().filter_map(scalar).collect();
                Some(cut(&values.join(", "))).filter(|text| !text.is_empty())
            }
            value => scalar(value),
        };
        Some((cut(name), value?))
    });
    let mut named: Vec<_> = named.collect();
    named.sort_unstable();
    named.truncate(MAX_FILTERS);
    named
}

/// A text that is not empty, a number or a truth value, as text.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(cut(text.trim())).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(is_true) => Some(is_true.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn cut(text: &str) -> String {
    text.chars().take(MAX_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(filters: &[(&str, &str)]) -> Vec<(String, String)> {
        filters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn searches_are_counted_by_term_and_person() {
        let mut tally = SearchTally::default();
        let search = |query: &str| format!(r#"{{"event_data": {{"query": "{query}"}}}}"#);
        for (query, person) in [("Prado ", 1), ("prado", 1), ("PRADO", 2), ("a  b", 2), ("", 3)] {
            tally.add("search.performed", &search(query), person);
        }
        // The site reports the same searches as behavior, too.
        tally.add("search", r#"{"search_query": "prado"}"#, 1);
        let found = tally.finish(9);
        assert_eq!((found.searches, found.people), (5, 3));
        let term =
            |term: &str, searches, people| SearchTerm { term: term.to_owned(), searches, people };
        assert_eq!(found.terms, [term("prado", 3, 2), term("a b", 1, 1)]);
        assert_eq!(found.filters, []);
    }

    #[test]
    fn without_customer_events_behavior_counts() {
        let mut tally = SearchTally::default();
        tally.add("search", r#"{"search_query": "villa", "filters": {"beds": 3}}"#, 1);
        let found = tally.finish(9);
        assert_eq!((found.searches, &*found.terms[0].term), (1, "villa"));
        assert_eq!(found.filters[0].filters, pairs(&[("beds", "3")]));
    }

    #[test]
    fn filters_used_at_once_are_one_combination_whatever_their_order() {
        let mut tally = SearchTally::default();
        tally.add("filter_applied", r#"{"filters": {"beds": 2, "city": "Arusha"}}"#, 1);
        tally.add("filter_applied", r#"{"filters": {"city": "Arusha", "beds": 2}}"#, 2);
        tally.add("filter_applied", r#"{"filters": {"city": ["Moshi", "Arusha"], "x": null}}"#, 2);
        tally.add("filter_applied", r#"{"filters": {"x": {}, "y": " "}}"#, 2);
        tally.add("search.performed", r#"{"event_data": {"query": "q", "location": "Moshi"}}"#, 3);
        let found = tally.finish(9);
        let filters: Vec<_> =
            found.filters.iter().map(|it| (it.filters.clone(), it.uses, it.people)).collect();
        assert_eq!(
            filters,
            [
                (pairs(&[("beds", "2"), ("city", "Arusha")]), 2, 2),
                (pairs(&[("city", "Moshi, Arusha")]), 1, 1),
                (pairs(&[("location", "Moshi")]), 1, 1),
            ]
        );
        assert_eq!(found.searches, 1, "filters are no searches");
    }

    #[test]
    fn what_is_kept_apart_is_bounded_and_garbage_counts_as_a_search() {
        let mut tally = SearchTally::default();
        for number in 0..MAX_DISTINCT + 5 {
            let properties = format!(r#"{{"event_data": {{"query": "term {number}"}}}}"#);
            tally.add("search.performed", &properties, 1);
        }
        tally.add("search.performed", "no JSON", 1);
        assert_eq!(tally.customers.terms.0.len(), MAX_DISTINCT);
        let found = tally.finish(3);
        assert_eq!((found.searches, found.terms.len()), (MAX_DISTINCT as u64 + 6, 3));
    }
}
