//! Filters as text, and what is none.

use proptest::prelude::*;

use super::*;

fn parse(text: &str) -> Result<Vec<FilterCondition>, InvalidFilter> {
    parse_filters(text)
}

fn any_filter() -> impl Strategy<Value = FilterCondition> {
    let dimension = proptest::sample::select(&FilterDimension::ALL[..]);
    let operator = proptest::sample::select(&FilterOperator::ALL[..]);
    let values = proptest::collection::vec(r"([a-z ,;\\=!~]|\PC){0,6}", 1..5);
    (dimension, operator, values).prop_filter_map("no filter", |(dimension, operator, values)| {
        let known = dimension.known_values();
        let known = |text: String| match &known {
            Some(known) => known[text.len() % known.len()].to_owned(),
            None => text,
        };
        FilterCondition::new(dimension, operator, values.into_iter().map(known).collect()).ok()
    })
}

proptest! {
    #[test]
    fn the_text_of_filters_reads_as_the_same_filters(
        filters in proptest::collection::vec(any_filter(), 0..6),
    ) {
        prop_assert_eq!(parse(&write_filters(&filters)).expect("filters"), filters);
    }

    #[test]
    fn no_text_is_read_as_something_it_would_not_be_written_as(text in r"(path|session)?[=!~;,\\a-z]{0,12}") {
        if let Ok(filters) = parse(&text) {
            prop_assert_eq!(parse(&write_filters(&filters)).expect("filters"), filters);
        }
    }
}

#[test]
fn a_text_names_dimension_operator_and_values() {
    let text =
        r"browser!=Chrome,Mobile Safari;path~a\,b\;c\\d=e;referrer=,t.co;session=rage_click,booked";
    let filters = parse(text).expect("filters");
    let read: Vec<_> = filters
        .iter()
        .map(|filter| (filter.dimension().as_str(), filter.operator().sign(), filter.values()))
        .collect();
    let values = |values: &[&str]| values.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        read,
        [
            ("browser", "!=", &*values(&["Chrome", "Mobile Safari"])),
            ("path", "~", &*values(&[r"a,b;c\d=e"])),
            ("referrer", "=", &*values(&["", "t.co"])),
            ("session", "=", &*values(&["rage_click", "booked"])),
        ]
    );
    assert_eq!(write_filters(&filters), text);
    assert_eq!(parse("").expect("no filters"), []);
    assert_eq!(parse("path!~/x;").expect("one").len(), 1);
    assert_eq!(parse("path=/a,/b,/a").expect("one")[0].values(), ["/a", "/b"]);
}

#[test]
fn what_is_no_filter_is_named() {
    use InvalidFilter::{
        Dimension, EmptyValue, Escape, NoOperator, Operator, TooLong, TooMany, TooManyValues,
        Value, ValueTooLong,
    };
    let many = vec!["path=/"; MAX_FILTERS + 1].join(";");
    let values = format!("path={}", vec!["/"; MAX_FILTER_VALUES + 1].join(","));
    let long = format!("path={}", "x".repeat(MAX_FILTER_VALUE_BYTES + 1));
    for (text, expected) in [
        ("browser", NoOperator(1)),
        ("path=/;browser", NoOperator(2)),
        (";", NoOperator(1)),
        ("browser<Chrome", NoOperator(1)),
        ("Browser=Chrome", NoOperator(1)),
        ("colour=red", Dimension("colour".to_owned())),
        ("=red", Dimension(String::new())),
        (r"path=a\b", Escape(1)),
        (r"path=a\", Escape(1)),
        ("path=", EmptyValue(FilterDimension::Path)),
        ("path=/,", EmptyValue(FilterDimension::Path)),
        ("referrer~", EmptyValue(FilterDimension::Referrer)),
        ("session=", EmptyValue(FilterDimension::Session)),
        ("session=cried", Value(FilterDimension::Session, "cried".to_owned())),
        ("channel~pai", Operator(FilterDimension::Channel)),
        ("friction_kind!~click", Operator(FilterDimension::FrictionKind)),
        (&many, TooMany),
        (&values, TooManyValues(FilterDimension::Path)),
        (&long, ValueTooLong(FilterDimension::Path)),
        (&"x".repeat(MAX_FILTERS_BYTES + 1), TooLong),
    ] {
        assert_eq!(parse(text), Err(expected), "{text}");
    }
}

#[test]
fn names_are_unique_and_read_back() {
    for dimension in FilterDimension::ALL {
        assert_eq!(FilterDimension::parse(dimension.as_str()), Some(dimension));
    }
    for behavior in SessionBehavior::all() {
        assert_eq!(SessionBehavior::parse(behavior.as_str()), Some(behavior));
    }
}

#[test]
fn a_single_value_is_that_of_one_is_filter() {
    let filters = |text| Filters { list: parse(text).expect("filters"), ..Filters::default() };
    let single = |text| filters(text).single_value(FilterDimension::Path).map(str::to_owned);
    assert_eq!(single("browser=Chrome;path=/pay"), Some("/pay".to_owned()));
    for text in ["", "path=/a,/b", "path!=/a", "path~/a"] {
        assert_eq!(single(text), None, "{text}");
    }
    let both = filters("path=/a;path!=/b;browser=Chrome");
    assert_eq!(write_filters(&both.without(FilterDimension::Path).list), "browser=Chrome");
    assert_eq!(both.at(FilterLevel::Event).count(), 3);
}
