//! Forms by field, and the visits that gave up in one.

use domain::event::Category;
use domain::form_progress::FormProgress;
use domain::question::Scope;
use domain::question::forms::{
    AbandonmentTally, FormAbandonment, FormAbandonmentList, FormChoice, FormReport, FormTally,
    MAX_REPORTS,
};
use engine::ports::lake::{Error, FormQuestions};

use async_trait::async_trait;
use datafusion::common::ScalarValue;

use super::scope::{CURRENT, PeriodScope, conditions, params};
use crate::Lake;
use crate::query::{Params, QueryResult, Question};

#[async_trait]
impl FormQuestions for Lake {
    async fn forms(&self, scope: &Scope, limit: usize) -> Result<FormReport, Error> {
        let question = self.for_events("forms", scope, PeriodScope::WithPrevious).await?;
        forms(&question, scope, limit).await
    }

    async fn form_abandonments(
        &self,
        scope: &Scope,
        choice: &FormChoice,
        limit: usize,
    ) -> Result<FormAbandonmentList, Error> {
        let question = self.for_events("form_abandonments", scope, PeriodScope::Period).await?;
        form_abandonments(&question, scope, choice, limit).await
    }
}

/// One statement, whose rows are counted a batch after the other.
async fn forms(question: &Question, scope: &Scope, limit: usize) -> Result<FormReport, Error> {
    let mut tally = FormTally::default();
    let values = params(scope, PeriodScope::WithPrevious);
    reports(question, &conditions(scope), values, |batch, row, progress| {
        let path = batch.text("path", row).unwrap_or_default();
        tally.add(&path, progress, batch.integer("is_current", row) == Some(1));
        tally.is_full()
    })
    .await?;
    Ok(tally.finish(limit))
}

async fn form_abandonments(
    question: &Question,
    scope: &Scope,
    choice: &FormChoice,
    limit: usize,
) -> Result<FormAbandonmentList, Error> {
    let mut tally = AbandonmentTally::default();
    let conditions = format!("{} AND coalesce(path, '') = $form_path", conditions(scope));
    let mut values = params(scope, PeriodScope::Period);
    values.insert("form_path", ScalarValue::from(choice.path.clone()));
    reports(question, &conditions, values, |batch, row, progress| {
        if progress.form == choice.form {
            tally.add(progress, || FormAbandonment {
                session_id: batch.text("session_id", row),
                user_id: batch.text("user_id", row),
                started_at: batch.instant("occurred_at", row),
                last_field: None,
                duration_ms: 0,
            });
        }
        tally.is_full()
    })
    .await?;
    Ok(tally.finish(choice.field.as_deref(), limit))
}

/// Hands over the reports that meet the conditions, until all are seen or `count` says that they are too many.
async fn reports(
    question: &Question,
    conditions: &str,
    values: Params,
    mut count: impl FnMut(&QueryResult, usize, &FormProgress<'_>) -> bool,
) -> Result<(), Error> {
    let sql = format!(
        "SELECT path, session_id, user_id, occurred_at, properties, {CURRENT} AS is_current
         FROM events WHERE {conditions} AND category = '{}'",
        Category::Form.as_str(),
    );
    let mut rows = question.stream(&sql, values).await?;
    let (mut seen, mut is_full) = (0, false);
    while let Some(batch) = rows.next().await? {
        for row in batch.rows() {
            seen += 1;
            if seen > MAX_REPORTS || is_full {
                return Err(Error::Limit { limit: "memory" });
            }
            let properties = batch.text("properties", row).unwrap_or_default();
            // Ingest has read it before it was masked: what cannot be read any more counts for nothing.
            if let Ok(progress) = FormProgress::read(&properties) {
                is_full |= count(&batch, row, &progress);
            }
        }
    }
    Ok(())
}
