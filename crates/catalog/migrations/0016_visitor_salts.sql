-- What visitors who did not consent are told apart by for a day. `day` is the number of days since 1970-01-01;
-- a row lives for two days at most, and with it goes the last way from an address to a visitor.

CREATE TABLE visitor_salts (
    day  BIGINT NOT NULL PRIMARY KEY,
    salt BYTEA  NOT NULL
);
