-- Members' sign-in sessions: the digest of the cookie's token, never the token.

CREATE TABLE sign_ins (
    token_digest BYTEA  NOT NULL CONSTRAINT sign_ins_token_digest_unique PRIMARY KEY,
    member_id    TEXT   NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL
);

CREATE INDEX sign_ins_by_member ON sign_ins (member_id);
CREATE INDEX sign_ins_by_expiry ON sign_ins (expires_at);
