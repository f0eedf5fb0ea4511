-- Who owns the server, and who created a project. No foreign keys: both are facts that outlive the members.
-- Set-up makes the first member, and gives its project and their membership one time.

ALTER TABLE setup ADD COLUMN owner_id TEXT;

UPDATE setup SET owner_id = (SELECT id FROM members ORDER BY created_at, id LIMIT 1);

ALTER TABLE projects ADD COLUMN created_by TEXT;

UPDATE projects SET created_by = (
    SELECT memberships.member_id FROM memberships
    WHERE memberships.project_id = projects.id AND memberships.created_at = projects.created_at
    ORDER BY memberships.member_id LIMIT 1
);

CREATE INDEX projects_by_creator ON projects (created_by);
