//! Filters as text: see [the module](super).

use super::{FilterCondition, FilterDimension, FilterOperator, InvalidFilter, MAX_FILTERS};

/// Length of all filters of a question as text, at most, in bytes.
pub const MAX_FILTERS_BYTES: usize = 16_384;

/// Characters with a meaning between filters and values, and the one that takes it from them.
const SPECIAL: [char; 3] = [';', ',', '\\'];

/// Reads filters from their text; none of an empty one.
///
/// # Errors
///
/// When the text is no list of filters.
pub fn parse_filters(text: &str) -> Result<Vec<FilterCondition>, InvalidFilter> {
    if text.len() > MAX_FILTERS_BYTES {
        return Err(InvalidFilter::TooLong);
    }
    let mut filters = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        if filters.len() == MAX_FILTERS {
            return Err(InvalidFilter::TooMany);
        }
        let (filter, after) = parse_filter(rest, filters.len() + 1)?;
        filters.push(filter);
        rest = after;
    }
    Ok(filters)
}

/// The first filter of a text, and what comes after it.
fn parse_filter(text: &str, number: usize) -> Result<(FilterCondition, &str), InvalidFilter> {
    let is_name = |character: char| character.is_ascii_lowercase() || character == '_';
    let end = text.find(|character| !is_name(character)).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let found = FilterOperator::ALL
        .into_iter()
        .find_map(|operator| Some((operator, rest.strip_prefix(operator.sign())?)));
    let (operator, rest) = found.ok_or(InvalidFilter::NoOperator(number))?;
    let dimension =
        FilterDimension::parse(name).ok_or_else(|| InvalidFilter::Dimension(name.to_owned()))?;
    let (values, after) = parse_values(rest, number)?;
    Ok((FilterCondition::new(dimension, operator, values)?, after))
}

/// Values up to the end of the text or of the filter, and what comes after it.
fn parse_values(text: &str, number: usize) -> Result<(Vec<String>, &str), InvalidFilter> {
    let (mut values, mut value) = (Vec::new(), String::new());
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            ';' => {
                values.push(value);
                return Ok((values, text.get(at + 1..).unwrap_or_default()));
            }
            ',' => values.push(std::mem::take(&mut value)),
            '\\' => {
                let escaped = characters.next().map(|(_, it)| it).filter(|it| SPECIAL.contains(it));
                value.push(escaped.ok_or(InvalidFilter::Escape(number))?);
            }
            other => value.push(other),
        }
    }
    values.push(value);
    Ok((values, ""))
}

/// The text of filters, which [`parse_filters`] reads.
pub fn write_filters(filters: &[FilterCondition]) -> String {
    let written = |filter: &FilterCondition| {
        let values: Vec<String> = filter.values().iter().map(|value| escaped(value)).collect();
        format!("{}{}{}", filter.dimension(), filter.operator().sign(), values.join(","))
    };
    filters.iter().map(written).collect::<Vec<_>>().join(";")
}

fn escaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for character in value.chars() {
        if SPECIAL.contains(&character) {
            text.push('\\');
        }
        text.push(character);
    }
    text
}
