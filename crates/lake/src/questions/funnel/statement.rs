//! The statements of a funnel. Texts of its steps are bound values.

use std::fmt::Write as _;

use domain::friction::Kind;
use domain::question::Scope;
use domain::question::funnel::{
    Funnel, FunnelBreakdown, FunnelOrder, FunnelUnit, MAX_GROUPS, MAX_STEPS,
};

use super::super::matchers::{condition, register};
use super::super::scope::{PAGE_VIEW, PeriodScope, conditions, is_friction, params};
use crate::query::{Params, Question};

/// The parameters of each step: its name or selector, its path, its category.
const NAMES: [[&str; 3]; MAX_STEPS] = [
    ["step_0", "step_0_path", "step_0_category"],
    ["step_1", "step_1_path", "step_1_category"],
    ["step_2", "step_2_path", "step_2_category"],
    ["step_3", "step_3_path", "step_3_category"],
    ["step_4", "step_4_path", "step_4_category"],
    ["step_5", "step_5_path", "step_5_category"],
    ["step_6", "step_6_path", "step_6_category"],
    ["step_7", "step_7_path", "step_7_category"],
];

/// A funnel as SQL.
pub(super) struct FunnelStatement<'a> {
    funnel: &'a Funnel,
    scope: &'a Scope,
    /// The condition of each step.
    steps: Vec<String>,
    params: Params,
}

impl<'a> FunnelStatement<'a> {
    pub(super) fn new(scope: &'a Scope, funnel: &'a Funnel) -> Self {
        let mut values = params(scope, PeriodScope::Period);
        let steps = funnel.steps().iter().zip(NAMES);
        let steps =
            steps.map(|(step, names)| condition(&step.matcher, names, &mut values)).collect();
        Self { funnel, scope, steps, params: values }
    }

    /// Makes the functions known that the statements call.
    pub(super) fn register_functions(&self, question: &Question) {
        for (step, [text_name, ..]) in self.funnel.steps().iter().zip(NAMES) {
            register(question, &step.matcher, text_name);
        }
    }

    /// The values of every statement.
    pub(super) fn params(&self) -> Params {
        self.params.clone()
    }

    /// How many events match a step and are nobody's, and how many lack the unit but may find it by their session.
    pub(super) fn census(&self) -> String {
        let steps = self.any_step();
        let (unattributed, orphans) = match self.funnel.unit {
            FunnelUnit::Session => ("session_id IS NULL", "FALSE"),
            FunnelUnit::Visitor => (
                "visitor_id IS NULL AND session_id IS NULL",
                "visitor_id IS NULL AND session_id IS NOT NULL",
            ),
        };
        format!(
            "SELECT count(*) FILTER (WHERE {unattributed} AND ({steps})) AS unattributed,
                    count(*) FILTER (WHERE {orphans}) AS orphans
             FROM events WHERE {}",
            self.matches(),
        )
    }

    /// The values of the breakdown that most entries have; none without a breakdown.
    pub(super) fn frequent_values(&self) -> Option<String> {
        let value = value_column(self.funnel.breakdown?);
        let entry = match self.funnel.order {
            FunnelOrder::Any => self.any_step(),
            FunnelOrder::Ordered | FunnelOrder::Strict => self.steps.first()?.clone(),
        };
        Some(format!(
            "SELECT {value} AS value FROM events
             WHERE {} AND ({entry}) AND {value} IS NOT NULL AND {value} <> ''
             GROUP BY {value} ORDER BY count(*) DESC, {value} LIMIT {MAX_GROUPS}",
            conditions(self.scope),
        ))
    }

    /// The matching events by unit, in the order of [`domain::question::funnel`]. With `has_orphans`, an event
    /// without a visitor finds the visitor that its session names last.
    pub(super) fn events(&self, has_orphans: bool) -> String {
        let mut columns = format!(
            "visitor_hash, session_hash, occurred_at, seq, received_at,
             {} AS steps, {} AS friction",
            self.step_bits(),
            self.friction_code(),
        );
        let mut wanted = "occurred_at, steps, friction, matching.session_hash".to_owned();
        if let Some(breakdown) = self.funnel.breakdown {
            let _ = write!(columns, ", {} AS value", value_column(breakdown));
            wanted.push_str(", value");
        }
        if self.funnel.dropped().is_some() {
            columns.push_str(", session_id");
            wanted.push_str(", session_id");
        }
        let mut sql =
            format!("WITH matching AS (SELECT {columns} FROM events WHERE {})", self.matches());
        let (unit, join) = match (self.funnel.unit, has_orphans) {
            (FunnelUnit::Session, _) => ("matching.session_hash", ""),
            (FunnelUnit::Visitor, false) => ("coalesce(visitor_hash, matching.session_hash)", ""),
            (FunnelUnit::Visitor, true) => {
                let _ = write!(sql, ", owners AS ({})", self.owners());
                (
                    "coalesce(visitor_hash, owner_hash, matching.session_hash)",
                    "LEFT JOIN owners ON matching.session_hash = owners.session_hash",
                )
            }
        };
        let _ = write!(
            sql,
            " SELECT {unit} AS unit, {wanted} FROM matching {join} WHERE {unit} IS NOT NULL
              ORDER BY {unit}, occurred_at, seq NULLS LAST, received_at, steps, matching.session_hash",
        );
        sql
    }

    /// The visitors of sessions in which a matching event names none.
    fn owners(&self) -> String {
        format!(
            "SELECT session_hash, last_value(visitor_hash ORDER BY occurred_at, visitor_hash) AS owner_hash
             FROM events
             WHERE {} AND visitor_id IS NOT NULL AND session_hash IN (
                 SELECT session_hash FROM matching
                 WHERE visitor_hash IS NULL AND session_hash IS NOT NULL)
             GROUP BY session_hash",
            conditions(self.scope),
        )
    }

    /// Friction, the events of the steps, and, where order is strict, page views. Friction that does not count is
    /// no step, either.
    fn matches(&self) -> String {
        let mut steps = self.any_step();
        if self.funnel.order == FunnelOrder::Strict {
            let _ = write!(steps, " OR ({PAGE_VIEW})");
        }
        format!(
            "{} AND (({}) OR (category <> 'friction' AND ({steps})))",
            conditions(self.scope),
            is_friction(self.scope),
        )
    }

    fn any_step(&self) -> String {
        let steps: Vec<String> = self.steps.iter().map(|step| format!("({step})")).collect();
        steps.join(" OR ")
    }

    /// A number with a bit for each step that an event matches.
    fn step_bits(&self) -> String {
        let bit = |(index, step)| format!("CASE WHEN {step} THEN {} ELSE 0 END", 1_u32 << index);
        let bits: Vec<String> = self.steps.iter().enumerate().map(bit).collect();
        bits.join(" + ")
    }

    /// The place of a friction event's kind in [`Kind::ALL`], from 1; 0 of other events.
    fn friction_code(&self) -> String {
        let mut code = format!("CASE WHEN {} THEN CASE name", is_friction(self.scope));
        for (index, kind) in Kind::ALL.into_iter().enumerate() {
            let _ = write!(code, " WHEN '{}' THEN {}", kind.as_str(), index + 1);
        }
        code + " ELSE 0 END ELSE 0 END"
    }
}

const fn value_column(breakdown: FunnelBreakdown) -> &'static str {
    match breakdown {
        FunnelBreakdown::Device => "device_type",
        FunnelBreakdown::Browser => "browser",
        FunnelBreakdown::Os => "os",
        FunnelBreakdown::Country => "country",
        FunnelBreakdown::UtmSource => "utm_source",
        FunnelBreakdown::UtmCampaign => "utm_campaign",
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::event::Category;
    use domain::id::ProjectId;
    use domain::question::funnel::{FunnelStep, PathPattern, StepMatcher};
    use domain::question::{Filters, Period};
    use domain::time::Timestamp;

    use super::*;

    #[test]
    fn texts_of_steps_never_become_part_of_a_statement() {
        let text = || "'; DROP TABLE events; --".to_owned();
        let path = || Some(PathPattern::Prefix(text()));
        let category = Some(Category::Behavior);
        let matchers = [
            StepMatcher::Page(PathPattern::Exact(text())),
            StepMatcher::Event { name: text(), path: path(), category },
            StepMatcher::Click { selector: text(), path: path() },
            StepMatcher::Stage { stage: text(), rules: Arc::default() },
        ];
        let steps = matchers.map(|matcher| FunnelStep { matcher, label: Some(text()) });
        let period = Period::new(Timestamp::EPOCH, Timestamp::from_seconds(60)).expect("period");
        let project_id = ProjectId(uuid::Uuid::nil());
        let scope = Scope { project_id, period, filters: Filters::default() };
        for order in [FunnelOrder::Ordered, FunnelOrder::Strict, FunnelOrder::Any] {
            let mut funnel = Funnel::new(steps.to_vec(), 60, order).expect("a funnel");
            funnel.breakdown = Some(FunnelBreakdown::Browser);
            let statement = FunnelStatement::new(&scope, &funnel);
            let texts = [
                statement.census(),
                statement.frequent_values().expect("a breakdown"),
                statement.events(false),
                statement.events(true),
            ];
            for sql in texts {
                assert!(!sql.contains("DROP") && sql.contains("$step_0_path"), "{sql}");
            }
            let bound = ["step_0_path", "step_1", "step_1_path", "step_1_category", "step_2"];
            assert!(bound.iter().all(|name| statement.params().contains_key(name)));
        }
    }
}
