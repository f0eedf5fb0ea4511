-- How often a secret key may ask. Keys that are there keep their role, which reads: none may report orders.

ALTER TABLE secret_keys ADD COLUMN rate_limit_per_minute BIGINT NOT NULL DEFAULT 1000;
