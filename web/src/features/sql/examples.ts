// Statements an empty page offers.
export type Example = { title: string; statement: string }

/** The statements an empty page offers: those of the contracts. */
export const EXAMPLES: readonly Example[] = [
  {
    title: 'Share of sessions that ended',
    statement: `SELECT
  COUNT(*) AS total_sessions,
  COUNT(*) FILTER (WHERE ended_at IS NOT NULL) AS ended_sessions,
  ROUND(100.0 * COUNT(*) FILTER (WHERE ended_at IS NOT NULL) / COUNT(*), 2) AS end_rate
FROM user_sessions`,
  },
  {
    title: 'Average length of a session',
    statement: `SELECT AVG(EXTRACT(EPOCH FROM (ended_at - started_at)) / 60) AS avg_minutes
FROM user_sessions
WHERE ended_at IS NOT NULL`,
  },
  {
    title: 'Most active users of the last 7 days',
    statement: `SELECT u.id, u.email, COUNT(*) AS session_count
FROM user_sessions s
JOIN users u ON u.id = s.user_id
WHERE s.started_at >= NOW() - INTERVAL '7 days'
GROUP BY u.id, u.email
ORDER BY session_count DESC
LIMIT 10`,
  },
  {
    title: 'Calls with their length',
    statement: `SELECT widget_id, session_id,
  MIN(CASE WHEN event_type = 'call_start' THEN timestamp END) AS start_time,
  MAX(CASE WHEN event_type = 'call_end' THEN timestamp END) AS end_time,
  EXTRACT(EPOCH FROM (MAX(CASE WHEN event_type = 'call_end' THEN timestamp END)
                    - MIN(CASE WHEN event_type = 'call_start' THEN timestamp END))) AS duration_seconds
FROM widget_analytics
WHERE event_type IN ('call_start', 'call_end')
GROUP BY widget_id, session_id
ORDER BY start_time DESC`,
  },
  {
    title: 'Page views a day since a day you choose',
    statement: `SELECT date_trunc('day', occurred_at) AS day, COUNT(*) AS page_views
FROM events
WHERE name = 'pageview' AND occurred_at >= $since
GROUP BY day
ORDER BY day`,
  },
]
