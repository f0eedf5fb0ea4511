//! DataFusion filters for rows that may belong to a data subject.

use datafusion::prelude::{Expr, col, lit};
use domain::erasure::Identifiers;
use domain::id::ProjectId;

/// Escapes in JSON could hide any name.
const ESCAPED: &str = r"%\\u%";

/// Events that name one of the person's users, or none and one of their browsers; none when the person
/// has neither.
pub(super) fn on_subject_devices(project: ProjectId, person: &Identifiers) -> Option<Expr> {
    let users = named(person);
    let browsers = is_one_of("visitor_id", &person.visitor_ids);
    let of_browsers = browsers.map(|browsers| names_nobody().and(browsers));
    Some(of_project(project).and(either(users, of_browsers)?))
}

/// Events of other users that name one of the person's browsers or sessions; none when the person has
/// neither.
pub(super) fn of_other_users(project: ProjectId, person: &Identifiers) -> Option<Expr> {
    let devices = either(
        is_one_of("visitor_id", &person.visitor_ids),
        is_one_of("session_id", &person.session_ids),
    )?;
    Some(of_project(project).and(col("user_id").is_not_null()).and(devices))
}

/// Events that may be the person's: all that are, and others.
pub(super) fn may_match_subject(project: ProjectId, person: &Identifiers) -> Expr {
    let devices = either(
        is_one_of("visitor_id", &person.visitor_ids),
        is_one_of("session_id", &person.session_ids),
    );
    // `%` and `_` in a name let through more.
    let mentions = person.user_ids.iter().chain(&person.emails);
    let mentions = mentions.map(|name| col("properties").ilike(lit(format!("%{name}%"))));
    let mentioned = mentions.fold(col("properties").like(lit(ESCAPED)), Expr::or);
    let anonymous = names_nobody().and(devices.map_or(mentioned.clone(), |it| it.or(mentioned)));
    of_project(project).and(named(person).map_or(anonymous.clone(), |it| it.or(anonymous)))
}

fn of_project(project: ProjectId) -> Expr {
    col("project_id").eq(lit(project.to_string()))
}

fn names_nobody() -> Expr {
    col("user_id").is_null().or(col("user_id").eq(lit("")))
}

/// Events that name one of the person's users, an address in any case.
fn named(person: &Identifiers) -> Option<Expr> {
    let addresses =
        person.emails.iter().map(|email| col("user_id").ilike(lit(format!("%{email}%"))));
    either(is_one_of("user_id", &person.user_ids), addresses.reduce(Expr::or))
}

fn is_one_of<'a>(column: &str, texts: impl IntoIterator<Item = &'a String>) -> Option<Expr> {
    let texts: Vec<Expr> = texts.into_iter().map(|text| lit(text.clone())).collect();
    (!texts.is_empty()).then(|| col(column).in_list(texts, false))
}

fn either(one: Option<Expr>, other: Option<Expr>) -> Option<Expr> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.or(other)),
        (one, other) => one.or(other),
    }
}
