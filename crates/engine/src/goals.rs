//! Goals of projects.

use std::sync::Arc;

use domain::clock::Clock;
use domain::crm::RuleSet;
use domain::goal::{GoalMatcher, GoalSettings, MAX_GOALS, stages};
use domain::id::{GoalId, IdSource, ProjectId};
use domain::question::goals::GoalQuestion;

use crate::ports::catalog::{ContactFactStore, Goal, GoalStore};
use crate::{Error, validate};

/// The use cases around goals. The caller has authorised the member.
pub struct GoalService {
    store: Arc<dyn GoalStore>,
    facts: Arc<dyn ContactFactStore>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
}

impl GoalService {
    /// Puts the parts together.
    pub fn new(
        store: Arc<dyn GoalStore>,
        facts: Arc<dyn ContactFactStore>,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
    ) -> Self {
        Self { store, facts, clock, ids }
    }

    /// A project's goals, the first made first.
    pub async fn list(&self, project: ProjectId) -> Result<Vec<Goal>, Error> {
        Ok(self.store.goals(project).await?)
    }

    /// The question how often these goals of a project are reached, by the rules in force.
    pub async fn question(
        &self,
        project: ProjectId,
        goals: &[Goal],
    ) -> Result<GoalQuestion, Error> {
        let needs_rules = |goal: &Goal| matches!(goal.settings.matcher, GoalMatcher::Stage(_));
        let rules = if goals.iter().any(needs_rules) {
            self.rules(project).await?
        } else {
            RuleSet::default()
        };
        let goals = goals.iter().map(|goal| &goal.settings);
        let goals = goals.map(|goal| (goal.matcher.clone(), goal.value.clone()));
        Ok(GoalQuestion { goals: goals.collect(), rules })
    }

    /// The rules in force, which give contacts the stages of the pipeline.
    pub async fn rules(&self, project: ProjectId) -> Result<RuleSet, Error> {
        Ok(self.facts.rules(project).await?.current().rules.clone())
    }

    /// Makes a goal.
    ///
    /// # Errors
    ///
    /// When a setting cannot be taken, and when the project has [`MAX_GOALS`].
    pub async fn create(&self, project: ProjectId, settings: GoalSettings) -> Result<Goal, Error> {
        let settings = self.checked(project, settings).await?;
        let now = self.clock.now();
        let id = GoalId(self.ids.next(now));
        let new = Goal { id, project_id: project, version: 1, settings, created_at: now };
        if !self.store.add_goal(&new, MAX_GOALS).await? {
            let detail = format!("the project has {MAX_GOALS} goals; delete one");
            return Err(Error::invalid("name", detail));
        }
        Ok(new)
    }

    /// Replaces version `expected` of a goal.
    ///
    /// # Errors
    ///
    /// [`Error::Conflict`] when somebody else has changed it since.
    pub async fn replace(
        &self,
        project: ProjectId,
        id: GoalId,
        settings: GoalSettings,
        expected: u64,
    ) -> Result<Goal, Error> {
        let settings = self.checked(project, settings).await?;
        if let Some(replaced) = self.store.replace_goal(project, id, &settings, expected).await? {
            return Ok(replaced);
        }
        match self.store.goal(project, id).await? {
            Some(_) => {
                let detail = "the goal has changed since; load it again";
                Err(Error::Conflict(detail.to_owned()))
            }
            None => Err(Error::NotFound("goal")),
        }
    }

    /// Deletes a goal. Its events stay.
    pub async fn delete(&self, project: ProjectId, id: GoalId) -> Result<(), Error> {
        let removed = self.store.remove_goal(project, id).await?;
        removed.then_some(()).ok_or(Error::NotFound("goal"))
    }

    async fn checked(
        &self,
        project: ProjectId,
        settings: GoalSettings,
    ) -> Result<GoalSettings, Error> {
        let name = validate::name("name", &settings.name)?;
        if settings.value.as_ref().is_some_and(|value| value.minor < 0) {
            return Err(Error::invalid("value", "value must not be negative"));
        }
        if let GoalMatcher::Stage(stage) = &settings.matcher {
            let rules = self.facts.rules(project).await?;
            let known = stages(&rules.current().rules);
            if !known.contains(&&**stage) {
                let detail = format!("target must be one of {}", known.join(", "));
                return Err(Error::invalid("target", detail));
            }
        }
        Ok(GoalSettings { name, ..settings })
    }
}

impl std::fmt::Debug for GoalService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("GoalService").finish_non_exhaustive()
    }
}
