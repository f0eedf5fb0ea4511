//! Where the demo's visitors come from, walk and return, and what errors they meet, and which of them filters choose, against plain SQL and the list of
//! visits.

mod engaged;
mod retention;

use domain::time::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};

use self::engaged::engaged_visits;
use self::retention::retention;
use crate::harness::Owner;

/// Days that are over, so that what happens meanwhile changes nothing of them.
struct PastDays {
    query: String,
    within: String,
    to: String,
}

impl PastDays {
    async fn of(owner: &Owner) -> Self {
        let now = owner.get("acquisition").await["period"]["to"].clone();
        let now = Timestamp::parse(now.as_str().expect("an instant")).expect("an instant");
        let ago =
            |days: i64| now.floor_to_seconds(86_400).plus_seconds(-days * 86_400).to_rfc3339();
        let (from, to) = (ago(9), ago(1));
        Self {
            query: format!("from={from}&to={to}"),
            within: format!("bot IS NULL AND occurred_at >= '{from}' AND occurred_at < '{to}'"),
            to,
        }
    }
}

async fn rows(owner: &Owner, query: &str) -> Vec<Value> {
    let body = json!({"query": query, "project_id": owner.project, "limit": 10_000});
    let answer = owner.send(Method::POST, "/api/sql", Some(body)).await.expect(200).json();
    answer["rows"].as_array().expect("rows").clone()
}

fn list(answer: &Value) -> Vec<Value> {
    answer.as_array().expect("a list").clone()
}

/// All of them agree with statements that share nothing with them.
pub(crate) async fn agrees_with_plain_sql(owner: &Owner) {
    let days = PastDays::of(owner).await;
    acquisition(owner, &days).await;
    engagement(owner, &days).await;
    engaged_visits(owner, &days).await;
    goals(owner, &days).await;
    journeys(owner, &days).await;
    retention(owner, &days).await;
    bots(owner, &days).await;
    forms(owner, &days).await;
    errors(owner, &days).await;
    person(owner, &days).await;
    searches(owner, &days).await;
    filters(owner, &days).await;
}

/// Events of the sessions that filters choose, and the values that they may have.
async fn filters(owner: &Owner, days: &PastDays) {
    let PastDays { query, within, .. } = days;
    let chosen = format!("overview?filters=session=dead_click;browser!=Chrome&{query}");
    let totals = owner.get(&chosen).await["totals"].clone();
    let counted = format!(
        "SELECT count(*), count(DISTINCT session_id) FROM events
         WHERE {within} AND (browser IS DISTINCT FROM 'Chrome') AND session_id IN (
           SELECT session_id FROM events WHERE {within} AND category = 'friction'
             AND name = 'dead_click')"
    );
    let counted = rows(owner, &counted).await.swap_remove(0);
    assert_eq!(json!([totals["events"], totals["sessions"]]), counted);
    assert!(totals["sessions"].as_u64() > Some(5), "{totals}");
    let all = owner.get(&format!("acquisition?by=channel&{query}")).await;
    let converted = format!("acquisition?by=channel&filters=session=converted&{query}");
    let converted = owner.get(&converted).await;
    assert_eq!(converted["totals"]["sessions"], all["totals"]["converting_sessions"]);
    assert_eq!(converted["totals"]["conversions"], all["totals"]["conversions"]);
    let engaged = owner.get(&format!("sessions?limit=1&filters=session=engaged&{query}")).await;
    assert_eq!(engaged["total"], all["totals"]["engaged_sessions"]);
    let values = owner.get(&format!("filter-values?dimension=channel&{query}")).await;
    let pairs = |rows: &Value| -> Vec<Value> {
        list(rows).iter().map(|row| json!([row["value"], row["sessions"]])).collect()
    };
    assert_eq!(pairs(&values["values"]), pairs(&all["rows"]));
    for row in list(&values["values"]) {
        let channel = row["value"].as_str().expect("a text");
        let chosen = format!("overview?filters=channel={channel}&{query}");
        assert_eq!(owner.get(&chosen).await["totals"]["sessions"], row["sessions"], "{channel}");
    }
}

async fn acquisition(owner: &Owner, days: &PastDays) {
    let PastDays { query, within, .. } = days;
    let found = owner.get(&format!("acquisition?by=entry_path&limit=1000&{query}")).await;
    let entries = format!(
        "SELECT path, count(*) AS sessions FROM (
           SELECT path, row_number() OVER (PARTITION BY session_id ORDER BY occurred_at, seq, id) AS place
           FROM events WHERE {within} AND session_id IS NOT NULL AND path IS NOT NULL) AS placed
         WHERE place = 1 GROUP BY path ORDER BY sessions DESC, path"
    );
    let with_path = list(&found["rows"]).into_iter().filter(|row| !row["value"].is_null());
    let with_path: Vec<Value> =
        with_path.map(|row| json!([row["value"], row["sessions"]])).collect();
    assert_eq!(with_path, rows(owner, &entries).await);
    let id =
        "coalesce(properties->'event_data'->>'order_id', properties->'event_data'->>'booking_id',
                       properties->'event_data'->>'id', id)";
    let totals = format!(
        "SELECT count(DISTINCT session_id),
                count(*) FILTER (WHERE category = 'heatmap' AND name = 'pageview'),
                count(DISTINCT CASE WHEN category = 'friction' AND
                    NOT (name = 'rage_click' AND severity IS NOT DISTINCT FROM 'low') THEN session_id END),
                (SELECT count(DISTINCT concat(name, {id})) FROM events
                 WHERE {within} AND category = 'customer' AND name IN ('order.placed', 'booking.completed'))
         FROM events WHERE {within} AND session_id IS NOT NULL"
    );
    let totals = rows(owner, &totals).await.swap_remove(0);
    let unattributed = found["unattributed_conversions"].as_u64().expect("a count");
    let found = &found["totals"];
    let conversions = found["conversions"].as_u64().expect("a count") + unattributed;
    let counted =
        json!([found["sessions"], found["page_views"], found["friction_sessions"], conversions]);
    assert_eq!(counted, totals);
    assert!(conversions > 20, "{conversions}");
    // Each row's value chooses the same visits of the list.
    for (by, parameter) in [("referrer", "referrer"), ("utm_source", "utm_source")] {
        let found = owner.get(&format!("acquisition?by={by}&{query}")).await;
        let named: Vec<Value> =
            list(&found["rows"]).into_iter().filter(|row| row["value"].is_string()).collect();
        assert!(!named.is_empty(), "{found}");
        for row in named.iter().take(3) {
            let value = row["value"].as_str().expect("a text");
            let chosen = format!("{parameter}={value}&{query}");
            let sessions = owner.get(&format!("sessions?limit=1&{chosen}")).await;
            assert_eq!(sessions["total"], row["sessions"], "{by} {value}");
            let again = owner.get(&format!("acquisition?by=channel&{chosen}")).await;
            assert_eq!(again["totals"]["sessions"], row["sessions"], "{by} {value}");
            assert_eq!(again["totals"]["conversions"], row["conversions"], "{by} {value}");
        }
    }
}

/// Of each day, in UTC as the demo's project under test counts: visits by their beginning, orders by their first report.
async fn engagement(owner: &Owner, days: &PastDays) {
    let PastDays { query, within, .. } = days;
    let found = owner.get(&format!("engagement?{query}")).await;
    let acquired = owner.get(&format!("acquisition?by=channel&{query}")).await;
    for name in ["sessions", "engaged_sessions", "converting_sessions", "conversions", "revenue"] {
        assert_eq!(found["totals"][name], acquired["totals"][name], "{name}");
        assert_eq!(found["previous"][name], acquired["previous_totals"][name], "{name}");
    }
    let bought = "category = 'customer' AND name IN ('order.placed', 'booking.completed')";
    let mut engaged = 0;
    for bucket in list(&found["series"]) {
        let from = bucket["at"].as_str().expect("an instant");
        let next = Timestamp::parse(from).expect("an instant").plus_seconds(86_400).to_rfc3339();
        let counted = format!(
            "SELECT count(*), count(*) FILTER (WHERE seconds >= 10 OR views > 1 OR bought > 0) FROM (
               SELECT session_id, min(occurred_at) AS began,
                      date_part('epoch', max(occurred_at)) - date_part('epoch', min(occurred_at)) AS seconds,
                      count(*) FILTER (WHERE category = 'heatmap' AND name = 'pageview') AS views,
                      count(*) FILTER (WHERE {bought}) AS bought
               FROM events WHERE {within} AND session_id IS NOT NULL GROUP BY session_id) AS visits
             WHERE began >= '{from}' AND began < '{next}'"
        );
        let counted = rows(owner, &counted).await.swap_remove(0);
        assert_eq!(json!([bucket["sessions"], bucket["engaged_sessions"]]), counted, "{from}");
        engaged += bucket["engaged_sessions"].as_u64().expect("a count");
    }
    assert!(engaged > 100, "{engaged}");
}

/// The staff's three goals of the site, of which the last is what it sells.
async fn goals(owner: &Owner, days: &PastDays) {
    let PastDays { query, within, .. } = days;
    let found = owner.get(&format!("goal-conversions?{query}")).await;
    let goals = list(&owner.get("goals").await["goals"]);
    assert_eq!(goals.len(), 3, "{goals:?}");
    for (goal, count) in goals.iter().zip(list(&found["goals"])) {
        let path = goal["target"].as_str().expect("a text").replace('*', "%");
        let customer = |name: &str| format!("category = 'customer' AND name = '{name}'");
        let bought = |name: &str| {
            format!(
                "coalesce(properties->'event_data'->>'{name}', properties->'event_data'->>'id', id)"
            )
        };
        let (matching, times) = match goal["kind"].as_str().expect("a text") {
            "page" => (
                format!("category = 'heatmap' AND name = 'pageview' AND path LIKE '{path}'"),
                "id".to_owned(),
            ),
            // By the default rules.
            "stage" => (customer("booking.started"), "id".to_owned()),
            "booking" => (customer("booking.completed"), bought("booking_id")),
            _ => (customer("order.placed"), bought("order_id")),
        };
        let counted = format!(
            "SELECT count(DISTINCT {times}), count(DISTINCT session_id) FROM events
             WHERE {within} AND {matching} AND session_id IS NOT NULL"
        );
        let counted = rows(owner, &counted).await.swap_remove(0);
        let totals = &count["totals"];
        let answered = json!([totals["conversions"], totals["converting_sessions"]]);
        assert_eq!(answered, counted, "{goal}");
        assert!(totals["conversions"].as_u64() > Some(10), "{goal}: {totals}");
        assert_eq!(count["name"], goal["name"]);
    }
    let engagement = owner.get(&format!("engagement?{query}")).await;
    assert_eq!(found["sessions"], engagement["totals"]["sessions"]);
    let sold = &found["goals"][2]["totals"];
    assert_eq!(sold["value"], engagement["totals"]["revenue"]);
}

async fn journeys(owner: &Owner, days: &PastDays) {
    let PastDays { query, within, .. } = days;
    let found = owner.get(&format!("journeys?steps=2&top=20&{query}")).await;
    let pages = format!(
        "WITH views AS (
           SELECT session_id, path, lag(path) OVER visit AS before, occurred_at, seq, id FROM events
           WHERE {within} AND category = 'heatmap' AND name = 'pageview' AND path IS NOT NULL
             AND session_id IS NOT NULL
           WINDOW visit AS (PARTITION BY session_id ORDER BY occurred_at, seq, id)),
         steps AS (
           SELECT path, lead(path) OVER visit AS next, row_number() OVER visit AS place FROM views
           WHERE path IS DISTINCT FROM before
           WINDOW visit AS (PARTITION BY session_id ORDER BY occurred_at, seq, id))
         SELECT path, count(*) AS sessions, count(*) FILTER (WHERE next IS NULL) AS ended
         FROM steps WHERE place = 1 GROUP BY path ORDER BY sessions DESC, path LIMIT 20"
    );
    let nodes =
        list(&found["steps"][0]["nodes"]).into_iter().filter(|node| !node["path"].is_null());
    let nodes: Vec<Value> =
        nodes.map(|node| json!([node["path"], node["sessions"], node["ended"]])).collect();
    assert_eq!(nodes, rows(owner, &pages).await);
}

/// The customer of most events: what their page lists, and in which order.
async fn person(owner: &Owner, PastDays { to, .. }: &PastDays) {
    let of_somebody = format!(
        "bot IS NULL AND user_id IS NOT NULL AND occurred_at < '{to}' AND (category = 'behavior'
           OR (category = 'friction'
               AND NOT (name = 'rage_click' AND severity IS NOT DISTINCT FROM 'low')))"
    );
    let most = format!(
        "SELECT user_id, count(*) AS events FROM events WHERE {of_somebody}
         GROUP BY user_id ORDER BY events DESC, user_id LIMIT 1"
    );
    let most = rows(owner, &most).await.swap_remove(0);
    let user = most[0].as_str().expect("a user id");
    let ids = format!(
        "SELECT id FROM events WHERE {of_somebody} AND user_id = '{user}' ORDER BY occurred_at DESC, id DESC"
    );
    let ids: Vec<Value> = rows(owner, &ids).await.into_iter().map(|row| row[0].clone()).collect();
    let (mut listed, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("people/{user}/timeline?kinds=behavior,friction&limit=1{cursor}");
        let page = owner.get(&path).await;
        listed.extend(list(&page["moments"]));
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    let before = listed.iter().filter(|moment| moment["at"].as_str() < Some(to.as_str()));
    let listed: Vec<Value> = before.map(|moment| moment["id"].clone()).collect();
    assert!(ids.len() > 1, "more than a page: {most}");
    assert_eq!(listed, ids, "{user}");
}

async fn searches(owner: &Owner, PastDays { query, within, .. }: &PastDays) {
    let found = owner.get(&format!("crm/search-patterns?limit=20&{query}")).await;
    let searched = format!("{within} AND category = 'customer' AND name = 'search.performed'");
    let people = "count(DISTINCT coalesce(user_id, visitor_id, session_id))";
    let totals = format!("SELECT count(*), {people} FROM events WHERE {searched}");
    let totals = rows(owner, &totals).await.swap_remove(0);
    assert_eq!(json!([found["searches"], found["people"]]), totals);
    let terms = format!(
        "SELECT lower(properties->'event_data'->>'query') AS term, count(*) AS searches, {people}
         FROM events WHERE {searched} GROUP BY term ORDER BY searches DESC, term LIMIT 20"
    );
    let listed: Vec<Value> = list(&found["terms"])
        .into_iter()
        .map(|row| json!([row["term"], row["searches"], row["people"]]))
        .collect();
    assert!(listed.len() > 3, "{found}");
    assert_eq!(listed, rows(owner, &terms).await);
}

/// A browser of the demo reports each form once.
async fn forms(owner: &Owner, days: &PastDays) {
    let PastDays { query, within, .. } = days;
    let found = list(&owner.get(&format!("forms?limit=200&{query}")).await["forms"]);
    let by_form = format!(
        "SELECT path, properties ->> 'form', count(*),
                count(*) FILTER (WHERE properties ->> 'outcome' = 'submitted')
         FROM events WHERE {within} AND category = 'form'
         GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2"
    );
    let named = ["path", "form", "starts", "submissions"];
    let listed: Vec<Value> =
        found.iter().map(|form| named.iter().map(|name| form[*name].clone()).collect()).collect();
    assert!(!listed.is_empty(), "no forms");
    assert_eq!(listed, rows(owner, &by_form).await);
    for form in &found {
        let (path, name) = (form["path"].as_str().expect("it"), form["form"].as_str().expect("it"));
        for field in list(&form["fields"]) {
            let field_name = field["field"].as_str().expect("a name");
            let abandoned = format!(
                "SELECT count(*) FROM events WHERE {within} AND category = 'form' AND path = '{path}'
                 AND properties ->> 'form' = '{name}' AND properties ->> 'outcome' = 'abandoned'
                 AND properties ->> 'last_field' = '{field_name}'"
            );
            assert_eq!(json!([field["abandoned"]]), rows(owner, &abandoned).await[0], "{field}");
        }
    }
}

async fn bots(owner: &Owner, days: &PastDays) {
    let found = owner.get(&format!("bots?{}", days.query)).await;
    let period = days.within.strip_prefix("bot IS NULL AND ").expect("the period");
    let totals =
        rows(owner, &format!("SELECT count(*), count(bot) FROM events WHERE {period}")).await;
    assert_eq!(json!([[found["events"], found["bot_events"]]]), json!(totals));
    let by_name = format!(
        "SELECT browser, bot, count(*) AS events, count(DISTINCT session_id) FROM events
         WHERE {period} AND bot IS NOT NULL GROUP BY browser, bot ORDER BY events DESC, browser, bot"
    );
    let named = |bot: Value| json!([bot["name"], bot["rule"], bot["events"], bot["sessions"]]);
    let bots: Vec<Value> = list(&found["bots"]).into_iter().map(named).collect();
    assert!(bots.len() > 3, "{found}");
    assert_eq!(bots, rows(owner, &by_name).await);
    let sum = |name: &str| -> u64 {
        list(&found["series"]).iter().map(|bucket| bucket[name].as_u64().expect("a count")).sum()
    };
    assert_eq!(
        json!([sum("events"), sum("bot_events")]),
        json!([found["events"], found["bot_events"]])
    );
}

/// Groups of errors: all of them, and one by browser, session and person.
async fn errors(owner: &Owner, days: &PastDays) {
    const IS_ERROR: &str = "name IN ('javascript_error', 'unhandled_rejection')";
    let PastDays { query, within, .. } = days;
    let found = list(&owner.get(&format!("errors?limit=1000&{query}")).await["errors"]);
    let counted = |name: &'static str| found.iter().map(move |error| &error[name]);
    let groups = format!(
        "SELECT error_group, count(*), count(DISTINCT session_id), count(DISTINCT visitor_id),
                count(DISTINCT user_id)
         FROM events WHERE {within} AND {IS_ERROR} AND error_group IS NOT NULL
         GROUP BY error_group ORDER BY 2 DESC, 1"
    );
    let named = ["error_group", "count", "sessions", "visitors", "customers"];
    let listed: Vec<Value> =
        found.iter().map(|error| named.iter().map(|name| error[*name].clone()).collect()).collect();
    assert_eq!(listed, rows(owner, &groups).await);
    assert!(counted("trend").all(|trend| !list(trend).is_empty()), "{found:?}");
    for error in &found {
        let group = error["error_group"].as_str().expect("a group");
        let ever = format!(
            "SELECT min(occurred_at) FROM events
             WHERE bot IS NULL AND {IS_ERROR} AND error_group = '{group}'"
        );
        let first = rows(owner, &ever).await.swap_remove(0);
        let instant = |text: &Value| Timestamp::parse(text.as_str().expect("a text")).ok();
        assert_eq!(instant(&error["first_seen"]), instant(&first[0]), "{group}");
        let one = owner.get(&format!("errors/{group}?{query}")).await;
        assert_eq!(one["count"], error["count"], "{group}");
        let sum = |name: &str| -> u64 {
            list(&one[name]).iter().filter_map(|it| it["count"].as_u64()).sum()
        };
        assert_eq!(
            (json!(sum("series")), json!(sum("browsers"))),
            (one["count"].clone(), one["count"].clone())
        );
        let browsers = format!(
            "SELECT browser, count(*) FROM events
             WHERE {within} AND {IS_ERROR} AND error_group = '{group}' GROUP BY 1 ORDER BY 2 DESC, 1"
        );
        let by_browser: Vec<Value> =
            list(&one["browsers"]).iter().map(|it| json!([it["value"], it["count"]])).collect();
        assert_eq!(by_browser, rows(owner, &browsers).await, "{group}");
        for (part, total) in [("sessions", "sessions"), ("people", "visitors")] {
            let affected = owner.get(&format!("errors/{group}/{part}?limit=1000&{query}")).await;
            assert_eq!(affected["total"], error[total], "{group} {part}");
            let counts = list(&affected[part]);
            let sum: u64 = counts.iter().filter_map(|it| it["count"].as_u64()).sum();
            assert_eq!(json!(sum), error["count"], "{group} {part}");
        }
    }
    assert!(!found.is_empty());
}
