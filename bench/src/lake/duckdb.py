"""The questions of the lake as SQL on DuckDB's own format. Reads its task as JSON from standard
input and prints what it found as JSON. Each function gives the shape of `answer.rs`."""

import json
import os
import sys
import time

import duckdb

RUNS = 5
KINDS = [
    ("rage_click", 3), ("error_click", 3), ("dead_click", 2), ("javascript_error", 2),
    ("unhandled_rejection", 2), ("slow_click", 1), ("form_validation_error", 1), ("thrashing", 1),
]
METRICS = [
    ("largest_contentful_paint", 2500.0, 4000.0), ("interaction_to_next_paint", 200.0, 500.0),
    ("cumulative_layout_shift", 0.1, 0.25), ("first_contentful_paint", 1800.0, 3000.0),
    ("time_to_first_byte", 800.0, 1800.0), ("time_to_interactive", None, None), ("load_time", None, None),
]
PAGE_VIEW = "category = 'heatmap' AND name = 'pageview'"
FRICTION = "category = 'friction'"

task = json.load(sys.stdin)
connection = duckdb.connect(task["database"])
connection.execute(f"SET threads = {task['threads']}")
# It would be drawn into the answer.
connection.execute("SET enable_progress_bar = false")


def instant(micros):
    return f"make_timestamp({micros})"


WHERE = (
    f"project_id = '{task['project']}'::UUID AND bot IS NULL "
    f"AND occurred_at < {instant(task['to'])} AND occurred_at >= "
)
BOTH = WHERE + (
    f"{instant(task['from'])} AND (occurred_at < {instant(task['previous_to'])} "
    f"OR occurred_at >= {instant(task['split'])})"
)
PERIOD = WHERE + instant(task["split"])
CURRENT = f"occurred_at >= {instant(task['split'])}"
WEIGHT = "CASE name " + " ".join(f"WHEN '{k}' THEN {w}" for k, w in KINDS) + " ELSE 0 END"


def rows(sql):
    return connection.execute(sql).fetchall()


def load():
    """One table with typed ids and times, in the order its questions like best."""
    connection.execute(f"""
        CREATE TABLE events AS
        SELECT * REPLACE (id::UUID AS id, project_id::UUID AS project_id,
                          visitor_id::UUID AS visitor_id, session_id::UUID AS session_id,
                          make_timestamp(epoch_us(occurred_at)) AS occurred_at,
                          make_timestamp(epoch_us(client_at)) AS client_at,
                          make_timestamp(epoch_us(sent_at)) AS sent_at,
                          make_timestamp(epoch_us(received_at)) AS received_at),
               CASE WHEN visitor_id IS NOT NULL THEN hash(visitor_id) END AS visitor_hash,
               CASE WHEN session_id IS NOT NULL THEN hash(session_id) END AS session_hash
        FROM read_parquet('{task['files']}', hive_partitioning = true)
        ORDER BY project_id, occurred_at""")
    connection.execute("CHECKPOINT")


def overview():
    found = rows(f"""
        SELECT is_current, day, grouping(day) AS is_total,
               count(*), count(*) FILTER (WHERE {PAGE_VIEW}), count(DISTINCT visitor_hash),
               count(DISTINCT session_hash), count(*) FILTER (WHERE {FRICTION}),
               count(DISTINCT session_hash) FILTER (WHERE {FRICTION})
        FROM (SELECT *, {CURRENT} AS is_current, occurred_at::DATE AS day FROM events WHERE {BOTH})
        GROUP BY GROUPING SETS ((is_current, day), (is_current)) ORDER BY day""")
    total = {row[0]: list(row[3:]) for row in found if row[2]}
    return {
        "current": total.get(True, [0] * 6),
        "previous": total.get(False, [0] * 6),
        "days": [list(row[3:]) for row in found if row[0] and not row[2]],
    }


def friction_kinds():
    found = rows(f"""
        SELECT name, count(*) FILTER (WHERE {CURRENT}), count(*) FILTER (WHERE NOT {CURRENT}),
               count(DISTINCT session_hash) FILTER (WHERE {CURRENT}),
               count(DISTINCT visitor_hash) FILTER (WHERE {CURRENT})
        FROM events WHERE {BOTH} AND {FRICTION} GROUP BY name""")
    return {row[0]: list(row[1:]) for row in found}


KEYED = f"""
    SELECT *, name IN ('javascript_error', 'unhandled_rejection') AS is_error,
           CASE WHEN NOT is_error THEN element_selector END AS selector,
           CASE WHEN is_error THEN error_group END AS grouped
    FROM events WHERE {FRICTION} AND """


def friction_items():
    kinds = ", ".join(f"count(*) FILTER (WHERE {CURRENT} AND name = '{k}')" for k, _ in KINDS)
    found = rows(f"""
        SELECT selector, grouped, count(*) FILTER (WHERE {CURRENT}) AS count,
               count(*) FILTER (WHERE NOT {CURRENT}),
               count(DISTINCT session_hash) FILTER (WHERE {CURRENT}),
               count(DISTINCT visitor_hash) FILTER (WHERE {CURRENT}),
               count(DISTINCT path) FILTER (WHERE {CURRENT}),
               sum({WEIGHT}) FILTER (WHERE {CURRENT}) AS weighted,
               max(CASE severity WHEN 'high' THEN 3 WHEN 'critical' THEN 3 WHEN 'medium' THEN 2
                   WHEN 'low' THEN 1 ELSE {WEIGHT} END) FILTER (WHERE {CURRENT}),
               min(occurred_at) FILTER (WHERE {CURRENT}), max(occurred_at) FILTER (WHERE {CURRENT}),
               arg_max(element_text, occurred_at) FILTER (WHERE {CURRENT}),
               arg_max(error_message, occurred_at) FILTER (WHERE {CURRENT}), {kinds},
               count(*) OVER () AS total
        FROM ({KEYED} {BOTH}) GROUP BY selector, grouped HAVING count > 0
        ORDER BY weighted DESC, selector NULLS LAST, grouped NULLS LAST LIMIT {task['rows']}""")
    rows(f"SELECT count(DISTINCT session_hash) FROM events WHERE {PERIOD}")
    keys = [row[:2] for row in found]
    chosen = connection.execute(f"""
        SELECT selector, grouped, path, occurred_at::DATE AS day, count(*)
        FROM ({KEYED} {PERIOD})
        WHERE list_contains($1, selector) OR list_contains($2, grouped)
              OR (selector IS NULL AND grouped IS NULL)
        GROUP BY ALL""", [[k[0] for k in keys if k[0]], [k[1] for k in keys if k[1]]]).fetchall()
    places, counts = {}, {}
    for selector, grouped, path, _, count in chosen:
        key = (selector, grouped)
        counts[key] = counts.get(key, 0) + count
        if path is not None:
            of_key = places.setdefault(key, {})
            of_key[path] = of_key.get(path, 0) + count
    top = {key: min(of_key, key=lambda path: (-of_key[path], path)) for key, of_key in places.items()}
    items = [[*row[:7], top.get(row[:2]), counts.get(row[:2], 0)] for row in found]
    return {"total": found[0][-1] if found else 0, "items": items}


def friction_pages():
    found = rows(f"""
        SELECT path, count(*) FILTER (WHERE {CURRENT} AND {FRICTION}) AS count,
               count(*) FILTER (WHERE NOT {CURRENT} AND {FRICTION}),
               count(DISTINCT session_hash) FILTER (WHERE {CURRENT} AND {FRICTION}),
               count(DISTINCT session_hash) FILTER (WHERE {CURRENT}) AS sessions
        FROM events WHERE {BOTH} AND path IS NOT NULL GROUP BY path HAVING count > 0
        ORDER BY coalesce(sum({WEIGHT}) FILTER (WHERE {CURRENT} AND {FRICTION}) / nullif(sessions, 0), 0) DESC,
                 path
        LIMIT {task['rows']}""")
    return [list(row) for row in found]


def pages():
    found = rows(f"""
        SELECT path, count(*) FILTER (WHERE {CURRENT} AND {PAGE_VIEW}) AS views,
               count(*) FILTER (WHERE NOT {CURRENT} AND {PAGE_VIEW}),
               count(DISTINCT visitor_hash) FILTER (WHERE {CURRENT} AND {PAGE_VIEW}),
               count(DISTINCT session_hash) FILTER (WHERE {CURRENT} AND {PAGE_VIEW}),
               count(*) FILTER (WHERE {CURRENT} AND {FRICTION}), count(*) OVER () AS total
        FROM events WHERE {BOTH} AND path IS NOT NULL AND (({PAGE_VIEW}) OR {FRICTION})
        GROUP BY path HAVING views > 0 ORDER BY views DESC, path LIMIT {task['rows']}""")
    return {"total": found[0][-1] if found else 0, "pages": [list(row[:6]) for row in found]}


def web_vitals():
    source = f"FROM events WHERE {PERIOD} AND category = 'performance'"
    names = ", ".join(name for name, _, _ in METRICS)
    p75s = ", ".join(f"quantile_cont({name}, 0.75)" for name, _, _ in METRICS)
    counts = ", ".join(
        f"count({name}), count(*) FILTER (WHERE {name} <= {good}), count(*) FILTER (WHERE {name} > {poor})"
        if good is not None else f"count({name}), 0, 0"
        for name, good, poor in METRICS
    )
    whole = rows(f"SELECT {p75s}, {counts} {source}")[0]
    by_page = rows(f"""
        SELECT path, count(*) AS samples, {p75s} {source} AND path IS NOT NULL
               AND coalesce({names}) IS NOT NULL
        GROUP BY path ORDER BY samples DESC, path LIMIT {task['rows']}""")
    size = len(METRICS)
    metrics = [[whole[i], *whole[size + 3 * i:size + 3 * i + 3]] for i in range(size)]
    return {"metrics": metrics, "pages": [[row[0], row[1], list(row[2:])] for row in by_page]}


def events():
    found = rows(f"""
        SELECT id, category, name, occurred_at, received_at, visitor_id, session_id, user_id, path,
               element_selector, element_text, error_message, severity, browser, os, device_type,
               country, properties, bot
        FROM events WHERE {PERIOD} ORDER BY occurred_at DESC, id LIMIT {task['rows']}""")
    return [str(row[0]) for row in found]


def sessions():
    found = rows(f"""
        WITH listed AS (
            SELECT session_id, session_hash, min(occurred_at) AS started_at, count(*) OVER () AS total
            FROM events WHERE {PERIOD} AND session_id IS NOT NULL GROUP BY ALL
            ORDER BY started_at DESC LIMIT {task['rows']})
        SELECT session_id, count(*), count(*) FILTER (WHERE {PAGE_VIEW}), count(*) FILTER (WHERE {FRICTION}),
               count(*) FILTER (WHERE {FRICTION} AND name IN ('javascript_error', 'unhandled_rejection')),
               arg_min(path, occurred_at), arg_max(path, occurred_at), any_value(total)
        FROM events JOIN listed USING (session_id)
        WHERE {PERIOD} GROUP BY session_id, started_at ORDER BY started_at DESC""")
    sessions = [[str(row[0]), *row[1:7]] for row in found]
    return {"total": found[0][-1] if found else 0, "sessions": sessions}


def funnel():
    """Catalogue, its first page, and its first button within a day: for each event the latest entry before it."""
    view = f"{PAGE_VIEW} AND path LIKE '/catalogue/%'"
    first = f"{PAGE_VIEW} AND path = '/catalogue/page-0'"
    button = "main > section.offers > div.card:nth-child(0) > button.buy-0"
    click = f"category = 'heatmap' AND name = 'click' AND element_selector = '{button}'"
    before = """OVER (PARTITION BY visitor_hash ORDER BY occurred_at, seq, received_at
                      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"""
    found = rows(f"""
        WITH steps AS (
            SELECT visitor_hash, occurred_at, seq, received_at, ({view}) AS one, ({first}) AS two, ({click}) AS three
            FROM events WHERE {PERIOD} AND (({view}) OR ({first}) OR ({click}))
        ), entered AS (
            SELECT *, max(CASE WHEN one THEN occurred_at END) {before} AS entry FROM steps
        ), reached AS (
            SELECT *, two AND occurred_at - entry <= INTERVAL 1 DAY AS has_two FROM entered
        ), gone_on AS (
            SELECT *, max(CASE WHEN has_two THEN entry END) {before} AS entry_of_two FROM reached
        )
        SELECT count(DISTINCT visitor_hash) FILTER (WHERE one),
               count(DISTINCT visitor_hash) FILTER (WHERE has_two),
               count(DISTINCT visitor_hash) FILTER (WHERE three AND occurred_at - entry_of_two <= INTERVAL 1 DAY)
        FROM gone_on""")
    return list(found[0])


def heatmap():
    """Clicks of the first page of the catalogue, by element, and how many lie in the 5,000 fullest cells."""
    page = f"path = '/catalogue/page-0' AND {BOTH}"
    click = "category = 'heatmap' AND name = 'click'"
    views, clicks = rows(f"""
        SELECT count(*) FILTER (WHERE {PAGE_VIEW}), count(*) FILTER (WHERE {click})
        FROM events WHERE {page} AND {CURRENT}""")[0]
    elements = rows(f"""
        SELECT element_selector, count(*) FILTER (WHERE {CURRENT}) AS clicks, count(*) FILTER (WHERE NOT {CURRENT}),
               count(DISTINCT session_hash) FILTER (WHERE {CURRENT})
        FROM events WHERE {page} AND {click} AND element_selector IS NOT NULL
        GROUP BY element_selector HAVING clicks > 0 ORDER BY clicks DESC, element_selector LIMIT 500""")
    cells = rows(f"""
        SELECT sum(clicks)::BIGINT FROM (
            SELECT count(*) AS clicks FROM events
            WHERE {page} AND {click} AND {CURRENT} AND element_selector IS NOT NULL
                  AND element_x BETWEEN 0 AND 1 AND element_y BETWEEN 0 AND 1
            GROUP BY element_selector, least(floor(element_x * 32), 31), least(floor(element_y * 32), 31)
            ORDER BY clicks DESC LIMIT 5000)""")
    return {"page_views": views, "clicks": clicks, "elements": [list(row) for row in elements], "clicks_in_cells": cells[0][0] or 0}


def errors():
    is_error = f"{FRICTION} AND name IN ('javascript_error', 'unhandled_rejection') AND error_group IS NOT NULL"
    found = rows(f"""
        WITH found AS (
          SELECT error_group, count(*) FILTER (WHERE {CURRENT}) AS count,
                 count(*) FILTER (WHERE NOT {CURRENT}) AS previous,
                 count(DISTINCT session_hash) FILTER (WHERE {CURRENT}) AS sessions,
                 count(DISTINCT visitor_hash) FILTER (WHERE {CURRENT}) AS visitors,
                 count(DISTINCT user_id) FILTER (WHERE {CURRENT}) AS customers,
                 arg_max(error_message, occurred_at) FILTER (WHERE {CURRENT}) AS message
          FROM events WHERE {is_error} AND {BOTH} GROUP BY error_group HAVING count > 0),
        seen AS (
          SELECT error_group, epoch_us(min(occurred_at)) AS first, epoch_us(max(occurred_at)) AS last FROM events
          WHERE {is_error} AND project_id = '{task['project']}'::UUID AND bot IS NULL GROUP BY error_group)
        SELECT found.*, first, last, count(*) OVER () FROM found JOIN seen USING (error_group)
        ORDER BY count DESC, error_group LIMIT {task['rows']}""")
    groups = [row[0] for row in found]
    tops = []
    for column in ["browser", "path"]:
        counted = connection.execute(f"""
            SELECT error_group, max(count), sum(count) FROM (
              SELECT error_group, {column}, count(*) AS count FROM events
              WHERE {is_error} AND {PERIOD} AND list_contains($1, error_group) GROUP BY ALL)
            GROUP BY error_group""", [groups]).fetchall()
        tops.append({group: (most, int(total)) for group, most, total in counted})
    connection.execute(f"""
        SELECT error_group, occurred_at::DATE AS day, count(*), arg_max(stack, occurred_at) FROM events
        WHERE {is_error} AND {PERIOD} AND list_contains($1, error_group) GROUP BY ALL""", [groups]).fetchall()
    answer = [
        [*row[:5], row[7], row[8], tops[0][row[0]][1], tops[0][row[0]][0], tops[1][row[0]][0]] for row in found
    ]
    return {"total": found[0][-1] if found else 0, "groups": answer}


def friction_cost():
    """Of the 50 items with most sessions: exposed sessions, those with controls, and their controls."""
    found = rows(f"""
        WITH friction AS (
            SELECT session_hash, path, occurred_at, seq,
                   coalesce(CASE WHEN name IN ('javascript_error', 'unhandled_rejection') THEN error_group
                                 ELSE element_selector END) AS item
            FROM events WHERE {BOTH} AND {FRICTION}
        ), listed AS (
            SELECT item FROM friction WHERE {CURRENT} AND item IS NOT NULL GROUP BY item
            ORDER BY count(DISTINCT session_hash) DESC, item LIMIT {task['rows']}
        ), stuck AS (
            SELECT item, session_hash, arg_min(path, (occurred_at, seq)) AS path, min(occurred_at) AS occurred_at
            FROM friction JOIN listed USING (item) WHERE path IS NOT NULL GROUP BY item, session_hash
        ), visits AS (
            SELECT DISTINCT session_hash, path, max(device_type) OVER (PARTITION BY session_hash, path) AS device
            FROM events WHERE {BOTH} AND ({PAGE_VIEW} OR {FRICTION}) AND path IN (SELECT path FROM stuck)
        ), everybody AS (
            SELECT path, device, count(*) AS sessions FROM visits GROUP BY ALL
        ), met AS (
            SELECT item, visits.path, device, count(*) AS sessions,
                   count(*) FILTER (WHERE stuck.path = visits.path AND {CURRENT}) AS exposed
            FROM stuck JOIN visits USING (session_hash) GROUP BY ALL
        )
        SELECT item, sum(exposed)::BIGINT, (sum(exposed) FILTER (WHERE everybody.sessions > met.sessions))::BIGINT,
               sum(everybody.sessions - met.sessions)::BIGINT
        FROM met JOIN everybody ON met.path = everybody.path AND met.device IS NOT DISTINCT FROM everybody.device
        WHERE exposed > 0 GROUP BY item""")
    return sorted(([row[0], row[1], row[2] or 0, row[3]] for row in found), key=lambda row: json.dumps(row, separators=(",", ":")))


def acquisition():
    """By channel; the generator's tags are all of e-mails, and its other hosts no search engines or networks."""
    found = rows(f"""
        WITH sessions AS (
            SELECT session_hash, {CURRENT} AS is_current, epoch_us(max(occurred_at)) - epoch_us(min(occurred_at)) AS micros,
                   count(*) FILTER (WHERE {PAGE_VIEW}) AS page_views, count(*) FILTER (WHERE {FRICTION}) AS friction,
                   count(*) FILTER (WHERE category = 'customer' AND name IN ('order.placed', 'booking.completed')) AS bought,
                   arg_min(visitor_hash, (occurred_at, seq)) AS visitor,
                   arg_min(referrer, (occurred_at, seq)) FILTER (WHERE {PAGE_VIEW}) AS referrer,
                   arg_min(url, (occurred_at, seq)) FILTER (WHERE {PAGE_VIEW}) AS url,
                   arg_min(utm_source, (occurred_at, seq)) AS source, arg_min(utm_medium, (occurred_at, seq)) AS medium,
                   arg_min(utm_campaign, (occurred_at, seq)) AS campaign
            FROM events WHERE {BOTH} AND session_id IS NOT NULL GROUP BY ALL
        ), channels AS (
            SELECT *, CASE WHEN coalesce(source, medium, campaign) IS NOT NULL THEN 'email'
                           WHEN referrer IS NULL OR split_part(referrer, '/', 3) = split_part(url, '/', 3) THEN 'direct'
                           ELSE 'referral' END AS channel,
                   micros >= 10000000 OR page_views > 1 OR bought > 0 AS is_engaged
            FROM sessions)
        SELECT channel, count(*) FILTER (WHERE is_current) AS sessions, count(*) FILTER (WHERE NOT is_current),
               count(DISTINCT visitor) FILTER (WHERE is_current), sum(page_views) FILTER (WHERE is_current)::BIGINT,
               count(*) FILTER (WHERE is_current AND is_engaged), count(*) FILTER (WHERE is_current AND friction > 0),
               count(*) FILTER (WHERE is_current AND bought > 0),
               round(quantile_cont(micros // 1000, 0.5) FILTER (WHERE is_current)) / 1000
        FROM channels GROUP BY channel HAVING sessions > 0 ORDER BY sessions DESC, channel""")
    return [list(row) for row in found]


def engagement():
    """By day of the period; the generator's orders name their sessions, and no order is reported twice."""
    bought = "category = 'customer' AND name IN ('order.placed', 'booking.completed')"
    visits = rows(f"""
        WITH sessions AS (
            SELECT session_hash, {CURRENT} AS is_current, min(occurred_at) AS begins,
                   epoch_us(max(occurred_at)) - epoch_us(min(occurred_at)) AS micros,
                   count(*) FILTER (WHERE {PAGE_VIEW}) AS page_views, count(*) FILTER (WHERE {bought}) AS bought
            FROM events WHERE {BOTH} AND session_id IS NOT NULL GROUP BY ALL)
        SELECT is_current, date_trunc('day', begins), count(*),
               count(*) FILTER (WHERE micros >= 10000000 OR page_views > 1 OR bought > 0), count(*) FILTER (WHERE bought > 0)
        FROM sessions GROUP BY ALL""")
    orders = rows(f"""
        SELECT {CURRENT}, date_trunc('day', occurred_at), count(*) FROM events
        WHERE {BOTH} AND session_id IS NOT NULL AND {bought} GROUP BY ALL""")
    conversions = {(is_current, day): count for is_current, day, count in orders}
    days = {True: {}, False: {}}
    for is_current, day, *counts in visits:
        days[is_current][day] = [*counts, conversions.get((is_current, day), 0)]
    totals = {which: [sum(column) for column in zip(*found.values())] for which, found in days.items()}
    series = [days[True][day] for day in sorted(days[True])]
    return {"totals": totals[True], "previous": totals[False], "series": series}


def forms():
    """Starts of forms by their last revision, and what became of them at each field."""
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE starts AS
        SELECT path, json_extract_string(properties, '$.form') AS form,
               arg_max(properties, revision) AS state, arg_max(is_current, revision) AS is_current
        FROM (SELECT path, properties, {CURRENT} AS is_current, json_extract(properties, '$.revision')::INTEGER AS revision
              FROM events WHERE {BOTH} AND category = 'form')
        GROUP BY path, form, json_extract_string(properties, '$.form_id')""")
    submitted = "json_extract_string(state, '$.outcome') = 'submitted'"
    found = rows(f"""
        SELECT path, form, count(*) FILTER (WHERE is_current) AS starts, count(*) FILTER (WHERE is_current AND {submitted}),
               count(*) FILTER (WHERE NOT is_current), count(*) FILTER (WHERE NOT is_current AND {submitted}), count(*) OVER ()
        FROM starts GROUP BY path, form HAVING starts > 0 ORDER BY starts DESC, path, form LIMIT {task['rows']}""")
    shape = '[{"field": "VARCHAR", "position": "INTEGER", "corrections": "INTEGER", "errors": "INTEGER", "filled": "BOOLEAN"}]'
    fields = rows(f"""
        WITH states AS (
            SELECT path, form, unnest(from_json(json_extract(state, '$.fields'), '{shape}')) AS it,
                   json_extract_string(state, '$.last_field') AS last, {submitted} AS submitted
            FROM starts WHERE is_current)
        SELECT path, form, it.field, count(*), count(*) FILTER (WHERE last = it.field AND NOT submitted),
               count(*) FILTER (WHERE it.corrections > 0), count(*) FILTER (WHERE it.errors > 0),
               count(*) FILTER (WHERE NOT it.filled)
        FROM states GROUP BY ALL ORDER BY min(it.position)""")
    of = {}
    for path, form, *counts in fields:
        of.setdefault((path, form), []).append(counts)
    return {"total": found[0][6] if found else 0, "forms": [[*row[:6], of[row[0], row[1]]] for row in found]}


def goals():
    """A page, all pages of a kind, clicks on an element; the generator has no customers, so the other two are never reached."""
    matching = [
        f"{PAGE_VIEW} AND path = '/catalogue/page-0'",
        f"{PAGE_VIEW} AND starts_with(path, '/catalogue/')",
        "category = 'heatmap' AND name = 'click' AND element_selector = "
        "'main > section.offers > div.card:nth-child(0) > button.buy-0'",
    ]
    counts = ", ".join(
        f"count(*) FILTER (WHERE {CURRENT} AND {goal}), count(DISTINCT session_hash) FILTER (WHERE {CURRENT} AND {goal}), "
        f"count(*) FILTER (WHERE NOT {CURRENT} AND {goal})" for goal in matching)
    sessions, *found = rows(f"""
        SELECT count(DISTINCT session_hash) FILTER (WHERE {CURRENT}), {counts}
        FROM events WHERE {BOTH} AND session_id IS NOT NULL""")[0]
    return {"sessions": sessions, "goals": [list(found[at:at + 3]) for at in (0, 3, 6)] + [[0, 0, 0], [0, 0, 0]]}


def journeys():
    """Where visits begin and the three pages after, with what leads from each to the next."""
    found = rows(f"""
        WITH views AS (
            SELECT session_hash, path, occurred_at, seq, lag(path) OVER visit AS path_before
            FROM events WHERE {PERIOD} AND {PAGE_VIEW} AND path IS NOT NULL AND session_id IS NOT NULL
            WINDOW visit AS (PARTITION BY session_hash ORDER BY occurred_at, seq)
        ), steps AS (
            SELECT path, lead(path) OVER visit AS next, row_number() OVER visit AS place
            FROM views WHERE path_before IS DISTINCT FROM path
            WINDOW visit AS (PARTITION BY session_hash ORDER BY occurred_at, seq))
        SELECT place, path, next, count(*) FROM steps WHERE place <= 4 GROUP BY ALL""")
    rows(f"SELECT DISTINCT session_hash FROM events WHERE {PERIOD} AND {FRICTION}")
    steps = []
    for place in range(1, 5):
        counts, ended = {}, {}
        for _, path, following, count in (row for row in found if row[0] == place):
            counts[path] = counts.get(path, 0) + count
            ended[path] = ended.get(path, 0) + (count if following is None else 0)
        frequent = sorted(counts, key=lambda path: (-counts[path], path))
        named, rare = frequent[:8], frequent[8:]
        nodes = [[path, counts[path], ended[path]] for path in named]
        if rare:
            nodes.append([None, sum(counts[path] for path in rare), sum(ended[path] for path in rare)])
        steps.append([[path, count, end if place < 4 else None] for path, count, end in nodes])
    return steps


def visitor_retention():
    """Visitors by the week of their first visit of all."""
    found = rows(f"""
        WITH active AS (
            SELECT DISTINCT visitor_hash, date_trunc('week', occurred_at) AS week FROM events
            WHERE project_id = '{task['project']}'::UUID AND bot IS NULL AND visitor_id IS NOT NULL
              AND occurred_at < date_trunc('week', {instant(task['to'])}) + INTERVAL 7 DAY
        ), firsts AS (SELECT visitor_hash, min(week) AS first FROM active GROUP BY visitor_hash)
        SELECT first, date_diff('week', first, week), count(*) FROM firsts JOIN active USING (visitor_hash)
        WHERE first >= date_trunc('week', {instant(task['split'])}) GROUP BY ALL""")
    weeks = sorted({row[0] for row in found})
    counts = {(row[0], row[1]): row[2] for row in found}
    return [
        [counts[week, 0], [counts.get((week, offset), 0) for offset in range(len(weeks) - index)]]
        for index, week in enumerate(weeks)
    ]


def timed(question):
    answer = question()
    hot_ms = []
    for _ in range(RUNS):
        started = time.perf_counter()
        question()
        hot_ms.append((time.perf_counter() - started) * 1000)
    return {"hot_ms": hot_ms, "answer": answer}


started = time.perf_counter()
load()
result = {
    "version": duckdb.__version__,
    "rows": rows("SELECT count(*) FROM events")[0][0],
    "load_seconds": time.perf_counter() - started,
    "size_bytes": os.path.getsize(task["database"]),
    "questions": {
        question.__name__: timed(question)
        for question in [
            overview, friction_kinds, friction_items, friction_pages, pages, web_vitals, events, funnel, sessions,
    acquisition, engagement, errors, forms, friction_cost, goals, heatmap, journeys, visitor_retention,
        ]
    },
}
json.dump(result, sys.stdout)
