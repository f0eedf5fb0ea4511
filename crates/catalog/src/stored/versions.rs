//! Every document: where it is stored, which version is written, and which are read.

use domain::board::Card;
use domain::crm::{Checkpoint, ContactFact, ContactState, RuleSet, Task};
use domain::erasure::Identifiers;
use domain::project_settings::ProjectSettings;
use domain::saved_question::QuestionDetails;
use domain::score::Weights;
use domain::sdk_settings::SdkSettings;
use domain::session::SessionState;
use engine::ports::sql::StatementResult;
use serde::Serialize;

use super::document::{Document, Unreadable, shaped};
use super::v1;

impl Document for SessionState {
    const COLUMN: &'static str = "session_threads.state";

    fn current(&self) -> (u32, impl Serialize) {
        (1, v1::timeline::Timeline::from(self))
    }

    fn read(version: u32, text: &str) -> Result<Self, Unreadable> {
        match version {
            1 => shaped::<v1::timeline::Timeline>(text)?.try_into(),
            _ => Err(Unreadable::UnknownVersion),
        }
    }
}

impl Document for ContactState {
    const COLUMN: &'static str = "crm_contacts.state";

    fn current(&self) -> (u32, impl Serialize) {
        (1, v1::contact::Contact::from(self))
    }

    fn read(version: u32, text: &str) -> Result<Self, Unreadable> {
        match version {
            1 => shaped::<v1::contact::Contact>(text)?.try_into(),
            _ => Err(Unreadable::UnknownVersion),
        }
    }
}

impl Document for Checkpoint {
    const COLUMN: &'static str = "crm_checkpoints.checkpoint";

    fn current(&self) -> (u32, impl Serialize) {
        (1, v1::checkpoint::Checkpoint::from(self))
    }

    fn read(version: u32, text: &str) -> Result<Self, Unreadable> {
        match version {
            1 => shaped::<v1::checkpoint::Checkpoint>(text)?.try_into(),
            _ => Err(Unreadable::UnknownVersion),
        }
    }
}

impl Document for ContactFact {
    const COLUMN: &'static str = "crm_activities.fact";

    fn current(&self) -> (u32, impl Serialize) {
        (1, v1::fact::Fact::from(self))
    }

    fn read(version: u32, text: &str) -> Result<Self, Unreadable> {
        match version {
            1 => shaped::<v1::fact::Fact>(text)?.try_into(),
            _ => Err(Unreadable::UnknownVersion),
        }
    }
}

impl Document for Task {
    const COLUMN: &'static str = "crm_tasks.task";

    fn current(&self) -> (u32, impl Serialize) {
        (1, v1::task::Task::from(self))
    }

    fn read(version: u32, text: &str) -> Result<Self, Unreadable> {
        match version {
            1 => shaped::<v1::task::Task>(text)?.try_into(),
            _ => Err(Unreadable::UnknownVersion),
        }
    }
}

impl Document for Identifiers {
    const COLUMN: &'static str = "erasures.identifiers";

    fn current(&self) -> (u32, impl Serialize) {
        (1, v1::identifiers::Identifiers::from(self))
    }

    fn read(version: u32, text: &str) -> Result<Self, Unreadable> {
        match version {
            1 => Ok(shaped::<v1::identifiers::Identifiers>(text)?.into()),
            _ => Err(Unreadable::UnknownVersion),
        }
    }
}

impl Document for RuleSet {
    const COLUMN: &'static str = "crm_rules.rules";

    fn current(&self) -> (u32, impl Serialize) {
        (1, v1::settings::Rules { rules: self })
    }

    fn read(version: u32, text: &str) -> Result<Self, Unreadable> {
        match version {
            1 => Ok(shaped::<v1::settings::Rules<Self>>(text)?.rules),
            _ => Err(Unreadable::UnknownVersion),
        }
    }
}

impl Document for Weights {
    const COLUMN: &'static str = "lead_weights.weights";

    fn current(&self) -> (u32, impl Serialize) {
        (1, v1::settings::LeadWeights { weights: self })
    }

    fn read(version: u32, text: &str) -> Result<Self, Unreadable> {
        match version {
            1 => Ok(shaped::<v1::settings::LeadWeights<Self>>(text)?.weights),
            _ => Err(Unreadable::UnknownVersion),
        }
    }
}

impl Document for SdkSettings {
    const COLUMN: &'static str = "sdk_settings.settings";

    fn current(&self) -> (u32, impl Serialize) {
        (3, v1::settings::Sdk { settings: self })
    }

    fn read(version: u32, text: &str) -> Result<Self, Unreadable> {
        match version {
            // Members of a later version that an earlier one lacks have their defaults.
            1..=3 => Ok(shaped::<v1::settings::Sdk<Self>>(text)?.settings),
            _ => Err(Unreadable::UnknownVersion),
        }
    }
}

impl Document for ProjectSettings {
    const COLUMN: &'static str = "project_settings.settings";

    fn current(&self) -> (u32, impl Serialize) {
        (1, v1::settings::Project::from(self))
    }

    fn read(version: u32, text: &str) -> Result<Self, Unreadable> {
        match version {
            1 => Ok(shaped::<v1::settings::Project>(text)?.into()),
            _ => Err(Unreadable::UnknownVersion),
        }
    }
}

impl Document for QuestionDetails {
    const COLUMN: &'static str = "saved_questions.details";

    fn current(&self) -> (u32, impl Serialize) {
        (1, v1::question_details::QuestionDetails::from(self))
    }

    fn read(version: u32, text: &str) -> Result<Self, Unreadable> {
        match version {
            1 => shaped::<v1::question_details::QuestionDetails>(text)?.try_into(),
            _ => Err(Unreadable::UnknownVersion),
        }
    }
}

impl Document for Vec<Card> {
    const COLUMN: &'static str = "boards.cards";

    fn current(&self) -> (u32, impl Serialize) {
        (1, v1::board_cards::BoardCards::from(self))
    }

    fn read(version: u32, text: &str) -> Result<Self, Unreadable> {
        match version {
            1 => shaped::<v1::board_cards::BoardCards>(text)?.try_into(),
            _ => Err(Unreadable::UnknownVersion),
        }
    }
}

impl Document for StatementResult {
    const COLUMN: &'static str = "question_runs.answer";

    fn current(&self) -> (u32, impl Serialize) {
        (1, v1::statement_result::StatementResult::from(self))
    }

    fn read(version: u32, text: &str) -> Result<Self, Unreadable> {
        match version {
            1 => shaped::<v1::statement_result::StatementResult>(text)?.try_into(),
            _ => Err(Unreadable::UnknownVersion),
        }
    }
}
