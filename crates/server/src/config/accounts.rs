//! `accounts`: what people with an account may do beside their roles in projects.

use domain::project_creation::CreationRule;
use serde::{Deserialize, Serialize};

/// What accounts allow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct AccountsConfig {
    /// Who may create projects.
    pub(crate) create_projects: CreateProjects,
    /// How many projects one member may create, where members may.
    pub(crate) projects_per_member: u32,
}

/// Who may create projects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CreateProjects {
    ServerOwner,
    Members,
}

impl Default for AccountsConfig {
    fn default() -> Self {
        Self { create_projects: CreateProjects::ServerOwner, projects_per_member: 20 }
    }
}

impl AccountsConfig {
    /// The rule these settings mean.
    pub(crate) fn rule(&self) -> CreationRule {
        let Self { create_projects, projects_per_member } = *self;
        match create_projects {
            CreateProjects::ServerOwner => CreationRule::ServerOwner,
            CreateProjects::Members => CreationRule::Members { projects_per_member },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_create_projects_only_where_the_operator_says_so() {
        assert_eq!(AccountsConfig::default().rule(), CreationRule::ServerOwner);
        let text = "create_projects = \"members\"\nprojects_per_member = 3";
        let accounts: AccountsConfig = toml::from_str(text).expect("settings");
        assert_eq!(accounts.rule(), CreationRule::Members { projects_per_member: 3 });
        assert!(toml::from_str::<AccountsConfig>("create_projects = \"everybody\"").is_err());
    }
}
