//! Colleagues: some have joined, some are invited.

use axum::http::Method;
use domain::id::ProjectId;
use domain::key;
use domain::random::RandomSource;
use serde_json::{Value, json};

use crate::demo::local_api::SignedInMember;
use crate::system::SystemRandom;

/// Name, address and role. The first works for every site, the others for the first one.
const COLLEAGUES: [(&str, &str, &str); 3] = [
    ("Neema Massawe", "neema@footfall.example", "admin"),
    ("Juma Kileo", "juma@footfall.example", "analyst"),
    ("Rose Temba", "rose@footfall.example", "viewer"),
];
/// Addresses that have not been answered for yet, and their roles.
const INVITED: [(&str, &str); 2] =
    [("halima@footfall.example", "analyst"), ("bookkeeping@footfall.example", "viewer")];

/// Makes colleagues join, and invites others. Returns the first colleague, unless they joined earlier:
/// then their password is unknown.
pub(super) async fn join(
    owner: &SignedInMember,
    projects: &[ProjectId],
) -> anyhow::Result<Option<SignedInMember>> {
    let Some((first, others)) = projects.split_first() else { return Ok(None) };
    let known = owner.get(&format!("/api/projects/{first}/members")).await?;
    if known["members"].as_array().is_some_and(|members| members.len() > 1) {
        return Ok(None);
    }
    let mut joined = Vec::new();
    for (name, email, role) in COLLEAGUES {
        let path = invite(owner, *first, email, role).await?;
        joined.push(
            owner.nobody().entering(&path, &json!({"name": name, "password": password()?})).await?,
        );
    }
    for project in others {
        let (_, email, role) = COLLEAGUES[0];
        let path = invite(owner, *project, email, role).await?;
        joined[0].send((Method::POST, &path), &json!({})).await?;
    }
    for project in projects {
        for (email, role) in INVITED {
            invite(owner, *project, email, role).await?;
        }
    }
    Ok(joined.into_iter().next())
}

/// Invites an address; returns where the invitation is accepted.
async fn invite(
    owner: &SignedInMember,
    project: ProjectId,
    email: &str,
    role: &str,
) -> anyhow::Result<String> {
    let path = format!("/api/projects/{project}/invitations");
    let body = json!({"email": email, "role": role});
    let made = owner.send((Method::POST, &path), &body).await?;
    Ok(format!("/api/invitations/{}/accept", made["token"].as_str().unwrap_or_default()))
}

/// A password that is used once.
fn password() -> anyhow::Result<Value> {
    let password = key::from_random("", &SystemRandom.bytes());
    Ok(json!(password.ok_or_else(|| anyhow::anyhow!("the random source gives no usable bytes"))?))
}
