//! A project's rules, and changing them.

use domain::crm::{RuleSet, RuleVersion};
use domain::id::ProjectId;

use super::CrmService;
use crate::Error;

impl CrmService {
    /// The rules in force.
    pub async fn rules(&self, project: ProjectId) -> Result<RuleVersion, Error> {
        Ok(self.parts.facts.rules(project).await?.current().clone())
    }

    /// Replaces the rules of version `based_on`; from now on the new ones are in force.
    ///
    /// # Errors
    /// [`Error::Conflict`] when somebody else has replaced them meanwhile.
    pub async fn replace_rules(
        &self,
        project: ProjectId,
        based_on: u64,
        rules: RuleSet,
    ) -> Result<RuleVersion, Error> {
        rules.validate().map_err(|bad| Error::invalid(bad.field.clone(), bad.to_string()))?;
        let now = self.parts.clock.now();
        let replaced = self.parts.facts.replace_rules(project, based_on, rules, now).await?;
        replaced.ok_or_else(|| {
            let detail =
                format!("the rules have changed since version {based_on}; load them again");
            Error::Conflict(detail)
        })
    }
}
