//! Cohorts of the demo's visitors, and their groups, against plain SQL.

use serde_json::{Value, json};

use super::{PastDays, list, rows};
use crate::harness::Owner;

/// The visitors that came back the day after the first, and the same by a value of the first visit.
pub(super) async fn retention(owner: &Owner, days: &PastDays) {
    let found = owner.get(&format!("visitor-retention?unit=day&{}", days.query)).await;
    let cohorts = list(&found["cohorts"]);
    assert!(cohorts.len() > 7, "{found}");
    let instant = |cohort: &Value, name: &str| cohort[name].as_str().expect("it").to_owned();
    let mut returned = 0;
    for pair in cohorts.windows(2) {
        let (cohort, next) = (&pair[0], &pair[1]);
        let counted = format!(
            "WITH firsts AS (
               SELECT visitor_id, min(occurred_at) AS first_at FROM events
               WHERE bot IS NULL AND visitor_id IS NOT NULL GROUP BY visitor_id)
             SELECT count(*), count(back.visitor_id) FROM firsts LEFT JOIN (
               SELECT DISTINCT visitor_id FROM events
               WHERE bot IS NULL AND occurred_at >= '{}' AND occurred_at < '{}') AS back
             ON firsts.visitor_id = back.visitor_id
             WHERE first_at >= '{}' AND first_at < '{}'",
            instant(next, "from"),
            instant(next, "to"),
            instant(cohort, "from"),
            instant(cohort, "to"),
        );
        let counted = rows(owner, &counted).await.swap_remove(0);
        assert_eq!(json!([cohort["visitors"], cohort["returned"][1]]), counted, "{cohort}");
        returned += cohort["returned"][1].as_u64().expect("a count");
    }
    assert!(returned > 0, "{found}");
    for (by, column) in [("country", "country"), ("entry_path", "path"), ("device", "device_type")]
    {
        retention_groups(owner, days, &found, by, column).await;
    }
}

/// The visitors of all cohorts by a value of their first session, and how many of them came back the next day.
async fn retention_groups(owner: &Owner, days: &PastDays, whole: &Value, by: &str, column: &str) {
    let found = owner.get(&format!("visitor-retention?unit=day&by={by}&{}", days.query)).await;
    assert_eq!(found["cohorts"], whole["cohorts"], "{by}");
    let cohorts = list(&found["cohorts"]);
    let edge = |cohort: Option<&Value>, name: &str| {
        let instant = cohort.and_then(|cohort| cohort[name].as_str());
        instant.expect("an instant").to_owned()
    };
    let (from, to) = (edge(cohorts.first(), "from"), edge(cohorts.last(), "to"));
    let last = edge(cohorts.last(), "from");
    // Days begin when the project's do, which has no summer time.
    let day = |at: &str| format!("date_bin(INTERVAL '1 day', {at}, TIMESTAMP '{from}')");
    let (first_day, day) = (day("first_at"), day("occurred_at"));
    let counted = format!(
        "WITH seen AS (
           SELECT visitor_id, min(occurred_at) AS first_at,
                  first_value(session_id ORDER BY occurred_at) AS session_id
           FROM events WHERE bot IS NULL AND visitor_id IS NOT NULL GROUP BY visitor_id),
         firsts AS (
           SELECT visitor_id, session_id, {first_day} AS day FROM seen
           WHERE first_at >= '{from}' AND first_at < '{to}'),
         named AS (
           SELECT session_id, first_value({column} ORDER BY occurred_at, seq, id) AS value
           FROM events WHERE bot IS NULL AND {column} IS NOT NULL AND occurred_at < '{to}'
             AND session_id IN (SELECT session_id FROM firsts)
           GROUP BY session_id),
         came AS (
           SELECT DISTINCT visitor_id, {day} AS day FROM events
           WHERE bot IS NULL AND visitor_id IS NOT NULL)
         SELECT named.value, count(*) AS visitors,
                count(*) FILTER (WHERE firsts.day < '{last}'), count(came.visitor_id)
         FROM firsts
         LEFT JOIN named ON named.session_id = firsts.session_id
         LEFT JOIN came ON came.visitor_id = firsts.visitor_id AND firsts.day < '{last}'
           AND came.day = firsts.day + INTERVAL '1 day'
         GROUP BY named.value ORDER BY visitors DESC, named.value"
    );
    let counted = rows(owner, &counted).await;
    let named = counted.iter().filter(|row| !row[0].is_null());
    let groups = list(&found["groups"]);
    let next_day = |group: &Value| {
        let average = list(&group["average"]).into_iter().find(|it| it["offset"] == 1);
        average.unwrap_or_else(|| json!({"visitors": 0, "returned": 0}))
    };
    let answered: Vec<Value> = groups
        .iter()
        .filter(|group| !group["value"].is_null())
        .map(|group| {
            let next = next_day(group);
            json!([group["value"], group["visitors"], next["visitors"], next["returned"]])
        })
        .collect();
    assert_eq!(answered, named.clone().take(10).cloned().collect::<Vec<_>>(), "{by}");
    assert!(answered.len() > 1, "{found}");
    let sum = |rows: &[u64]| rows.iter().sum::<u64>();
    let visitors: Vec<u64> = groups.iter().filter_map(|it| it["visitors"].as_u64()).collect();
    let of_cohorts: Vec<u64> = cohorts.iter().filter_map(|it| it["visitors"].as_u64()).collect();
    assert_eq!(sum(&visitors), sum(&of_cohorts), "{by}");
    let first = &groups[0];
    let value = first["value"].as_str().expect("a value");
    let only = format!("visitor-retention?unit=day&by={by}&value={value}&{}", days.query);
    let only = owner.get(&only).await;
    assert_eq!((&only["average"], &only["groups"][0]), (&first["average"], first), "{by}");
}
