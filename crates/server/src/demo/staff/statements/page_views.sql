SELECT date_trunc('day', occurred_at) AS day, device_type, COUNT(*) AS page_views
FROM events
WHERE name = 'pageview' AND occurred_at >= NOW() - INTERVAL '30 days'
GROUP BY day, device_type
ORDER BY day
