-- A closed month keeps the instants it was closed with, whatever the project's time zone becomes.
-- Null: the month in UTC, as all months were that were closed before.
ALTER TABLE billing_periods ADD COLUMN starts_at BIGINT;
ALTER TABLE billing_periods ADD COLUMN ends_at BIGINT;
