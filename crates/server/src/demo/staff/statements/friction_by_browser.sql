SELECT browser, COUNT(*) AS events, COUNT(DISTINCT session_id) AS sessions
FROM events
WHERE category = 'friction' AND name = $kind
GROUP BY browser
ORDER BY events DESC
