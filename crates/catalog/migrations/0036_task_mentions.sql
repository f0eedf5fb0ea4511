-- Members whom a comment on a task mentions, and whether they have seen it. The comment is an entry of
-- `crm_activities`; a mention whose comment is gone is listed nowhere.

CREATE TABLE task_mentions (
    project_id TEXT   NOT NULL,
    member_id  TEXT   NOT NULL,
    comment_id TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    read_at    BIGINT,
    PRIMARY KEY (project_id, member_id, comment_id)
);

CREATE INDEX task_mentions_by_member ON task_mentions (project_id, member_id, created_at, comment_id);
CREATE INDEX task_mentions_by_comment ON task_mentions (project_id, comment_id);
