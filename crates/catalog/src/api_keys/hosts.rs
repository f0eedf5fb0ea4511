//! The hosts that keys name, by which the keys of an origin are found.

use std::collections::BTreeSet;

use domain::id::{KeyId, ProjectId};
use domain::origin::{AllowedDomain, PageOrigin};
use engine::ports::catalog::{ApiKey, Error};
use sqlx::{AnyConnection, AssertSqlSafe};

use super::{COLUMNS, api_key, domains};
use crate::Catalog;
use crate::bulk::{self, Value};
use crate::error::sql;
use crate::row_ext::RowExt;

/// Stands for any scheme.
const ANY_SCHEME: &str = "";
/// Stands for any port.
const ANY_PORT: i64 = -1;
/// Patterns of one statement: an origin has one for each label of its host, which are 127 at most.
const SIZES: [usize; 3] = [8, 32, 132];
/// Keys indexed by one transaction.
const INDEXED_AT_ONCE: i64 = 500;
/// Active keys that name an origin: `$1` is its scheme, `$2` its port, `PATTERNS` what its host is named by.
const NAMING: &str = "FROM api_key_hosts h JOIN api_keys k ON k.id = h.key_id
     WHERE h.host_pattern IN (PATTERNS) AND h.scheme IN ('', $1) AND h.port IN (-1, $2)
       AND k.is_active = 1";

/// Replaces what is stored of the hosts that a key names.
pub(super) async fn store(
    connection: &mut AnyConnection,
    key: KeyId,
    project: ProjectId,
    domains: &[AllowedDomain],
) -> Result<(), Error> {
    sqlx::query("DELETE FROM api_key_hosts WHERE key_id = $1")
        .bind(key.to_string())
        .execute(&mut *connection)
        .await
        .map_err(sql)?;
    let hosts: BTreeSet<_> = domains.iter().map(host).collect();
    let rows = hosts.into_iter().map(|(pattern, scheme, port)| -> [Value; 5] {
        let (key, scheme) = (key.to_string(), scheme.to_owned());
        [key.into(), project.into(), pattern.into(), scheme.into(), port.into()]
    });
    let into = "INSERT INTO api_key_hosts (key_id, project_id, host_pattern, scheme, port)";
    bulk::insert(&mut *connection, into, "", rows.collect()).await?;
    sqlx::query("UPDATE api_keys SET has_hosts = 1 WHERE id = $1")
        .bind(key.to_string())
        .execute(&mut *connection)
        .await
        .map_err(sql)?;
    Ok(())
}

fn host(domain: &AllowedDomain) -> (String, &str, i64) {
    let port = domain.port().map_or(ANY_PORT, i64::from);
    (domain.host_pattern(), domain.scheme().unwrap_or(ANY_SCHEME), port)
}

/// The oldest active key that names an origin, if keys of one project only do.
pub(super) async fn key_of(
    catalog: &Catalog,
    origin: &PageOrigin,
) -> Result<Option<ApiKey>, Error> {
    let patterns = origin.host_patterns();
    let size = SIZES.into_iter().find(|size| *size >= patterns.len()).unwrap_or(patterns.len());
    let binds: Vec<_> = (3..3 + size).map(|number| format!("${number}")).collect();
    let naming = NAMING.replace("PATTERNS", &binds.join(", "));
    let query = |text| {
        let query =
            sqlx::query(AssertSqlSafe(text)).bind(origin.scheme()).bind(i64::from(origin.port()));
        let padded = patterns.iter().cycle().take(size);
        padded.fold(query, |query, pattern| query.bind(pattern.clone()))
    };
    let projects = query(format!("SELECT DISTINCT h.project_id {naming} LIMIT 2"));
    let projects = projects.fetch_all(&catalog.reads).await.map_err(sql)?;
    let [_only] = projects.as_slice() else { return Ok(None) };
    let oldest = query(format!("SELECT {COLUMNS} {naming} ORDER BY k.created_at, k.id LIMIT 1"));
    let oldest = oldest.fetch_optional(&catalog.reads).await.map_err(sql)?;
    oldest.as_ref().map(api_key).transpose()
}

impl Catalog {
    /// Stores the hosts of keys that an earlier version made.
    pub(crate) async fn index_hosts(&self) -> Result<(), Error> {
        loop {
            let mut transaction = self.write().await?;
            let rows = sqlx::query(
                "SELECT id, project_id, allowed_domains FROM api_keys
                 WHERE has_hosts = 0 ORDER BY id LIMIT $1",
            )
            .bind(INDEXED_AT_ONCE)
            .fetch_all(&mut *transaction)
            .await
            .map_err(sql)?;
            if rows.is_empty() {
                return Ok(());
            }
            for row in &rows {
                let (key, project) = (KeyId(row.id("id")?), ProjectId(row.id("project_id")?));
                store(&mut transaction, key, project, &domains(row)?).await?;
            }
            transaction.commit().await.map_err(sql)?;
        }
    }
}
