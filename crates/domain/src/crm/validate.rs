//! Validates a project's rules; errors name the field and what it allows.

use std::collections::BTreeSet;

use super::rules::{Rule, RuleSet, TaskRule};
use super::task::BY_HAND;

const MAX_RULES: usize = 200;
const MAX_NAME_CHARS: usize = 100;
const MAX_STATUS_CHARS: usize = 60;
const MAX_TITLE_CHARS: usize = 200;
/// A week.
const MAX_ABANDON_MINUTES: u32 = 7 * 24 * 60;
/// A year.
const MAX_DUE_MINUTES: u32 = 366 * 24 * 60;

/// Rules that mean nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field} {detail}")]
pub struct InvalidRules {
    /// The field, such as `rules[3].task.title`.
    pub field: String,
    /// What it must be.
    pub detail: String,
}

impl RuleSet {
    /// Checks everything that types do not.
    pub fn validate(&self) -> Result<(), InvalidRules> {
        if !(1..=MAX_ABANDON_MINUTES).contains(&self.abandon_after_minutes) {
            let detail = format!("must be 1 to {MAX_ABANDON_MINUTES} minutes");
            return bad("abandon_after_minutes", detail);
        }
        if self.rules.len() > MAX_RULES {
            return bad("rules", format!("must have at most {MAX_RULES} rules"));
        }
        let kinds: BTreeSet<&str> = self
            .rules
            .iter()
            .filter_map(|rule| rule.task.as_ref())
            .map(|task| &*task.kind)
            .collect();
        let mut events = BTreeSet::new();
        for (index, rule) in self.rules.iter().enumerate() {
            let at = format!("rules[{index}]");
            if !events.insert(&rule.event) {
                return bad(format!("{at}.event"), "must differ from those of earlier rules");
            }
            rule.validate(&at)?;
            if let Some(kind) = rule.closes.iter().find(|kind| !kinds.contains(kind.as_str())) {
                return bad(
                    format!("{at}.closes"),
                    format!("must name kinds of tasks that a rule opens, unlike {kind}"),
                );
            }
        }
        Ok(())
    }
}

impl Rule {
    fn validate(&self, at: &str) -> Result<(), InvalidRules> {
        if !is_pattern(&self.event) {
            let detail = "must be an event's name, *.word or word.*";
            return bad(format!("{at}.event"), detail);
        }
        if let Some(status) = &self.status {
            for (field, text) in std::iter::once(("to", &status.to))
                .chain(status.unless.iter().map(|text| ("unless", text)))
            {
                text_of(&format!("{at}.status.{field}"), text, MAX_STATUS_CHARS)?;
            }
        }
        for members in self.remembers.values() {
            if members.is_empty() || members.len() > 20 {
                return bad(format!("{at}.remembers"), "must name 1 to 20 members of event_data");
            }
            for member in members {
                text_of(&format!("{at}.remembers"), member, MAX_NAME_CHARS)?;
            }
        }
        self.task.as_ref().map_or(Ok(()), |task| task.validate(at))
    }
}

impl TaskRule {
    fn validate(&self, at: &str) -> Result<(), InvalidRules> {
        let is_word = |kind: &str| {
            (1..=40).contains(&kind.len())
                && kind
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        };
        if !is_word(&self.kind) {
            return bad(
                format!("{at}.task.kind"),
                "must have 1 to 40 characters of a-z, 0-9 and _",
            );
        }
        if self.kind == BY_HAND {
            return bad(format!("{at}.task.kind"), "must not be by_hand, which is members' own");
        }
        text_of(&format!("{at}.task.title"), &self.title, MAX_TITLE_CHARS)?;
        if self.due_in_minutes.is_some_and(|minutes| minutes > MAX_DUE_MINUTES) {
            let detail = format!("must be at most {MAX_DUE_MINUTES} minutes");
            return bad(format!("{at}.task.due_in_minutes"), detail);
        }
        Ok(())
    }
}

/// A name without blanks, with a star at most at one end, next to a dot.
fn is_pattern(text: &str) -> bool {
    let name = text.strip_prefix("*.").or_else(|| text.strip_suffix(".*")).unwrap_or(text);
    let is_name =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b':');
    (1..=MAX_NAME_CHARS).contains(&name.len()) && name.bytes().all(is_name)
}

fn text_of(field: &str, text: &str, max_chars: usize) -> Result<(), InvalidRules> {
    let chars = text.chars().count();
    if text.trim() != text || !(1..=max_chars).contains(&chars) || text.contains(char::is_control) {
        return bad(
            field,
            format!("must have 1 to {max_chars} characters and no spaces at its ends"),
        );
    }
    Ok(())
}

fn bad<T>(field: impl Into<String>, detail: impl Into<String>) -> Result<T, InvalidRules> {
    Err(InvalidRules { field: field.into(), detail: detail.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_rules_are_valid_and_read_back() {
        let rules = RuleSet::default();
        assert_eq!(rules.validate(), Ok(()));
        let json = serde_json::to_string(&rules).expect("writes");
        assert_eq!(serde_json::from_str::<RuleSet>(&json).expect("reads"), rules);
    }

    #[test]
    fn what_is_wrong_is_named() {
        let broken = |change: fn(&mut RuleSet)| {
            let mut rules = RuleSet::default();
            change(&mut rules);
            rules.validate().expect_err("refused").field
        };
        assert_eq!(broken(|rules| rules.abandon_after_minutes = 0), "abandon_after_minutes");
        assert_eq!(broken(|rules| rules.rules[1].event = "a b".into()), "rules[1].event");
        assert_eq!(broken(|rules| rules.rules[1].event = "*viewed".into()), "rules[1].event");
        assert_eq!(
            broken(|rules| rules.rules[2].event = "customer.created".into()),
            "rules[2].event"
        );
        assert_eq!(
            broken(|rules| rules.rules[0].closes = vec!["nothing".into()]),
            "rules[0].closes"
        );
        let untitled = broken(|rules| {
            rules
                .rules
                .iter_mut()
                .filter_map(|rule| rule.task.as_mut())
                .for_each(|task| task.title.clear());
        });
        assert!(untitled.ends_with(".task.title"), "{untitled}");
        let by_hand = broken(|rules| {
            rules
                .rules
                .iter_mut()
                .filter_map(|rule| rule.task.as_mut())
                .for_each(|task| task.kind = BY_HAND.to_owned());
        });
        assert!(by_hand.ends_with(".task.kind"), "{by_hand}");
    }

    #[test]
    fn a_whole_name_goes_before_a_pattern() {
        let rules = RuleSet::default();
        assert!(!rules.rule("page.viewed").expect("a rule").activity);
        assert_eq!(rules.rule("yacht.viewed").expect("a rule").event, "*.viewed");
        assert_eq!(rules.rule("booking.paused").expect("a rule").event, "booking.*");
        assert_eq!(rules.rule(".viewed"), None);
        assert_eq!(rules.rule("review.posted"), None);
    }
}
