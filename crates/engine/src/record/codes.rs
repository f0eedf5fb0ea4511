//! The numbers that stand for categories, contracts and reasons. A number is given once and for ever: what is
//! added gets the next one, and what is dropped leaves a gap.

use domain::event::Category;
use domain::outcome::{Contract, RejectionReason};

use super::Unreadable;

/// Every category.
pub(super) const CATEGORIES: [Category; 9] = [
    Category::Behavior,
    Category::Widget,
    Category::Friction,
    Category::Heatmap,
    Category::Performance,
    Category::Customer,
    Category::Session,
    Category::System,
    Category::Form,
];

/// A category's code.
pub(super) const fn category_code(category: Category) -> u8 {
    match category {
        Category::Behavior => 0,
        Category::Widget => 1,
        Category::Friction => 2,
        Category::Heatmap => 3,
        Category::Performance => 4,
        Category::Customer => 5,
        Category::Session => 6,
        Category::System => 7,
        Category::Form => 8,
    }
}

/// A contract's code.
pub(super) const fn contract_code(contract: Contract) -> u8 {
    match contract {
        Contract::Behavior => 0,
        Contract::Widget => 1,
        Contract::Friction => 2,
        Contract::Customer => 3,
        Contract::Session => 4,
    }
}

/// A reason's code.
pub(super) const fn reason_code(reason: RejectionReason) -> u8 {
    match reason {
        RejectionReason::Unparseable => 0,
        RejectionReason::TooLarge => 1,
        RejectionReason::UnknownType => 2,
        RejectionReason::MissingField => 3,
        RejectionReason::InvalidField => 4,
        RejectionReason::InvalidId => 5,
        RejectionReason::InTheFuture => 6,
        RejectionReason::TooOld => 7,
        RejectionReason::KeyInactive => 8,
        RejectionReason::OriginNotAllowed => 9,
        RejectionReason::RateLimited => 10,
        RejectionReason::UnsupportedEncoding => 11,
        RejectionReason::Incomplete => 12,
        RejectionReason::WidgetInactive => 13,
        RejectionReason::Erased => 14,
        RejectionReason::RecordingOff => 15,
    }
}

/// The value that has this code.
pub(super) fn by_code<T: Copy, const N: usize>(
    what: &'static str,
    all: [T; N],
    code_of: fn(T) -> u8,
    code: u8,
) -> Result<T, Unreadable> {
    // Codes count up from 0 in the order of `all`, so this mostly ends at once.
    let likely = all.get(usize::from(code)).copied().filter(|value| code_of(*value) == code);
    likely
        .or_else(|| all.into_iter().find(|value| code_of(*value) == code))
        .ok_or(Unreadable::Code { what, code })
}
